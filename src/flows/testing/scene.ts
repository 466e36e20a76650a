/** A small fictional site in the database for tests: one unit, two authorities, their officers, a flight and its people. */
import { sql } from 'kysely'
import type { HitSeverity, WatchlistWhy } from '#domain/hit.ts'
import { legId, monthOf } from '#domain/normalise.ts'
import type { Officer } from '#domain/officer.ts'
import type { PnrTraveller } from '#domain/pnr.ts'
import { summarise } from '#domain/summary.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import { idOf } from '#lib/ids.ts'
import { type Instant, instant } from '#lib/time.ts'
import type { Db } from '#store/db.ts'
import { ensureMonths } from '#store/legs.ts'

export const NOW = '2026-06-11T06:00:00.000Z' as Instant
export const minutesOn = (minutes: number): Instant => instant(Date.parse(NOW) + minutes * 60_000)

const officer = (login: string, agency: string): Officer => ({
  id: idOf('user', login),
  login,
  name: `Officer ${login}`,
  agency,
  roles: ['analyst'],
  purpose: 'serious-crime',
})

export const PEOPLE = {
  unitA: officer('unit-a', 'unit'),
  unitB: officer('unit-b', 'unit'),
  /** Reads API only. */
  border: officer('border-a', 'border'),
  /** Reads PNR too. */
  customs: officer('customs-a', 'customs'),
} as const

export async function siteIn(db: Db): Promise<void> {
  await db
    .insertInto('agency')
    .values([
      { id: 'unit', name_en: 'Passenger Information Unit', name_az: 'PİU', kind: 'unit', reads_pnr: true },
      { id: 'border', name_en: 'Border Service', name_az: 'Sərhəd', kind: 'authority', reads_pnr: false },
      { id: 'customs', name_en: 'Customs', name_az: 'Gömrük', kind: 'authority', reads_pnr: true },
    ])
    .execute()
  await db
    .insertInto('app_user')
    .values(
      Object.values(PEOPLE).map(({ id, login, name, agency, roles }) => ({
        id,
        login,
        name,
        agency,
        roles: [...roles],
        password: '',
      })),
    )
    .execute()
  await db.insertInto('carrier').values({ code: 'Q0', name: 'Quartz Air', profile: '{}' }).execute()
}

export interface Place {
  readonly month: string
  readonly id: string
}

export interface FlightPlan {
  readonly number?: string
  readonly departsIn?: number
  readonly hours?: number
  readonly direction?: 'in' | 'out'
}

/** A flight IST–GYD, or back, that departs so many minutes from `NOW`. */
export async function flightIn(db: Db, plan: FlightPlan = {}): Promise<Place> {
  const { number = '812', departsIn = 75, hours = 3, direction = 'in' } = plan
  const [from, to] = direction === 'in' ? ['IST', 'GYD'] : ['GYD', 'IST']
  const departs = minutesOn(departsIn)
  const id = legId({ carrier: 'Q0', number, suffix: '', from, to, date: departs.slice(0, 10) })
  const month = monthOf(id)
  await ensureMonths(db, [month])
  await db
    .insertInto('leg')
    .values({
      month,
      id,
      carrier: 'Q0',
      number,
      origin: from,
      destination: to,
      date: departs.slice(0, 10),
      direction,
      departs_at: departs,
      arrives_at: minutesOn(departsIn + hours * 60),
      first_seen: NOW,
      changed_at: NOW,
      pushes: JSON.stringify([
        {
          kind: 'api',
          transmission: '202606-a',
          receivedAt: minutesOn(-20),
          travellers: 2,
          findings: 0,
          state: 'accepted',
        },
      ]),
    })
    .execute()
  return { month, id }
}

export const apiOf = (surname: string, more: Partial<ApiTraveller> = {}): ApiTraveller => ({
  role: 'passenger',
  surname,
  givenNames: 'MIRAY',
  sex: 'F',
  nationality: 'XXA',
  nationalities: ['XXA'],
  addresses: [],
  documents: [
    {
      kind: 'passport',
      type: 'P',
      number: `P${surname.length}77`,
      numberAsSent: `P${surname.length}77`,
      issuer: 'XXA',
      at: [60, 70],
    },
  ],
  contacts: [],
  baggage: { tags: [] },
  at: { surname: [20, 30], givenNames: [31, 36] },
  ...more,
})

