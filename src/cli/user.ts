import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import type { RoleName } from '#domain/officer.ts'
import { addOfficer, changeOfficer, issueCarrierKey, type OfficerChange, revokeKeys } from '#flows/manage-access.ts'
import { allUsers } from '#store/users.ts'
import { operator, sure } from './operator.ts'
import { withDatabase } from './site-database.ts'

const ROLES = [
  'analyst',
  'watchlist-officer',
  'targeting-officer',
  'frontline-officer',
  'carrier-liaison',
  'supervisor',
  'dpo',
  'administrator',
] as const satisfies readonly RoleName[]

/** Exit codes: 0 done; 1 no such user, agency or carrier; 2 the command was used wrongly. */
export function command(): Command {
  const all = new Command('user').description('add, list, disable users; set passwords; carrier keys')
  all
    .command('list')
    .description('who may sign in')
    .action(() =>
      withDatabase(async (db) => {
        for (const user of await allUsers(db)) {
          const state = user.disabled_at
            ? 'disabled'
            : user.locked_until && user.locked_until > new Date().toISOString()
              ? 'locked'
              : 'active'
          process.stdout.write(
            `${user.login.padEnd(20)} ${user.agency.padEnd(10)} ${user.roles.join(',').padEnd(24)} ${state.padEnd(9)} ${user.name}\n`,
          )
        }
      }),
    )
  all
    .command('add <login>')
    .description('a new user; the password is read from standard input, or made and shown once')
    .requiredOption('--name <name>', 'full name')
    .requiredOption('--agency <id>', 'agency')
    .requiredOption('--role <role...>', ROLES.join(', '))
    .action((login: string, options: { name: string; agency: string; role: string[] }) =>
      withDatabase(async (db) => {
        const roles = rolesOf(options.role)
        const password = await passwordFor(login)
        sure(await addOfficer(db, { login, name: options.name, agency: options.agency, roles, password }, operator()))
        process.stdout.write(`${login} added\n`)
      }),
    )
  all
    .command('password <login>')
    .description('a new password; ends the sessions of this user')
    .action((login: string) => change(login, async () => ({ password: await passwordFor(login) })))
  all
    .command('roles <login> <role...>')
    .description('other roles; ends the sessions of this user')
    .action((login: string, roles: string[]) => change(login, async () => ({ roles: rolesOf(roles) })))
  all
    .command('disable <login>')
    .description('no more signing in; ends the sessions of this user')
    .action((login: string) => change(login, async () => ({ disabled: true })))
  all
    .command('enable <login>')
    .description('may sign in again')
    .action((login: string) => change(login, async () => ({ disabled: false })))
  all
    .command('carrier-key <carrier>')
    .description('a key for a carrier, shown once; earlier ones of the same label end')
    .option('--label <text>', 'what the key is for', 'main')
    .action((carrier: string, { label }: { label: string }) =>
      withDatabase(async (db) => {
        process.stdout.write(`${sure(await issueCarrierKey(db, { carrier, label }, operator())).key}\n`)
      }),
    )
  all
    .command('revoke-carrier-key <carrier>')
    .description('the keys of a carrier under this label end at once')
    .option('--label <text>', 'what the keys were for', 'main')
    .action((carrier: string, { label }: { label: string }) =>
      withDatabase(async (db) => {
        const ended = await revokeKeys(db, { carrier, label }, operator())
        if (ended === 0) throw new Error(`${carrier} has no key under "${label}"`)
        process.stdout.write(`${ended} ended\n`)
      }),
    )
  return all
}

function rolesOf(given: readonly string[]): RoleName[] {
  return given.map((one) => {
    const role = ROLES.find((known) => known === one)
    if (!role) throw new Error(`there is no role ${one}; there are: ${ROLES.join(', ')}`)
    return role
  })
}

async function change(login: string, what: () => Promise<OfficerChange>): Promise<void> {
  await withDatabase(async (db) => {
    sure(await changeOfficer(db, login, await what(), operator()))
    process.stdout.write(`${login} changed\n`)
  })
}

const LEAST = 12

/** From a pipe; at a terminal one is made, so that none stands on a command line or in its history. */
async function passwordFor(login: string): Promise<string> {
  if (process.stdin.isTTY) {
    const made = randomBytes(12).toString('base64url')
    process.stdout.write(`password of ${login}: ${made}\n`)
    return made
  }
  const given = (await text(process.stdin)).trim()
  if (given.length < LEAST) throw new Error(`a password needs at least ${LEAST} characters on standard input`)
  return given
}
