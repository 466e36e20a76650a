/** The triage queue of one agency: travellers on whom a hit of its own lists and rules waits for a person. */
import { type Selectable, sql } from 'kysely'
import type { HitSeverity } from '#domain/hit.ts'
import type { Direction } from '#domain/movement.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import type { Instant } from '#lib/time.ts'
import { monthsOf } from './board.ts'
import type { Tx } from './db.ts'
import type { LegPlace } from './manifest.ts'
import type { HitTable, ReviewTable } from './tables.ts'

/** One traveller on one leg, with no more than what orders it: nobody's data. */
export interface WorkItem {
  readonly month: string
  readonly leg_id: string
  readonly traveller_id: string
  readonly severities: readonly HitSeverity[]
  readonly changed_at: string
  readonly claimed_by: string | null
  readonly claimed_until: string | null
  readonly direction: Direction
  readonly departs_at: Instant | null
  readonly arrives_at: Instant | null
  readonly cancelled_at: Instant | null
}

/** More than these are not ordered; what is under way or to come is taken before what is over. */
const MOST = 10_000

/**
 * What waits, flights not yet over first. Runs as the officer: row policies decide what there is. Whoever may not read
 * PNR does not know of a traveller of whom nothing else is known: for him each traveller is looked up, which costs.
 */
export async function openWork(tx: Tx, now: Instant, readsPnr: boolean): Promise<readonly WorkItem[]> {
  const known = readsPnr
    ? sql``
    : sql`join traveller t on t.month = h.month and t.leg_id = h.leg_id and t.id = h.traveller_id and t.merged_into is null`
  const { rows } = await sql<WorkItem>`
    select h.month, h.leg_id, h.traveller_id, h.severities, h.changed_at, r.claimed_by, r.claimed_until,
      l.direction, l.departs_at, l.arrives_at, l.cancelled_at
    from (
      select month, leg_id, traveller_id, array_agg(distinct severity) as severities, max(last_true) as changed_at from hit
      where owner = actor_agency() and disposition_id is null and now_false_since is null group by month, leg_id, traveller_id
    ) h
    join leg l on l.month = h.month and l.id = h.leg_id ${known}
    left join review r on r.month = h.month and r.leg_id = h.leg_id and r.traveller_id = h.traveller_id and r.owner = actor_agency()
    order by coalesce(l.arrives_at, l.departs_at) < ${now}::timestamptz - interval '30 minutes' nulls first,
      coalesce(l.arrives_at, l.departs_at) desc nulls last, h.leg_id, h.traveller_id
    limit ${MOST}`.execute(tx)
  return rows
}

/** What was decided since `since`, and has nothing open left; latest first. */
export async function decidedWork(tx: Tx, since: Instant): Promise<readonly WorkItem[]> {
  const { rows } = await sql<WorkItem>`
    select h.month, h.leg_id, h.traveller_id, array_agg(distinct h.severity) as severities, max(d.at) as changed_at,
      null as claimed_by, null as claimed_until, l.direction, l.departs_at, l.arrives_at, l.cancelled_at
    from disposition d
    join hit h on h.month = d.month and h.leg_id = d.leg_id and h.id = d.hit_id and h.disposition_id = d.id
    join leg l on l.month = h.month and l.id = h.leg_id
    join traveller t on t.month = h.month and t.leg_id = h.leg_id and t.id = h.traveller_id and t.merged_into is null
    where d.at >= ${since}::timestamptz and d.undone_at is null and not exists (
      select from hit o where o.month = h.month and o.leg_id = h.leg_id and o.traveller_id = h.traveller_id
        and o.disposition_id is null and o.now_false_since is null)
    group by h.month, h.leg_id, h.traveller_id, l.direction, l.departs_at, l.arrives_at, l.cancelled_at
    order by max(d.at) desc, h.leg_id, h.traveller_id limit ${MOST}`.execute(tx)
  return rows
}

export interface QueueLine {
  readonly leg_id: string
  readonly id: string
  readonly surname: string | null
  readonly given_names: string | null
  readonly birth_date: string | null
  readonly nationality: string | null
  readonly api_version: number | null
  readonly pnr_version: number | null
  readonly group_size: number
  /** Only where this agency may not read PNR: then the line is made from this alone. */
  readonly api: ApiTraveller | null
}

