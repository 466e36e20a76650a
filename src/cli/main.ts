import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { installation } from './place.ts'
import { inWords } from './trouble.ts'

/** Exit codes of every command. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const

/** What each command is for. Its module, `./<name>.ts`, is loaded when it is asked for, and gives `command()`. */
const COMMANDS: Readonly<Record<string, string>> = {
  start: 'everything for a look: database, demo, console and simulated carriers',
  serve: 'receive, screen and show; for real use',
  ingest: 'take in message files as if a carrier had sent them',
  decode: 'show what is understood of a message file, and what is wrong with it',
  validate: 'judge messages as a receiving State would, and say what to mend',
  mrz: 'read, check and write machine-readable zones of travel documents',
  simulate: 'make the messages of carriers and travellers who do not exist',
  score: 'compare hits with a truth file: recall and precision',
  agency: 'add and list the authorities that work here',
  carrier: 'add and list the carriers that may send, and what was agreed with them',
  parked: 'messages that were put aside through our fault, by cause',
  replay: 'settle parked messages again, after the mend',
  redecode: 'read stored messages again with the codecs of this version',
  jobs: 'work that goes through the archive: how far it is, pause, resume, cancel',
  govreq: 'ask a carrier for a push, where that was agreed',
  user: 'add, list, disable users; set passwords; carrier keys',
  backup: 'keep a copy of the database, while it works; verify and prune copies',
  restore: 'make a database from a backup, as it was then or at any time since',
  doctor: 'check this installation and say what to do',
  bench: 'measure, and compare with the budgets',
  fuzz: 'damage fixtures by chance and see whether a reader stands it',
  torture: 'kill, stop, cut off and starve the program under load, then audit what is left',
  reset: 'stop the embedded database and delete data/',
}

// Whoever reads our output may stop reading: `preclear decode … | head`.
process.stdout.on('error', (problem: NodeJS.ErrnoException) => process.exit(problem.code === 'EPIPE' ? 0 : 1))

await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<void> {
  endWithLauncher()
  try {
    await (await program(args)).parseAsync(args, { from: 'user' })
  } catch (problem) {
    if (problem instanceof CommanderError) {
      process.exitCode = problem.exitCode === 0 ? EXIT.ok : EXIT.usage
      return
    }
    process.stderr.write(`preclear: ${inWords(problem)}\n`)
    if (process.env.PRECLEAR_DEBUG && problem instanceof Error) process.stderr.write(`${problem.stack}\n`)
    process.exit(EXIT.failed)
  }
}

/** All commands by name and purpose; the one that was asked for with all of its options. */
async function program(args: readonly string[]): Promise<Command> {
  const { version } = JSON.parse(readFileSync(join(installation, 'package.json'), 'utf8')) as { version: string }
  const all = new Command('preclear')
    .description('Advance passenger and cargo data for a State.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(preclear --help tells what there is)')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong usage.\nPRECLEAR_DEBUG=1 shows where a failure arose.',
    )
  const wanted = args.find((argument) => !argument.startsWith('-'))
  for (const [name, purpose] of Object.entries(COMMANDS)) {
    if (name !== wanted) {
      all.command(name).description(purpose)
      continue
    }
    const module = (await import(`./${name}.ts`)) as { command(): Command }
    const command = module.command().name(name)
    all.addCommand(overridden(command.description() ? command : command.description(purpose)))
  }
  return all
}

/** A command and its own subcommands throw on wrong usage instead of ending the process, so that the code is ours. */
function overridden(command: Command): Command {
  command.exitOverride().showHelpAfterError()
  if (!command.parent) command.addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 wrong usage.')
  for (const sub of command.commands) overridden(sub)
  return command
}

/** The launcher holds a channel to us: when it is killed, we end as on SIGTERM instead of living on unseen. */
function endWithLauncher(): void {
  if (!process.channel) return
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel.unref()
}
