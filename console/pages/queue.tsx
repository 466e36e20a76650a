import { Button, Group, Kbd, Modal, SegmentedControl, Stack, Switch, Table, Text, Title } from '@mantine/core'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Dossier as DossierView, LiveEvent, QueueRow, Taken, Queue as View } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { get, post, query, RefusedError } from '../lib/http.ts'
import { setSingleKeys, singleKeysOn, useKeys } from '../lib/keys.ts'
import { useLive } from '../lib/live.ts'
import { DecisionBar } from '../parts/decision-bar.tsx'
import { Countdown, PersonName, Route, Severity, Sources } from '../parts/facts.tsx'
import { useNow } from '../parts/now.tsx'
import { Empty, Failed, Waiting } from '../parts/states.tsx'
import { Why } from '../parts/why.tsx'

const keyOf = (row: Pick<QueueRow, 'leg' | 'traveller'>): string => `${row.leg}/${row.traveller}`

export function Queue() {
  const { say, sayCode } = useWords()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const now = useNow()
  const [view, setView] = useState('open')
  const [chosen, setChosen] = useState<string>()
  const [fresh, setFresh] = useState({ count: 0, urgent: 0 })
  const [help, setHelp] = useState(false)
  const [told, setTold] = useState('')
  const why = useRef<HTMLDivElement>(null)
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['queue', view],
    queryFn: () => get<View>(`/v1/queue${query({ view })}`),
    placeholderData: keepPreviousData,
  })
  const rows = data?.rows ?? []
  const at = Math.max(
    0,
    rows.findIndex((row) => keyOf(row) === chosen),
  )
  const row = rows[at]

  const hear = useCallback((event: LiveEvent) => {
    if (event.kind === 'queue') setFresh((was) => ({ count: was.count + 1, urgent: was.urgent + event.urgent }))
  }, [])
  useLive(hear)
  const load = useCallback(() => {
    setFresh({ count: 0, urgent: 0 })
    void queries.invalidateQueries({ queryKey: ['queue'] })
  }, [queries])
  const takeNext = useCallback(async () => {
    try {
      const taken = await post<Taken>('/v1/queue/take-next')
      setView('open')
      setChosen(`${taken.leg}/${taken.traveller}`)
      setTold(say('queue.taken'))
    } catch (problem) {
      setTold(problem instanceof RefusedError ? sayCode('refusal', problem.refusal.code) : say('state.unreachable'))
    }
    load()
  }, [load, say, sayCode])
  const move = useCallback(
    (by: number) => {
      const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))]
      if (next) setChosen(keyOf(next))
    },
    [rows, at],
  )
  const keys = useMemo(
    () => ({
      j: () => move(1),
      k: () => move(-1),
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      n: () => void takeNext(),
      '.': load,
      w: () => why.current?.focus(),
      '?': () => setHelp(true),
      Enter: () => {
        if (row && document.activeElement?.tagName !== 'BUTTON')
          void navigate({ to: '/flights/$leg/travellers/$id', params: { leg: row.leg, id: row.traveller } })
      },
    }),
    [move, takeNext, load, row, navigate],
  )
  useKeys(keys)

  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Group gap="lg">
          <Title order={1}>{say('queue.title')}</Title>
          {data && (
            <Group gap="md">
              <Figure value={data.counts.dueWithinHour} label={say('queue.due')} />
              <Figure value={data.counts.unclaimed} label={say('queue.unclaimed')} />
              <Figure value={data.counts.mine} label={say('queue.mine')} />
            </Group>
          )}
        </Group>
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={say('queue.view')}
            value={view}
            onChange={setView}
            data={[
              { value: 'open', label: say('queue.view.open') },
              { value: 'mine', label: say('queue.view.mine') },
              { value: 'decided', label: say('queue.view.decided') },
            ]}
          />
          <Button size="xs" onClick={() => void takeNext()}>
            {say('queue.take-next')} <Kbd ml={6}>n</Kbd>
          </Button>
          <Button size="xs" variant="default" onClick={() => setHelp(true)} aria-label={say('queue.keys')}>
            ?
          </Button>
        </Group>
      </Group>
      <div aria-live="polite">
        {fresh.count > 0 && (
          <Button size="compact-sm" variant="light" onClick={load}>
            {say('queue.fresh', { count: fresh.count, urgent: fresh.urgent })}
          </Button>
        )}
        {told && (
          <Text size="sm" role="status">
            {told}
          </Text>
        )}
      </div>
      {isPending && <Waiting />}
      {error && <Failed problem={error} retry={refetch} />}
      {data && rows.length === 0 && (
        <Empty title={say(`queue.empty.${view === 'mine' ? 'mine' : view === 'decided' ? 'decided' : 'open'}`)}>
          <Text className="muted">{say('queue.empty.more')}</Text>
        </Empty>
      )}
      {rows.length > 0 && (
        <div className="triage">
          <div
            className="panel scroll"
            role="listbox"
            aria-label={say('queue.title')}
            tabIndex={0}
            aria-activedescendant={row ? `row-${keyOf(row)}` : undefined}
          >
            {rows.map((one) => (
              <Row key={keyOf(one)} row={one} now={now} selected={one === row} choose={() => setChosen(keyOf(one))} />
            ))}
          </div>
          <div className="panel scroll" ref={why} tabIndex={-1}>
            {row && <Preview key={keyOf(row)} row={row} now={now} />}
          </div>
        </div>
      )}
      {help && <KeysHelp close={() => setHelp(false)} />}
    </Stack>
  )
}

