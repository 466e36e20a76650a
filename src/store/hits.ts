import { isDeepStrictEqual } from 'node:util'
import type { Found } from '#domain/hit.ts'
import type { Leg } from '#domain/movement.ts'
import { idOf } from '#lib/ids.ts'
import type { Instant } from '#lib/time.ts'
import type { Tx } from './db.ts'

/** What screening found on one traveller, to be folded into what stood before. */
export interface Screened {
  readonly travellerId: string
  readonly version: number
  readonly found: readonly Found[]
}

export interface FoldContext {
  readonly at: Instant
  readonly epoch: number
  /** Set when a message caused it; absent when a list or rule did. */
  readonly transmission?: string
  /** Titles of lists and rules, by source id. */
  readonly title: (source: string) => { readonly en: string; readonly az: string }
}

export interface Folded {
  readonly raised: number
  /** Queues that changed: owner → urgent hits among the raised. */
  readonly owners: ReadonlyMap<string, number>
}

interface Event {
  hit_id: string
  kind: 'raised' | 'changed' | 'now-false' | 'true-again'
  found: Found | undefined
}

/** Hits are a fold: first seen, last true, now false. No later message erases one, and a decided one stays decided unless more speaks for it. */
export async function foldHits(tx: Tx, leg: Leg, screened: readonly Screened[], context: FoldContext): Promise<Folded> {
  const owners = new Map<string, number>()
  const before = await standing(tx, leg, screened)
  const rows: ReturnType<typeof hitRow>[] = []
  const events: Event[] = []
  let raised = 0
  for (const { travellerId, found } of screened) {
    const mine = before.get(travellerId) ?? new Map()
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
      events.push({ hit_id: id, kind, found: one })
      if (kind === 'raised') raised += 1
      if (reopened) owners.set(one.owner, (owners.get(one.owner) ?? 0) + (one.severity === 'high' ? 1 : 0))
    }
    for (const gone of mine.values()) {
      if (gone.now_false_since) continue
      events.push({ hit_id: gone.id, kind: 'now-false', found: undefined })
      if (!owners.has(gone.owner)) owners.set(gone.owner, 0)
    }
  }
  await writeHits(tx, leg, rows)
  await writeNowFalse(tx, leg, events, context.at)
  await writeEvents(tx, leg, events, context)
  await markScreened(tx, leg, screened, context.epoch)
  return { raised, owners }
}

type Standing = Awaited<ReturnType<typeof standing>> extends Map<string, Map<string, infer Row>> ? Row : never

function turn(known: Standing | undefined, found: Found): Event['kind'] | undefined {
  if (!known) return 'raised'
  if (known.now_false_since) return 'true-again'
  const same =
    known.version === found.version &&
    known.severity === found.severity &&
    known.evidence_count === found.evidenceCount &&
    isDeepStrictEqual(known.why, JSON.parse(JSON.stringify(found.why)))
  return same ? undefined : 'changed'
}

async function standing(tx: Tx, leg: Leg, screened: readonly Screened[]) {
  const rows =
    screened.length === 0
      ? []
      : await tx
          .selectFrom('hit')
          .select([
            'id',
            'traveller_id',
            'cause',
            'version',
            'owner',
            'severity',
            'evidence_count',
            'why',
            'first_seen',
            'now_false_since',
            'disposition_id',
          ])
          .where('month', '=', leg.month)
          .where('leg_id', '=', leg.id)
          .where(
            'traveller_id',
            'in',
            screened.map((one) => one.travellerId),
          )
          .execute()
  const byTraveller = new Map<string, Map<string, (typeof rows)[number]>>()
  for (const row of rows) {
    const mine = byTraveller.get(row.traveller_id) ?? new Map<string, (typeof rows)[number]>()
    mine.set(row.cause, row)
    byTraveller.set(row.traveller_id, mine)
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

async function writeHits(tx: Tx, leg: Leg, rows: readonly ReturnType<typeof hitRow>[]): Promise<void> {
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
  const reviews = [...new Map(rows.map((row) => [`${row.traveller_id} ${row.owner}`, row])).values()]
  await tx
    .insertInto('review')
    .values(
      reviews.map((row) => ({ month: leg.month, leg_id: leg.id, traveller_id: row.traveller_id, owner: row.owner })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function writeNowFalse(tx: Tx, leg: Leg, events: readonly Event[], at: Instant): Promise<void> {
  const ids = events.filter((event) => event.kind === 'now-false').map((event) => event.hit_id)
  if (ids.length === 0) return
  await tx
    .updateTable('hit')
    .set({ now_false_since: at })
    .where('month', '=', leg.month)
    .where('leg_id', '=', leg.id)
    .where('id', 'in', ids)
    .execute()
}

async function writeEvents(tx: Tx, leg: Leg, events: readonly Event[], context: FoldContext): Promise<void> {
  if (events.length === 0) return
  const counts = await tx
    .selectFrom('hit_event')
    .select((eb) => ['hit_id', eb.fn.countAll<number>().as('count')])
    .where('month', '=', leg.month)
    .where('leg_id', '=', leg.id)
    .where(
      'hit_id',
      'in',
      events.map((event) => event.hit_id),
    )
    .groupBy('hit_id')
    .execute()
  const next = new Map(counts.map((row) => [row.hit_id, Number(row.count)]))
  await tx
    .insertInto('hit_event')
    .values(
      events.map((event) => ({
        month: leg.month,
        leg_id: leg.id,
        hit_id: event.hit_id,
        n: (next.get(event.hit_id) ?? 0) + 1,
        at: context.at,
        kind: event.kind,
        transmission: context.transmission ?? null,
        epoch: context.epoch,
        found: event.found ? JSON.stringify(event.found) : null,
      })),
    )
    .execute()
}

async function markScreened(tx: Tx, leg: Leg, screened: readonly Screened[], epoch: number): Promise<void> {
  if (screened.length === 0) return
  await tx
    .updateTable('traveller')
    .set((eb) => ({ screened_version: eb.ref('version'), screened_epoch: epoch }))
    .where('month', '=', leg.month)
    .where('leg_id', '=', leg.id)
    .where(
      'id',
      'in',
      screened.map((one) => one.travellerId),
    )
    .execute()
}
