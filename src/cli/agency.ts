import { Command, Option } from 'commander'
import { addAgency } from '#flows/manage-site.ts'
import { allAgencies } from '#store/agencies.ts'
import { operator, sure } from './operator.ts'
import { withDatabase } from './site-database.ts'

interface Options {
  readonly name: string
  readonly nameAz?: string
  readonly kind: 'unit' | 'authority'
  readonly readsPnr: boolean
}

/** Exit codes: 0 done; 1 there is one already, or the id is no id; 2 the command was used wrongly. */
export function command(): Command {
  const all = new Command('agency').description('add and list the authorities that work here')
  all
    .command('list')
    .description('agencies, what they are, and whether the law lets them read PNR')
    .action(() =>
      withDatabase(async (db) => {
        for (const { id, name, kind, readsPnr } of (await allAgencies(db)).values())
          process.stdout.write(
            `${id.padEnd(16)} ${kind.padEnd(10)} ${readsPnr ? 'PNR' : '   '}  ${name.en} / ${name.az}\n`,
          )
      }),
    )
  all
    .command('add <id>')
    .description('a new agency; its id cannot be changed later')
    .requiredOption('--name <name>', 'in English')
    .option('--name-az <name>', 'in Azerbaijani; the English one where it is not given')
    .addOption(
      new Option('--kind <kind>', 'unit: reviews and refers; authority: receives, and works its own lists')
        .choices(['unit', 'authority'])
        .default('authority'),
    )
    .option('--reads-pnr', 'the law lets it read PNR of travellers whom it may see', false)
    .action((id: string, { name, nameAz = name, kind, readsPnr }: Options) =>
      withDatabase(async (db) => {
        sure(await addAgency(db, { id, name: { en: name, az: nameAz }, kind, readsPnr }, operator()))
        process.stdout.write(`${id} added\n`)
      }),
    )
  return all
}
