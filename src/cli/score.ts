import { Command } from 'commander'
import { readHit, readTruthLine } from '#simulator/read-truth.ts'
import { type Recall, type Score, score } from '#simulator/score.ts'
import { scoredHits } from '#store/scored-hits.ts'
import { withDatabase } from './site-database.ts'
import { readLines } from './truth-file.ts'

interface Options {
  readonly truth: string
  readonly hits?: string
  readonly database?: boolean
  readonly json?: boolean
  readonly atLeast?: string
}

/** Exit codes: 0 scored; 1 recall below `--at-least`; 2 the command was used wrongly. */
export function command(): Command {
  return new Command('score')
    .description('compares hits with what the simulator planted: recall by kind of corruption, precision')
    .requiredOption('--truth <file>', 'truth.jsonl of a simulation')
    .option('--hits <file>', 'hits, one JSON object a line: entry or rule, carrier, number, date, from, to, locator')
    .option('--database', "take the hits from this site's database (DATABASE_URL, or the embedded one)")
    .option('--at-least <recall>', 'fail below this recall, 0 to 1')
    .option('--json', 'print one JSON object')
    .action(async (options: Options) => {
      process.exitCode = await run(options)
    })
}

async function run({ truth, hits, database, json, atLeast }: Options): Promise<number> {
  if (!hits === !database) {
    process.stderr.write('preclear score: say either --hits or --database\n')
    return 2
  }
  const lines = readLines(truth).flatMap((fields) => readTruthLine(fields) ?? [])
  const found = hits ? readLines(hits).flatMap((fields) => readHit(fields) ?? []) : await withDatabase(scoredHits)
  const result = score(lines, found)
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : table(result))
  return atLeast !== undefined && result.recall < Number(atLeast) ? 1 : 0
}

function table(result: Score): string {
  const row = (name: string, { planted, found, recall }: Recall): string =>
    `${name.padEnd(28)}${String(found).padStart(7)} of ${String(planted).padStart(6)}  ${percent(recall)}`
  return [
    'recall'.padEnd(28),
    ...result.byCorruption.map((one) => row(one.corruption, one)),
    ...result.byRule.map((one) => row(`rule ${one.rule}`, one)),
    row('all', result),
    '',
    `precision of hits on entries  ${result.trueListHits} of ${result.listHits}  ${percent(result.precision)}`,
    '',
  ].join('\n')
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
