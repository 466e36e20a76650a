/** What every engine of the queue must do. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Arrival } from '#store/transmissions.ts'
import type { Queue, Taken } from '../queue.ts'
import { arrivalOfBytes } from './arrivals.ts'

/** One queue that nobody else uses. */
export interface Place {
  /** Opens it as another process would. The suite closes what it opens. */
  open(): Promise<Queue>
  /** What a worker does before `done`, where an engine must know of it: gives them their final state. */
  settle(taken: readonly Taken[]): Promise<void>
  /** How `taker.ts` opens it in a process of its own. */
  readonly elsewhere: readonly string[]
  end(): Promise<void>
}

export interface SuiteSettings {
  /** How many wait of the carrier that sends much. */
  readonly many: number
}

const NEVER = new AbortController().signal
const SOME = { most: 100, heaviest: 1e7, alone: true }

export function queueSuite(name: string, make: () => Promise<Place>, { many }: SuiteSettings): void {
  describe(name, () => {
    let place: Place
    let opened: Queue[] = []
    let takers: ChildProcess[] = []

    const open = async (): Promise<Queue> => {
      const queue = await place.open()
      opened.push(queue)
      return queue
    }
    const finish = async (queue: Queue, taken: readonly Taken[]): Promise<void> => {
      await place.settle(taken)
      await queue.done(taken)
    }
    const putAll = (queue: Queue, arrivals: readonly Arrival[]) => Promise.all(arrivals.map((one) => queue.put(one)))
    /** Takes until so many were taken, and settles them. */
    const takeAll = async (queue: Queue, count: number, limits = SOME): Promise<readonly (readonly Taken[])[]> => {
      const batches: (readonly Taken[])[] = []
      for (let seen = 0; seen < count; ) {
        const taken = await queue.take(limits, NEVER)
        seen += taken.length
        if (taken.length > 0) batches.push(taken)
        await finish(queue, taken)
      }
      return batches
    }
    const isEmpty = (queue: Queue): Promise<void> =>
      expect.poll(async () => (await queue.depth()).waiting, { timeout: 5_000 }).toBe(0)
    const takerBeside = async (mode: 'hold' | 'settle', ledger: string): Promise<ChildProcess> => {
      const script = fileURLToPath(new URL('./taker.ts', import.meta.url))
      const child = spawn(process.execPath, [script, mode, ledger, ...place.elsewhere], {
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      takers.push(child)
      return child
    }
    const killed = async (child: ChildProcess): Promise<void> => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    }

    beforeEach(async () => {
      place = await make()
    })
    afterEach(async () => {
      await Promise.all(takers.map(killed))
      await Promise.all(opened.map((queue) => queue.close()))
      await place.end()
      takers = []
      opened = []
    })

    test('what is put is taken once, whole, and is gone when it is done', async () => {
      const [one, other] = [await open(), await open()]
      const arrivals = Array.from({ length: 120 }, (_, n) => arrivalOfBytes(300, { carrier: `C${n % 7}`, spread: n }))
      await putAll(one, arrivals)
      const taken = (await takeAll(other, arrivals.length)).flat()
      expect(taken.map(({ id }) => id).sort()).toEqual(arrivals.map(({ id }) => id).sort())
      expect(taken.every(({ tries, deaths }) => tries === 1 && deaths === 0)).toBe(true)
      const sent = new Map(arrivals.map((arrival) => [arrival.id, arrival]))
      for (const { id, arrival, spread } of taken) {
        expect(spread).toBe(sent.get(id)?.spread)
        if (arrival) expect({ ...arrival, sealed: hex(arrival.sealed) }).toEqual(plain(sent.get(id)))
      }
      await isEmpty(one)
      expect(await other.take(SOME, AbortSignal.abort())).toEqual([])
    })

    test('what is put twice is there once', async () => {
      const queue = await open()
      const arrival = arrivalOfBytes()
      await queue.put(arrival)
      await queue.put(arrival)
      await takeAll(queue, 1)
      await isEmpty(queue)
    })

    test('urgent ones are taken first', async () => {
      const queue = await open()
      for (const urgency of [2, 2, 2, 1, 1, 0, 0] as const) await queue.put(arrivalOfBytes(200, { urgency }))
      const lines = new Map<string, number>()
      const late = arrivalOfBytes(200, { urgency: 0, carrier: 'N7' })
      await queue.put(late)
      const batches = await takeAll(queue, 8, { ...SOME, most: 1 })
      for (const [n, [taken]] of batches.entries()) if (taken) lines.set(taken.id, n)
      expect(lines.get(late.id)).toBeLessThan(3)
    })

    test('a carrier that sends much does not keep another waiting', async () => {
      const queue = await open()
      await putAll(
        queue,
        Array.from({ length: many }, (_, n) => arrivalOfBytes(150, { carrier: 'ZX', spread: n })),
      )
      const few = Array.from({ length: 20 }, (_, n) => arrivalOfBytes(150, { carrier: 'N7', spread: n }))
      await putAll(queue, few)
      const first = (await takeAll(queue, 300)).flat().slice(0, 300)
      const ids = new Set(first.map(({ id }) => id))
      expect(few.filter(({ id }) => !ids.has(id))).toEqual([])
    })

    test('what is about one flight is taken in the order in which it was put, batch by batch', async () => {
      const queue = await open()
      const arrivals = Array.from({ length: 60 }, () => arrivalOfBytes(100))
      for (const arrival of arrivals) await queue.put(arrival)
      const places = new Map(arrivals.map(({ id }, n) => [id, n]))
      const batches = await takeAll(queue, 60, { ...SOME, most: 7 })
      const numbers = batches.map((batch) => batch.map(({ id }) => places.get(id) ?? -1).sort((a, b) => a - b))
      expect(numbers.flat()).toEqual(arrivals.map((_, n) => n))
    })

    test('no more is taken than was asked for; what is heavier by itself is taken alone', async () => {
      const queue = await open()
      await putAll(
        queue,
        [400_000, 400_000, 400_000, 3_000_000, 100].map((size, n) => arrivalOfBytes(size, { spread: n })),
      )
      const batches = await takeAll(queue, 5, { most: 4, heaviest: 1_000_000, alone: true })
      for (const batch of batches) {
        const sizes = await Promise.all(batch.map(async ({ arrival }) => arrival?.size))
        const known = sizes.filter((size) => size !== undefined)
        expect(batch.length).toBeLessThanOrEqual(4)
        if (known.length > 1) expect(known.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(1_000_000)
      }
    })

    test('what is put off comes again after its time, and the try is counted', async () => {
      const queue = await open()
      await queue.put(arrivalOfBytes())
      const [first] = await queue.take(SOME, NEVER)
      if (!first) throw new Error('nothing was taken')
      await queue.later(first, 700)
      const at = Date.now()
      expect(await queue.take(SOME, AbortSignal.abort())).toEqual([])
      const again = (await takeAll(queue, 1)).flat()
      expect(Date.now() - at).toBeGreaterThan(500)
      expect(again.map(({ tries, deaths }) => ({ tries, deaths }))).toEqual([{ tries: 2, deaths: 0 }])
    })

    test('a process that stops lets go of what it has: others get it at once, and no try is counted', async () => {
      const [one, other] = [await open(), await open()]
      await putAll(one, [arrivalOfBytes(), arrivalOfBytes()])
      while ((await one.depth()).waiting < 2) await pause(10)
      const taken = await one.take(SOME, NEVER)
      expect(taken.length).toBeGreaterThan(0)
      await one.close()
      opened = opened.filter((queue) => queue !== one)
      const again = (await takeAll(other, 2)).flat()
      expect(again.map(({ tries, deaths }) => ({ tries, deaths }))).toEqual([
        { tries: 1, deaths: 0 },
        { tries: 1, deaths: 0 },
      ])
    })

    test('who waits for work is let go when he ends, and is told when there is some', async () => {
      const [one, other] = [await open(), await open()]
      const ending = new AbortController()
      const waiting = one.take(SOME, ending.signal)
      ending.abort()
      expect(await waiting).toEqual([])
      const arrival = arrivalOfBytes()
      const working = takeAll(one, 1)
      await other.put(arrival)
      expect((await working).flat().map(({ id }) => id)).toEqual([arrival.id])
    })

    test('how many wait, and since when', async () => {
      const queue = await open()
      expect(await queue.depth()).toEqual({ waiting: 0 })
      const before = Date.now() - 1_000
      await putAll(queue, [arrivalOfBytes(), arrivalOfBytes(), arrivalOfBytes()])
      const { waiting, oldest } = await queue.depth()
      expect(waiting).toBe(3)
      expect(Date.parse(oldest ?? '')).toBeGreaterThan(before)
    })

    test('what a killed process had comes back, is known to have ended one, and is taken alone', async () => {
      const queue = await open()
      const ledger = await mkdtemp(join(tmpdir(), 'preclear-ledger-'))
      await putAll(queue, [arrivalOfBytes(), arrivalOfBytes(200, { spread: 2 })])
      const child = await takerBeside('hold', ledger)
      await expect.poll(async () => (await readdir(ledger)).length, { timeout: 15_000 }).toBe(2)
      await killed(child)
      const batches = await takeAll(queue, 2)
      expect(batches.map((batch) => batch.map(({ deaths }) => deaths))).toEqual([[1], [1]])
      await isEmpty(queue)
      await rm(ledger, { recursive: true })
    })

    test('takers are killed at random, and nothing is lost or in two living hands', async () => {
      const queue = await open()
      const ledger = await mkdtemp(join(tmpdir(), 'preclear-ledger-'))
      const arrivals = Array.from({ length: 600 }, (_, n) => arrivalOfBytes(200, { carrier: `C${n % 5}`, spread: n }))
      const dead = new Set<number>()
      const beside = [await takerBeside('settle', ledger), await takerBeside('settle', ledger)]
      const putting = putAll(queue, arrivals)
      const count = async (what: string) => (await readdir(ledger)).filter((file) => file.startsWith(what)).length
      for (const [n, share] of [0.2, 0.5, 0.8].entries()) {
        await expect.poll(() => count('settled'), { timeout: 20_000 }).toBeGreaterThan(arrivals.length * share)
        const victim = beside[n % 2]
        if (victim) await killed(victim)
        dead.add(victim?.pid ?? 0)
        beside[n % 2] = await takerBeside('settle', ledger)
      }
      await putting
      await expect.poll(() => count('settled'), { timeout: 20_000 }).toBe(arrivals.length)
      await isEmpty(queue)
      const hands = Map.groupBy(
        (await readdir(ledger)).filter((file) => file.startsWith('took')),
        (file) => file.split(' ')[1] ?? '',
      )
      expect([...hands.keys()].sort()).toEqual(arrivals.map(({ id }) => id).sort())
      // In more than one process' hands: all but the last one were killed.
      for (const files of hands.values()) {
        const processes = new Set(files.map((file) => Number(file.split(' ')[2])))
        const living = [...processes].filter((pid) => !dead.has(pid))
        expect(living.length).toBeLessThanOrEqual(1)
      }
      await rm(ledger, { recursive: true })
    })
  })
}

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex')

const plain = (arrival: Arrival | undefined) => arrival && { ...arrival, sealed: hex(arrival.sealed) }
