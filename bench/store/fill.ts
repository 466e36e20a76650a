/** Movements by the million: bookings of the simulator with other people in them, loaded by COPY, month by month. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { legId, monthOf } from '#domain/normalise.ts'
import { summarise } from '#domain/summary.ts'
import type { TravelDocument } from '#domain/traveller.ts'
import type { SearchKeys } from '#flows/search-keys.ts'
import type { CivilDate, Instant } from '#lib/time.ts'
import { household, mixOf, type Person, person } from '#simulator/people.ts'
import { type Random, randomOf } from '#simulator/random.ts'
import { copyInto, line } from './copy.ts'
import type { Booking, Templates } from './templates.ts'

const TABLES = [
  'transmission',
  'leg',
  'traveller',
  'traveller_part',
  'pnr',
  'pnr_version',
  'search_key',
  'hit',
  'review',
] as const
type Lines = Record<(typeof TABLES)[number], string[]>

const TRAVELLERS_OF_A_LEG = 180
const LEGS_AT_ONCE = 4
const HIT_EVERY = 200

/** What somebody was stored with, to ask for him. */
export interface Known {
  readonly leg: string
  readonly id: string
  readonly surname: string
  readonly givenNames: string
  readonly birthDate: string
  readonly document: string
  readonly phone: string
  readonly email: string
  readonly locator: string
  readonly ticket: string | undefined
  readonly card: string | undefined
}

export interface Filling {
  readonly url: string
  readonly months: readonly string[]
  readonly movements: number
  readonly now: Instant
  readonly templates: Templates
  readonly keys: SearchKeys
  /** Store every version that the messages made, or only the one in force. */
  readonly allVersions: boolean
  /** Of how many bookings the contents are stored; of the others all else is. */
  readonly contents: number
  /** After so long no more is loaded. */
  readonly seconds: number
  note(done: number): void
}

/** Two connections; months in turn, so that all grow alike. Gives some of those who were stored. */
export async function fill(
  filling: Filling,
): Promise<{ readonly movements: number; readonly known: readonly Known[] }> {
  const legs = Math.ceil(filling.movements / filling.months.length / TRAVELLERS_OF_A_LEG)
  const randoms = new Map(filling.months.map((month) => [month, randomOf(Number(month.replaceAll('-', '')))]))
  const known: Known[] = []
  const until = performance.now() + filling.seconds * 1000
  let movements = 0
  let next = 0
  const worker = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: filling.url })
    await client.connect()
    try {
      while (performance.now() < until) {
        const turn = next++
        const month = filling.months[turn % filling.months.length]
        const first = Math.floor(turn / filling.months.length) * LEGS_AT_ONCE
        const random = month && randoms.get(month)
        if (!random || first >= legs) return
        const lines = emptyLines()
        for (let at = first; at < Math.min(legs, first + LEGS_AT_ONCE); at++)
          movements += oneLeg(month, at, filling, lines, random, known)
        await client.query('begin')
        for (const table of TABLES)
          if (lines[table].length > 0) await copyInto(client, `${table} (${COLUMNS[table]})`, lines[table].join(''))
        await client.query('commit')
        filling.note(movements)
      }
    } finally {
      await client.end()
    }
  }
  await Promise.all([worker(), worker()])
  return { movements, known }
}

const emptyLines = (): Lines => ({
  transmission: [],
  leg: [],
  traveller: [],
  traveller_part: [],
  pnr: [],
  pnr_version: [],
  search_key: [],
  hit: [],
  review: [],
})

const COLUMNS: Readonly<Record<keyof Lines, string>> = {
  transmission:
    'month, id, carrier, channel, received_at, size, digest, content_digest, sealed, key_day, state, type, flight, legs, travellers, decided_at',
  leg: 'month, id, carrier, number, origin, destination, date, direction, departs_local, arrives_local, departs_at, arrives_at, closed_at, first_seen, changed_at, travellers, with_api, with_pnr, pushes, revision',
  traveller:
    'month, leg_id, id, role, kind, status, surname, given_names, birth_date, sex, nationality, document, seat, bags, locator, passenger_reference, pnr_id, pnr_reference, api_version, pnr_version, link, version, screened_version, screened_epoch, changed_at',
  traveller_part: 'month, leg_id, traveller_id, source, version, transmission, sent_at, stored_at, content',
  pnr: 'month, leg_id, id, locator, company, created_key, state, version, sent_at, sent_reference',
  pnr_version: 'month, leg_id, pnr_id, version, transmission, sent_at, stored_at, digest, content',
  search_key: 'month, leg_id, traveller_id, source, keys',
  hit: 'month, leg_id, id, traveller_id, cause, kind, source, entry, version, owner, severity, action, score, evidence_count, title_en, title_az, why, first_seen, last_true, disposition_id',
  review: 'month, leg_id, traveller_id, owner',
}

