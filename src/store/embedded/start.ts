import { chmodSync, constants, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { access, mkdir, readFile, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { serverAccount } from './account.ts'
import { findBinaries } from './binaries.ts'
import { type Home, homeOf, prepareCluster, SUPERUSER } from './cluster.ts'
import { claim, holder, isHeld, release } from './owner.ts'
import { clearAway, livingPostmaster } from './postmaster.ts'
import { type RunningServer, runServer } from './server.ts'
import { walFolderOf } from './wal-folder.ts'

export const DATABASE = 'preclear'

export interface Embedded {
  readonly url: string
  /** False when another living process of ours had started the server: then `stop` leaves it alone. */
  readonly owned: boolean
  /** Resolves when a server that we own has ended, by `stop` or by a crash. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/**
 * The PostgreSQL that comes with Preclear, running on `<dataDir>/postgres`: made on the first start, recovered after a
 * kill, shared with a second process of ours, reachable only through a socket in a private folder and with a password.
 * As root it runs under an unprivileged number; no user is created.
 */
export async function startEmbedded(options: {
  readonly dataDir: string
  readonly log: (line: string) => void
  /** False only for test runs: faster, and a crash of the machine may lose data. */
  readonly durable?: boolean
  /** Folder that the write-ahead log is archived in, as `walFolderOf` says. */
  readonly walArchive?: string | undefined
}): Promise<Embedded> {
  const home = await claimableHome(options.dataDir)
  while (!(await claim(home.owner))) {
    const shared = await share(home, options.log)
    if (shared) return shared
  }
  try {
    const account = serverAccount(home.cluster)
    const binaries = await findBinaries(account, options.log)
    await prepareCluster(home, binaries, account, options.log)
    await clearAway(home, options.log)
    const { durable = true, log, walArchive } = options
    const walFolder = await walFolderOf(home, walArchive, account)
    const server = await runServer(home, binaries, { account, durable, log, walFolder })
    return await open(home, server)
  } catch (problem) {
    await release(home.owner)
    throw problem
  }
}

/** The folders of a server in a data folder that we may write, made where it is not there. */
export const claimableHome = async (dataDir: string): Promise<Home> => homeOf(await ownPlace(resolve(dataDir)))

/** The data folder, made where it is not there, and one that we may write. */
async function ownPlace(dataDir: string): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true })
    await access(dataDir, constants.W_OK)
    return await realpath(dataDir)
  } catch (problem) {
    const code = problem instanceof Error && 'code' in problem ? problem.code : problem
    throw new Error(
      `The data folder ${dataDir} cannot be written (${code}). Is it another account's, perhaps from a run as root? ` +
        'Change its owner, or set PRECLEAR_DATA to another folder.',
    )
  }
}

async function open(home: Home, server: RunningServer): Promise<Embedded> {
  const door = await openDoor(home)
  const stop = async (): Promise<void> => {
    await server.stop()
    door.close()
    await release(home.owner)
  }
  try {
    await createDatabase(door)
  } catch (problem) {
    await stop()
    throw problem
  }
  return { url: door.url(DATABASE), owned: true, ended: server.ended, stop }
}

const PATIENCE_MS = 60_000

/** A server that another living process of ours runs or is about to run; nothing if that process went away. */
async function share(home: Home, log: (line: string) => void): Promise<Embedded | undefined> {
  for (let waited = 0; await isHeld(home.owner); waited += 100) {
    const postmaster = await livingPostmaster(home.cluster)
    if (postmaster?.ready) {
      const door = await openDoor(home)
      if (await hasDatabase(door)) return sharedServer(door)
      door.close()
    }
    if (waited === 5_000) log(`waiting for the database that process ${await holder(home.owner)} is starting`)
    if (waited >= PATIENCE_MS && !postmaster) {
      throw new Error(`Process ${await holder(home.owner)} holds ${home.top}, but runs no database: end it first.`)
    }
    await pause(100)
  }
  return undefined
}

const sharedServer = (door: Door): Embedded => ({
  url: door.url(DATABASE),
  owned: false,
  ended: new Promise(() => undefined),
  stop: async () => door.close(),
})

export interface Door {
  url(database: string): string
  close(): void
}

/** Longest path of a socket (108 bytes with its end mark on Linux, 104 on macOS), less `/.s.PGSQL.5432`. */
const LONGEST_FOLDER = 85

/** How to reach the server: through its socket, under a short name where its own is too long for the system. */
export async function openDoor(home: Home): Promise<Door> {
  const password = (await readFile(home.password, 'utf8')).trim()
  if (process.platform === 'win32') {
    const port = (await livingPostmaster(home.cluster))?.port ?? 0
    return {
      url: (database) => `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`,
      close: () => undefined,
    }
  }
  const short = Buffer.byteLength(home.run) > LONGEST_FOLDER ? shortName(home.run) : undefined
  const host = encodeURIComponent(short?.folder ?? home.run)
  return {
    url: (database) => `postgresql://${SUPERUSER}:${password}@/${database}?host=${host}`,
    close: () => short?.remove(),
  }
}

function shortName(folder: string): { readonly folder: string; remove(): void } {
  const place = mkdtempSync(join(Buffer.byteLength(tmpdir()) > 40 ? '/tmp' : tmpdir(), 'preclear-'))
  chmodSync(place, 0o700)
  symlinkSync(folder, join(place, 'run'))
  const remove = (): void => {
    process.removeListener('exit', remove)
    rmSync(place, { recursive: true, force: true })
  }
  process.on('exit', remove)
  return { folder: join(place, 'run'), remove }
}

async function hasDatabase(door: Door): Promise<boolean> {
  return withClient(door, async (client) => {
    const found = await client.query('select from pg_database where datname = $1', [DATABASE])
    return found.rows.length > 0
  })
}

async function createDatabase(door: Door): Promise<void> {
  if (await hasDatabase(door)) return
  await withClient(door, async (client) => void (await client.query(`create database ${DATABASE}`)))
}

async function withClient<T>(door: Door, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: door.url('postgres'), application_name: 'preclear start' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
