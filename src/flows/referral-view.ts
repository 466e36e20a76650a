/** A referral as its sender and its recipient read it: the same, with only what the recipient may be told. */
import { given } from '#lib/given.ts'
import type { Instant } from '#lib/time.ts'
import { referralState } from '#review/hit-life.ts'
import { type Agencies, agencyView } from '#store/agencies.ts'
import type { BoardLeg } from '#store/board.ts'
import type { ReferralRecord } from '#store/referrals.ts'
import { flightView } from './flight-view.ts'

export interface ReferralContext {
  readonly agencies: Agencies
  readonly names: ReadonlyMap<string, string>
  readonly now: Instant
}

export function referralView(referral: ReferralRecord, leg: BoardLeg, { agencies, names, now }: ReferralContext) {
  const outcomes = referral.outcomes.map((one) => ({
    code: one.code,
    by: names.get(one.by_user) ?? '',
    at: one.at,
    ...given({ count: one.count, note: one.note }),
  }))
  return {
    id: referral.id,
    flight: flightView(leg, now),
    to: agencyView(agencies, referral.to_agency),
    from: agencyView(agencies, referral.from_agency),
    action: referral.action,
    severity: referral.severity,
    state: referralState({
      seen: referral.seen_at !== null,
      outcomes: outcomes.length,
      recalled: referral.recalled_at !== null,
    }),
    sentAt: referral.sent_at,
    person: referral.person,
    reasons: referral.reasons,
    outcomes,
    ...given({ dueAt: referral.due_at, outcome: outcomes.at(-1) }),
  }
}

export const outcomeAuthors = (referrals: readonly ReferralRecord[]): string[] =>
  referrals.flatMap((referral) => referral.outcomes.map((one) => one.by_user))
