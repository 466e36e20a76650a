import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { addCarrier, agreeProfile } from '#flows/manage-site.ts'
import { carrierProfile } from '#store/carrier-profiles.ts'
import { allCarriers, isCarrier } from '#store/carriers.ts'
import { operator, sure } from './operator.ts'
import { withDatabase } from './site-database.ts'

/** Exit codes: 0 done; 1 there is one already, or the code is none; 2 the command was used wrongly. */
export function command(): Command {
  const all = new Command('carrier').description('add and list the carriers that may send')
  all
    .command('list')
    .description('carriers and how many keys of theirs open the door')
    .action(() =>
      withDatabase(async (db) => {
        for (const { code, name, keys } of await allCarriers(db))
          process.stdout.write(`${code.padEnd(4)} ${String(keys).padStart(2)} keys  ${name}\n`)
      }),
    )
  all
    .command('add <code>')
    .description('a new carrier; `preclear user carrier-key` gives it a key')
    .requiredOption('--name <name>', 'as the liaison knows it')
    .action((code: string, { name }: { name: string }) =>
      withDatabase(async (db) => {
        sure(await addCarrier(db, { code: code.toUpperCase(), name }, operator()))
        process.stdout.write(`${code.toUpperCase()} added\n`)
      }),
    )
  all
    .command('profile <code> [file]')
    .description(
      'what was agreed about answers, as JSON; with a file, that is agreed from now on (- for standard input)',
    )
    .action((code: string, file?: string) =>
      withDatabase(async (db) => {
        const carrier = code.toUpperCase()
        if (file !== undefined) {
          const json: unknown = JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'))
          sure(await agreeProfile(db, carrier, json, operator()))
        }
        if (!(await isCarrier(db, carrier))) throw new Error(`there is no carrier ${carrier}`)
        process.stdout.write(`${JSON.stringify(await carrierProfile(db, carrier), undefined, 2)}\n`)
      }),
    )
  return all
}
