/** What was referred to whom, and what came of it. */
import { type Selectable, sql } from 'kysely'
import type { Instant } from '#lib/time.ts'
import type { Tx } from './db.ts'
import type { LegPlace } from './manifest.ts'
import type { ReferralOutcomeTable, ReferralTable, ReferredPerson } from './tables.ts'

export interface ReferralRecord extends Selectable<ReferralTable> {
  readonly outcomes: readonly OutcomeRecord[]
}

export type OutcomeRecord = Pick<Selectable<ReferralOutcomeTable>, 'key' | 'code' | 'count' | 'note' | 'by_user' | 'at'>

export interface ReferralFilter {
  readonly state?: 'open' | 'done' | undefined
  readonly id?: string | undefined
  readonly on?: { readonly leg: LegPlace; readonly traveller: string } | undefined
  readonly limit: number
}

/** Referrals that this agency sent or received, next due first; done ones latest first. */
export async function referralRecords(tx: Tx, filter: ReferralFilter): Promise<readonly ReferralRecord[]> {
  const done = sql`exists (select from referral_outcome o where o.month = r.month and o.leg_id = r.leg_id and o.referral_id = r.id)`
  const only = [
    filter.state === 'open' && sql`r.recalled_at is null and not ${done}`,
    filter.state === 'done' && sql`(r.recalled_at is not null or ${done})`,
    filter.id && sql`r.id = ${filter.id}`,
    filter.on &&
      sql`r.month = ${filter.on.leg.month}::date and r.leg_id = ${filter.on.leg.id} and r.traveller_id = ${filter.on.traveller}`,
  ].filter((one) => typeof one === 'object')
  const order = filter.state === 'open' ? sql`r.due_at nulls last, r.sent_at, r.id` : sql`r.sent_at desc, r.id`
  const { rows } = await sql<ReferralRecord>`
    select r.*, coalesce(o.outcomes, '[]') as outcomes from referral r
    left join lateral (
      select jsonb_agg(jsonb_build_object('key', key, 'code', code, 'count', count, 'note', note, 'by_user', by_user,
        'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by at, key) as outcomes
      from referral_outcome o where o.month = r.month and o.leg_id = r.leg_id and o.referral_id = r.id
    ) o on true
    where true ${sql.join(
      only.map((one) => sql`and ${one}`),
      sql` `,
    )}
    order by ${order} limit ${filter.limit}`.execute(tx)
  return rows
}

export interface NewReferral {
  readonly id: string
  readonly traveller: string
  readonly hits: readonly string[]
  readonly disposition: string
  readonly to: string
  readonly from: string
  readonly action: ReferralRecord['action']
  readonly severity: ReferralRecord['severity']
  readonly reasons: readonly string[]
  readonly person: ReferredPerson
  readonly purpose: string
  readonly by: string
  readonly sentAt: Instant
  readonly dueAt?: Instant | undefined
}

export async function addReferral(tx: Tx, leg: LegPlace, referral: NewReferral): Promise<void> {
  await tx
    .insertInto('referral')
    .values({
      month: leg.month,
      leg_id: leg.id,
      id: referral.id,
      traveller_id: referral.traveller,
      hits: [...referral.hits],
      disposition_id: referral.disposition,
      to_agency: referral.to,
      from_agency: referral.from,
      action: referral.action,
      severity: referral.severity,
      reasons: [...referral.reasons],
      person: JSON.stringify(referral.person),
      purpose: referral.purpose,
      by_user: referral.by,
      sent_at: referral.sentAt,
      due_at: referral.dueAt ?? null,
    })
    .execute()
}

export async function markSeen(tx: Tx, leg: LegPlace, id: string, at: Instant): Promise<void> {
  await tx
    .updateTable('referral')
    .set((eb) => ({ seen_at: eb.fn.coalesce('seen_at', sql<string>`${at}::timestamptz`) }))
    .where('month', '=', leg.month)
    .where('leg_id', '=', leg.id)
    .where('id', '=', id)
    .execute()
}

export interface NewOutcome {
  readonly key: string
  readonly code: OutcomeRecord['code']
  readonly count?: number | undefined
  readonly note?: string | undefined
  readonly by: string
  readonly at: Instant
}

/** Notes an outcome once: the same key again changes nothing and tells so. */
export async function addOutcome(tx: Tx, leg: LegPlace, referral: string, outcome: NewOutcome): Promise<boolean> {
  const row = await tx
    .insertInto('referral_outcome')
    .values({
      month: leg.month,
      leg_id: leg.id,
      referral_id: referral,
      key: outcome.key,
      code: outcome.code,
      count: outcome.count ?? null,
      note: outcome.note ?? null,
      by_user: outcome.by,
      at: outcome.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  return row !== undefined
}
