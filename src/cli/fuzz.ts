import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Command } from 'commander'
import type { Fault, Fuzzer } from '../../fuzz/rounds.ts'
import type { Assignment, Told } from '../../fuzz/worker.ts'
import { installation } from './place.ts'

interface Options {
  readonly minutes?: number
  readonly rounds?: number
  readonly seed: number
  readonly only?: number
  readonly threads: number
}

const folder = join(installation, 'fuzz')
/** A round takes milliseconds; one that takes this long hangs. */
const HANGS_AFTER_MS = 10_000
/** A reader that needs more for one message is not bounded by its length. */
const MOST_MEGABYTES = 512
const MOST_FAULTS = 20
const FOREVER = 2 ** 31 - 1

/** Exit codes: 0 nothing found; 1 faults, saved under `.tmp/fuzz/`; 2 the command was used wrongly. */
export function command(): Command {
  const number = (text: string): number => Number(text)
  return new Command('fuzz')
    .description('damage fixtures by chance and see whether a reader stands it')
    .argument('[name]', 'which reader; without it, what there is')
    .option('--minutes <n>', 'how long', number)
    .option('--rounds <n>', 'how many mutants; 1,000,000 where neither is given', number)
    .option('--seed <n>', 'the same seed tries the same mutants', number, 1)
    .option('--only <round>', 'this round alone, in this process', number)
    .option('--threads <n>', 'worker threads', number, availableParallelism())
    .action(async (name: string | undefined, options: Options) => {
      const { TARGETS } = (await import(join(folder, 'targets.ts'))) as { TARGETS: Record<string, unknown> }
      if (!name) return void process.stdout.write(`${Object.keys(TARGETS).join('\n')}\n`)
      if (!TARGETS[name]) throw new Error(`there is no reader "${name}"; there are: ${Object.keys(TARGETS).join(', ')}`)
      const faults = options.only === undefined ? await runAll(name, options) : await runOne(name, options)
      process.exitCode = faults === 0 ? 0 : 1
    })
}

async function runOne(name: string, { seed, only = 0 }: Options): Promise<number> {
  const { fuzzer } = (await import(join(folder, 'rounds.ts'))) as { fuzzer(target: string, seed: number): Fuzzer }
  const fault = fuzzer(name, seed).run(only)
  if (fault) tell(fault)
  else process.stdout.write('nothing wrong\n')
  return fault ? 1 : 0
}

/** All threads until time or rounds are used up, or too much is wrong. Gives how many faults there were. */
async function runAll(name: string, { minutes, rounds, seed, threads }: Options): Promise<number> {
  const last = rounds ?? (minutes === undefined ? 1_000_000 : FOREVER)
  const began = performance.now()
  let tried = 0
  let faults = 0
  const workers = Array.from({ length: threads }, (_, first) =>
    start({ target: name, seed, first, step: threads, last }),
  )
  const stop = (): void => void Promise.all(workers.map(({ worker }) => worker.terminate()))
  const report = (): void => {
    const seconds = (performance.now() - began) / 1000
    const memory = (process.memoryUsage.rss() / 1e6).toFixed(0)
    process.stderr.write(
      `${name}: ${tried.toLocaleString('en-GB')} mutants, ${Math.round(tried / seconds).toLocaleString('en-GB')}/s, ${faults} faults, ${memory} MB\n`,
    )
  }
  const reporting = setInterval(report, 10_000)
  const ending = minutes === undefined ? undefined : setTimeout(stop, minutes * 60_000)
  await Promise.all(
    workers.map(
      ({ worker, now }) =>
        new Promise<void>((done) => {
          const watching = watch(now, (round) => {
            faults++
            process.stdout.write(
              `round ${round} of seed ${seed} hangs: preclear fuzz ${name} --seed ${seed} --only ${round}\n`,
            )
            void worker.terminate()
          })
          worker.on('message', (told: Told) => {
            if ('done' in told) tried += told.done
            else {
              tell(told.fault)
              if (++faults >= MOST_FAULTS) stop()
            }
          })
          worker.on('error', (problem: Error) => {
            faults++
            const round = Atomics.load(now, 0)
            process.stdout.write(`round ${round} of seed ${seed} ends its thread: ${problem.message}\n`)
          })
          worker.on('exit', () => {
            clearInterval(watching)
            done()
          })
        }),
    ),
  )
  clearInterval(reporting)
  clearTimeout(ending)
  report()
  process.stdout.write(`${name}: ${tried} mutants tried, ${faults} faults, seed ${seed}\n`)
  return faults
}

interface Thread {
  readonly worker: Worker
  readonly now: Int32Array
}

function start(assignment: Omit<Assignment, 'now'>): Thread {
  const now = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(join(folder, 'worker.ts'), {
    workerData: { ...assignment, now } satisfies Assignment,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  })
  return { worker, now }
}

/** Calls once when a thread has been in the same round for too long. */
function watch(now: Int32Array, hangs: (round: number) => void): NodeJS.Timeout {
  let seen = -1
  let since = performance.now()
  const watching = setInterval(() => {
    const round = Atomics.load(now, 0)
    if (round !== seen) {
      seen = round
      since = performance.now()
    } else if (performance.now() - since > HANGS_AFTER_MS) {
      clearInterval(watching)
      hangs(round)
    }
  }, 1_000)
  return watching
}

function tell({ target, seed, round, sample, what, bytes }: Fault): void {
  const place = join('.tmp', 'fuzz')
  mkdirSync(place, { recursive: true })
  const file = join(place, `${target}-${seed}-${round}.bin`)
  writeFileSync(file, bytes)
  process.stdout.write(
    `${sample}, round ${round}: ${what}\n  ${file}; again: preclear fuzz ${target} --seed ${seed} --only ${round}\n`,
  )
}
