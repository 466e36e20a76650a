import { Button, Group, Progress, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { JobView } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { get, post } from '../lib/http.ts'
import { utc } from '../lib/time.ts'
import { Failed } from './states.tsx'

const LOOK_EVERY_MS = 2_000
const MOVES = {
  waiting: ['pause', 'cancel'],
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  failed: ['resume'],
  done: [],
  cancelled: [],
} as const satisfies Readonly<Record<JobView['state'], readonly ('pause' | 'resume' | 'cancel')[]>>

/** What goes through the archive now and lately; nothing is shown where nothing does. */
export function Jobs() {
  const { say } = useWords()
  const { data, error, refetch } = useQuery({
    queryKey: ['jobs'],
    queryFn: () => get<readonly JobView[]>('/v1/jobs'),
    refetchInterval: ({ state }) =>
      state.data?.some((job) => job.state === 'running' || job.state === 'waiting') ? LOOK_EVERY_MS : false,
  })
  if (error) return <Failed problem={error} retry={refetch} />
  if (!data || data.length === 0) return null
  return (
    <section className="panel" aria-label={say('jobs.title')}>
      <Group px="sm" pt="xs">
        <Title order={2}>{say('jobs.title')}</Title>
      </Group>
      <div className="scroll">
        <table className="grid-table" aria-label={say('jobs.title')}>
          <thead>
            <tr>
              <th>{say('jobs.begun')}</th>
              <th>{say('jobs.what')}</th>
              <th>{say('messages.state')}</th>
              <th>{say('jobs.progress')}</th>
              <th>{say('jobs.changed')}</th>
              <th>{say('parked.do')}</th>
            </tr>
          </thead>
          <tbody>
            {data.slice(0, 5).map((job) => (
              <Row key={job.id} job={job} again={refetch} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Row({ job, again }: { readonly job: JobView; readonly again: () => unknown }) {
  const { say } = useWords()
  const [problem, setProblem] = useState<Error>()
  const { carrier, type, since, until, apply } = job.question
  const left = useTimeLeft(job)
  const move = (what: 'pause' | 'resume' | 'cancel') => {
    setProblem(undefined)
    post(`/v1/jobs/${job.id}/${what}`)
      .catch((error: unknown) => setProblem(error instanceof Error ? error : new Error('unknown')))
      .finally(() => void again())
  }
  return (
    <tr>
      <td className="nowrap">{utc(job.createdAt)}</td>
      <td>
        {say(apply ? 'jobs.apply' : 'jobs.dry')}{' '}
        <small className="muted">
          {[carrier, type, since && `${utc(since)} –`, until && `– ${utc(until)}`].filter(Boolean).join(' ')}
        </small>
      </td>
      <td>
        {say(`jobs.state.${job.state}`)} {job.cause && <span className="mono">{job.cause}</span>}
      </td>
      <td>
        <Progress
          value={(100 * job.done) / Math.max(1, job.total)}
          aria-label={say('jobs.of', { done: job.done, total: job.total })}
        />
        <small>
          {say('jobs.of', { done: job.done, total: job.total })}
          {left && ` · ${say('jobs.left', left)}`}
        </small>
      </td>
      <td>{job.changed}</td>
      <td>
        <Group gap="xs" wrap="nowrap">
          {MOVES[job.state].map((what) => (
            <Button key={what} size="compact-xs" variant="default" onClick={() => move(what)}>
              {say(`jobs.${what}`)}
            </Button>
          ))}
        </Group>
        {problem && <Failed problem={problem} />}
      </td>
    </tr>
  )
}

/** By how fast it went since it was first seen here. */
function useTimeLeft({ state, done, total }: JobView): { rate: number; minutes: number } | undefined {
  const first = useRef({ at: Date.now(), done })
  const seconds = (Date.now() - first.current.at) / 1_000
  const rate = seconds > 1 ? (done - first.current.done) / seconds : 0
  if (state !== 'running' || rate <= 0) return undefined
  return { rate: Math.max(1, Math.round(rate)), minutes: Math.max(1, Math.ceil((total - done) / rate / 60)) }
}
