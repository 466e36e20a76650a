/** A claim: for five minutes, renewed while the page is open, nobody else of the agency decides on this traveller. */
import type { Officer } from '#domain/officer.ts'
import { ok, type Result } from '#lib/result.ts'
import { after, CLAIM_MINUTES, isClaimedBy, isClaimedByOther } from '#review/hit-life.ts'
import { userNames } from '#store/agencies.ts'
import { findLeg } from '#store/board.ts'
import { backToWork, type Tx } from '#store/db.ts'
import { findTraveller, hitsOn } from '#store/dossier.ts'
import { tell } from '#store/live.ts'
import { appendLog } from '#store/log.ts'
import { hasOpenHits, lockReview, setClaim } from '#store/queue.ts'
import { reviewState } from './hit-view.ts'
import { officerDoes, problem, type Subject } from './officer-work.ts'
import { claimOf } from './show-queue.ts'
import { entryBy, type SightDeps } from './sight.ts'

export type ReviewState = ReturnType<typeof reviewState>

/** Takes the claim, or holds on to it. */
export function claim(subject: Subject, officer: Officer, deps: SightDeps): Promise<Result<ReviewState>> {
  return officerDoes(deps, officer, 'claim', [subject.leg, subject.traveller], async (tx) => {
    const now = deps.clock()
    const leg = await reviewedLeg(tx, subject)
    if (!leg) return problem('not.found')
    await backToWork(tx)
    const held = claimOf(await lockReview(tx, leg, subject.traveller, officer.agency))
    if (isClaimedByOther(held, officer.id, now)) return problem('claim.taken')
    if (!(await hasOpenHits(tx, leg, subject.traveller, officer.agency))) return problem('claim.nothing-open')
    await setClaim(tx, leg, subject.traveller, officer.agency, { by: officer.id, until: after(now, CLAIM_MINUTES) })
    const state = await stateOf(tx, leg, subject, officer, deps)
    if (!isClaimedBy(held, officer.id, now)) {
      await tell(tx, { kind: 'queue', owner: officer.agency, urgent: 0 })
      await appendLog(tx, { ...entryBy(officer, now), action: 'claim', subjects: [leg.id, subject.traveller] })
    }
    return ok(state)
  })
}

/** Gives one's own claim back; somebody else's stays. */
export function release(subject: Subject, officer: Officer, deps: SightDeps): Promise<Result<ReviewState>> {
  return officerDoes(deps, officer, 'release', [subject.leg, subject.traveller], async (tx) => {
    const now = deps.clock()
    const leg = await reviewedLeg(tx, subject)
    if (!leg) return problem('not.found')
    await backToWork(tx)
    const held = claimOf(await lockReview(tx, leg, subject.traveller, officer.agency))
    const mine = held.by === officer.id
    if (mine) await setClaim(tx, leg, subject.traveller, officer.agency, undefined)
    const state = await stateOf(tx, leg, subject, officer, deps)
    if (mine) {
      await tell(tx, { kind: 'queue', owner: officer.agency, urgent: 0 })
      await appendLog(tx, { ...entryBy(officer, now), action: 'release', subjects: [leg.id, subject.traveller] })
    }
    return ok(state)
  })
}

/** The leg of a traveller on whom this agency has a hit; as the officer, so what he may not see is not there. */
export async function reviewedLeg(tx: Tx, { leg: legId, traveller }: Subject) {
  const leg = await findLeg(tx, legId)
  if (!leg || !(await findTraveller(tx, leg, traveller))) return undefined
  return (await hitsOn(tx, leg, traveller)).length > 0 ? leg : undefined
}

/** Who holds the traveller after what was just written; in the work role. */
export async function stateOf(
  tx: Tx,
  leg: { readonly month: string; readonly id: string },
  { traveller }: Subject,
  officer: Officer,
  { clock }: Pick<SightDeps, 'clock'>,
): Promise<ReviewState> {
  const held = await lockReview(tx, leg, traveller, officer.agency)
  const open = await hasOpenHits(tx, leg, traveller, officer.agency)
  return reviewState(held, open, {
    names: await userNames(tx, [held.claimed_by]),
    officer: officer.id,
    now: clock(),
  })
}
