/**
 * From the stream into the archive: what an intake gave to the stream becomes a transmission and work in the database, and
 * only then leaves the stream. From there on it goes the way of every other; what comes to us is settled here.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Kept, Queue, Taken } from '#queue/queue.ts'
import { tell } from '#store/live.ts'
import type { Arrival } from '#store/transmissions.ts'
import type { Deps } from './deps.ts'
import { nameOf } from './park.ts'
import { openArrival } from './seal.ts'
import { settleTaken } from './take-in.ts'

const AT_ONCE = { most: 64, heaviest: 4 * 1024 * 1024, alone: true }
/** What is in hands here before more is fetched: the rest waits better in the stream. */
const MOST_IN_HANDS = 128
const REST_AFTER_TROUBLE_MS = 500

/** Works until `signal` aborts; resolves when nothing is in hands any more. */
export async function carryOver(stream: Queue, deps: Deps, signal: AbortSignal): Promise<void> {
  const inHands = new Set<Promise<void>>()
  while (!signal.aborted) {
    while (inHands.size >= MOST_IN_HANDS) await Promise.race(inHands)
    try {
      const taken = await stream.take(AT_ONCE, signal)
      if (taken.length === 0) continue
      const kept = await intoArchive(stream, taken, deps)
      for (const one of kept) {
        const settling = settleKept(one, deps)
        inHands.add(settling)
        void settling.finally(() => inHands.delete(settling))
      }
    } catch (problem) {
      deps.note('error', 'carrying over failed', { name: nameOf(problem) })
      await pause(REST_AFTER_TROUBLE_MS, undefined, { signal }).catch(() => undefined)
    }
  }
  await Promise.all(inHands)
}

interface Carried {
  readonly arrival: Arrival
  readonly kept: Kept
}

/** Writes these down and lets the stream forget those that are; the others it hands out again. */
async function intoArchive(stream: Queue, taken: readonly Taken[], deps: Deps): Promise<readonly Carried[]> {
  const put = await Promise.allSettled(
    taken.map(async (one) => {
      const { arrival } = one
      if (!arrival) throw new Error('an arrival came without its bytes')
      return { arrival, kept: await deps.queue.put(arrival) }
    }),
  )
  const [safe, unsafe]: [Taken[], Taken[]] = [[], []]
  for (const [at, one] of taken.entries()) (put[at]?.status === 'fulfilled' ? safe : unsafe).push(one)
  await stream.done(safe)
  for (const one of unsafe) await stream.later(one, 2_000)
  const failed = put.find((one) => one.status === 'rejected')
  if (failed) deps.note('warn', 'not carried over', { count: unsafe.length, name: nameOf(failed.reason) })
  const carried = put.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const repeated = carried.filter(({ kept }) => kept.first !== undefined).map(({ arrival }) => arrival.id)
  if (repeated.length > 0) await tell(deps.db, { kind: 'settled', ids: repeated })
  return carried
}

async function settleKept({ arrival, kept }: Carried, deps: Deps): Promise<void> {
  if (!kept.mine) return
  try {
    const bytes = await openArrival(deps.db, deps.keys, arrival)
    if (bytes) await settleTaken(kept.mine, bytes, deps, 'taken')
    else await deps.queue.later(kept.mine, REST_AFTER_TROUBLE_MS)
  } catch (problem) {
    deps.note('error', 'settling failed', { transmission: arrival.id, name: nameOf(problem) })
    await deps.queue.later(kept.mine, REST_AFTER_TROUBLE_MS).catch(() => undefined)
  }
}
