import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { type Account, serverAccount } from './account.ts'
import { findBinaries } from './binaries.ts'
import { dataFolder, type Home, ownFolder, SUPERUSER } from './cluster.ts'
import { claim, release } from './owner.ts'
import { runServer } from './server.ts'
import type { Recovery } from './settings.ts'
import { claimableHome, DATABASE, openDoor } from './start.ts'
import { mustReach } from './wal-folder.ts'

const HBA = 'restoring.hba'

/** Where the files of a cluster are laid out, and whose they must be. */
export interface Site {
  readonly folder: string
  readonly account: Account | undefined
}

export interface RestoreOptions {
  readonly dataDir: string
  /** Major version of PostgreSQL that made the files. */
  readonly major: string
  readonly log: (line: string) => void
  /** Folder with the archived log of the cluster; without it, the restored state is that of the backup's end. */
  readonly walFolder?: string | undefined
  readonly recovery?: Recovery | undefined
  /** Puts the files in place. */
  readonly lay: (site: Site) => Promise<void>
}

/**
 * Makes an embedded server's cluster out of a physical backup, aside: laid out, recovered, given a new password, handed
 * to `work` while it runs, stopped, and only then put in its place. The data folder must be empty but for keys.
 */
export async function restoreCluster<T>(options: RestoreOptions, work: (url: string) => Promise<T>): Promise<T> {
  const home = await emptyHome(options.dataDir)
  if (!(await claim(home.owner))) throw new Error(`${dirname(home.top)} is in use by another process`)
  try {
    const account = serverAccount(home.cluster)
    const binaries = await findBinaries(account, options.log)
    if (binaries.major !== options.major) {
      throw new Error(
        `The backup was made by PostgreSQL ${options.major}, and this Preclear brings ${binaries.major}: ` +
          'restore with the version that made it, or use a logical backup.',
      )
    }
    if (options.walFolder) await mustReach(options.walFolder, 'read', account)
    for (const folder of [home.top, home.run, home.log, home.restoring]) await ownFolder(folder, account)
    await options.lay({ folder: home.restoring, account })
    if (options.walFolder) await writeOwned(join(home.restoring, 'recovery.signal'), '', account)
    const trust = process.platform === 'win32' ? 'host all all 127.0.0.1/32 trust\n' : 'local all all trust\n'
    await writeOwned(join(home.restoring, HBA), trust, account)
    await writeOwned(home.password, randomBytes(24).toString('hex'), account)

    const aside = { ...home, cluster: home.restoring }
    const server = await runServer(aside, binaries, {
      account,
      durable: true,
      log: () => options.log('the log is being read back, please wait'),
      walFolder: options.walFolder,
      restore: {
        hba: join(dataFolder(home.restoring, account), HBA),
        recovery: options.walFolder ? (options.recovery ?? {}) : undefined,
      },
    }).catch((problem: unknown) => {
      throw reasonOf(problem)
    })
    let result: T
    const door = await openDoor(aside)
    try {
      await givePassword(door.url('postgres'))
      result = await work(door.url(DATABASE))
    } finally {
      await server.stop()
      door.close()
    }
    await rm(join(home.restoring, HBA))
    await rename(home.restoring, home.cluster)
    return result
  } catch (problem) {
    await rm(home.top, { recursive: true, force: true })
    throw problem
  } finally {
    await release(home.owner)
  }
}

/** A data folder with nothing in it; only the master key may have been put in its place before. */
export async function emptyHome(given: string): Promise<Home> {
  const home = await claimableHome(given)
  const dataDir = dirname(home.top)
  const others = (await readdir(dataDir)).filter((name) => name !== 'keys')
  if (others.length > 0) {
    throw new Error(`${dataDir} is not empty (${others.slice(0, 3).join(', ')}): restore into a new folder (--data)`)
  }
  return home
}

async function writeOwned(path: string, text: string, account: Account | undefined): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text, { flag: 'wx', mode: 0o600, flush: true })
  if (account) await chown(path, account.uid, account.gid)
}

/** What the server says when the archive does not reach far enough, in other words. */
function reasonOf(problem: unknown): Error {
  const told = problem instanceof Error ? problem.message : String(problem)
  if (told.includes('recovery ended before configured recovery target'))
    return new Error('The archived log ends before that time: restore without --to-time for the last there is.')
  if (told.includes('recovery stop point is before consistent'))
    return new Error('That time is before the end of this backup: use an older backup.')
  return new Error(told)
}

/** The password file of the data folder is new: the backup holds none. */
async function givePassword(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'preclear restore' })
  await client.connect()
  try {
    const { rows } = await client.query<{ found: boolean }>('select from pg_roles where rolname = $1', [SUPERUSER])
    if (rows.length === 0)
      throw new Error('The backup is not of an embedded server: restore it as docs/backup.md says.')
    await client.query(`alter role ${SUPERUSER} password ${client.escapeLiteral(client.password ?? '')}`)
  } finally {
    await client.end()
  }
}
