import { Kbd, Modal, Switch, Table } from '@mantine/core'
import { useState } from 'react'
import type { Key } from '../i18n/en.ts'
import { useWords } from '../i18n/words.tsx'
import { setSingleKeys, singleKeysOn } from '../lib/keys.ts'

const HELP = [
  [['j', 'k'], 'keys.move'],
  [['Enter'], 'keys.open'],
  [['Esc'], 'keys.back'],
  [['n'], 'keys.next'],
  [['a'], 'keys.claim'],
  [['w'], 'keys.why'],
  [['1', '2', '3', '4'], 'keys.decide'],
  [['r'], 'keys.refer'],
  [['u'], 'keys.undo'],
  [['Ctrl+Enter'], 'keys.commit'],
  [['.'], 'keys.load'],
  [['[', ']'], 'keys.tabs'],
  [['/'], 'keys.search'],
  [['n', 'p'], 'keys.findings'],
  [['←', '→', '↑', '↓'], 'keys.values'],
  [['g q', 'g f', 'g s', 'g r'], 'keys.go'],
  [['?'], 'keys.help'],
] as const satisfies readonly (readonly [readonly string[], Key])[]

export function KeysHelp({ close }: { readonly close: () => void }) {
  const { say } = useWords()
  const [on, setOn] = useState(singleKeysOn())
  return (
    <Modal opened onClose={close} title={say('queue.keys')} closeButtonProps={{ 'aria-label': say('common.close') }}>
      <Table fz="sm" verticalSpacing={4} aria-label={say('queue.keys')}>
        <Table.Tbody>
          {HELP.map(([keys, words]) => (
            <Table.Tr key={words}>
              <Table.Td className="nowrap">
                {keys.map((key) => (
                  <Kbd key={key} me={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{say(words)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Switch
        mt="md"
        label={say('keys.single')}
        checked={on}
        onChange={(event) => {
          setSingleKeys(event.currentTarget.checked)
          setOn(event.currentTarget.checked)
        }}
      />
    </Modal>
  )
}