/** Who they are, for one page of the queue. */
export async function queueLines(tx: Tx, items: readonly WorkItem[], readsPnr: boolean): Promise<readonly QueueLine[]> {
  const legs = [...new Set(items.map((item) => item.leg_id))]
  const { rows } = await sql<QueueLine>`
    select t.leg_id, t.id, t.surname, t.given_names, t.birth_date, t.nationality, t.api_version, t.pnr_version,
      case when t.pnr_id is null then 1 else (
        select count(*) from traveller o where o.month = t.month and o.leg_id = t.leg_id and o.pnr_id = t.pnr_id and o.merged_into is null
      ) end::int as group_size, ${readsPnr ? sql`null` : sql`a.content`} as api
    from traveller t
    left join traveller_part a on a.month = t.month and a.leg_id = t.leg_id and a.traveller_id = t.id and a.source = 'api'
      and a.version = t.api_version
    where t.month = any(${monthsOf(legs)}::date[]) and t.leg_id = any(${legs}) and t.id = any(${items.map((item) => item.traveller_id)}::uuid[])
    order by t.leg_id, t.id`.execute(tx)
  return rows
}

export type QueueHit = Pick<
  Selectable<HitTable>,
  'leg_id' | 'traveller_id' | 'id' | 'kind' | 'title_en' | 'title_az' | 'score' | 'severity'
>

export async function queueHits(tx: Tx, items: readonly WorkItem[], open: boolean): Promise<readonly QueueHit[]> {
  const legs = [...new Set(items.map((item) => item.leg_id))]
  return tx
    .selectFrom('hit')
    .select(['leg_id', 'traveller_id', 'id', 'kind', 'title_en', 'title_az', 'score', 'severity'])
    .where('month', 'in', monthsOf(legs))
    .where('leg_id', 'in', legs)
    .where(
      'traveller_id',
      'in',
      items.map((item) => item.traveller_id),
    )
    .where('disposition_id', open ? 'is' : 'is not', null)
    .$if(open, (query) => query.where('now_false_since', 'is', null))
    .orderBy('score', 'desc')
    .orderBy('id')
    .limit(items.length * 50)
    .execute()
}

// Claims: the work role writes what the officer was allowed to see ------------------------------------------------------

/** The first of these that nobody holds, locked until the transaction ends: two who ask at once never get the same. */
export async function lockFirstFree(
  tx: Tx,
  items: readonly WorkItem[],
  owner: string,
  now: Instant,
): Promise<{ readonly month: string; readonly leg_id: string; readonly traveller_id: string } | undefined> {
  const { rows } = await sql<{ month: string; leg_id: string; traveller_id: string }>`
    select r.month, r.leg_id, r.traveller_id
    from unnest(${items.map((item) => item.month)}::date[], ${items.map((item) => item.leg_id)}::text[],
      ${items.map((item) => item.traveller_id)}::uuid[]) with ordinality as w (month, leg_id, traveller_id, n)
    join review r on r.month = w.month and r.leg_id = w.leg_id and r.traveller_id = w.traveller_id and r.owner = ${owner}
    where r.claimed_by is null or r.claimed_until <= ${now}::timestamptz
    order by w.n limit 1 for update of r skip locked`.execute(tx)
  return rows[0]
}

export async function hasOpenHits(tx: Tx, leg: LegPlace, travellerId: string, owner: string): Promise<boolean> {
  const row = await tx
    .selectFrom('hit')
    .select('id')
    .where('month', '=', leg.month)
    .where('leg_id', '=', leg.id)
    .where('traveller_id', '=', travellerId)
    .where('owner', '=', owner)
    .where('disposition_id', 'is', null)
    .where('now_false_since', 'is', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The claim on a traveller, made where there was none and locked: one at a time decides on a person. */
export async function lockReview(
  tx: Tx,
  leg: LegPlace,
  travellerId: string,
  owner: string,
): Promise<Pick<Selectable<ReviewTable>, 'claimed_by' | 'claimed_until'>> {
  await tx
    .insertInto('review')
    .values({ month: leg.month, leg_id: leg.id, traveller_id: travellerId, owner })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return tx
    .selectFrom('review')
    .select(['claimed_by', 'claimed_until'])
    .where('month', '=', leg.month)
    .where('leg_id', '=', leg.id)
    .where('traveller_id', '=', travellerId)
    .where('owner', '=', owner)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export async function setClaim(
  tx: Tx,
  leg: LegPlace,
  travellerId: string,
  owner: string,
  claim: { readonly by: string; readonly until: Instant } | undefined,
): Promise<void> {
  await tx
    .updateTable('review')
    .set({ claimed_by: claim?.by ?? null, claimed_until: claim?.until ?? null })
    .where('month', '=', leg.month)
    .where('leg_id', '=', leg.id)
    .where('traveller_id', '=', travellerId)
    .where('owner', '=', owner)
    .execute()
}
