import { Checkbox, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ManifestRow, Manifest as View } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { get } from '../lib/http.ts'
import { isTyping, useKeys } from '../lib/keys.ts'
import { useMay } from '../lib/session.ts'
import { utc } from '../lib/time.ts'
import { Countdown, FlightStatus, LocalTime, PersonName, Route, Severity, Sources } from '../parts/facts.tsx'
import { useNow } from '../parts/now.tsx'
import { Empty, Failed, Waiting } from '../parts/states.tsx'

type SortKey = 'surname' | 'seat' | 'nationality' | 'locator' | 'hits'

const SORTS: Readonly<Record<SortKey, (row: ManifestRow) => string | number>> = {
  surname: (row) => row.surname ?? '￿',
  seat: (row) => (row.seat ?? '￿').padStart(4, '0'),
  nationality: (row) => row.nationality ?? '￿',
  locator: (row) => row.locator ?? '￿',
  hits: (row) => -row.hits.open,
}

export function Manifest() {
  const { leg } = useParams({ from: '/flights/$leg' })
  const { say } = useWords()
  const now = useNow(15_000)
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['manifest', leg],
    queryFn: () => get<View>(`/v1/flights/${leg}/manifest`),
  })
  useDocumentTitle(`${say('manifest.title')} · Preclear`)
  const navigate = useNavigate()
  const keys = useMemo(() => ({ Escape: () => void navigate({ to: '/flights' }) }), [navigate])
  useKeys(keys)
  if (isPending) return <Waiting rows={14} />
  if (error) return <Failed problem={error} retry={refetch} />
  const { flight } = data
  return (
    <Stack gap="sm">
      <Text size="sm">
        <Link to="/flights">← {say('nav.flights')}</Link>
      </Text>
      <Group justify="space-between">
        <Group gap="md">
          <Title order={1}>{flight.flight}</Title>
          <Route flight={flight} />
          <FlightStatus of={flight.status} />
        </Group>
        <Group gap="lg">
          <Text size="sm">
            {say('flights.departs')}{' '}
            <LocalTime local={flight.departsLocal} at={flight.departsAt} zone={flight.from.zone} withDate />
          </Text>
          <Text size="sm">
            {say('flights.arrives')}{' '}
            <LocalTime local={flight.arrivesLocal} at={flight.arrivesAt} zone={flight.to.zone} withDate />
          </Text>
          <Text size="sm">
            <Countdown flight={flight} now={now} />
          </Text>
        </Group>
      </Group>
      <People data={data} leg={leg} />
      <Pushes data={data} />
    </Stack>
  )
}

