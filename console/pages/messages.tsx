import { Badge, Button, Checkbox, Drawer, Group, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import type { LiveEvent, MessageDetail, TransmissionState, Messages as View } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { get, query } from '../lib/http.ts'
import { useKeys } from '../lib/keys.ts'
import { useLive } from '../lib/live.ts'
import { useMay } from '../lib/session.ts'
import { utc } from '../lib/time.ts'
import { Jobs } from '../parts/jobs.tsx'
import { More } from '../parts/more.tsx'
import { Parked } from '../parts/parked.tsx'
import { Replay } from '../parts/replay.tsx'
import { Empty, Failed, Waiting } from '../parts/states.tsx'

const STATES = [
  'received',
  'accepted',
  'accepted-with-findings',
  'rejected',
  'parked',
] as const satisfies readonly TransmissionState[]
const COLOURS = {
  received: 'gray',
  accepted: 'accent',
  'accepted-with-findings': 'yellow',
  rejected: 'red',
  parked: 'orange',
} as const

export function Messages() {
  const { say } = useWords()
  useDocumentTitle(`${say('messages.title')} · Preclear`)
  const queries = useQueryClient()
  const [carrier, setCarrier] = useState('')
  const [state, setState] = useState<string | null>(null)
  const [after, setAfter] = useState<string>()
  const [cause, setCause] = useState<string>()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [replaying, setReplaying] = useState<readonly string[]>()
  const mayReplay = useMay('messages.replay')
  const mayRun = useMay('jobs.run')
  const [open, setOpen] = useState<string>()
  const [more, setMore] = useState(false)
  const path = `/v1/messages${query({ carrier: carrier.length >= 2 ? carrier.toUpperCase() : undefined, state: state ?? undefined, cause, after })}`
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['messages', path],
    queryFn: () => get<View>(path),
    placeholderData: keepPreviousData,
  })
  const hear = useCallback((event: LiveEvent) => {
    if (event.kind === 'messages') setMore(true)
  }, [])
  useLive(hear)
  const load = useCallback(() => {
    setMore(false)
    setAfter(undefined)
    void queries.invalidateQueries({ queryKey: ['messages'] })
    void queries.invalidateQueries({ queryKey: ['parked'] })
  }, [queries])
  const keys = useMemo(() => ({ '.': load }), [load])
  useKeys(keys)
  const totals = STATES.map((one) => ({
    state: one,
    count: data?.counts.filter((row) => row.state === one).reduce((sum, row) => sum + row.count, 0) ?? 0,
  }))
  const parkable = mayReplay && state === 'parked'
  const first = (data?.rows ?? []).filter((row) => row.state === 'parked' && !row.duplicateOf).map((row) => row.id)
  const picked = first.filter((id) => chosen.has(id))
  const pick = (ids: readonly string[], on: boolean): void =>
    setChosen((before) => (on ? before.union(new Set(ids)) : before.difference(new Set(ids))))
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={1}>{say('messages.title')}</Title>
        <Group gap="md" aria-label={say('messages.last-day')}>
          {totals.map((one) => (
            <Text key={one.state} size="sm">
              <b>{one.count}</b> <span className="muted">{say(`state.of.${one.state}`)}</span>
            </Text>
          ))}
        </Group>
      </Group>
      <Group gap="sm">
        <TextInput
          size="xs"
          placeholder={say('messages.carrier')}
          aria-label={say('messages.carrier')}
          data-search
          value={carrier}
          onChange={(event) => {
            setAfter(undefined)
            setCarrier(event.currentTarget.value)
          }}
          maxLength={10}
        />
        <Select
          size="xs"
          placeholder={say('messages.state')}
          aria-label={say('messages.state')}
          value={state}
          onChange={(value) => {
            setAfter(undefined)
            setState(value)
            setCause(undefined)
            setChosen(new Set())
          }}
          data={STATES.map((one) => ({ value: one, label: say(`state.of.${one}`) }))}
          clearable
        />
        <div aria-live="polite">
          {more && (
            <Button size="compact-xs" variant="light" onClick={load}>
              {say('messages.more')}
            </Button>
          )}
        </div>
      </Group>
      {mayRun && <Jobs />}
      <Parked
        asked={state === 'parked'}
        cause={cause}
        choose={(one) => {
          setAfter(undefined)
          setChosen(new Set())
          setCause(one)
          setState(one === undefined ? null : 'parked')
        }}
      />
      {parkable && first.length > 0 && (
        <Group gap="sm">
          <Checkbox
            size="xs"
            label={say('parked.choose-all')}
            checked={picked.length === first.length}
            indeterminate={picked.length > 0 && picked.length < first.length}
            onChange={(event) => pick(first, event.currentTarget.checked)}
          />
          <Button size="compact-xs" disabled={picked.length === 0} onClick={() => setReplaying(picked)}>
            {say('replay.chosen', { count: picked.length })}
          </Button>
        </Group>
      )}
      {isPending && <Waiting />}
      {error && <Failed problem={error} retry={refetch} />}
      {data && data.rows.length === 0 && <Empty title={say('messages.none')} />}
      {data && data.rows.length > 0 && (
        <div className="panel scroll">
          <table className="grid-table" aria-label={say('messages.title')}>
            <thead>
              <tr>
                {parkable && <th>{say('parked.choose')}</th>}
                <th>{say('manifest.push.received')}</th>
                <th>{say('messages.carrier')}</th>
                <th>{say('messages.type')}</th>
                <th>{say('flights.flight')}</th>
                <th>{say('manifest.status')}</th>
                <th>{say('flights.travellers')}</th>
                <th>{say('messages.findings')}</th>
                <th>{say('messages.redacted')}</th>
                <th>{say('messages.size')}</th>
              </tr>
            </thead>
            <tbody>
              {data.rows.map((row) => (
                <tr key={row.id} className="pick" onClick={() => setOpen(row.id)}>
                  {parkable && (
                    <td onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
                      {!row.duplicateOf && row.state === 'parked' && (
                        <Checkbox
                          size="xs"
                          aria-label={say('parked.choose-one', { carrier: row.carrier, at: utc(row.receivedAt) })}
                          checked={chosen.has(row.id)}
                          onChange={(event) => pick([row.id], event.currentTarget.checked)}
                        />
                      )}
                    </td>
                  )}
                  <td className="nowrap">
                    <button type="button" className="linkish" onClick={() => setOpen(row.id)}>
                      {utc(row.receivedAt)}
                    </button>
                  </td>
                  <td>{row.carrier}</td>
                  <td>{row.type ?? '—'}</td>
                  <td className="nowrap">{row.flight ?? '—'}</td>
                  <td>
                    <Badge color={COLOURS[row.state]} variant="light" radius="sm" tt="none">
                      {say(`state.of.${row.state}`)}
                    </Badge>
                    {row.duplicateOf && <small className="muted"> {say('messages.repeated')}</small>}
                  </td>
                  <td>{row.travellers}</td>
                  <td>{row.findings}</td>
                  <td>{row.redacted}</td>
                  <td className="nowrap">{Math.ceil(row.size / 1024)} kB</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {data && <More next={data.next} after={after} go={setAfter} />}
      {open && <Detail id={open} close={() => setOpen(undefined)} replay={(id) => setReplaying([id])} />}
      {replaying && (
        <Replay asked={{ ids: replaying }} count={replaying.length} close={() => setReplaying(undefined)} />
      )}
    </Stack>
  )
}

function Detail({
  id,
  close,
  replay,
}: {
  readonly id: string
  readonly close: () => void
  readonly replay: (id: string) => void
}) {
  const { say, sayCode, pick } = useWords()
  const mayRead = useMay('traveller.read')
  const mayReplay = useMay('messages.replay')
  const { data, error, isPending } = useQuery({
    queryKey: ['message', id],
    queryFn: () => get<MessageDetail>(`/v1/messages/${id}`),
  })
  return (
    <Drawer
      opened
      closeButtonProps={{ 'aria-label': say('common.close') }}
      onClose={close}
      position="right"
      size="xl"
      title={say('messages.detail')}
    >
      {isPending && <Waiting rows={5} />}
      {error && <Failed problem={error} />}
      {data && (
        <Stack>
          <Text size="sm" className="mono">
            {data.id}
          </Text>
          <Text size="sm">
            {data.carrier} · {data.type ?? '—'} · {data.flight ?? '—'} · {say(`state.of.${data.state}`)}
            {data.cause && ` · ${data.cause}`}
          </Text>
          {mayReplay && data.state === 'parked' && !data.duplicateOf && (
            <Group>
              <Button
                size="xs"
                onClick={() => {
                  close()
                  replay(data.id)
                }}
              >
                {say('replay.one')}
              </Button>
            </Group>
          )}
          {mayRead && (
            <Link to="/messages/$id" params={{ id: data.id }} search={{}}>
              {say('message.open')}
            </Link>
          )}
          {Object.keys(data.redactions).length > 0 && (
            <Text size="sm">
              {say('messages.redactions')}{' '}
              {Object.entries(data.redactions)
                .map(([category, count]) => `${sayCode('redaction', category)} ${count}`)
                .join(', ')}
            </Text>
          )}
          <Title order={2}>{say('messages.findings')}</Title>
          {data.findingList.length === 0 && <Text className="muted">{say('dossier.no-findings')}</Text>}
          <Table fz="sm">
            <Table.Tbody>
              {data.findingList.map((one) => (
                <Table.Tr key={one.code + one.byte}>
                  <Table.Td>{say(`finding.${one.severity}`)}</Table.Td>
                  <Table.Td>
                    {pick(one.sentence)} <small className="muted">{one.detail}</small>
                  </Table.Td>
                  <Table.Td className="nowrap">
                    {say('finding.place', { line: one.line, byte: one.byte, segment: one.segment })}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {data.reply && (
            <>
              <Title order={2}>{say('messages.reply')}</Title>
              <code className="mono source">{data.reply}</code>
            </>
          )}
        </Stack>
      )}
    </Drawer>
  )
}
