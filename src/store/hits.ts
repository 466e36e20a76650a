import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Found } from '#domain/hit.ts'
import type { Leg } from '#domain/movement.ts'
import { idOf } from '#lib/ids.ts'
import type { Instant } from '#lib/time.ts'
import type { Tx } from './db.ts'
import { recordset } from './recordset.ts'

/** What screening found on one traveller, to be folded into what stood before. */
export interface Screened {
  readonly leg: Leg
  readonly travellerId: string
  readonly version: number
  readonly found: readonly Found[]
}

export interface FoldContext {
  readonly at: Instant
  readonly epoch: number
  /** The message that caused it, by the traveller; absent when a list or rule did. */
  readonly transmissions?: ReadonlyMap<string, string>
  /** Titles of lists and rules, by source id. */
  readonly title: (source: string) => { readonly en: string; readonly az: string }
}

export interface Folded {
  readonly raised: number
  /** Queues that changed: owner → urgent hits among the raised. */
  readonly owners: ReadonlyMap<string, number>
}

interface Event {
  leg: Leg
  traveller: string
  hit_id: string
  kind: 'raised' | 'changed' | 'now-false' | 'true-again'
  found: Found | undefined
}

/** Hits are a fold: first seen, last true, now false. No later message erases one, and a decided one stays decided unless more speaks for it. */
export async function foldHits(tx: Tx, screened: readonly Screened[], context: FoldContext): Promise<Folded> {
  const owners = new Map<string, number>()
  const before = await standing(tx, screened)
  const rows: ReturnType<typeof hitRow>[] = []
  const events: Event[] = []
  let raised = 0
  for (const { leg, travellerId, found } of screened) {
    const mine = before.get(`${leg.id} ${travellerId}`) ?? new Map()
    for (const one of found) {
      const known = mine.get(one.cause)
      mine.delete(one.cause)
      const id = known?.id ?? idOf(leg.id, travellerId, one.cause)
      const kind = turn(known, one)
      if (!kind) continue
      const reopened =
        !known || kind === 'true-again' || (kind === 'changed' && one.evidenceCount > known.evidence_count)
      rows.push(
        hitRow(
          leg,
          travellerId,
          id,
          one,
          context,
          known?.first_seen ?? context.at,
          reopened ? null : known.disposition_id,
        ),
      )
      events.push({ leg, traveller: travellerId, hit_id: id, kind, found: one })
      if (kind === 'raised') raised += 1
      if (reopened) owners.set(one.owner, (owners.get(one.owner) ?? 0) + (one.severity === 'high' ? 1 : 0))
    }
    for (const gone of mine.values()) {
      if (gone.now_false_since) continue
      events.push({ leg, traveller: travellerId, hit_id: gone.id, kind: 'now-false', found: undefined })
      if (!owners.has(gone.owner)) owners.set(gone.owner, 0)
    }
  }
  await writeHits(tx, rows)
  await writeNowFalse(tx, events, context.at)
  await writeEvents(tx, events, context)
  return { raised, owners }
}

function turn(known: StandingHit | undefined, found: Found): Event['kind'] | undefined {
  if (!known) return 'raised'
  if (known.now_false_since) return 'true-again'
  const same =
    known.version === found.version &&
    known.severity === found.severity &&
    known.evidence_count === found.evidenceCount &&
    isDeepStrictEqual(known.why, JSON.parse(JSON.stringify(found.why)))
  return same ? undefined : 'changed'
}

interface StandingHit {
  month: string
  leg_id: string
  id: string
  traveller_id: string
  cause: string
  version: number
  owner: string
  severity: Found['severity']
  evidence_count: number
  why: Found['why']
  first_seen: string
  now_false_since: string | null
  disposition_id: string | null
}

/** The hits that travellers have, by leg and traveller, then by cause. */
async function standing(tx: Tx, screened: readonly Screened[]): Promise<Map<string, Map<string, StandingHit>>> {
  const byTraveller = new Map<string, Map<string, StandingHit>>()
  if (screened.length === 0) return byTraveller
  const people = screened.map(({ leg, travellerId }) => ({
    month: leg.month,
    leg_id: leg.id,
    traveller_id: travellerId,
  }))
  const { rows } = await sql<StandingHit>`
    select hit.month, hit.leg_id, hit.id, hit.traveller_id, cause, version, owner, severity, evidence_count, why, first_seen,
      now_false_since, disposition_id
    from ${recordset(people, 'month date, leg_id text, traveller_id uuid')}
    join hit on hit.month = given.month and hit.leg_id = given.leg_id and hit.traveller_id = given.traveller_id`.execute(
    tx,
  )
  for (const row of rows) {
    const key = `${row.leg_id} ${row.traveller_id}`
    const mine = byTraveller.get(key) ?? new Map<string, StandingHit>()
    mine.set(row.cause, row)
    byTraveller.set(key, mine)
  }
  return byTraveller
}

