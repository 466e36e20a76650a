import { randomBytes } from 'node:crypto'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from './account.ts'
import { type Home, ownFolder } from './cluster.ts'
import { run } from './run.ts'

/**
 * The folder within the archive for this cluster's write-ahead log; nothing where none is archived. Each cluster, and
 * each restored copy of one, has a folder of its own: a drill that runs on with the same settings never writes among
 * what the real one needs. Once begun it goes on: a gap would end every restore at it.
 */
export async function walFolderOf(
  home: Home,
  archive: string | undefined,
  account: Account | undefined,
): Promise<string | undefined> {
  const known = await walName(home)
  if (archive === undefined && known === undefined) return undefined
  if (archive === undefined) {
    throw new Error(
      `The log of this database is archived, and PRECLEAR_WAL_ARCHIVE is not set: set it, or delete ${home.walName} to end that.`,
    )
  }
  if (process.platform === 'win32') throw new Error('PRECLEAR_WAL_ARCHIVE does not work on Windows: leave it empty.')
  const there = await stat(archive).catch(() => undefined)
  if (!there?.isDirectory())
    throw new Error(`PRECLEAR_WAL_ARCHIVE: there is no folder ${archive}. Is its disk mounted?`)
  const folder = join(archive, known ?? (await newName(home)))
  await ownFolder(folder, account)
  await mustReach(folder, 'write', account)
  return folder
}

const TESTS = {
  write: 'test -w "$1" && test -x "$1"',
  // Copied by somebody else, the folder may be open and the files not: to the server these are simply not there.
  read: 'cd "$1" && for one in *; do test -r "$one" || test ! -e "$one" || exit 1; done',
}

/** Whether the server's account can use a folder and what is in it; parents may be closed to it. */
export async function mustReach(folder: string, how: keyof typeof TESTS, account: Account | undefined): Promise<void> {
  const tried = await run('/bin/sh', ['-c', TESTS[how], 'sh', folder], { account, cwd: '/' })
  if (tried.code === 0) return
  const who = account ? `the account number ${account.uid}, which runs the database for root` : 'this account'
  const advice = how === 'write' ? 'choose a place that it can reach' : 'give it the right to read all of it'
  throw new Error(`${folder} cannot be used by ${who}: ${advice}.`)
}

/** The name of this cluster's folder in an archive, where it has one. */
export async function walName(home: Pick<Home, 'walName'>): Promise<string | undefined> {
  return (await readFile(home.walName, 'utf8').catch(() => '')).trim() || undefined
}

/** Pieces of the log that could not go to the archive yet. The server keeps them all, until its disk is full. */
export async function waitingPieces({ cluster }: Pick<Home, 'cluster'>): Promise<number> {
  const marks = await readdir(join(cluster, 'pg_wal', 'archive_status')).catch(() => [])
  return marks.filter((name) => name.endsWith('.ready')).length
}

async function newName(home: Home): Promise<string> {
  const name = `wal-${randomBytes(6).toString('hex')}`
  await writeFile(home.walName, `${name}\n`, { flag: 'wx', mode: 0o600, flush: true })
  return name
}
