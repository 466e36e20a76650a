import { sql } from 'kysely'
import type { Headcount } from '#domain/leg-state.ts'
import type { Leg } from '#domain/movement.ts'
import type { Instant } from '#lib/time.ts'
import type { Db, Tx } from './db.ts'
import { recordset } from './recordset.ts'
import type { PushNote } from './tables.ts'

const ensured = new WeakMap<Db, Set<string>>()

/** Makes sure that the partitions of these months are there; asks each database once for a month. */
export async function ensureMonths(db: Db, months: Iterable<string>): Promise<void> {
  const known = ensured.get(db) ?? new Set<string>()
  ensured.set(db, known)
  for (const month of new Set(months)) {
    if (known.has(month)) continue
    await sql`select ensure_month(${month}::date)`.execute(db)
    known.add(month)
  }
}

/** Partitions of this month, the one before and the next three. */
export async function ensureMonthsAhead(db: Db, at: string): Promise<void> {
  const [year = 0, month = 1] = at.split('-').map(Number)
  await ensureMonths(
    db,
    [-1, 0, 1, 2, 3].map((ahead) => new Date(Date.UTC(year, month - 1 + ahead, 1)).toISOString().slice(0, 10)),
  )
}

/**
 * Makes the legs, or brings their times up to date, and locks them in one order, so that no two takers wait for each
 * other. Gives how often each has been changed, this time included.
 */
export async function lockLegs(tx: Tx, legs: readonly Leg[], at: Instant): Promise<ReadonlyMap<string, number>> {
  const known = new Map<string, Leg>()
  for (const leg of legs) known.set(leg.id, { ...known.get(leg.id), ...leg })
  const rows = [...known.values()].map((leg) => ({
    month: leg.month,
    id: leg.id,
    carrier: leg.carrier,
    number: leg.number,
    suffix: leg.suffix,
    origin: leg.from,
    destination: leg.to,
    date: leg.date,
    direction: leg.direction,
    departs_local: leg.departs,
    arrives_local: leg.arrives,
    departs_at: leg.departsAt,
    arrives_at: leg.arrivesAt,
  }))
  if (rows.length === 0) return new Map()
  const locked = await sql<{ id: string; revision: number }>`
    insert into leg (month, id, carrier, number, suffix, origin, destination, date, direction, departs_local, arrives_local,
      departs_at, arrives_at, first_seen, changed_at, revision)
    select *, ${at}::timestamptz, ${at}::timestamptz, 1 from ${recordset(rows, LEG_COLUMNS)} order by id
    on conflict (month, id) do update set
      departs_local = coalesce(excluded.departs_local, leg.departs_local),
      arrives_local = coalesce(excluded.arrives_local, leg.arrives_local),
      departs_at = coalesce(excluded.departs_at, leg.departs_at),
      arrives_at = coalesce(excluded.arrives_at, leg.arrives_at),
      changed_at = excluded.changed_at,
      revision = leg.revision + 1
    returning id, revision`.execute(tx)
  return new Map(locked.rows.map(({ id, revision }) => [id, revision]))
}

const LEG_COLUMNS = `month date, id text, carrier text, number text, suffix text, origin text, destination text, date date,
  direction text, departs_local text, arrives_local text, departs_at timestamptz, arrives_at timestamptz`

/** What came for a leg, and how many people are on it now. */
export interface LegNote {
  readonly leg: Leg
  readonly count: Headcount
  readonly pushes: readonly PushNote[]
  /** When a close-out came, or word that the flight is cancelled. */
  readonly closedAt?: Instant | undefined
  readonly cancelledAt?: Instant | undefined
}

/** Brings counters up to date and notes the pushes that changed them. */
export async function noteLegs(tx: Tx, notes: readonly LegNote[]): Promise<void> {
  const rows = notes.map(({ leg, count, pushes, closedAt, cancelledAt }) => ({
    month: leg.month,
    id: leg.id,
    travellers: count.travellers,
    with_api: count.withApi,
    with_pnr: count.withPnr,
    crew: count.crew,
    pushes,
    closed_at: closedAt,
    cancelled_at: cancelledAt,
  }))
  if (rows.length === 0) return
  await sql`update leg set travellers = given.travellers, with_api = given.with_api, with_pnr = given.with_pnr, crew = given.crew,
      pushes = leg.pushes || given.pushes, closed_at = coalesce(leg.closed_at, given.closed_at),
      cancelled_at = coalesce(leg.cancelled_at, given.cancelled_at)
    from ${recordset(rows, NOTE_COLUMNS)} where leg.month = given.month and leg.id = given.id`.execute(tx)
}

const NOTE_COLUMNS = `month date, id text, travellers int, with_api int, with_pnr int, crew int, pushes jsonb,
  closed_at timestamptz, cancelled_at timestamptz`

/** Legs on which screening still matters: not yet over, after `afterLeg` in the order of their ids. */
export async function activeLegs(db: Db | Tx, since: string, afterLeg: string, limit: number): Promise<Leg[]> {
  const rows = await db
    .selectFrom('leg')
    .selectAll()
    .where((eb) => eb.or([eb('arrives_at', '>=', since), eb('departs_at', '>=', since)]))
    .where('id', '>', afterLeg)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(legFromRow)
}

export async function countActiveTravellers(db: Db, since: string): Promise<number> {
  const { total } = await db
    .selectFrom('leg')
    .select((eb) =>
      eb.fn.coalesce(eb.fn.sum<number>(eb('travellers', '+', eb.ref('crew'))), sql<number>`0`).as('total'),
    )
    .where((eb) => eb.or([eb('arrives_at', '>=', since), eb('departs_at', '>=', since)]))
    .executeTakeFirstOrThrow()
  return Number(total)
}

export interface LegRow {
  readonly id: string
  readonly month: string
  readonly carrier: string
  readonly number: string
  readonly suffix: string
  readonly origin: string
  readonly destination: string
  readonly date: string
  readonly direction: Leg['direction']
  readonly departs_local: string | null
  readonly arrives_local: string | null
  readonly departs_at: string | null
  readonly arrives_at: string | null
}

export function legFromRow(row: LegRow): Leg {
  return {
    id: row.id,
    month: row.month,
    carrier: row.carrier,
    number: row.number,
    suffix: row.suffix,
    from: row.origin,
    to: row.destination,
    date: row.date,
    direction: row.direction,
    ...(row.departs_local && { departs: row.departs_local as NonNullable<Leg['departs']> }),
    ...(row.arrives_local && { arrives: row.arrives_local as NonNullable<Leg['arrives']> }),
    ...(row.departs_at && { departsAt: row.departs_at as NonNullable<Leg['departsAt']> }),
    ...(row.arrives_at && { arrivesAt: row.arrives_at as NonNullable<Leg['arrivesAt']> }),
  }
}
