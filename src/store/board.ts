/** The flight board: legs of a window of time with what the acting agency may count on them. No personal data. */
import { sql } from 'kysely'
import type { HitSeverity } from '#domain/hit.ts'
import type { Direction } from '#domain/movement.ts'
import { monthOf } from '#domain/normalise.ts'
import type { Tx } from './db.ts'
import type { LegRow } from './legs.ts'
import type { PushNote } from './tables.ts'

/** A leg as the console shows it. */
export interface BoardLeg extends LegRow {
  readonly closed_at: string | null
  readonly cancelled_at: string | null
  readonly carrier_name: string | null
  readonly travellers: number
  readonly with_api: number
  readonly with_pnr: number
  readonly crew: number
  readonly pushes: readonly PushNote[]
}

export interface BoardFilter {
  readonly from: string
  readonly to: string
  readonly direction?: Direction | undefined
  readonly airport?: string | undefined
  /** Letters and digits of a flight or an airport: `Q0812`, `812`, `GYD`. */
  readonly text?: string | undefined
  readonly with?: 'hits' | 'no-data' | undefined
  readonly after?: { readonly at: string; readonly id: string } | undefined
  readonly limit: number
}

export interface BoardPage {
  readonly legs: readonly (BoardLeg & { readonly sort_at: string })[]
  readonly total: number
}

const OPEN = sql`h.disposition_id is null and h.now_false_since is null`

/** Legs under way or due in the window, by arrival where they come in, else by departure. */
export async function boardLegs(tx: Tx, filter: BoardFilter): Promise<BoardPage> {
  const only = [
    filter.direction && sql`l.direction = ${filter.direction}`,
    filter.airport && sql`(l.origin = ${filter.airport} or l.destination = ${filter.airport})`,
    filter.text &&
      sql`(l.carrier || l.number || l.suffix like ${`${filter.text}%`} or l.number like ${`${filter.text}%`}
        or l.origin = ${filter.text} or l.destination = ${filter.text})`,
    filter.with === 'no-data' && sql`(l.with_api = 0 or l.with_pnr = 0)`,
    filter.with === 'hits' && sql`exists (select from hit h where h.month = l.month and h.leg_id = l.id and ${OPEN})`,
  ].filter((one) => typeof one === 'object')
  const after = filter.after ? sql`where (sort_at, id) > (${filter.after.at}::timestamptz, ${filter.after.id})` : sql``
  const day = sql`(l.date::timestamp at time zone 'UTC')`
  const { rows } = await sql<BoardLeg & { sort_at: string; total: number }>`
    with shown as materialized (
      select l.*, c.name as carrier_name,
        coalesce(case when l.direction = 'in' then l.arrives_at end, l.departs_at, l.arrives_at, ${day}) as sort_at
      from leg l left join carrier c on c.code = l.carrier
      where l.month >= date_trunc('month', ${filter.from}::timestamptz - interval '3 days')::date
        and l.month <= (${filter.to}::timestamptz + interval '1 day')::date
        and coalesce(l.departs_at, l.arrives_at, ${day}) <= ${filter.to}::timestamptz
        and coalesce(l.arrives_at, l.departs_at, ${day} + interval '1 day') >= ${filter.from}::timestamptz
        ${sql.join(
          only.map((one) => sql`and ${one}`),
          sql` `,
        )}
    )
    select *, (select count(*) from shown)::int as total from shown ${after} order by sort_at, id limit ${filter.limit}`.execute(
    tx,
  )
  return { legs: rows, total: rows[0]?.total ?? 0 }
}

export async function findLeg(tx: Tx, id: string): Promise<BoardLeg | undefined> {
  const { rows } =
    await sql<BoardLeg>`select l.*, c.name as carrier_name from leg l left join carrier c on c.code = l.carrier
    where l.month = ${monthOf(id)}::date and l.id = ${id}`.execute(tx)
  return rows[0]
}

export async function findLegs(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, BoardLeg>> {
  const { rows } =
    await sql<BoardLeg>`select l.*, c.name as carrier_name from leg l left join carrier c on c.code = l.carrier
    where l.month = any(${monthsOf(ids)}::date[]) and l.id = any(${[...ids]}) order by l.id`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

export const monthsOf = (ids: readonly string[]): string[] => [...new Set(ids.map(monthOf))]

export interface LegHits {
  readonly leg_id: string
  readonly open: number
  readonly decided: number
  readonly severities: readonly HitSeverity[] | null
}

/** Hits that this agency may see, leg by leg. */
export async function hitsByLeg(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, LegHits>> {
  const { rows } = await sql<LegHits>`
    select h.leg_id, count(*) filter (where ${OPEN})::int as open, count(*) filter (where h.disposition_id is not null)::int as decided,
      array_agg(distinct h.severity) filter (where ${OPEN}) as severities
    from hit h join traveller t on t.month = h.month and t.leg_id = h.leg_id and t.id = h.traveller_id and t.merged_into is null
    where h.month = any(${monthsOf(ids)}::date[]) and h.leg_id = any(${[...ids]})
    group by h.leg_id`.execute(tx)
  return new Map(rows.map((row) => [row.leg_id, row]))
}

export async function referralsByLeg(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ leg_id: string; count: number }>`select leg_id, count(*)::int as count from referral
    where month = any(${monthsOf(ids)}::date[]) and leg_id = any(${[...ids]}) and recalled_at is null group by leg_id`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.leg_id, row.count]))
}
