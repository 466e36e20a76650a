import { Alert, Group, Select, Stack, TextInput, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LogPage } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { get, query } from '../lib/http.ts'
import { utc } from '../lib/time.ts'
import { More } from '../parts/more.tsx'
import { Empty, Failed, Waiting } from '../parts/states.tsx'

const ACTIONS = [
  'consult',
  'search',
  'disclose',
  'claim',
  'release',
  'dispose',
  'undo',
  'outcome',
  'propose-entry',
  'approve-entry',
  'reject-entry',
  'pause-rule',
  'resume-rule',
  'replay',
  'start-job',
  'pause-job',
  'resume-job',
  'cancel-job',
  'sign-in',
  'sign-in-failed',
  'sign-out',
  'choose-purpose',
  'consult-log',
  'refused',
] as const

/** Who saw whom, why, when, through which screen; and whether the chain holds. */
export function AccessLog() {
  const { say, sayCode } = useWords()
  useDocumentTitle(`${say('log.title')} · Preclear`)
  const [person, setPerson] = useState('')
  const [action, setAction] = useState<string | null>(null)
  const [after, setAfter] = useState<string>()
  const path = `/v1/log${query({ person: person.trim() || undefined, action: action ?? undefined, after })}`
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['log', path],
    queryFn: () => get<LogPage>(path),
    placeholderData: keepPreviousData,
  })
  return (
    <Stack gap="sm">
      <Title order={1}>{say('log.title')}</Title>
      {data && (
        <Alert color={data.verified.ok ? 'accent' : 'red'} role={data.verified.ok ? undefined : 'alert'}>
          {say(data.verified.ok ? 'log.holds' : 'log.broken', { count: data.verified.upTo })}{' '}
          <span className="mono">{data.verified.head.slice(0, 16)}…</span>
        </Alert>
      )}
      <Group gap="sm">
        <TextInput
          size="xs"
          w={320}
          placeholder={say('log.person')}
          aria-label={say('log.person')}
          value={person}
          data-search
          onChange={(event) => {
            setAfter(undefined)
            setPerson(event.currentTarget.value)
          }}
        />
        <Select
          size="xs"
          placeholder={say('log.any-action')}
          aria-label={say('log.action')}
          value={action}
          onChange={(value) => {
            setAfter(undefined)
            setAction(value)
          }}
          data={ACTIONS.map((one) => ({ value: one, label: say(`log-action.${one}`) }))}
          clearable
          searchable
        />
      </Group>
      {isPending && <Waiting />}
      {error && <Failed problem={error} retry={refetch} />}
      {data && data.rows.length === 0 && <Empty title={say('log.none')} />}
      {data && data.rows.length > 0 && (
        <div className="panel scroll">
          <table className="grid-table" aria-label={say('log.title')}>
            <thead>
              <tr>
                <th>#</th>
                <th>{say('log.at')}</th>
                <th>{say('log.who')}</th>
                <th>{say('lists.owner')}</th>
                <th>{say('shell.purpose')}</th>
                <th>{say('log.action')}</th>
                <th>{say('log.screen')}</th>
                <th>{say('log.subjects')}</th>
                <th>{say('log.detail')}</th>
              </tr>
            </thead>
            <tbody>
              {data.rows.map((row) => (
                <tr key={row.seq}>
                  <td>{row.seq}</td>
                  <td className="nowrap">{utc(row.at)}</td>
                  <td>{row.actor}</td>
                  <td>{row.agency}</td>
                  <td>{row.purpose ? sayCode('purpose-name', row.purpose) : '—'}</td>
                  <td>{sayCode('log-action', row.action)}</td>
                  <td>{row.screen ? sayCode('screen', row.screen) : '—'}</td>
                  <td>{row.subjects}</td>
                  <td className="mono">
                    {Object.entries(row.detail)
                      .map(([name, value]) => `${name} ${value}`)
                      .join(', ')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {data && <More next={data.next} after={after} go={setAfter} />}
    </Stack>
  )
}
