import { sql } from 'kysely'
import { monthOf } from '#domain/normalise.ts'
import type { Db, Tx } from './db.ts'

export interface ParkedGroup {
  readonly cause: string
  readonly count: number
  readonly oldest: string
  readonly newest: string
  readonly carriers: readonly string[]
}

/** What is parked, by cause, the most frequent first. Repetitions of it are not counted: they go with their first one. */
export async function parkedGroups(db: Db | Tx, carrier: string | undefined): Promise<readonly ParkedGroup[]> {
  const { rows } = await sql<ParkedGroup>`select cause, count(*) as count, min(received_at) as oldest,
      max(received_at) as newest, array_agg(distinct carrier order by carrier) as carriers
    from transmission where state = 'parked' and duplicate_of is null and (${carrier ?? null}::text is null or carrier = ${carrier ?? null})
    group by cause order by count(*) desc, cause`.execute(db)
  return rows
}

/** Which parked transmissions: these, or all that fit. */
export interface ParkedQuestion {
  readonly ids?: readonly string[]
  readonly cause?: string
  readonly carrier?: string
  /** Received from, and before. */
  readonly since?: string
  readonly until?: string
  /** Behind this one in the order of ids, so that what is parked again meanwhile is not met again. */
  readonly after?: string
}

/** Puts parked transmissions back among those that wait, the eldest first; repetitions wait with them. Gives which. */
export async function unpark(tx: Tx, question: ParkedQuestion, limit: number): Promise<readonly string[]> {
  const { ids, cause, carrier, since, until, after } = question
  const { rows } = await sql<{ id: string }>`
    with chosen as (
      select month, id from transmission
      where state = 'parked' and duplicate_of is null
        and ${ids ? sql`month = any(${[...new Set(ids.map(monthOf))]}::date[]) and id = any(${[...ids]})` : sql`true`}
        and ${cause === undefined ? sql`true` : sql`cause = ${cause}`}
        and ${carrier === undefined ? sql`true` : sql`carrier = ${carrier}`}
        and ${since === undefined ? sql`true` : sql`received_at >= ${since}`}
        and ${until === undefined ? sql`true` : sql`received_at < ${until}`}
        and ${after === undefined ? sql`true` : sql`id > ${after}`}
      order by id limit ${limit} for update
    ), back as (
      update transmission t set state = 'received', decided_at = null, cause = null, attempts = 0, replays = t.replays + 1
      from chosen where t.month = chosen.month and t.id = chosen.id returning t.id, t.carrier, t.size
    ), waiting as (
      insert into work (id, lane, urgency, size) select id, carrier, 2, size from back on conflict do nothing
    )
    select id from back order by id`.execute(tx)
  const found = rows.map(({ id }) => id)
  if (found.length > 0)
    await sql`update transmission set state = 'accepted', cause = null where duplicate_of = any(${found}) and state = 'parked'`.execute(
      tx,
    )
  return found
}
