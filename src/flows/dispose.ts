/** A person decides on hits: with the claim, for a reason that belongs to the outcome, named and logged (EU 2016/681 Art. 6(5)). */
import type { DispositionOutcome } from '#domain/disposition.ts'
import type { Officer } from '#domain/officer.ts'
import { newId } from '#lib/ids.ts'
import { ok, type Result } from '#lib/result.ts'
import { epochMs } from '#lib/time.ts'
import { isClaimedBy, mayDispose } from '#review/hit-life.ts'
import { backToWork } from '#store/db.ts'
import { addDispositions, type HitState, hitStates } from '#store/dispositions.ts'
import { tell } from '#store/live.ts'
import { appendLog } from '#store/log.ts'
import { hasOpenHits, lockReview, setClaim } from '#store/queue.ts'
import { type ReviewState, reviewedLeg, stateOf } from './claim.ts'
import { officerDoes, problem, type Subject } from './officer-work.ts'
import { claimOf } from './show-queue.ts'
import { entryBy, type SightDeps } from './sight.ts'

export interface Decision {
  readonly hits: readonly string[]
  readonly outcome: DispositionOutcome
  readonly reason: string
  readonly note?: string | undefined
}

export function dispose(
  subject: Subject,
  decision: Decision,
  officer: Officer,
  deps: SightDeps,
): Promise<Result<ReviewState>> {
  const ids = [...new Set(decision.hits)]
  return officerDoes(deps, officer, 'dispose', [subject.leg, subject.traveller, ...ids], async (tx) => {
    const now = deps.clock()
    const leg = await reviewedLeg(tx, subject)
    const visible = leg ? await hitStates(tx, leg, subject.traveller, officer.agency, ids) : []
    if (!leg || visible.length < ids.length) return problem('not.found')

    await backToWork(tx)
    const held = claimOf(await lockReview(tx, leg, subject.traveller, officer.agency))
    if (!isClaimedBy(held, officer.id, now)) return problem('claim.needed')
    const hits = await hitStates(tx, leg, subject.traveller, officer.agency, ids, true)
    const allowed = mayDispose(decision, hits.map(lifeOf))
    if (!allowed.ok) return allowed

    const note = decision.note?.trim() || undefined
    await addDispositions(
      tx,
      leg,
      hits.map((hit) => ({
        id: newId(epochMs(now)),
        hit: hit.id,
        outcome: decision.outcome,
        reason: decision.reason,
        note,
        by: officer.id,
        agency: officer.agency,
        at: now,
      })),
    )
    const open = await hasOpenHits(tx, leg, subject.traveller, officer.agency)
    if (!open) await setClaim(tx, leg, subject.traveller, officer.agency, undefined)
    const state = await stateOf(tx, leg, subject, officer, deps)
    await tell(tx, { kind: 'queue', owner: officer.agency, urgent: 0 })
    await tell(tx, { kind: 'flights', legs: [leg.id] })
    await appendLog(tx, {
      ...entryBy(officer, now),
      action: 'dispose',
      subjects: [leg.id, subject.traveller, ...ids],
      detail: { outcome: decision.outcome, reason: decision.reason },
    })
    return ok(state)
  })
}

export const lifeOf = (hit: HitState) => ({
  severity: hit.severity,
  disposed: hit.disposition_id !== null,
  nowFalse: hit.now_false_since !== null,
})
