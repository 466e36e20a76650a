import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Command } from 'commander'
import { runningOwner, stopEverything } from '#store/embedded/left.ts'
import { readConfig } from '../config.ts'
import { installation } from './place.ts'

export function command(): Command {
  return new Command('reset')
    .description('stop the embedded database and delete data/, to start afresh')
    .option('--yes', 'do not ask', false)
    .action(async ({ yes }: { yes: boolean }) => {
      const { dataDir, databaseUrl } = readConfig(process.env)
      if (databaseUrl) say('DATABASE_URL names a server: its database is not touched, only the files here.')
      await reset(dataDir, yes)
    })
}

async function reset(dataDir: string, yes: boolean): Promise<void> {
  if (!existsSync(dataDir)) return say(`There is no ${dataDir}: nothing to do.`)
  if (!isOurs(dataDir, await readdir(dataDir))) {
    throw new Error(`${dataDir} does not look like a data folder of Preclear: delete it yourself if it shall go`)
  }
  const owner = await runningOwner(dataDir)
  if (owner !== undefined) say(`Preclear is running (process ${owner}) and will be stopped.`)
  if (!yes && !(await confirmed(`Delete everything in ${dataDir}? [y/N] `))) return say('Nothing was deleted.')
  await stopEverything(dataDir)
  for (const name of await readdir(dataDir))
    await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 })
  say(`${dataDir} is empty.`)
}

/** A folder that was named by mistake must not be emptied. */
const isOurs = (dataDir: string, names: readonly string[]): boolean =>
  dataDir === join(installation, 'data') || names.includes('postgres') || names.every((name) => name === 'inbox')

async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error('nobody can be asked here: use --yes')
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim())
  } finally {
    terminal.close()
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)
