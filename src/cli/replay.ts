import { Command } from 'commander'
import { type ReplayQuestion, replayAsOperator } from '#flows/replay.ts'
import { operator, sure } from './operator.ts'
import { withDatabase } from './site-database.ts'

interface Options {
  readonly cause?: string
  readonly carrier?: string
  readonly since?: string
  readonly until?: string
  readonly all?: boolean
}

/** Exit codes: 0 done, though nothing may have been parked; 1 nothing was named; 2 the command was used wrongly. */
export function command(): Command {
  return new Command('replay')
    .description('settle parked messages again, after the mend; a running server does it')
    .argument('[ids...]', 'which; or one of the options')
    .option('--cause <cause>', 'all that were parked for this')
    .option('--carrier <code>', 'all of this carrier')
    .option('--since <time>', 'received from then on')
    .option('--until <time>', 'received before')
    .option('--all', 'whatever is parked')
    .action((ids: string[], options: Options) =>
      withDatabase(async (db) => {
        const asked: ReplayQuestion = { ...options, ...(ids.length > 0 && { ids }) }
        let after: string | undefined
        let count = 0
        do {
          const step = { ...asked, ...(after !== undefined && { after }) }
          const { replayed, next } = sure(await replayAsOperator(db, step, operator()))
          for (const id of replayed) process.stdout.write(`${id}\n`)
          count += replayed.length
          after = next
        } while (after !== undefined)
        process.stderr.write(`${count} wait to be settled again\n`)
      }),
    )
}
