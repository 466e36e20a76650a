import { Button, Group, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDebouncedCallback, useDocumentTitle } from '@mantine/hooks'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import type { FlightBoard as Board, FlightRow, LiveEvent } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { get, query } from '../lib/http.ts'
import { useKeys } from '../lib/keys.ts'
import { useLive } from '../lib/live.ts'
import { useMay } from '../lib/session.ts'
import { Countdown, FlightStatus, LocalTime, Route, Severity } from '../parts/facts.tsx'
import { More } from '../parts/more.tsx'
import { useNow } from '../parts/now.tsx'
import { Empty, Failed, Waiting } from '../parts/states.tsx'

const SHIFT_HOURS = 6

export function FlightBoard() {
  const { say } = useWords()
  const search = useSearch({ from: '/flights' })
  const navigate = useNavigate({ from: '/flights' })
  const queries = useQueryClient()
  const now = useNow(15_000)
  const mayOpen = useMay('manifest.read')
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set())
  const [after, setAfter] = useState<string>()
  const [at, setAt] = useState(0)
  useDocumentTitle(`${say('flights.title')} · Preclear`)
  const shift = search.shift ?? 0
  const window = shift === 0 ? {} : windowAt(now, shift)
  const path = `/v1/flights${query({ ...window, direction: search.direction, text: search.text, with: search.with, after })}`
  const key = ['flights', search.direction, search.text, search.with, shift, after]
  const { data, error, isPending, refetch } = useQuery({
    queryKey: key,
    queryFn: () => get<Board>(path),
    placeholderData: keepPreviousData,
  })

  const hear = useCallback((event: LiveEvent) => {
    if (event.kind === 'flights') setChanged((was) => new Set([...was, ...event.legs]))
  }, [])
  useLive(hear)
  const load = useCallback(() => {
    setChanged(new Set())
    void queries.invalidateQueries({ queryKey: ['flights'] })
  }, [queries])
  const set = useCallback(
    (change: Record<string, unknown>) => {
      setAfter(undefined)
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
    },
    [navigate],
  )
  const seek = useDebouncedCallback((text: string) => set({ text }), 250)
  const rows = data?.flights ?? []
  const open = useCallback(
    (flight: FlightRow | undefined) =>
      flight && mayOpen && void navigate({ to: '/flights/$leg', params: { leg: flight.id } }),
    [navigate, mayOpen],
  )
  const keys = useMemo(
    () => ({
      '.': load,
      j: () => setAt((was) => Math.min(rows.length - 1, was + 1)),
      k: () => setAt((was) => Math.max(0, was - 1)),
      Enter: () => open(rows[at]),
      ArrowLeft: () => set({ shift: shift - 1 }),
      ArrowRight: () => set({ shift: shift + 1 }),
    }),
    [load, set, shift, rows, at, open],
  )
  useKeys(keys)

  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={1}>{say('flights.title')}</Title>
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            onClick={() => set({ shift: shift - 1 })}
            aria-label={say('flights.earlier')}
          >
            ←
          </Button>
          <Text size="sm">
            {shift === 0 ? say('flights.now') : say('flights.shifted', { hours: shift * SHIFT_HOURS })}
          </Text>
          <Button
            variant="default"
            size="xs"
            onClick={() => set({ shift: shift + 1 })}
            aria-label={say('flights.later')}
          >
            →
          </Button>
        </Group>
      </Group>
      <Group gap="sm">
        <SegmentedControl
          size="xs"
          aria-label={say('flights.direction')}
          value={search.direction ?? ''}
          onChange={(value) => set({ direction: value })}
          data={[
            { value: '', label: say('flights.all') },
            { value: 'in', label: say('direction.in') },
            { value: 'out', label: say('direction.out') },
            { value: 'domestic', label: say('direction.domestic') },
          ]}
        />
        <SegmentedControl
          size="xs"
          aria-label={say('flights.only')}
          value={search.with ?? ''}
          onChange={(value) => set({ with: value })}
          data={[
            { value: '', label: say('flights.any') },
            { value: 'hits', label: say('flights.with-hits') },
            { value: 'no-data', label: say('flights.no-data') },
          ]}
        />
        <TextInput
          size="xs"
          placeholder={say('flights.search')}
          aria-label={say('flights.search')}
          defaultValue={search.text ?? ''}
          onChange={(event) => seek(event.currentTarget.value)}
          data-search
        />
        <div aria-live="polite">
          {changed.size > 0 && (
            <Button size="compact-xs" variant="light" onClick={load}>
              {say('flights.changed', { count: changed.size })}
            </Button>
          )}
        </div>
      </Group>
      {isPending && <Waiting />}
      {error && <Failed problem={error} retry={refetch} />}
      {data && data.flights.length === 0 && (
        <Empty title={say('flights.none')}>
          <Button variant="default" size="xs" onClick={() => void navigate({ search: {} })}>
            {say('common.show-all')}
          </Button>
        </Empty>
      )}
      {data && data.flights.length > 0 && (
        <div className="panel scroll">
          <table className="grid-table" aria-label={say('flights.title')} aria-rowcount={data.total}>
            <thead>
              <tr>
                <th>{say('flights.flight')}</th>
                <th>{say('flights.route')}</th>
                <th>{say('flights.times')}</th>
                <th>{say('flights.next')}</th>
                <th>{say('flights.hits')}</th>
                <th className="number">{say('flights.travellers')}</th>
                <th>{say('flights.share')}</th>
                <th className="wide">{say('flights.pushes')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((flight, index) => (
                <Row
                  key={flight.id}
                  flight={flight}
                  now={now}
                  selected={index === at}
                  open={mayOpen ? () => open(flight) : undefined}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {data && <More next={data.next} after={after} go={setAfter} />}
      {data && (
        <Text size="xs" className="muted">
          {say('flights.shown', { shown: data.flights.length, total: data.total })}
        </Text>
      )}
    </Stack>
  )
}

function windowAt(now: number, shift: number): { from: string; to: string } {
  const hour = 3_600_000
  const from = now + (shift * SHIFT_HOURS - 6) * hour
  return { from: new Date(from).toISOString(), to: new Date(from + 12 * hour).toISOString() }
}

function Row({
  flight,
  now,
  selected,
  open,
}: {
  readonly flight: FlightRow
  readonly now: number
  readonly selected: boolean
  readonly open: (() => void) | undefined
}) {
  const { say } = useWords()
  const silent = flight.travellers === 0 && flight.status !== 'cancelled'
  return (
    <tr className={open && 'pick'} aria-selected={selected} onClick={open}>
      <td className="nowrap">
        {open ? (
          <Link to="/flights/$leg" params={{ leg: flight.id }}>
            <b>{flight.flight}</b>
          </Link>
        ) : (
          <b>{flight.flight}</b>
        )}
        <br />
        <small className="muted">{say(`direction.${flight.direction}`)}</small>
      </td>
      <td>
        <Route flight={flight} />
        <br />
        <small className="muted wide">{flight.carrierName ?? flight.carrier}</small>
      </td>
      <td className="nowrap">
        <LocalTime local={flight.departsLocal} at={flight.departsAt} zone={flight.from.zone} withDate />
        <br />
        <LocalTime local={flight.arrivesLocal} at={flight.arrivesAt} zone={flight.to.zone} withDate />
      </td>
      <td>
        <Countdown flight={flight} now={now} />
        <br />
        <FlightStatus of={flight.status} />
      </td>
      <td className="nowrap">
        {flight.hits.open > 0 && flight.hits.highest ? (
          <>
            <b>{flight.hits.open}</b> <Severity of={flight.hits.highest} />
          </>
        ) : flight.hits.decided > 0 ? (
          <span className="muted">{say('flights.decided', { count: flight.hits.decided })}</span>
        ) : (
          <span className="muted">—</span>
        )}
        {flight.referrals > 0 && (
          <>
            <br />
            <small>{say('flights.referred', { count: flight.referrals })}</small>
          </>
        )}
      </td>
      <td className="number">
        {silent ? (
          <b className="severity-medium">{say('flights.nothing')}</b>
        ) : (
          <>
            {flight.travellers}
            <br />
            {flight.crew > 0 && <small className="muted nowrap">{say('flights.crew', { count: flight.crew })}</small>}
          </>
        )}
      </td>
      <td>
        <Share name="API" part={flight.withApi} whole={flight.travellers} />
        <Share name="PNR" part={flight.withPnr} whole={flight.travellers} />
      </td>
      <td className="wide">
        <Pushes flight={flight} />
        {flight.incompletePushes !== undefined && (
          <small className="severity-medium block">
            {say('flights.push.incomplete', { count: flight.incompletePushes })}
          </small>
        )}
      </td>
    </tr>
  )
}

function Share({ name, part, whole }: { readonly name: string; readonly part: number; readonly whole: number }) {
  const percent = whole === 0 ? 0 : Math.round((part / whole) * 100)
  return (
    <span className="share-line">
      <small className="muted">{name}</small>
      <span className="share" aria-hidden="true">
        <i style={{ width: `${percent}%` }} />
      </span>
      <span className="number">{percent} %</span>
    </span>
  )
}

const LADDER = [48, 24, 2, 0] as const

/** One dot for each moment at which PNRs should have come: −48, −24, −2 and 0 hours. */
function Pushes({ flight }: { readonly flight: FlightRow }) {
  const { say } = useWords()
  const near = (hours: number): (typeof LADDER)[number] => (hours > 36 ? 48 : hours > 10 ? 24 : hours > 1 ? 2 : 0)
  const came = new Map(
    flight.pushes.filter((push) => push.kind === 'pnr').map((push) => [near(push.hoursBefore ?? 0), push.state]),
  )
  const text = LADDER.map(
    (hours) => `−${hours} h: ${say(came.has(hours) ? 'flights.push.came' : 'flights.push.missing')}`,
  ).join(', ')
  return (
    <span className="dots" role="img" aria-label={text} title={text}>
      {LADDER.map((hours) => (
        <span
          key={hours}
          className={`dot ${came.get(hours) === 'accepted' ? 'dot-on' : came.has(hours) ? 'dot-findings' : ''}`}
        />
      ))}
    </span>
  )
}
