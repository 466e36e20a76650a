import { availableParallelism } from 'node:os'
import { Command } from 'commander'
import type { Note } from '#flows/deps.ts'
import { instant } from '#lib/time.ts'
import { readConfig } from '../config.ts'
import { openPreclear, type Running } from '../main.ts'
import { untilTold } from './until-told.ts'

interface Options {
  readonly port?: string
  readonly host?: string
  readonly role?: string
  readonly workers?: string
  readonly queue?: string
}

/** Exit codes: 0 ended as told; 1 could not start, or the database ended by itself. */
export function command(): Command {
  return new Command('serve')
    .description('receive, screen and show; for real use')
    .option('--port <number>', 'port of the console and of the door (PRECLEAR_PORT; 8080)')
    .option('--host <address>', 'address to listen on (PRECLEAR_HOST; 127.0.0.1)')
    .option('--role <name>', 'all, intake, work or http: what this process does (PRECLEAR_ROLE; all)')
    .option('--queue <engine>', 'postgres, or nats: a stream between intake and workers (PRECLEAR_QUEUE; postgres)')
    .option(
      '--workers <number>',
      'processes beside this one that settle (PRECLEAR_WORKERS; one a core but the first, at most 3)',
    )
    .action(async (options: Options) => {
      const config = readConfig({ PRECLEAR_WORKERS: usualWorkers(), ...process.env }, { ...options })
      const running = await openPreclear(config, { clock: () => instant(Date.now()), note: jsonLines })
      process.stdout.write(running.address ? `preclear listens on ${running.address}\n` : 'preclear works\n')
      process.exitCode = await untilEnd(running)
    })
}

const usualWorkers = (): string => String(Math.min(3, availableParallelism() - 1))

/** One JSON object a line: codes, ids and counts, never a traveller's data. */
export const jsonLines: Note = (level, event, detail) => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...detail })}\n`)
}

/** Until a signal, or until the database is gone. Gives the exit code. */
export async function untilEnd(running: Running): Promise<number> {
  const why = await Promise.race([
    untilTold().then(() => 'told' as const),
    running.ended.then(() => 'database' as const),
  ])
  await running.stop()
  if (why === 'told') return 0
  process.stderr.write('preclear: the database ended by itself; its log is in data/postgres\n')
  return 1
}
