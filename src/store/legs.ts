import { sql } from 'kysely'
import type { Leg } from '#domain/movement.ts'
import type { Db, Tx } from './db.ts'
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

/** Makes the legs, or brings their times up to date, and locks them in one order, so that no two takers wait for each other. */
export async function lockLegs(tx: Tx, legs: readonly Leg[], at: string): Promise<void> {
  const unique = [...new Map(legs.map((leg) => [leg.id, leg])).values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const leg of unique) {
    await tx
      .insertInto('leg')
      .values({
        month: leg.month,
        id: leg.id,
        carrier: leg.carrier,
        number: leg.number,
        suffix: leg.suffix,
        origin: leg.from,
        destination: leg.to,
        date: leg.date,
        direction: leg.direction,
        departs_local: leg.departs ?? null,
        arrives_local: leg.arrives ?? null,
        departs_at: leg.departsAt ?? null,
        arrives_at: leg.arrivesAt ?? null,
        first_seen: at,
        changed_at: at,
      })
      .onConflict((conflict) =>
        conflict.columns(['month', 'id']).doUpdateSet((eb) => ({
          departs_local: eb.fn.coalesce('excluded.departs_local', 'leg.departs_local'),
          arrives_local: eb.fn.coalesce('excluded.arrives_local', 'leg.arrives_local'),
          departs_at: eb.fn.coalesce('excluded.departs_at', 'leg.departs_at'),
          arrives_at: eb.fn.coalesce('excluded.arrives_at', 'leg.arrives_at'),
          changed_at: eb.ref('excluded.changed_at'),
        })),
      )
      .execute()
  }
}

/** Brings a leg's counters up to date and notes the push that changed it. */
export async function noteLeg(
  tx: Tx,
  leg: Leg,
  note: PushNote,
  ended: { readonly closed?: boolean; readonly cancelled?: boolean },
): Promise<void> {
  await sql`update leg set
      travellers = counted.travellers, with_api = counted.with_api, with_pnr = counted.with_pnr, crew = counted.crew,
      pushes = leg.pushes || ${JSON.stringify([note])}::jsonb,
      closed_at = case when ${ended.closed ?? false} then coalesce(leg.closed_at, ${note.receivedAt}::timestamptz) else leg.closed_at end,
      cancelled_at = case when ${ended.cancelled ?? false} then coalesce(leg.cancelled_at, ${note.receivedAt}::timestamptz) else leg.cancelled_at end,
      changed_at = ${note.receivedAt}::timestamptz
    from (
      select count(*) filter (where role in ('passenger', 'transit-passenger')) as travellers,
        count(*) filter (where role in ('passenger', 'transit-passenger') and api_version is not null) as with_api,
        count(*) filter (where role in ('passenger', 'transit-passenger') and pnr_version is not null) as with_pnr,
        count(*) filter (where role in ('crew', 'transit-crew')) as crew
      from traveller where month = ${leg.month}::date and leg_id = ${leg.id} and merged_into is null and status <> 'cancelled'
    ) as counted
    where leg.month = ${leg.month}::date and leg.id = ${leg.id}`.execute(tx)
}

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
