/**
 * The queue in PostgreSQL: an arrival is archived and becomes work in one transaction, and stops being work in the one
 * that settles it. What a process has in its hands when it ends is recovered by the others.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { batches } from '#lib/batches.ts'
import { Busy } from '#lib/busy.ts'
import type { Db } from '#store/db.ts'
import { ensureMonths } from '#store/legs.ts'
import { tell } from '#store/live.ts'
import { type Arrival, archiveArrivals } from '#store/transmissions.ts'
import { addWork, letAllGo, letGo, recoverWork, takeDangerous, takeWork, workDepth } from '#store/work.ts'
import type { Worker } from '#store/workers.ts'
import type { Kept, Queue, Taken } from './queue.ts'

export interface PostgresQueue extends Queue {
  /** Something was put, here or elsewhere: who waits to take looks at once. */
  wake(): void
  /** Recovers what others left behind, and what we have in the table without having it in our hands. */
  sweep(): Promise<void>
}

export interface PostgresQueueOptions {
  readonly worker: Pick<Worker, 'id' | 'place'>
  /** So many bytes and messages this process keeps for itself right when they are put; 0 where it does not settle. */
  readonly hold?: { readonly messages: number; readonly bytes: number }
  /** When so many wait, senders are asked to come later. */
  readonly full?: number
}

/** So often is looked for work that nobody told of. */
const LOOK_EVERY_MS = 500
/** How old a count of what waits may be for turning senders away by it. */
const COUNT_EVERY_MS = 1_000

/** How long somebody may keep what he took without our knowing of it: a single command is not among the workers. */
const UNKNOWN_AFTER_MS = 5_000

export function postgresQueue(
  db: Db,
  { worker, hold = { messages: 64, bytes: 2 * 1024 * 1024 }, full = 50_000 }: PostgresQueueOptions,
): PostgresQueue {
  const hands = new Map<string, number>()
  let held = 0
  let waiting = 0
  let countedAt = 0
  let bell = ring()

  const take = (id: string, size: number): void => {
    if (hands.has(id)) return
    hands.set(id, size)
    held += size
  }
  const drop = (id: string): void => {
    held -= hands.get(id) ?? 0
    hands.delete(id)
  }
  /** Whether we settle this one ourselves: always where nobody else would, else of our own flights, as long as it is little. */
  const keeps = ({ spread, size }: Arrival): boolean => {
    if (hold.messages === 0) return false
    const { slot, of } = worker.place()
    if (of === 1) return true
    return spread % of === slot && hands.size < hold.messages && held + size <= hold.bytes
  }

  const puts = batches<Arrival, Kept>({
    most: 64,
    weigh: ({ sealed }) => sealed.length,
    heaviest: 8 * 1024 * 1024,
    beside: 1,
    work: async (arrivals) => {
      const mine = new Set<string>()
      const kept = await db
        .transaction()
        .execute(async (tx) => {
          const written = await archiveArrivals(tx, arrivals)
          const works = arrivals.flatMap((arrival, at) => {
            if (!written[at]?.waits) return []
            const { id, carrier, urgency, spread, size } = arrival
            if (keeps(arrival)) {
              take(id, size)
              mine.add(id)
            }
            return [{ id, lane: carrier, spread, urgency, size, takenBy: mine.has(id) ? worker.id : undefined }]
          })
          await addWork(tx, works)
          if (works.length > mine.size) await tell(tx, { kind: 'work' })
          return written
        })
        .catch((problem: unknown) => {
          for (const id of mine) drop(id)
          throw problem
        })
      return arrivals.map(({ id, spread }, at): Kept => {
        const first = kept[at]?.first
        return first === undefined ? (mine.has(id) ? { mine: { id, spread, tries: 1, deaths: 0 } } : {}) : { first }
      })
    },
  })

  return {
    async put(arrival) {
      if (Date.now() - countedAt > COUNT_EVERY_MS) {
        countedAt = Date.now()
        waiting = (await workDepth(db)).waiting
      }
      if (waiting >= full) throw new Busy(5)
      await ensureMonths(db, [arrival.month])
      return puts.add(arrival)
    },
    async take({ most, heaviest, alone }, signal) {
      const owner = worker.id
      const danger = alone ? await takeDangerous(db, owner) : undefined
      const found = danger ? [danger] : await takeWork(db, { owner, most, heaviest, ...worker.place() })
      for (const { id, size } of found) take(id, size)
      if (found.length === 0)
        await Promise.race([bell.rung, pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)])
      return found.map(({ id, spread, tries, deaths }): Taken => ({ id, spread, tries, deaths }))
    },
    async done(taken) {
      for (const { id } of taken) drop(id)
    },
    async later({ id }, afterMs) {
      drop(id)
      await letGo(db, id, afterMs)
    },
    depth: () => workDepth(db),
    close: () => letAllGo(db, worker.id, [], 0),
    async sweep() {
      await letAllGo(db, worker.id, [...hands.keys()], UNKNOWN_AFTER_MS)
      if ((await recoverWork(db, UNKNOWN_AFTER_MS)) > 0) await tell(db, { kind: 'work' })
    },
    wake() {
      bell.ring()
      bell = ring()
    },
  }
}

function ring() {
  const { promise: rung, resolve } = Promise.withResolvers<void>()
  return { rung, ring: resolve }
}
