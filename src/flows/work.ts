/** Takes what waits out of the queue and settles it, for as long as the process serves. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Taken } from '#queue/queue.ts'
import type { Deps } from './deps.ts'
import { nameOf, park } from './park.ts'
import { openSealedOnes } from './seal.ts'
import { settleTaken } from './take-in.ts'

/** In hands at once: one batch is settled while the next one is read. */
const MOST = 128
const HEAVIEST = 4 * 1024 * 1024
/** So often whatever is in hands is finished first, to look for one that must be done alone. */
const ALONE_EVERY_MS = 5_000
/** Processes that may end with a transmission in their hands before it is put aside. */
const MOST_DEATHS = 3
const REST_AFTER_TROUBLE_MS = 500

/** Works until `signal` aborts; resolves when nothing is in hands any more. */
export async function work(deps: Deps, signal: AbortSignal): Promise<void> {
  const inHands = new Set<Promise<void>>()
  let lastAlone = 0
  while (!signal.aborted) {
    const alone = Date.now() - lastAlone >= ALONE_EVERY_MS
    if (alone) {
      await Promise.all(inHands)
      lastAlone = Date.now()
    } else if (inHands.size >= MOST / 2) {
      await Promise.race(inHands)
      continue
    }
    const limits = { most: MOST - inHands.size, heaviest: HEAVIEST, alone }
    try {
      const taken = await deps.queue.take(limits, signal)
      if (taken.some((one) => one.deaths > 0)) {
        await settleAll(deps, taken)
        lastAlone = 0 // a process that ended may have left many: they go one after the other, and at once
      } else for (const one of await opened(deps, taken)) keep(inHands, one())
    } catch (problem) {
      deps.note('error', 'working failed', { name: nameOf(problem) })
      await pause(REST_AFTER_TROUBLE_MS, undefined, { signal }).catch(() => undefined)
    }
  }
  await Promise.all(inHands)
}

/** Everything that is due, once. Gives how many were taken. */
export async function workOff(deps: Deps): Promise<number> {
  let count = 0
  for (const alone of [true, false]) {
    for (;;) {
      const taken = await deps.queue.take({ most: MOST, heaviest: HEAVIEST, alone }, AbortSignal.abort())
      if (taken.length === 0) break
      count += taken.length
      await settleAll(deps, taken)
    }
  }
  return count
}

async function settleAll(deps: Deps, taken: readonly Taken[]): Promise<void> {
  await Promise.all((await opened(deps, taken)).map((one) => one()))
}

/** How each of these is settled, its bytes read; what cannot be is put aside, what could not be now waits. */
async function opened(deps: Deps, taken: readonly Taken[]): Promise<readonly (() => Promise<void>)[]> {
  const ended = (one: Taken) => one.deaths >= MOST_DEATHS
  const ids = taken.filter((one) => !ended(one)).map(({ id }) => id)
  const bytes = await openSealedOnes(deps.db, deps.keys, ids).catch(async (problem: unknown) => {
    for (const one of taken) await deps.queue.later(one, REST_AFTER_TROUBLE_MS).catch(() => undefined)
    throw problem
  })
  const aside = async (one: Taken, cause: string): Promise<void> => {
    await park(deps, one.id, cause)
    await deps.queue.done([one])
  }
  return taken.map((one) => async () => {
    const found = bytes.get(one.id)
    const way = found
      ? settleTaken(one, found, deps, 'taken')
      : aside(one, ended(one) ? 'failed.process-ended' : 'archive.unreadable')
    await way.catch((problem: unknown) => {
      deps.note('error', 'settling failed', { transmission: one.id, name: nameOf(problem) })
      return deps.queue.later(one, REST_AFTER_TROUBLE_MS).catch(() => undefined)
    })
  })
}

function keep(inHands: Set<Promise<void>>, one: Promise<void>): void {
  inHands.add(one)
  void one.finally(() => inHands.delete(one))
}