const PLACES = ['IST', 'DXB', 'TBS', 'KBP', 'DOH', 'FRA', 'TLV', 'ALA'] as const
const MIX = mixOf('TR')

function oneLeg(month: string, n: number, filling: Filling, lines: Lines, random: Random, known: Known[]): number {
  const { templates, now, allVersions, contents, keys } = filling
  const day = String(1 + (n % 28)).padStart(2, '0')
  const date = `${month.slice(0, 8)}${day}`
  const key = { carrier: 'Q0', number: String(n + 1), suffix: '', from: random.pick(PLACES), to: 'GYD', date }
  const id = legId(key)
  const departs = `${date}T${String(n % 24).padStart(2, '0')}:15`
  const at = `${departs}:00.000Z`
  const arrives = new Date(Date.parse(at) + 3 * 3_600_000).toISOString()
  const sent: string[] = []
  let travellers = 0
  while (travellers < TRAVELLERS_OF_A_LEG) {
    const booking = random.pick(templates.bookings)
    const whole = random.chance(contents)
    const transmission = `${id.slice(0, 6)}-${uuid()}`
    if (sent.length < Math.max(1, TRAVELLERS_OF_A_LEG * templates.messagesPerTraveller)) sent.push(transmission)
    for (const one of clone(booking, date as CivilDate, random)) {
      const place = [month, id] as const
      if (one.number === 0) {
        lines.pnr.push(
          line([...place, one.pnrId, one.booking.locator, 'Q0', date, 'active', booking.versions, at, 'X/001/1']),
        )
        for (let version = allVersions ? 1 : booking.versions; whole && version <= booking.versions; version++)
          lines.pnr_version.push(
            line([...place, one.pnrId, version, transmission, at, at, `\\x${hex(32)}`, one.booking]),
          )
      }
      const { api, pnr, versions } = one
      const summary = summarise(api, pnr)
      lines.traveller.push(
        line([
          ...place,
          one.id,
          summary.role,
          summary.kind,
          'boarded',
          summary.surname,
          summary.givenNames,
          summary.birthDate,
          summary.sex,
          summary.nationality,
          summary.document,
          summary.seat,
          summary.bags,
          one.booking.locator,
          summary.passengerReference,
          one.pnrId,
          pnr.reference,
          versions.api,
          versions.pnr,
          ['document'],
          4,
          4,
          2,
          at,
        ]),
      )
      for (const [source, content] of [
        ['api', api],
        ['pnr', pnr],
      ] as const)
        for (let version = allVersions ? 1 : versions[source]; whole && version <= versions[source]; version++)
          lines.traveller_part.push(line([...place, one.id, source, version, transmission, at, at, content]))
      const inForce = { version: 1, sentAt: now, transmission: '' }
      const found = keys.of({ api: { ...inForce, content: api }, pnr: { ...inForce, content: pnr } }, one.booking)
      for (const source of ['api', 'pnr'] as const)
        lines.search_key.push(line([...place, one.id, source, found[source]]))
      if (random.chance(1 / HIT_EVERY)) hit(lines, place, one.id, at, at < now.slice(0, 8) && random.chance(0.95))
      if (whole && random.chance(0.002)) known.push(knownOf(one, id))
      travellers += 1
    }
  }
  lines.leg.push(
    line([
      month,
      id,
      key.carrier,
      key.number,
      key.from,
      key.to,
      date,
      'in',
      departs,
      arrives.slice(0, 16),
      at,
      arrives,
      at,
      at,
      at,
      travellers,
      travellers,
      travellers,
      sent.map((transmission) => ({
        kind: 'pnr',
        transmission,
        receivedAt: at,
        travellers: 30,
        findings: 0,
        state: 'accepted',
      })),
      sent.length,
    ]),
  )
  const size = Math.round((contents * travellers * templates.sealedPerTraveller) / sent.length)
  for (const transmission of sent)
    lines.transmission.push(
      line([
        monthOf(transmission),
        transmission,
        'Q0',
        'https',
        at,
        4 * size,
        `\\x${hex(32)}`,
        `\\x${hex(32)}`,
        `\\x${hex(size)}`,
        date,
        'accepted',
        'PNRGOV',
        `Q0 ${key.number}`,
        [id],
        30,
        at,
      ]),
    )
  return travellers
}

