import { Command } from 'commander'
import { byOperator, startRedecode } from '#flows/jobs.ts'
import { operator } from './operator.ts'
import { withDatabase } from './site-database.ts'

interface Options {
  readonly since?: string
  readonly until?: string
  readonly carrier?: string
  readonly type?: string
  readonly apply: boolean
}

/** Exit codes: 0 the job waits; 1 a time cannot be read; 2 the command was used wrongly. */
export function command(): Command {
  return new Command('redecode')
    .description('read stored messages again with the codecs of this version, as a job of the running server')
    .option('--since <time>', 'received from then on, as 2026-06 or 2026-06-11T06:00Z')
    .option('--until <time>', 'received before')
    .option('--carrier <code>', 'of this carrier only')
    .option('--type <type>', 'PNRGOV or PAXLST')
    .option('--apply', 'apply what is read otherwise; else it is only counted and listed', false)
    .action(({ since, until, carrier, type, apply }: Options) =>
      withDatabase(async (db) => {
        const question = {
          apply,
          ...(since !== undefined && { since: timeOf(since) }),
          ...(until !== undefined && { until: timeOf(until) }),
          ...(carrier !== undefined && { carrier: carrier.toUpperCase() }),
          ...(type !== undefined && { type: type.toUpperCase() }),
        }
        const { id, total } = await startRedecode(db, question, byOperator(operator()))
        process.stdout.write(`${id}\n`)
        process.stderr.write(`${total} messages wait to be read again; preclear jobs tells how far it is\n`)
      }),
    )
}

function timeOf(text: string): string {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new Error(`${text} is no time`)
  return new Date(at).toISOString()
}
