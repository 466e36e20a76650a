import { Badge, Button, Drawer, Group, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core'
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
import { More } from '../parts/more.tsx'
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
  const [open, setOpen] = useState<string>()
  const [more, setMore] = useState(false)
  const path = `/v1/messages${query({ carrier: carrier.length >= 2 ? carrier.toUpperCase() : undefined, state: state ?? undefined, after })}`
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
  }, [queries])
  const keys = useMemo(() => ({ '.': load }), [load])
  useKeys(keys)
  const totals = STATES.map((one) => ({
    state: one,
    count: data?.counts.filter((row) => row.state === one).reduce((sum, row) => sum + row.count, 0) ?? 0,
  }))
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
      {isPending && <Waiting />}
      {error && <Failed problem={error} retry={refetch} />}
      {data && data.rows.length === 0 && <Empty title={say('messages.none')} />}
      {data && data.rows.length > 0 && (
        <div className="panel scroll">
          <table className="grid-table" aria-label={say('messages.title')}>
            <thead>
              <tr>
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
      {open && <Detail id={open} close={() => setOpen(undefined)} />}
    </Stack>
  )
}

function Detail({ id, close }: { readonly id: string; readonly close: () => void }) {
  const { say, sayCode, pick } = useWords()
  const mayRead = useMay('traveller.read')
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