function People({ data, leg }: { readonly data: View; readonly leg: string }) {
  const { say } = useWords()
  const navigate = useNavigate()
  const mayOpen = useMay('traveller.read')
  const [words, setWords] = useState('')
  const [onlyHits, setOnlyHits] = useState(false)
  const [noDocument, setNoDocument] = useState(false)
  const [infants, setInfants] = useState(false)
  const [crew, setCrew] = useState(true)
  const [sort, setSort] = useState<SortKey>('surname')
  const [at, setAt] = useState(0)
  const rows = useMemo(() => {
    const wanted = words.trim().toUpperCase()
    const matches = (row: ManifestRow): boolean =>
      (!wanted ||
        `${row.surname ?? ''} ${row.givenNames ?? ''} ${row.document?.number ?? ''} ${row.locator ?? ''} ${row.seat ?? ''}`
          .toUpperCase()
          .includes(wanted)) &&
      (!onlyHits || row.hits.open > 0) &&
      (!noDocument || !row.document) &&
      (!infants || row.kind === 'infant') &&
      (crew || !row.role.endsWith('crew'))
    const by = SORTS[sort]
    return data.travellers
      .filter(matches)
      .sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : a.id < b.id ? -1 : 1))
  }, [data, words, onlyHits, noDocument, infants, crew, sort])
  const open = (row: ManifestRow | undefined): void => {
    if (row && mayOpen) void navigate({ to: '/flights/$leg/travellers/$id', params: { leg, id: row.id } })
  }
  const keys = {
    j: () => setAt((was) => Math.min(rows.length - 1, was + 1)),
    k: () => setAt((was) => Math.max(0, was - 1)),
    Enter: () => {
      if (!isTyping(document.activeElement) && document.activeElement?.tagName !== 'BUTTON') open(rows[at])
    },
  }
  useKeys(keys)
  const table = useRef<HTMLTableElement>(null)
  useEffect(() => {
    if (at > 0) table.current?.tBodies[0]?.rows[at]?.scrollIntoView({ block: 'nearest' })
  }, [at])
  return (
    <>
      <Group gap="md">
        <TextInput
          size="xs"
          placeholder={say('manifest.search')}
          aria-label={say('manifest.search')}
          data-search
          w={230}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <Checkbox
          size="xs"
          label={say('flights.with-hits')}
          checked={onlyHits}
          onChange={(event) => setOnlyHits(event.currentTarget.checked)}
        />
        <Checkbox
          size="xs"
          label={say('manifest.no-document')}
          checked={noDocument}
          onChange={(event) => setNoDocument(event.currentTarget.checked)}
        />
        <Checkbox
          size="xs"
          label={say('manifest.infants')}
          checked={infants}
          onChange={(event) => setInfants(event.currentTarget.checked)}
        />
        <Checkbox
          size="xs"
          label={say('manifest.crew')}
          checked={crew}
          onChange={(event) => setCrew(event.currentTarget.checked)}
        />
        <Text size="sm" className="muted" aria-live="polite">
          {say('manifest.count', { shown: rows.length, total: data.travellers.length })}
        </Text>
      </Group>
      {rows.length === 0 ? (
        <Empty title={say('manifest.none')} />
      ) : (
        <div className="panel scroll">
          <table ref={table} className="grid-table" aria-label={say('manifest.title')}>
            <thead>
              <tr>
                <Sortable name="surname" now={sort} set={setSort} text={say('manifest.name')} />
                <Sortable name="hits" now={sort} set={setSort} text={say('flights.hits')} />
                <th>{say('field.birthDate')}</th>
                <th>{say('field.sex')}</th>
                <Sortable name="nationality" now={sort} set={setSort} text={say('field.nationality')} />
                <th>{say('field.document')}</th>
                <Sortable name="seat" now={sort} set={setSort} text={say('field.seat')} />
                <th className="wide">{say('field.bags')}</th>
                <Sortable name="locator" now={sort} set={setSort} text={say('field.locator')} />
                <th>{say('manifest.status')}</th>
                <th>{say('manifest.sources')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr
                  key={row.id}
                  className={mayOpen ? 'pick' : undefined}
                  aria-selected={index === at}
                  data-mate={row.locator !== undefined && row.locator === rows[at]?.locator}
                  onClick={() => open(row)}
                >
                  <td>
                    {mayOpen ? (
                      <Link to="/flights/$leg/travellers/$id" params={{ leg, id: row.id }}>
                        <PersonName surname={row.surname} givenNames={row.givenNames} />
                      </Link>
                    ) : (
                      <PersonName surname={row.surname} givenNames={row.givenNames} />
                    )}
                    {(row.kind === 'infant' || row.kind === 'child' || row.kind === 'unaccompanied-minor') && (
                      <small className="muted"> {say(`kind.${row.kind}`)}</small>
                    )}
                    {row.role !== 'passenger' && <small className="muted"> {say(`traveller-role.${row.role}`)}</small>}
                  </td>
                  <td>
                    {row.hits.open > 0 && row.hits.highest ? (
                      <Severity of={row.hits.highest} />
                    ) : row.referrals > 0 ? (
                      say('manifest.referred')
                    ) : (
                      <span className="muted">—</span>
                    )}
                  </td>
                  <td className="nowrap">{row.birthDate ?? <Missing />}</td>
                  <td>{row.sex ?? '—'}</td>
                  <td>{row.nationality ?? <Missing />}</td>
                  <td className="nowrap mono">
                    {row.document ? `${row.document.number} ${row.document.issuer ?? ''}` : <Missing />}
                  </td>
                  <td>{row.seat ?? '—'}</td>
                  <td className="wide">{row.bags ?? '—'}</td>
                  <td className="mono">{row.locator ?? '—'}</td>
                  <td className="nowrap">{say(`traveller-status.${row.status}`)}</td>
                  <td>
                    <Sources of={row.sources} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

function Missing() {
  const { say } = useWords()
  return <span className="severity-medium">{say('compare.missing')}</span>
}

function Sortable({
  name,
  now,
  set,
  text,
}: {
  readonly name: SortKey
  readonly now: SortKey
  readonly set: (key: SortKey) => void
  readonly text: string
}) {
  return (
    <th aria-sort={name === now ? 'ascending' : 'none'}>
      <button type="button" className="linkish" onClick={() => set(name)}>
        {text}
        {name === now && ' ↓'}
      </button>
    </th>
  )
}

function Pushes({ data }: { readonly data: View }) {
  const { say } = useWords()
  return (
    <section aria-label={say('flights.pushes')}>
      <Title order={2} mb="xs">
        {say('flights.pushes')}
      </Title>
      <div className="panel scroll">
        <table className="grid-table">
          <thead>
            <tr>
              <th>{say('manifest.push.kind')}</th>
              <th>{say('manifest.push.received')}</th>
              <th>{say('manifest.push.before')}</th>
              <th>{say('flights.travellers')}</th>
              <th>{say('messages.findings')}</th>
              <th>{say('manifest.status')}</th>
            </tr>
          </thead>
          <tbody>
            {data.pushes.map((push) => (
              <tr key={push.transmission + push.kind}>
                <td>{say(`push.${push.kind}`)}</td>
                <td className="nowrap">{utc(push.receivedAt)}</td>
                <td>{push.hoursBefore !== undefined ? `${push.hoursBefore} h` : '—'}</td>
                <td>{push.travellers}</td>
                <td>{push.findings}</td>
                <td>{say(`state.of.${push.state}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