const hex = (bytes: number): string => randomBytes(bytes).toString('hex')

function uuid(): string {
  const text = hex(16)
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-7${text.slice(13, 16)}-8${text.slice(17, 20)}-${text.slice(20)}`
}

function hit(lines: Lines, place: readonly [string, string], traveller: string, at: string, decided: boolean): void {
  const why = {
    kind: 'watchlist',
    evidence: 'full-date',
    lines: [],
    threshold: 0.9,
    listVersion: 1,
    scorerVersion: '1',
  }
  lines.hit.push(
    line([
      ...place,
      uuid(),
      traveller,
      'unit/e',
      'watchlist',
      'list',
      'e',
      1,
      'unit',
      'high',
      'interview',
      0.9,
      2,
      'List',
      'Siyahı',
      why,
      at,
      at,
      decided ? uuid() : undefined,
    ]),
  )
  lines.review.push(line([...place, traveller, 'unit']))
}

type Clone = ReturnType<typeof clone>[number]

/** The same booking of another household: names, documents, contacts, locator, ticket and card are its own. */
function clone(booking: Booking, today: CivilDate, random: Random) {
  const home = household(random.weighted(MIX), random)
  const locator = random.pattern('@@@@@@')
  const people = booking.people.map(({ api, pnr, versions }) => {
    const who = person(home, { least: 2, most: 80 }, today, random)
    const ticket = random.pattern('#############')
    return { who, versions, api: asApi(api, who, locator, ticket), pnr: asPnr(pnr, who, ticket, random), id: uuid() }
  })
  const [first] = people
  const whole = {
    ...booking.content,
    locator,
    locators: booking.content.locators.map((one) => ({ ...one, locator })),
    travellers: people.map(({ pnr }) => pnr),
    contacts: booking.content.contacts.map((one) => ({
      ...one,
      value: one.kind === 'email' ? (first?.who.email ?? '') : (first?.who.phone ?? ''),
    })),
  }
  const pnrId = uuid()
  return people.map((one, number) => ({ ...one, number, pnrId, booking: whole, contact: first?.who ?? one.who }))
}

const own = (documents: readonly TravelDocument[], who: Person): TravelDocument[] =>
  documents.map((document, at) => {
    const number = at === 0 ? (who.documents[0]?.number ?? document.number) : document.number
    return { ...document, number, numberAsSent: number }
  })

const asApi = (api: Booking['people'][number]['api'], who: Person, locator: string, ticket: string) => ({
  ...api,
  surname: who.surname,
  givenNames: who.givenNames,
  birthDate: who.birthDate,
  nationality: who.nation.alpha3,
  documents: own(api.documents, who),
  contacts: api.contacts.map((one) => ({ ...one, value: one.kind === 'email' ? who.email : who.phone })),
  ...(api.locator && { locator }),
  ...(api.ticket && { ticket }),
})

function asPnr(pnr: Booking['people'][number]['pnr'], who: Person, ticket: string, random: Random) {
  const cardMasked = `411111XXXXXX${random.pattern('####')}`
  return {
    ...pnr,
    surname: who.surname,
    givenNames: `${who.calledBy}${who.sex === 'F' ? 'MRS' : 'MR'}`,
    ...(pnr.documentSurname && { documentSurname: who.surname, documentGivenNames: who.givenNames }),
    ...(pnr.birthDate && { birthDate: who.birthDate }),
    documents: own(pnr.documents, who),
    contacts: pnr.contacts.map((one) => ({ ...one, value: one.kind === 'email' ? who.email : who.phone })),
    tickets: pnr.tickets.map((one) => ({
      ...one,
      number: ticket,
      payments: one.payments.map((paid) => (paid.cardMasked ? { ...paid, cardMasked } : paid)),
    })),
  }
}

const knownOf = ({ id, who, pnr, booking, contact }: Clone, leg: string): Known => ({
  leg,
  id,
  surname: who.surname,
  givenNames: who.givenNames,
  birthDate: who.birthDate,
  document: who.documents[0]?.number ?? '',
  phone: contact.phone,
  email: contact.email,
  locator: booking.locator,
  ticket: pnr.tickets[0]?.number,
  card: pnr.tickets.flatMap(({ payments }) => payments.flatMap((paid) => paid.cardMasked ?? []))[0],
})
