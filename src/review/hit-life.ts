/** The life of a hit and of a referral: who may do what, and when. The database says the same with its keys. */
import { DISPOSITION_REASONS, type DispositionOutcome } from '#domain/disposition.ts'
import type { HitSeverity } from '#domain/hit.ts'
import { bad, ok, type Problem, type Result } from '#lib/result.ts'
import { epochMs, type Instant, instant } from '#lib/time.ts'

export const CLAIM_MINUTES = 5
export const UNDO_MINUTES = 10

export const after = (at: Instant, minutes: number): Instant => instant(epochMs(at) + minutes * 60_000)

export interface HitLife {
  readonly severity: HitSeverity
  readonly disposed: boolean
  readonly nowFalse: boolean
}

/** A hit waits for a person while nobody has decided it and it still holds. */
export const isOpen = (hit: HitLife): boolean => !hit.disposed && !hit.nowFalse

export interface Claim {
  readonly by?: string | undefined
  readonly until?: Instant | undefined
}

export const isClaimedBy = (claim: Claim, officer: string, now: Instant): boolean =>
  claim.by === officer && claim.until !== undefined && claim.until > now

export const isClaimedByOther = (claim: Claim, officer: string, now: Instant): boolean =>
  claim.by !== undefined && claim.by !== officer && claim.until !== undefined && claim.until > now

export interface Decision {
  readonly outcome: DispositionOutcome
  readonly reason: string
  readonly note?: string | undefined
}

/** Whether this decision may be taken on these hits: each open, the reason one of its outcome, high ones explained (CJ-6). */
export function mayDispose(decision: Decision, hits: readonly HitLife[]): Result<Decision> {
  const problems: Problem[] = []
  const reasons: readonly string[] = DISPOSITION_REASONS[decision.outcome]
  if (!reasons.includes(decision.reason)) problems.push({ code: 'disposition.reason', detail: decision.outcome })
  if (hits.length === 0) problems.push({ code: 'disposition.no-hits', detail: 'none given' })
  if (!hits.every(isOpen)) problems.push({ code: 'disposition.not-open', detail: 'decided already, or no longer true' })
  const high = hits.some((hit) => hit.severity === 'high')
  if (decision.outcome === 'confirmed' && high && !decision.note?.trim()) {
    problems.push({ code: 'disposition.note', detail: 'a high hit is confirmed with a note' })
  }
  return problems.length > 0 ? bad(...problems) : ok(decision)
}

export interface Disposed {
  readonly by: string
  readonly at: Instant
  readonly undone: boolean
  readonly referred: boolean
}

/** One's own, for ten minutes, while nothing was referred on it. */
export const mayUndo = (disposition: Disposed, officer: string, now: Instant): boolean =>
  disposition.by === officer &&
  !disposition.undone &&
  !disposition.referred &&
  now < after(disposition.at, UNDO_MINUTES)

export type ReferralState = 'sent' | 'seen' | 'done' | 'recalled'

export interface ReferralLife {
  readonly seen: boolean
  readonly outcomes: number
  readonly recalled: boolean
}

export function referralState(referral: ReferralLife): ReferralState {
  if (referral.recalled) return 'recalled'
  if (referral.outcomes > 0) return 'done'
  return referral.seen ? 'seen' : 'sent'
}

/** An outcome may follow another (both are kept), but not a recall. */
export const mayRecordOutcome = (referral: ReferralLife): boolean => !referral.recalled
