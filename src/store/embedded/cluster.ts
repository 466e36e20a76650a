import { randomBytes } from 'node:crypto'
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { type Ran, run } from './run.ts'

/** The folders of an embedded server, all below `<data>/postgres`. */
export interface Home {
  readonly top: string
  readonly cluster: string
  readonly run: string
  readonly log: string
  readonly password: string
  readonly owner: string
  /** Where a restore lays out and recovers what becomes the cluster. */
  readonly restoring: string
  /** The name of the folder within a WAL archive that is this cluster's. */
  readonly walName: string
}

export function homeOf(dataDir: string): Home {
  const top = join(dataDir, 'postgres')
  return {
    top,
    cluster: join(top, 'cluster'),
    run: join(top, 'run'),
    log: join(top, 'log'),
    password: join(top, 'password'),
    owner: join(dataDir, 'postgres.owner'),
    restoring: join(top, 'cluster.restoring'),
    walName: join(top, 'wal-name'),
  }
}

export const SUPERUSER = 'preclear'

/**
 * What to write for the cluster's folder on a command line. A process that starts in a folder may work in it even where
 * its account cannot pass through the parents (/root): on Linux the folder then has a name that always leads there.
 */
export const dataFolder = (folder: string, account: Account | undefined): string =>
  account && process.platform === 'linux' ? '/proc/self/cwd' : folder

/** Makes the folders, and on the first start the cluster. */
export async function prepareCluster(
  home: Home,
  binaries: Binaries,
  account: Account | undefined,
  log: (line: string) => void,
): Promise<void> {
  for (const folder of [home.top, home.run, home.log]) await ownFolder(folder, account)
  const version = await readFile(join(home.cluster, 'PG_VERSION'), 'latin1').catch(() => undefined)
  if (version === undefined) {
    if (await stat(home.restoring).catch(() => undefined)) {
      throw new Error(`A restore into ${home.top} did not come to its end: delete that folder, and restore again.`)
    }
    log('making the database cluster')
    return makeCluster(home, binaries, account)
  }
  if (version.trim() !== binaries.major) {
    throw new Error(
      `${home.cluster} was made by PostgreSQL ${version.trim()}, and this Preclear brings ${binaries.major}. ` +
        'Use the version that made it, or "npm run reset" to start afresh.',
    )
  }
}

export async function ownFolder(folder: string, account: Account | undefined): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { uid } = await stat(folder)
  const wanted = account?.uid ?? process.getuid?.()
  if (wanted === undefined || uid === wanted) return
  if (!account) {
    throw new Error(
      `${folder} belongs to another account (number ${uid}), perhaps from a run as root. Run as that account, ` +
        'or remove the data folder.',
    )
  }
  await chown(folder, account.uid, account.gid).catch((problem: NodeJS.ErrnoException) => {
    throw new Error(
      `${folder} cannot be given to the account number ${account.uid}, which runs the server for root (${problem.code}). ` +
        'Set PRECLEAR_DATA to a folder on a local disk, or run as another user.',
    )
  })
}

/** Made aside and put in place whole, so that an interrupted first start leaves nothing half. */
async function makeCluster(home: Home, binaries: Binaries, account: Account | undefined): Promise<void> {
  const aside = join(home.top, 'cluster.new')
  await rm(aside, { recursive: true, force: true })
  await rm(home.password, { force: true })
  await ownFolder(aside, account)
  await writeFile(home.password, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx', flush: true })
  if (account) await chown(home.password, account.uid, account.gid)
  const args = [
    '--pgdata',
    dataFolder(aside, account),
    '--username',
    SUPERUSER,
    '--pwfile=../password',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--data-checksums',
    '--no-instructions',
  ]
  const made = await runInitdb(binaries.program('initdb'), args, { cwd: aside, account })
  if (made.code !== 0) throw new Error(`The database cluster could not be made in ${home.top}:\n${made.output}`)
  await rename(aside, home.cluster)
}

/**
 * initdb wants the account's number to have a name in /etc/passwd, which a container that is run under an arbitrary
 * number has not: then in a namespace where the number appears as nobody's.
 */
async function runInitdb(
  initdb: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly account: Account | undefined },
): Promise<Ran> {
  const made = await run(initdb, args, options)
  if (!made.output.includes('user does not exist')) return made
  const mapped = ['--user', '--map-user=65534', '--map-group=65534', '--', initdb, ...args]
  const again = await run('unshare', mapped, options)
  if (again.code === 0) return again
  const advice = 'Give this account a line in /etc/passwd, or set DATABASE_URL to a PostgreSQL server.'
  return { code: made.code, output: `${made.output}\n${again.output}\n${advice}` }
}