function hitRow(
  leg: Leg,
  travellerId: string,
  id: string,
  found: Found,
  context: FoldContext,
  firstSeen: string,
  disposition: string | null,
) {
  const title = context.title(found.source)
  return {
    month: leg.month,
    leg_id: leg.id,
    id,
    traveller_id: travellerId,
    cause: found.cause,
    kind: found.kind,
    source: found.source,
    entry: found.entry ?? null,
    version: found.version,
    owner: found.owner,
    severity: found.severity,
    action: found.action,
    score: found.score,
    evidence_count: found.evidenceCount,
    title_en: title.en,
    title_az: title.az,
    why: JSON.stringify(found.why),
    first_seen: firstSeen,
    last_true: context.at as string,
    now_false_since: null,
    disposition_id: disposition,
  }
}

async function writeHits(tx: Tx, rows: readonly ReturnType<typeof hitRow>[]): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('hit')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.columns(['month', 'leg_id', 'id']).doUpdateSet((eb) => ({
        version: eb.ref('excluded.version'),
        severity: eb.ref('excluded.severity'),
        action: eb.ref('excluded.action'),
        score: eb.ref('excluded.score'),
        evidence_count: eb.ref('excluded.evidence_count'),
        title_en: eb.ref('excluded.title_en'),
        title_az: eb.ref('excluded.title_az'),
        why: eb.ref('excluded.why'),
        last_true: eb.ref('excluded.last_true'),
        now_false_since: eb.ref('excluded.now_false_since'),
        disposition_id: eb.ref('excluded.disposition_id'),
      })),
    )
    .execute()
  const reviews = [...new Map(rows.map((row) => [`${row.leg_id} ${row.traveller_id} ${row.owner}`, row])).values()]
  await tx
    .insertInto('review')
    .values(reviews.map(({ month, leg_id, traveller_id, owner }) => ({ month, leg_id, traveller_id, owner })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const placesOf = (events: readonly Event[]) =>
  events.map(({ leg, hit_id }) => ({ month: leg.month, leg_id: leg.id, hit_id }))

async function writeNowFalse(tx: Tx, events: readonly Event[], at: Instant): Promise<void> {
  const gone = events.filter((event) => event.kind === 'now-false')
  if (gone.length === 0) return
  await sql`update hit set now_false_since = ${at}::timestamptz
    from ${recordset(placesOf(gone), 'month date, leg_id text, hit_id uuid')}
    where hit.month = given.month and hit.leg_id = given.leg_id and hit.id = given.hit_id`.execute(tx)
}

async function writeEvents(tx: Tx, events: readonly Event[], context: FoldContext): Promise<void> {
  if (events.length === 0) return
  const { rows: counts } = await sql<{ hit_id: string; count: number }>`
    select hit_event.hit_id, count(*) as count from ${recordset(placesOf(events), 'month date, leg_id text, hit_id uuid')}
    join hit_event on hit_event.month = given.month and hit_event.leg_id = given.leg_id and hit_event.hit_id = given.hit_id
    group by hit_event.hit_id`.execute(tx)
  const next = new Map(counts.map((row) => [row.hit_id, Number(row.count)]))
  await tx
    .insertInto('hit_event')
    .values(
      events.map(({ leg, traveller, hit_id, kind, found }) => ({
        month: leg.month,
        leg_id: leg.id,
        hit_id,
        n: (next.get(hit_id) ?? 0) + 1,
        at: context.at,
        kind,
        transmission: context.transmissions?.get(traveller) ?? null,
        epoch: context.epoch,
        found: found ? JSON.stringify(found) : null,
      })),
    )
    .execute()
}

/** Notes by which lists and rules travellers were screened, where nothing else of them is written. */
export async function markScreened(tx: Tx, screened: readonly Screened[], epoch: number): Promise<void> {
  if (screened.length === 0) return
  const people = screened.map(({ leg, travellerId }) => ({ month: leg.month, leg_id: leg.id, id: travellerId }))
  await sql`update traveller set screened_version = version, screened_epoch = ${epoch}::bigint
    from ${recordset(people, 'month date, leg_id text, id uuid')}
    where traveller.month = given.month and traveller.leg_id = given.leg_id and traveller.id = given.id`.execute(tx)
}
