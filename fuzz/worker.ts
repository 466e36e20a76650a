/** One thread of a fuzzing run: rounds `first`, `first + step`, …; tells how far it is, so that a hang is noticed. */
import { parentPort, workerData } from 'node:worker_threads'
import { type Fault, fuzzer } from './rounds.ts'

/** What a thread is told, and what it tells. */
export interface Assignment {
  readonly target: string
  readonly seed: number
  readonly first: number
  readonly step: number
  readonly last: number
  /** The round that the thread is in: read by the watchdog while the thread is busy. */
  readonly now: Int32Array
}

export type Told = { readonly done: number } | { readonly fault: Fault }

const EVERY = 500

const { target, seed, first, step, last, now }: Assignment = workerData
const { run } = fuzzer(target, seed)
let done = 0
for (let round = first; round < last; round += step) {
  Atomics.store(now, 0, round)
  const fault = run(round)
  if (fault) parentPort?.postMessage({ fault } satisfies Told)
  if (++done % EVERY === 0) {
    parentPort?.postMessage({ done: EVERY } satisfies Told)
    await new Promise(setImmediate)
  }
}
parentPort?.postMessage({ done: done % EVERY } satisfies Told)
