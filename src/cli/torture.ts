import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { type Instant, instant } from '#lib/time.ts'
import type { Outcome, TortureOptions } from '../../torture/run.ts'
import { installation } from './place.ts'

interface Options {
  readonly minutes: number
  readonly seed: number
  readonly day: Instant
  readonly layout: 'one' | 'roles'
  readonly faults?: readonly string[]
  readonly rate: number
  readonly keep: boolean
}

const folder = join(installation, 'torture')
const GAP_MS = [1_000, 8_000] as const
const AT_ONCE = 16
const DAY = instant(Date.parse('2026-06-11'))

/** Exit codes: 0 nothing lost, doubled or wrong; 1 something was; 2 the command was used wrongly. */
export function command(): Command {
  return new Command('torture')
    .description('kill, stop, cut off and starve the program under load, then audit what is left')
    .option('--minutes <n>', 'how long carriers send', readNumber, 5)
    .option('--seed <n>', 'the same seed gives the same messages and the same faults', readNumber, 7)
    .option('--day <date>', 'the day that is played: the clocks of the program are set to it', readDay, DAY)
    .option('--layout <name>', 'roles: two doors, two workers and a server; one: a single process', 'roles')
    .option('--faults <names>', 'kill,pause,postgres,backend,disk,network,clock (all)', (text) => text.split(','))
    .option('--rate <n>', 'messages a second at most', readNumber, 40)
    .option('--keep', 'leave the folder for a look', false)
    .action(async (options: Options) => {
      process.exitCode = await run(options)
    })
}

async function run({ minutes, seed, day, layout, faults, rate, keep }: Options): Promise<number> {
  const { torture } = (await import(join(folder, 'run.ts'))) as { torture(options: TortureOptions): Promise<Outcome> }
  const { FAULTS } = (await import(join(folder, 'faults.ts'))) as { FAULTS: Readonly<Record<string, unknown>> }
  const { reportOf } = (await import(join(folder, 'report.ts'))) as { reportOf(outcome: Outcome): string }
  const unknown = faults?.find((name) => !FAULTS[name])
  if (unknown) throw new Error(`there is no fault "${unknown}"; there are: ${Object.keys(FAULTS).join(', ')}`)
  const outcome = await torture({
    seconds: minutes * 60,
    seed,
    until: day,
    layout: layout === 'one' ? 'one' : 'roles',
    faults: faults ?? Object.keys(FAULTS),
    gap: GAP_MS,
    patient: false,
    atOnce: AT_ONCE,
    rate,
    keep,
    say: (line) => void process.stdout.write(`${line}\n`),
  })
  process.stdout.write(`\n${reportOf(outcome)}`)
  if (keep) process.stdout.write(`everything is left in ${outcome.folder}\n`)
  return outcome.verdict.problems.length === 0 ? 0 : 1
}

function readNumber(text: string): number {
  const number = Number(text)
  if (!Number.isFinite(number) || number < 0) throw new InvalidArgumentError('a number that is not negative')
  return number
}

function readDay(text: string): Instant {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new InvalidArgumentError('a day like 2026-06-11')
  return instant(ms)
}
