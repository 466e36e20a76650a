import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Messages, ReplayRequest, ReplayView } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { get, post, query } from '../lib/http.ts'
import { Failed } from './states.tsx'

/** How each ended is shown of so many; of more, how many were put back. */
const SHOWN = 100
const LOOK_EVERY_MS = 1_000

/** Asks, puts back step by step, and tells how each was settled. */
export function Replay({
  asked,
  count,
  close,
}: {
  readonly asked: ReplayRequest
  readonly count: number
  readonly close: () => void
}) {
  const { say } = useWords()
  const queries = useQueryClient()
  const [replayed, setReplayed] = useState<readonly string[]>()
  const [running, setRunning] = useState(false)
  const [problem, setProblem] = useState<Error>()
  const start = async (): Promise<void> => {
    setRunning(true)
    setProblem(undefined)
    const all: string[] = []
    try {
      let after: string | undefined
      do {
        const step: ReplayView = await post('/v1/messages/replay', { ...asked, ...(after && { after }) })
        all.push(...step.replayed)
        setReplayed([...all])
        after = step.next
      } while (after)
    } catch (error) {
      setProblem(error instanceof Error ? error : new Error('unknown'))
    }
    setRunning(false)
    void queries.invalidateQueries({ queryKey: ['parked'] })
    void queries.invalidateQueries({ queryKey: ['messages'] })
  }
  return (
    <Modal
      opened
      onClose={close}
      title={say('replay.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': say('common.close') }}
    >
      <Stack gap="sm">
        {problem && <Failed problem={problem} retry={start} />}
        {!replayed && !problem && (
          <>
            <Text size="sm">{say('replay.ask', { count })}</Text>
            <Group>
              <Button size="xs" data-autofocus loading={running} onClick={() => void start()}>
                {say('replay.start')}
              </Button>
              <Button size="xs" variant="default" onClick={close}>
                {say('common.cancel')}
              </Button>
            </Group>
          </>
        )}
        {replayed && (
          <>
            {running && (
              <Progress value={(100 * replayed.length) / Math.max(1, count)} aria-label={say('replay.title')} />
            )}
            <Text size="sm" aria-live="polite">
              {say('replay.waits', { count: replayed.length })}
            </Text>
            {!running && replayed.length > 0 && <Outcome ids={replayed.slice(0, SHOWN)} />}
          </>
        )}
      </Stack>
    </Modal>
  )
}

/** How each was settled, as far as it was. */
function Outcome({ ids }: { readonly ids: readonly string[] }) {
  const { say } = useWords()
  const path = `/v1/messages${query({ ids: ids.join(',') })}`
  const { data, error } = useQuery({
    queryKey: ['replayed', path],
    queryFn: () => get<Messages>(path),
    refetchInterval: ({ state }) => (state.data?.rows.every((row) => row.state !== 'received') ? false : LOOK_EVERY_MS),
  })
  if (error) return <Failed problem={error} />
  return (
    <table className="grid-table" aria-label={say('replay.results')}>
      <thead>
        <tr>
          <th>{say('messages.detail')}</th>
          <th>{say('messages.carrier')}</th>
          <th>{say('messages.state')}</th>
          <th>{say('parked.cause')}</th>
        </tr>
      </thead>
      <tbody>
        {(data?.rows ?? []).map((row) => (
          <tr key={row.id}>
            <td className="mono">{row.id}</td>
            <td>{row.carrier}</td>
            <td>{say(`state.of.${row.state}`)}</td>
            <td className="mono">{row.cause ?? '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
