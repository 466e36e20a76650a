import { Badge, Group, Stack, Table, Tabs, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import type { CompareCell, SourceRef, Dossier as View } from '../../src/http/contract.ts'
import { useWords } from '../i18n/words.tsx'
import { get } from '../lib/http.ts'
import { useKeys } from '../lib/keys.ts'
import { utc } from '../lib/time.ts'
import { DecisionBar } from '../parts/decision-bar.tsx'
import { Countdown, LocalTime, type OpenSource, PersonName, Route, Sources } from '../parts/facts.tsx'
import { useNow } from '../parts/now.tsx'
import { SourceDrawer } from '../parts/source.tsx'
import { Empty, Failed, Waiting } from '../parts/states.tsx'
import { Why } from '../parts/why.tsx'

const TABS = ['overview', 'compare', 'itinerary', 'booking', 'documents', 'contacts', 'findings', 'seen'] as const
type Tab = (typeof TABS)[number]

export function Dossier() {
  const { leg, id } = useParams({ from: '/flights/$leg/travellers/$id' })
  const { say } = useWords()
  const now = useNow(15_000)
  const { tab: asked, from } = useSearch({ from: '/flights/$leg/travellers/$id' })
  const navigate = useNavigate({ from: '/flights/$leg/travellers/$id' })
  const tab = TABS.find((one) => one === asked) ?? 'overview'
  const setTab = useCallback(
    (next: Tab) => void navigate({ search: (was) => ({ ...was, tab: next }), replace: true }),
    [navigate],
  )
  useDocumentTitle(`${say('dossier.page')} · Preclear`)
  const [source, setSource] = useState<SourceRef>()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['dossier', leg, id],
    queryFn: () => get<View>(`/v1/flights/${leg}/travellers/${id}`),
  })
  const keys = useMemo(() => {
    const step = (by: number) => () => setTab(TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length] ?? 'overview')
    const toManifest = () => void navigate({ to: '/flights/$leg', params: { leg } })
    return {
      '[': step(-1),
      ']': step(1),
      Escape: from === 'queue' ? () => void navigate({ to: '/queue', search: { sel: `${leg}/${id}` } }) : toManifest,
      m: toManifest,
      w: () => setTab('overview'),
    }
  }, [navigate, leg, id, from, tab, setTab])
  useKeys(keys)
  if (isPending) return <Waiting rows={12} />
  if (error) return <Failed problem={error} retry={refetch} />
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="start">
        <Stack gap={4}>
          <Text size="sm">
            {from === 'queue' ? (
              <Link to="/queue" search={{ sel: `${leg}/${id}` }}>
                ← {say('nav.queue')}
              </Link>
            ) : (
              <Link to="/flights/$leg" params={{ leg }}>
                ← {say('manifest.title')}
              </Link>
            )}
          </Text>
          <Title order={1}>
            <PersonName surname={data.surname} givenNames={data.givenNames} />
          </Title>
          <Text size="sm">
            {data.birthDate ?? say('compare.missing')}{' '}
            {data.age !== undefined && `(${say('dossier.age', { age: data.age })})`} · {data.sex ?? '—'} ·{' '}
            {data.nationality ?? '—'} · {say(`traveller-role.${data.role}`)} · {say(`traveller-status.${data.status}`)}
            {data.seat && ` · ${say('field.seat')} ${data.seat}`}
          </Text>
          <Text size="sm">
            <Link to="/flights/$leg" params={{ leg }}>
              <b>{data.flight.flight}</b>
            </Link>{' '}
            <Route flight={data.flight} /> ·{' '}
            <LocalTime
              local={data.flight.departsLocal}
              at={data.flight.departsAt}
              zone={data.flight.from.zone}
              withDate
            />{' '}
            →{' '}
            <LocalTime
              local={data.flight.arrivesLocal}
              at={data.flight.arrivesAt}
              zone={data.flight.to.zone}
              withDate
            />{' '}
            · <Countdown flight={data.flight} now={now} />
          </Text>
        </Stack>
        <Group gap="xs">
          {data.verified !== undefined && (
            <Badge variant="light" color={data.verified ? 'accent' : 'gray'} tt="none" radius="sm">
              {say(data.verified ? 'dossier.verified' : 'dossier.typed')}
            </Badge>
          )}
          {data.link && (
            <Badge variant="light" tt="none" radius="sm" title={data.link.evidence.join(', ')}>
              {say('dossier.linked')}
            </Badge>
          )}
        </Group>
      </Group>
      <DecisionBar leg={leg} traveller={id} hits={data.hits} review={data.review} />
      <Tabs
        value={tab}
        onChange={(value) => setTab(TABS.find((one) => one === value) ?? 'overview')}
        keepMounted={false}
      >
        <Tabs.List>
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {say(`tab.${one}`)}
              {one === 'findings' && data.findings.length > 0 && ` (${data.findings.length})`}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview" pt="sm">
          <Overview data={data} />
        </Tabs.Panel>
        <Tabs.Panel value="compare" pt="sm">
          <Compare data={data} open={setSource} />
        </Tabs.Panel>
        <Tabs.Panel value="itinerary" pt="sm">
          <Itinerary data={data} />
        </Tabs.Panel>
        <Tabs.Panel value="booking" pt="sm">
          <Booking data={data} leg={leg} open={setSource} />
        </Tabs.Panel>
        <Tabs.Panel value="documents" pt="sm">
          <Documents data={data} open={setSource} />
        </Tabs.Panel>
        <Tabs.Panel value="contacts" pt="sm">
          <Contacts data={data} open={setSource} />
        </Tabs.Panel>
        <Tabs.Panel value="findings" pt="sm">
          <Findings data={data} />
        </Tabs.Panel>
        <Tabs.Panel value="seen" pt="sm">
          <Seen data={data} />
        </Tabs.Panel>
      </Tabs>
      {source && <SourceDrawer leg={leg} traveller={id} source={source} close={() => setSource(undefined)} />}
    </Stack>
  )
}