function Figure({ value, label }: { readonly value: number; readonly label: string }) {
  return (
    <Text size="sm">
      <b>{value}</b> <span className="muted">{label}</span>
    </Text>
  )
}

function Row({
  row,
  now,
  selected,
  choose,
}: {
  readonly row: QueueRow
  readonly now: number
  readonly selected: boolean
  readonly choose: () => void
}) {
  const { say } = useWords()
  const own = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (selected) own.current?.scrollIntoView({ block: 'nearest' })
  }, [selected])
  return (
    <button
      ref={own}
      type="button"
      id={`row-${keyOf(row)}`}
      role="option"
      aria-selected={selected}
      className="queue-row"
      onClick={choose}
      tabIndex={-1}
    >
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Severity of={row.severity} />
        <Countdown flight={row.flight} now={now} />
      </Group>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <span>
          <PersonName surname={row.surname} givenNames={row.givenNames} />
          <small className="muted">
            {row.age !== undefined && ` · ${row.age}`}
            {row.nationality && ` · ${row.nationality}`}
            {row.groupSize > 1 && ` · ${say('queue.group', { count: row.groupSize })}`}
          </small>
        </span>
        <small className="muted">
          <Sources of={row.sources} />
        </small>
      </Group>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <small>
          {row.hits
            .slice(0, 3)
            .map((hit) => hit.title)
            .join(' · ')}
        </small>
        <small className="nowrap">
          {row.flight.flight} {row.flight.from.code}→{row.flight.to.code}
        </small>
      </Group>
      {row.review.claimedBy && (
        <small className="muted">
          {row.review.mine ? say('queue.claimed.mine') : say('decide.claimed-by', { name: row.review.claimedBy.name })}
        </small>
      )}
    </button>
  )
}

function Preview({ row, now }: { readonly row: QueueRow; readonly now: number }) {
  const { say } = useWords()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['dossier', row.leg, row.traveller],
    queryFn: () => get<DossierView>(`/v1/flights/${row.leg}/travellers/${row.traveller}`),
  })
  if (isPending) return <Waiting rows={5} />
  if (error) return <Failed problem={error} retry={refetch} />
  return (
    <Stack p="md" gap="md">
      <Group justify="space-between">
        <Title order={2}>
          <PersonName surname={data.surname} givenNames={data.givenNames} />
        </Title>
        <Link to="/flights/$leg/travellers/$id" params={{ leg: row.leg, id: row.traveller }}>
          {say('queue.open')}
        </Link>
      </Group>
      <DecisionBar leg={row.leg} traveller={row.traveller} hits={data.hits} review={data.review} />
      {data.hits.map((hit) => (
        <Why key={hit.id} hit={hit} />
      ))}
      <Table fz="sm" verticalSpacing={4} aria-label={say('dossier.identity')}>
        <Table.Tbody>
          <Table.Tr>
            <Table.Td className="muted">{say('field.birthDate')}</Table.Td>
            <Table.Td>
              {data.birthDate ?? '—'} {data.age !== undefined && say('dossier.age', { age: data.age })}
            </Table.Td>
            <Table.Td className="muted">{say('field.nationality')}</Table.Td>
            <Table.Td>{data.nationality ?? '—'}</Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Td className="muted">{say('field.document')}</Table.Td>
            <Table.Td className="mono">
              {data.documents[0] ? `${data.documents[0].number} ${data.documents[0].issuer ?? ''}` : '—'}
            </Table.Td>
            <Table.Td className="muted">{say('field.seat')}</Table.Td>
            <Table.Td>{data.seat ?? '—'}</Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
      <Text size="sm">
        <b>{row.flight.flight}</b> <Route flight={row.flight} /> · <Countdown flight={row.flight} now={now} />
      </Text>
    </Stack>
  )
}

const HELP = [
  ['j / k', 'keys.move'],
  ['Enter', 'keys.open'],
  ['n', 'keys.next'],
  ['a', 'keys.claim'],
  ['1 … 4', 'keys.decide'],
  ['r', 'keys.refer'],
  ['u', 'keys.undo'],
  ['w', 'keys.why'],
  ['.', 'keys.load'],
  ['Ctrl + Enter', 'keys.commit'],
  ['Esc', 'keys.back'],
] as const

function KeysHelp({ close }: { readonly close: () => void }) {
  const { say } = useWords()
  const [on, setOn] = useState(singleKeysOn())
  return (
    <Modal opened onClose={close} title={say('queue.keys')}>
      <Table fz="sm">
        <Table.Tbody>
          {HELP.map(([keys, words]) => (
            <Table.Tr key={keys}>
              <Table.Td>
                <Kbd>{keys}</Kbd>
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
