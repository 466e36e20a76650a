import { Command, InvalidArgumentError } from 'commander'
import { splitFlight } from '#codecs/edifact/paxlst/legs.ts'
import { askForPush } from '#flows/ask-for-push.ts'
import { type LocalDateTime, localDateTime } from '#lib/time.ts'
import { readConfig } from '../config.ts'
import { operator, sure } from './operator.ts'
import { withDatabase } from './site-database.ts'

interface Options {
  readonly from: string
  readonly to: string
  readonly departs: LocalDateTime
  readonly locator: readonly string[]
}

/** Exit codes: 0 written; 1 the carrier's profile does not allow requests; 2 the command was used wrongly. */
export function command(): Command {
  return new Command('govreq')
    .description('write a request to a carrier for a push, where his profile allows it; bytes go to standard output')
    .argument('<carrier>', 'who is asked')
    .argument('<flight>', 'ZX812')
    .requiredOption('--from <airport>', 'airport of departure')
    .requiredOption('--to <airport>', 'airport of arrival')
    .requiredOption('--departs <local>', 'local date and time of departure: 2026-06-11T08:15', localTime)
    .option('--locator <locators...>', 'of these PNRs only', [])
    .action((code: string, flight: string, { from, to, departs, locator }: Options) =>
      withDatabase(async (db) => {
        const carrier = code.toUpperCase()
        const flightAsSent = flight.toUpperCase()
        const leg = {
          ...splitFlight(flightAsSent, carrier),
          flightAsSent,
          from: from.toUpperCase(),
          to: to.toUpperCase(),
          departs,
          place: 'border' as const,
          overflight: false,
        }
        const { site } = readConfig(process.env)
        process.stdout.write(sure(await askForPush(db, site, { carrier, leg, locators: locator }, operator())))
      }),
    )
}

function localTime(text: string): LocalDateTime {
  const [, year, month, day, hour, minute] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/.exec(text) ?? []
  const time = localDateTime(Number(year), Number(month), Number(day), Number(hour), Number(minute))
  if (!time) throw new InvalidArgumentError('a local time is written 2026-06-11T08:15')
  return time
}