interface PanelProps {
  readonly data: View
  readonly open: OpenSource
}

function Overview({ data }: { readonly data: View }) {
  const { say, sayCode, pick } = useWords()
  return (
    <Stack gap="sm">
      {data.hits.length === 0 && <Empty title={say('dossier.no-hits')} />}
      {data.hits.map((hit) => (
        <Why key={hit.id} hit={hit} />
      ))}
      {data.referrals.length > 0 && (
        <section className="panel scroll" aria-label={say('dossier.referrals')}>
          <table className="grid-table">
            <thead>
              <tr>
                <th>{say('refer.to')}</th>
                <th>{say('refer.action')}</th>
                <th>{say('manifest.status')}</th>
                <th>{say('referrals.sent')}</th>
                <th>{say('referrals.outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {data.referrals.map((row) => (
                <tr key={row.id}>
                  <td>{pick(row.to.name)}</td>
                  <td>{sayCode('action', row.action)}</td>
                  <td>{say(`referral.${row.state}`)}</td>
                  <td className="nowrap">{utc(row.sentAt)}</td>
                  <td>{row.outcome ? `${say(`found.${row.outcome.code}`)} · ${row.outcome.by}` : '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Stack>
  )
}

const MARKS = { same: '=', spelling: '≈', differs: '≠', 'only-api': '←', 'only-pnr': '→', neither: '∅' } as const

/** API beside PNR, field by field; each value leads to the bytes that it came from. */
function Compare({ data, open }: PanelProps) {
  const { say, sayCode } = useWords()
  return (
    <div className="panel scroll">
      <table className="grid-table" aria-label={say('tab.compare')}>
        <thead>
          <tr>
            <th>{say('compare.field')}</th>
            <th>API</th>
            <th>PNR</th>
            <th>{say('compare.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {data.compare.map((row) => (
            <tr key={row.field}>
              <td>{sayCode('field', row.field)}</td>
              <td>
                <Cell cell={row.api} open={open} label={`API ${sayCode('field', row.field)}`} />
              </td>
              <td>
                <Cell cell={row.pnr} open={open} label={`PNR ${sayCode('field', row.field)}`} />
              </td>
              <td className={row.verdict === 'differs' ? 'severity-high' : 'muted'}>
                <span aria-hidden="true">{MARKS[row.verdict]} </span>
                {say(`verdict.${row.verdict}`)}
                {row.rule && ` (${sayCode('spelling', row.rule)})`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({
  cell,
  open,
  label,
}: {
  readonly cell: CompareCell
  readonly open: OpenSource
  readonly label: string
}) {
  const { say } = useWords()
  if (cell.value === undefined) return <span className="muted">{say('compare.missing')}</span>
  const { source } = cell
  if (!source) return <bdi>{cell.value}</bdi>
  return (
    <button
      type="button"
      className="linkish"
      onClick={() => open(source)}
      aria-label={say('compare.open', { label, value: cell.value })}
    >
      <bdi>{cell.value}</bdi>
    </button>
  )
}

function Itinerary({ data }: { readonly data: View }) {
  const { say } = useWords()
  if (data.itinerary.length === 0) return <Empty title={say('dossier.no-itinerary')} />
  return (
    <div className="panel scroll">
      <table className="grid-table" aria-label={say('tab.itinerary')}>
        <thead>
          <tr>
            <th>{say('flights.flight')}</th>
            <th>{say('dossier.operated')}</th>
            <th>{say('dossier.from')}</th>
            <th>{say('dossier.to')}</th>
            <th>{say('flights.departs')}</th>
            <th>{say('flights.arrives')}</th>
            <th>{say('manifest.status')}</th>
          </tr>
        </thead>
        <tbody>
          {data.itinerary.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the order of an itinerary is its identity
            <tr key={index} aria-selected={row.isThisFlight}>
              <td>
                <b>{row.flight ?? say(`segment.${row.kind}`)}</b>{' '}
                {row.bookingClass && <small className="muted">{row.bookingClass}</small>}
              </td>
              <td>{row.operating ?? '—'}</td>
              <td>{row.from ? `${row.from.city} ${row.from.code}` : '—'}</td>
              <td>{row.to ? `${row.to.city} ${row.to.code}` : '—'}</td>
              <td>
                <LocalTime local={row.departsLocal} at={row.departsAt} zone={row.from?.zone ?? 'UTC'} withDate />
              </td>
              <td>
                <LocalTime local={row.arrivesLocal} at={row.arrivesAt} zone={row.to?.zone ?? 'UTC'} withDate />
              </td>
              <td>{row.status ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Facts({ rows }: { readonly rows: readonly (readonly [label: string, value: React.ReactNode])[] }) {
  return (
    <Table fz="sm" verticalSpacing={5} className="panel">
      <Table.Tbody>
        {rows
          .filter(([, value]) => value !== undefined && value !== '')
          .map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Td className="muted" w={220}>
                {label}
              </Table.Td>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  )
}

function Booking({ data, leg, open }: PanelProps & { readonly leg: string }) {
  const { say, sayCode } = useWords()
  const { booking } = data
  if (!booking) return <Empty title={say('dossier.no-booking')} />
  const when = (at: string | undefined): string | undefined => at && utc(at)
  return (
    <Stack gap="sm">
      <Facts
        rows={[
          [
            say('field.locator'),
            <span key="l" className="mono">
              {booking.locators.map((one) => `${one.company} ${one.locator}`).join(' · ') || booking.locator}
            </span>,
          ],
          [say('booking.created'), when(booking.created)],
          [say('booking.changed'), when(booking.changed)],
          [say('booking.ticketed'), when(booking.ticketed)],
          [say('booking.agency'), booking.agency && Object.values(booking.agency).join(' · ')],
          [say('booking.group'), booking.groupName],
          [
            say('booking.companions', { count: booking.numberOfTravellers }),
            booking.companions.map((one) => (
              <div key={one.id ?? one.name}>
                {one.id ? (
                  <Link to="/flights/$leg/travellers/$id" params={{ leg, id: one.id }}>
                    <bdi>{one.name}</bdi>
                  </Link>
                ) : (
                  <bdi>{one.name}</bdi>
                )}{' '}
                <small className="muted">{say(`kind.${one.kind}`)}</small>
              </div>
            )),
          ],
          [say('booking.split'), booking.splitWith.join(', ')],
          [
            say('booking.tickets'),
            booking.tickets.map((one) => (
              <div key={one.number}>
                <span className="mono">{one.number}</span>{' '}
                {[one.fareBasis, one.total, when(one.issued)].filter(Boolean).join(' · ')}
              </div>
            )),
          ],
          [
            say('booking.payments'),
            booking.payments.map((one) => {
              const text = [sayCode('payment', one.form), one.card, one.amount, one.payer].filter(Boolean).join(' · ')
              const { source } = one
              return source ? (
                <div key={text}>
                  <button type="button" className="linkish" onClick={() => open(source)}>
                    {text}
                  </button>
                </div>
              ) : (
                <div key={text}>{text}</div>
              )
            }),
          ],
          [
            say('booking.ssrs'),
            booking.ssrs.map((one) => [one.code, one.status, one.text].filter(Boolean).join(' ')).join(' · '),
          ],
          [say('booking.remarks'), booking.remarks.map((one) => one.text).join(' · ')],
        ]}
      />
      <Title order={2}>{say('booking.versions')}</Title>
      <div className="panel scroll">
        <table className="grid-table">
          <thead>
            <tr>
              <th>{say('booking.version')}</th>
              <th>{say('manifest.push.received')}</th>
              <th>{say('booking.changes')}</th>
            </tr>
          </thead>
          <tbody>
            {booking.versions.map((one) => (
              <tr key={one.version}>
                <td>{one.version}</td>
                <td className="nowrap">{utc(one.receivedAt)}</td>
                <td>
                  {one.changes.length > 0
                    ? one.changes.map((change) => <Change key={change} of={change} />)
                    : say('booking.first')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Stack>
  )
}

/** `seat:2`, `traveller+:1`: what changed, and how many. */
function Change({ of }: { readonly of: string }) {
  const { sayCode } = useWords()
  const [key = of, count] = of.split(':')
  const sign = key.endsWith('+') ? '+' : key.endsWith('-') ? '−' : ''
  return (
    <Badge variant="light" radius="sm" tt="none" mr={4}>
      {sayCode('change', key.replace(/[+-]$/, ''))} {sign}
      {count}
    </Badge>
  )
}

function Documents({ data, open }: PanelProps) {
  const { say, sayCode } = useWords()
  if (data.documents.length === 0) return <Empty title={say('dossier.no-documents')} />
  return (
    <div className="panel scroll">
      <table className="grid-table" aria-label={say('tab.documents')}>
        <thead>
          <tr>
            <th>{say('field.document.type')}</th>
            <th>{say('field.document.number')}</th>
            <th>{say('field.document.issuer')}</th>
            <th>{say('field.document.expires')}</th>
            <th>{say('manifest.sources')}</th>
          </tr>
        </thead>
        <tbody>
          {data.documents.map((one) => (
            <tr key={one.number + one.type}>
              <td>
                {sayCode('document', one.kind)} <small className="muted">{one.type}</small>
              </td>
              <td>
                <Cell
                  cell={{ value: one.number, ...(one.source && { source: one.source }) }}
                  open={open}
                  label={say('field.document.number')}
                />
              </td>
              <td>{one.issuer ?? '—'}</td>
              <td>{one.expires ?? '—'}</td>
              <td>
                <Sources of={one.sources} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Contacts({ data, open }: PanelProps) {
  const { say, sayCode } = useWords()
  return (
    <Facts
      rows={[
        ...data.contacts.map(
          (one) =>
            [
              sayCode('contact', one.kind),
              <Cell
                key={one.value}
                cell={{ value: one.value, ...(one.source && { source: one.source }) }}
                open={open}
                label={sayCode('contact', one.kind)}
              />,
            ] as const,
        ),
        ...data.addresses.map((one) => [sayCode('address', one.kind), <bdi key={one.text}>{one.text}</bdi>] as const),
        ...data.frequentFlyers.map(
          (one) =>
            [say('contacts.frequent-flyer'), [one.carrier, one.number, one.level].filter(Boolean).join(' ')] as const,
        ),
        [
          say('field.bags'),
          [data.baggage.count, data.baggage.weightKg !== undefined ? `${data.baggage.weightKg} kg` : undefined]
            .filter((one) => one !== undefined)
            .join(' · ') || '—',
        ],
        [say('contacts.tags'), data.baggage.tags.join(', ')],
      ]}
    />
  )
}

function Findings({ data }: { readonly data: View }) {
  const { say, pick } = useWords()
  if (data.findings.length === 0) return <Empty title={say('dossier.no-findings')} />
  return (
    <div className="panel scroll">
      <table className="grid-table">
        <tbody>
          {data.findings.map((one) => (
            <tr key={one.code + one.byte}>
              <td>{say(`finding.${one.severity}`)}</td>
              <td>
                {pick(one.sentence)} <small className="muted">{one.detail}</small>
              </td>
              <td className="nowrap">
                {say('finding.place', { line: one.line, byte: one.byte, segment: one.segment })}
              </td>
              <td className="mono">{one.code}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Seen({ data }: { readonly data: View }) {
  const { say, sayCode } = useWords()
  return (
    <div className="panel scroll">
      <table className="grid-table" aria-label={say('tab.seen')}>
        <tbody>
          {data.seenBy.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one person may look twice in a moment
            <tr key={index}>
              <td className="nowrap">{utc(one.at)}</td>
              <td>{one.name}</td>
              <td>{one.agency}</td>
              <td>{sayCode('purpose-name', one.purpose)}</td>
              <td>{sayCode('screen', one.screen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
