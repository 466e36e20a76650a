/** What people decided on hits. A decision is never changed; taking it back is noted on it. */
import { type Selectable, sql } from 'kysely'
import type { DispositionOutcome } from '#domain/disposition.ts'
import type { Instant } from '#lib/time.ts'
import type { Tx } from './db.ts'
import type { LegPlace } from './manifest.ts'
import type { HitTable } from './tables.ts'

export type HitState = Pick<Selectable<HitTable>, 'id' | 'severity' | 'action' | 'disposition_id' | 'now_false_since'>

const COLUMNS = ['id', 'severity', 'action', 'disposition_id', 'now_false_since'] as const

/** These hits of one traveller and one agency; as an officer only those he may see, `lock` for the work role alone. */
export function hitStates(
  tx: Tx,
  leg: LegPlace,
  travellerId: string,
  owner: string,
  ids: readonly string[],
  lock = false,
): Promise<HitState[]> {
  if (ids.length === 0) return Promise.resolve([])
  return tx
    .selectFrom('hit')
    .select(COLUMNS)
    .where('month', '=', leg.month)
    .where('leg_id', '=', leg.id)
    .where('traveller_id', '=', travellerId)
    .where('owner', '=', owner)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .$if(lock, (query) => query.forUpdate())
    .execute()
}

export interface NewDisposition {
  readonly id: string
  readonly hit: string
  readonly outcome: DispositionOutcome
  readonly reason: string
  readonly note?: string | undefined
  readonly by: string
  readonly agency: string
  readonly at: Instant
}

export async function addDispositions(tx: Tx, leg: LegPlace, dispositions: readonly NewDisposition[]): Promise<void> {
  await tx
    .insertInto('disposition')
    .values(
      dispositions.map((one) => ({
        month: leg.month,
        leg_id: leg.id,
        id: one.id,
        hit_id: one.hit,
        outcome: one.outcome,
        reason: one.reason,
        note: one.note ?? null,
        by_user: one.by,
        by_agency: one.agency,
        at: one.at,
      })),
    )
    .execute()
  for (const one of dispositions) await setDisposition(tx, leg, one.hit, one.id)
}

async function setDisposition(tx: Tx, leg: LegPlace, hit: string, disposition: string | null): Promise<void> {
  await tx
    .updateTable('hit')
    .set({ disposition_id: disposition })
    .where('month', '=', leg.month)
    .where('leg_id', '=', leg.id)
    .where('id', '=', hit)
    .execute()
}

export interface StandingDisposition {
  readonly id: string
  readonly hit_id: string
  readonly outcome: DispositionOutcome
  readonly by_user: string
  readonly at: string
  readonly undone_at: string | null
  readonly referred: boolean
}

/** The decisions in force on one traveller by one agency, and whether something was referred on them. */
export function standingDispositions(
  tx: Tx,
  leg: LegPlace,
  travellerId: string,
  agency: string,
): Promise<StandingDisposition[]> {
  return tx
    .selectFrom('disposition as d')
    .innerJoin('hit as h', (join) =>
      join
        .onRef('h.month', '=', 'd.month')
        .onRef('h.leg_id', '=', 'd.leg_id')
        .onRef('h.id', '=', 'd.hit_id')
        .onRef('h.disposition_id', '=', 'd.id'),
    )
    .select(['d.id', 'd.hit_id', 'd.outcome', 'd.by_user', 'd.at', 'd.undone_at'])
    .select(
      sql<boolean>`exists (select from referral r where r.month = d.month and r.leg_id = d.leg_id and d.hit_id = any(r.hits))`.as(
        'referred',
      ),
    )
    .where('d.month', '=', leg.month)
    .where('d.leg_id', '=', leg.id)
    .where('h.traveller_id', '=', travellerId)
    .where('d.by_agency', '=', agency)
    .orderBy('d.id')
    .execute()
}

/** Notes on each that it was taken back, and opens its hit again. */
export async function undoDispositions(
  tx: Tx,
  leg: LegPlace,
  dispositions: readonly StandingDisposition[],
  at: Instant,
): Promise<void> {
  for (const one of dispositions) {
    await tx
      .updateTable('disposition')
      .set({ undone_at: at })
      .where('month', '=', leg.month)
      .where('leg_id', '=', leg.id)
      .where('id', '=', one.id)
      .execute()
    await setDisposition(tx, leg, one.hit_id, null)
  }
}