export const pnrOf = (surname: string, more: Partial<PnrTraveller> = {}): PnrTraveller => ({
  reference: '1',
  surname,
  givenNames: 'MIRAYMRS',
  kind: 'adult',
  documents: [],
  addresses: [],
  contacts: [{ kind: 'phone', value: '+99400000000' }],
  frequentFlyers: [],
  tickets: [],
  seat: '14C',
  baggage: { count: 2, tags: [] },
  at: { surname: [120, 130] },
  ...more,
})

export interface Somebody {
  readonly surname: string
  readonly api?: ApiTraveller | undefined
  readonly pnr?: PnrTraveller | undefined
  readonly locator?: string
  readonly apiFrom?: string
  readonly pnrFrom?: string
}

export async function travellerIn(db: Db, leg: Place, somebody: Somebody): Promise<string> {
  const { surname, api, pnr, locator } = somebody
  const id = idOf(leg.id, surname)
  const summary = summarise(api, pnr)
  await db
    .insertInto('traveller')
    .values({
      month: leg.month,
      leg_id: leg.id,
      id,
      role: summary.role,
      kind: summary.kind,
      status: 'checked-in',
      surname: summary.surname ?? null,
      given_names: summary.givenNames ?? null,
      nationality: summary.nationality ?? null,
      document: summary.document ? JSON.stringify(summary.document) : null,
      seat: summary.seat ?? null,
      bags: summary.bags ?? null,
      locator: locator ?? null,
      pnr_id: locator ? idOf(leg.id, 'pnr', locator) : null,
      pnr_reference: pnr?.reference ?? null,
      api_version: api ? 1 : null,
      pnr_version: pnr ? 1 : null,
      version: 1,
      changed_at: NOW,
    })
    .execute()
  for (const [source, content, transmission] of [
    ['api', api, somebody.apiFrom ?? '202606-a'],
    ['pnr', pnr, somebody.pnrFrom ?? '202606-p'],
  ] as const) {
    if (!content) continue
    await db
      .insertInto('traveller_part')
      .values({
        month: leg.month,
        leg_id: leg.id,
        traveller_id: id,
        source,
        version: 1,
        transmission,
        sent_at: NOW,
        stored_at: NOW,
        content: JSON.stringify(content),
      })
      .execute()
  }
  return id
}

export async function hitIn(
  db: Db,
  leg: Place,
  traveller: string,
  owner: string,
  severity: HitSeverity = 'high',
  cause = 'entry-1',
): Promise<string> {
  const id = idOf(leg.id, traveller, owner, cause)
  const why: WatchlistWhy = {
    kind: 'watchlist',
    evidence: 'document',
    lines: [
      { feature: 'document', traveller: 'P877', entry: 'P877', how: 'same', points: 9, source: 'api' },
      { feature: 'name', traveller: 'MIRAYMRS', entry: 'MIRAY', how: 'same', points: 3, source: 'pnr' },
    ],
    threshold: 0.9,
    listVersion: 3,
    scorerVersion: '1',
  }
  await db
    .insertInto('hit')
    .values({
      month: leg.month,
      leg_id: leg.id,
      id,
      traveller_id: traveller,
      cause: `${owner}/${cause}`,
      kind: 'watchlist',
      source: `${owner}-list`,
      entry: cause,
      version: 1,
      owner,
      severity,
      action: 'check-document',
      score: 0.97,
      evidence_count: 2,
      title_en: `List of ${owner}`,
      title_az: `${owner} siyahısı`,
      why: JSON.stringify(why),
      first_seen: NOW,
      last_true: NOW,
    })
    .execute()
  await db
    .insertInto('review')
    .values({ month: leg.month, leg_id: leg.id, traveller_id: traveller, owner })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return id
}

/** The log after a point, newest last. */
export async function logSince(db: Db, seq: number) {
  return db
    .selectFrom('log')
    .select(['seq', 'actor', 'agency', 'purpose', 'action', 'screen', 'subjects', 'detail'])
    .where('seq', '>', seq)
    .orderBy('seq')
    .execute()
}

export async function logEnd(db: Db): Promise<number> {
  const { rows } = await sql<{ seq: number }>`select seq from log_head`.execute(db)
  return rows[0]?.seq ?? 0
}
