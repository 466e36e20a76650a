import { Command } from 'commander'
import { parkedGroups } from '#store/parked.ts'
import { listTransmissions } from '#store/transmissions.ts'
import { withDatabase } from './site-database.ts'

interface Options {
  readonly carrier?: string
  readonly cause?: string
  readonly json: boolean
}

const MOST = 1_000

/** Exit codes: 0 done; 2 the command was used wrongly. */
export function command(): Command {
  return new Command('parked')
    .description('messages that were put aside through our fault, by cause; with a cause, one by one')
    .option('--carrier <code>', 'of this carrier only')
    .option('--cause <cause>', 'each message with this cause')
    .option('--json', 'one object a line', false)
    .action(({ carrier, cause, json }: Options) =>
      withDatabase(async (db) => {
        const code = carrier?.toUpperCase()
        const say = (text: string): void => void process.stdout.write(`${text}\n`)
        if (cause === undefined) {
          const groups = await parkedGroups(db, code)
          for (const one of groups)
            say(
              json
                ? JSON.stringify(one)
                : `${String(one.count).padStart(7)}  ${one.cause.padEnd(24)} ${one.oldest} … ${one.newest}  ${one.carriers.join(' ')}`,
            )
          if (groups.length === 0 && !json) say('nothing is parked')
          return
        }
        const question = { state: 'parked', cause, limit: MOST, ...(code && { carrier: code }) } as const
        for (const { id, carrier: of, received_at: receivedAt, size, replays } of await listTransmissions(db, question))
          say(
            json
              ? JSON.stringify({ id, carrier: of, receivedAt, size, cause, replays })
              : `${id}  ${of.padEnd(3)} ${receivedAt}  ${size} bytes${replays > 0 ? `, replayed ${replays} times` : ''}`,
          )
      }),
    )
}
