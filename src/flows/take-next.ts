/** The most urgent traveller whom nobody holds, claimed for whoever asked. Two who ask at once never get the same. */
import type { Officer } from '#domain/officer.ts'
import { ok, type Result } from '#lib/result.ts'
import type { Instant } from '#lib/time.ts'
import { after, CLAIM_MINUTES } from '#review/hit-life.ts'
import { mayReadPnr } from '#store/agencies.ts'
import { backToWork } from '#store/db.ts'
import { tell } from '#store/live.ts'
import { appendLog } from '#store/log.ts'
import { hasOpenHits, lockFirstFree, openWork, setClaim } from '#store/queue.ts'
import { officerDoes, problem } from './officer-work.ts'
import { claimOf, inOrder } from './show-queue.ts'
import { entryBy, type SightDeps } from './sight.ts'

export interface Taken {
  readonly leg: string
  readonly traveller: string
  readonly claimedUntil: Instant
}

/** Of so many at the head of the queue the first free one is taken; more are looked at only if all are held. */
const AT_ONCE = 200

export function takeNext(officer: Officer, deps: SightDeps): Promise<Result<Taken>> {
  return officerDoes(deps, officer, 'take-next', [], async (tx) => {
    const now = deps.clock()
    const free = inOrder(await openWork(tx, now, await mayReadPnr(tx, officer.agency)), now)
      .map((one) => one.item)
      .filter((item) => (claimOf(item).until ?? '') <= now)
    await backToWork(tx)
    for (let from = 0; from < free.length; ) {
      const rest = free.slice(from, from + AT_ONCE)
      const found = await lockFirstFree(tx, rest, officer.agency, now)
      if (!found) {
        from += AT_ONCE
        continue
      }
      const leg = { month: found.month, id: found.leg_id }
      // Somebody may have decided on it, and let it go, since the queue was read.
      if (await hasOpenHits(tx, leg, found.traveller_id, officer.agency)) {
        const until = after(now, CLAIM_MINUTES)
        await setClaim(tx, leg, found.traveller_id, officer.agency, { by: officer.id, until })
        await tell(tx, { kind: 'queue', owner: officer.agency, urgent: 0 })
        await appendLog(tx, { ...entryBy(officer, now), action: 'claim', subjects: [leg.id, found.traveller_id] })
        return ok({ leg: leg.id, traveller: found.traveller_id, claimedUntil: until })
      }
      from += rest.findIndex((item) => item.leg_id === found.leg_id && item.traveller_id === found.traveller_id) + 1
    }
    return problem('queue.empty')
  })
}
