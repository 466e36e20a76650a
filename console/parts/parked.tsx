import { Button, Group, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ParkedView } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { get } from '../lib/http.ts'
import { useMay } from '../lib/session.ts'
import { utc } from '../lib/time.ts'
import { Replay } from './replay.tsx'
import { Empty, Failed, Waiting } from './states.tsx'

/** What was put aside through our fault, by cause; nothing is shown where nothing is, unless it was asked for. */
export function Parked({
  asked,
  cause,
  choose,
}: {
  readonly asked: boolean
  readonly cause: string | undefined
  readonly choose: (cause: string | undefined) => void
}) {
  const { say } = useWords()
  const mayReplay = useMay('messages.replay')
  const [all, setAll] = useState<{ readonly cause: string; readonly count: number }>()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['parked'],
    queryFn: () => get<ParkedView>('/v1/messages/parked'),
  })
  if (isPending) return asked ? <Waiting rows={2} /> : null
  if (error) return <Failed problem={error} retry={refetch} />
  const shown = data.groups.length > 0
  if (!shown && !asked && !all) return null
  return (
    <section className="panel" aria-label={say('parked.title')}>
      <Group px="sm" pt="xs">
        <Title order={2}>{say('parked.title')}</Title>
      </Group>
      {!shown && <Empty title={say('parked.none')} />}
      {shown && (
        <div className="scroll">
          <table className="grid-table" aria-label={say('parked.title')}>
            <thead>
              <tr>
                <th>{say('parked.cause')}</th>
                <th>{say('parked.count')}</th>
                <th>{say('parked.oldest')}</th>
                <th>{say('parked.newest')}</th>
                <th>{say('messages.carrier')}</th>
                {mayReplay && <th>{say('parked.do')}</th>}
              </tr>
            </thead>
            <tbody>
              {data.groups.map((group) => (
                <tr key={group.cause}>
                  <td>
                    <button
                      type="button"
                      className="linkish mono"
                      aria-pressed={group.cause === cause}
                      onClick={() => choose(group.cause === cause ? undefined : group.cause)}
                    >
                      {group.cause}
                    </button>
                  </td>
                  <td>{group.count}</td>
                  <td className="nowrap">{utc(group.oldest)}</td>
                  <td className="nowrap">{utc(group.newest)}</td>
                  <td>{group.carriers.join(' ')}</td>
                  {mayReplay && (
                    <td>
                      <Button size="compact-xs" variant="default" onClick={() => setAll(group)}>
                        {say('replay.all', { count: group.count })}
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {all && <Replay asked={{ cause: all.cause }} count={all.count} close={() => setAll(undefined)} />}
    </section>
  )
}
