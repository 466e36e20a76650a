import type { Leg } from '#domain/movement.ts'
import { epochMs, instant } from '#lib/time.ts'
import { markScreened } from '#store/hits.ts'
import { loadLegStates } from '#store/leg-states.ts'
import { activeLegs, countActiveTravellers, lockLegs } from '#store/legs.ts'
import { tell } from '#store/live.ts'
import { alone, anyStale, beginRescreen, finishRescreen, noteRescreen, staleTravellers } from '#store/rescreens.ts'
import type { Deps } from './deps.ts'
import { screenLegs } from './screen-legs.ts'

/** A leg matters until this long after its end: its people may still be at the desk. */
const AFTER_END_HOURS = 6
const LEGS_AT_ONCE = 50

/**
 * Screens all future and active movements again that rest on older lists or rules. One process does it; stopped or
 * killed, the next one goes on where it was. Ends only when nobody is left, so that a message taken in meanwhile
 * under the old lists is not missed.
 */
export function rescreen(deps: Deps, cause: string, signal?: AbortSignal): Promise<number | undefined> {
  return alone(deps.db, 'preclear rescreen', async () => {
    const { epoch } = deps.reference.current()
    const since = () => instant(epochMs(deps.clock()) - AFTER_END_HOURS * 3_600_000)
    if (!(await anyStale(deps.db, since(), epoch))) return 0
    const job = await beginRescreen(deps.db, epoch, cause, await countActiveTravellers(deps.db, since()), deps.clock())
    let done = job.done
    let after = job.after_leg
    while (!signal?.aborted) {
      const legs = await activeLegs(deps.db, since(), after, LEGS_AT_ONCE)
      for (const leg of legs) {
        if (signal?.aborted) return done
        done += await rescreenLeg(deps, leg, job.id, epoch)
        await tell(deps.db, { kind: 'rescreen', id: job.id, done, total: Math.max(done, job.total) })
      }
      after = legs.at(-1)?.id ?? ''
      if (legs.length === LEGS_AT_ONCE) continue
      if (!(await anyStale(deps.db, since(), epoch))) break
      if (deps.reference.current().epoch > epoch) break // a newer re-screen takes over
    }
    await finishRescreen(deps.db, job.id, deps.clock())
    deps.note('info', 'rescreened', { travellers: done, epoch })
    return done
  })
}

async function rescreenLeg(deps: Deps, leg: Leg, job: string, epoch: number): Promise<number> {
  return deps.db.transaction().execute(async (tx) => {
    await lockLegs(tx, [leg], deps.clock())
    const stale = await staleTravellers(tx, leg.month, leg.id, epoch)
    if (stale.length === 0) return 0
    const states = await loadLegStates(tx, [leg])
    const toScreen = [...states.values()].map((state) => ({ leg, state, travellers: stale }))
    const { screened, raised, epoch: by } = await screenLegs(tx, toScreen, deps)
    await markScreened(tx, screened, by)
    await noteRescreen(tx, job, leg.id, stale.length, raised)
    return stale.length
  })
}
