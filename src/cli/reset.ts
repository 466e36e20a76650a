import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Command } from 'commander'
import { runningOwner, stopEverything } from '#store/embedded/left.ts'
import { readConfig } from '../config.ts'

/** What may stand in a data folder; anything else means that the folder is not ours alone. */
const OURS = ['postgres', 'postgres.owner', 'inbox', 'keys', 'demo.json', 'log', 'truth.jsonl']

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
  const strange = (await readdir(dataDir)).filter((name) => !OURS.includes(name) && !name.startsWith('.'))
  if (strange.length > 0) {
    throw new Error(
      `${dataDir} also holds ${strange.slice(0, 5).join(', ')}: move that away, or delete the folder yourself`,
    )
  }
  const owner = await runningOwner(dataDir)
  if (owner !== undefined) say(`Preclear is running (process ${owner}) and will be stopped.`)
  if (!yes && !(await confirmed(`Delete everything in ${dataDir}? [y/N] `))) return say('Nothing was deleted.')
  await stopEverything(dataDir)
  for (const name of await readdir(dataDir))
    await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 })
  say(`${dataDir} is empty.`)
}

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
