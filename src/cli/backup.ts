import { mkdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { readThrough } from '#store/backup/lay-out.ts'
import { backUpLogically } from '#store/backup/logical.ts'
import { damages, inBytes, type Manifest, readManifest } from '#store/backup/manifest.ts'
import { backUpPhysically } from '#store/backup/physical.ts'
import { prune } from '#store/backup/prune.ts'
import { homeOf } from '#store/embedded/cluster.ts'
import { waitingPieces, walName } from '#store/embedded/wal-folder.ts'
import { openServer } from '#store/server.ts'
import { readConfig } from '../config.ts'
import { progressOf } from './progress.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Exit codes: 0 done; 1 could not be made, or a backup is damaged; 2 the command was used wrongly. */
export function command(): Command {
  const all = new Command('backup')
    .option('--to <folder>', 'where backups are kept: a new folder is made in it, named by the time')
    .option('--logical', 'rows instead of files: for another version or another kind of server', false)
    .action(async ({ to, logical }: { to?: string; logical: boolean }, given: Command) => {
      if (to === undefined) given.error('say where: --to FOLDER')
      await backUp(to, logical)
    })
  all
    .command('verify <folder>')
    .description('read a backup to its end and compare it with what was written')
    .action(verify)
  all
    .command('prune <folder>')
    .description('remove all but the newest backups in a folder, and the archived log that none of these needs')
    .requiredOption('--keep <number>', 'how many of each kind to keep', atLeastOne)
    .action(async (folder: string, { keep }: { keep: number }) => {
      const { backups, segments } = await prune(resolve(folder), keep, readConfig(process.env).walArchive)
      for (const gone of backups) say(`${gone} removed`)
      say(`${backups.length} backups and ${segments} pieces of log removed`)
    })
  return all
}

async function backUp(to: string, logical: boolean): Promise<void> {
  const { databaseUrl, dataDir, walArchive, site } = readConfig(process.env)
  const began = Date.now()
  const now = (): string => new Date().toISOString()
  const place = resolve(to)
  await mkdir(place, { recursive: true, mode: 0o700 })
  const folder = join(place, `${now().slice(0, 19).replaceAll(':', '')}Z${logical ? '-logical' : ''}`)
  const progress = progressOf()
  const server = await openServer({ databaseUrl, dataDir, walArchive, log: () => undefined })
  try {
    const name = databaseUrl ? undefined : await walName(homeOf(dataDir))
    const options = {
      url: server.url,
      folder,
      version: site.version,
      now,
      progress: (done: number, of: number) => progress('backing up', done, of),
    }
    const manifest = logical ? await backUpLogically(options) : await backUpPhysically({ ...options, walName: name })
    progress.end()
    const seconds = (Date.now() - began) / 1_000
    say(`${folder}: ${contents(manifest)}, ${seconds.toFixed(1)} s`)
    if (manifest.kind === 'physical' && !manifest.walFolder && !databaseUrl)
      say('No log is archived (PRECLEAR_WAL_ARCHIVE): a restore brings back this moment, and nothing since.')
    const waiting = databaseUrl ? 0 : await waitingPieces(homeOf(dataDir))
    if (waiting > 8) say(`${waiting} pieces of log wait for the archive: is its disk full, or out of reach?`)
    say('The master key is not in it. Keep it apart: without it, the archived messages cannot be opened.')
  } finally {
    progress.end()
    await server.stop()
  }
}

function contents(manifest: Manifest): string {
  const packed = inBytes(manifest.files.reduce((sum, { bytes }) => sum + bytes, 0))
  if (manifest.kind === 'logical') {
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    return `logical, ${rows} rows of ${manifest.tables.length} tables, ${packed}`
  }
  return `physical, PostgreSQL ${manifest.postgres}, up to ${manifest.endLsn}, ${inBytes(manifest.plainBytes)} packed to ${packed}`
}

async function verify(given: string): Promise<void> {
  const folder = resolve(given)
  const manifest = await readManifest(folder)
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0)
  const progress = progressOf()
  let done = 0
  const found = await damages(folder, (bytes) => {
    done += bytes
    progress('verifying', done, total)
  })
  progress.end()
  if (found.length > 0) throw new Error(`${basename(folder)} cannot be used:\n${found.join('\n')}`)
  if (manifest.kind === 'physical') await readThrough(folder)
  say(`${folder} is whole: ${contents(manifest)}, made at ${manifest.endedAt}`)
}

function atLeastOne(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('a whole number from 1')
  return count
}
