/** Takes back one's own decisions of the last ten minutes on a traveller: noted on each, never erased; the hits open again. */
import type { Officer } from '#domain/officer.ts'
import { ok, type Result } from '#lib/result.ts'
import type { Instant } from '#lib/time.ts'
import { mayUndo } from '#review/hit-life.ts'
import { backToWork } from '#store/db.ts'
import { type StandingDisposition, standingDispositions, undoDispositions } from '#store/dispositions.ts'
import { tell } from '#store/live.ts'
import { appendLog } from '#store/log.ts'
import { lockReview } from '#store/queue.ts'
import { type ReviewState, reviewedLeg, stateOf } from './claim.ts'
import { officerDoes, problem, type Subject } from './officer-work.ts'
import { entryBy, type SightDeps } from './sight.ts'

export function undoDisposition(subject: Subject, officer: Officer, deps: SightDeps): Promise<Result<ReviewState>> {
  return officerDoes(deps, officer, 'undo', [subject.leg, subject.traveller], async (tx) => {
    const now = deps.clock()
    const leg = await reviewedLeg(tx, subject)
    if (!leg) return problem('not.found')
    await backToWork(tx)
    await lockReview(tx, leg, subject.traveller, officer.agency) // nobody refers on them meanwhile
    const standing = await standingDispositions(tx, leg, subject.traveller, officer.agency)
    const undoable = standing.filter((one) => mayUndo(lifeOf(one), officer.id, now))
    if (undoable.length === 0) {
      const late = standing.some((one) => mayUndo({ ...lifeOf(one), referred: false }, officer.id, now))
      return problem(late ? 'undo.referred' : 'undo.nothing')
    }
    await undoDispositions(tx, leg, undoable, now)
    const state = await stateOf(tx, leg, subject, officer, deps)
    await tell(tx, { kind: 'queue', owner: officer.agency, urgent: 0 })
    await tell(tx, { kind: 'flights', legs: [leg.id] })
    await appendLog(tx, {
      ...entryBy(officer, now),
      action: 'undo',
      subjects: [leg.id, subject.traveller, ...undoable.map((one) => one.hit_id)],
      detail: { dispositions: undoable.length },
    })
    return ok(state)
  })
}

const lifeOf = (one: StandingDisposition) => ({
  by: one.by_user,
  at: one.at as Instant,
  undone: one.undone_at !== null,
  referred: one.referred,
})
