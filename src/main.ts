/**
 * Opens the resources of one process and hands them out; nothing else is wired anywhere. `cli/serve.ts` and
 * `cli/start.ts` call it.
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setInterval } from 'node:timers'
import { watchInbox } from '#connect/inbox.ts'
import type { Deps, Note } from '#flows/deps.ts'
import { ingestFile } from '#flows/ingest-file.ts'
import { openReference } from '#flows/reference.ts'
import { rescreen } from '#flows/rescreen.ts'
import { keysOf } from '#flows/seal.ts'
import type { DemoAccount } from '#flows/seed-demo.ts'
import { settleWaiting } from '#flows/take-in.ts'
import { type RunningHttp, startHttp } from '#http/server.ts'
import type { Clock } from '#lib/time.ts'
import { openDb } from '#store/db.ts'
import { ensureMonthsAhead } from '#store/legs.ts'
import { listen } from '#store/live.ts'
import { migrate } from '#store/migrate.ts'
import { openServer } from '#store/server.ts'
import { forgetOldSessions } from '#store/sessions.ts'
import type { Config } from './config.ts'

export interface Running {
  readonly deps: Deps
  readonly databaseUrl: string
  /** Where the console and the door are. */
  readonly address: string
  /** Resolves when the database ended without being asked to. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

export interface OpenOptions {
  readonly clock: Clock
  readonly note: Note
  /** Simulated seconds in a real one, for the console's clock. */
  readonly speed?: number
  /** Shown on the sign-in page of a demo. */
  readonly demoAccounts?: readonly DemoAccount[]
  /** Called once the database is migrated, before lists and rules are loaded. */
  readonly prepare?: (deps: Pick<Deps, 'db' | 'clock' | 'site'>) => Promise<void>
}

const SETTLE_EVERY_MS = 5_000
const SWEEP_EVERY_MS = 30_000

export async function openPreclear(
  config: Config,
  { clock, note, speed, prepare, demoAccounts }: OpenOptions,
): Promise<Running> {
  mkdirSync(config.dataDir, { recursive: true })
  const server = await openServer({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    log: (line) => note('info', line),
  })
  const closing: (() => Promise<void> | void)[] = [() => server.stop()]
  const stop = once(async () => {
    for (const close of closing.toReversed()) await close()
  })
  try {
    await migrate(server.url)
    const db = openDb(server.url, { max: 12 })
    closing.push(() => db.destroy())
    const known = { db, clock, site: config.site }
    await ensureMonthsAhead(db, clock())
    await prepare?.(known)

    const reference = await openReference(db)
    const deps: Deps = { ...known, keys: keysOf(masterKey(config.dataDir)), reference, note }
    const working = new AbortController()
    const work = background(deps, working.signal)
    closing.push(async () => {
      working.abort()
      await work.idle()
    })

    let http: RunningHttp | undefined
    const hears = await listen(
      server.url,
      (notice) => {
        if (notice.kind === 'epoch') work.reload()
        http?.hear(notice)
      },
      () => work.reload(),
    )
    closing.push(() => hears.close())

    http = await startHttp({
      deps,
      config,
      ...(speed !== undefined && { speed }),
      ...(demoAccounts && { demoAccounts }),
    }).catch((problem: unknown) => {
      throw portProblem(problem, config)
    })
    closing.push(() => http?.close())
    const inbox = await watchInbox({
      folder: join(config.dataDir, 'inbox'),
      take: (file) => ingestFile(file, deps),
      note: (event, detail) => note('warn', event, detail),
    })
    closing.push(() => inbox.close())
    return { deps, databaseUrl: server.url, address: http.address, ended: server.ended, stop }
  } catch (problem) {
    await stop()
    throw problem
  }
}

/** What keeps us from listening, in words that say what to do. */
function portProblem(problem: unknown, { host, port }: Config): unknown {
  const code = problem instanceof Error && 'code' in problem ? problem.code : undefined
  if (code === 'EADDRINUSE')
    return new Error(`port ${port} on ${host} is taken by another program: end it, or choose another with --port`)
  if (code === 'EACCES')
    return new Error(`port ${port} may not be used by this account: choose one above 1023 with --port`)
  if (code === 'EADDRNOTAVAIL') return new Error(`${host} is no address of this machine: choose another with --host`)
  return problem
}

/** The same without the web edge and the watched folder: for one command on this site. */
export async function openQuietly(
  config: Config,
  clock: Clock,
): Promise<{ readonly deps: Deps; stop(): Promise<void> }> {
  mkdirSync(config.dataDir, { recursive: true })
  const server = await openServer({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, log: () => undefined })
  try {
    await migrate(server.url)
    const db = openDb(server.url, { max: 4, name: 'preclear command' })
    await ensureMonthsAhead(db, clock())
    const reference = await openReference(db)
    const deps: Deps = {
      db,
      clock,
      site: config.site,
      keys: keysOf(masterKey(config.dataDir)),
      reference,
      note: () => undefined,
    }
    return {
      deps,
      async stop() {
        await db.destroy()
        await server.stop()
      },
    }
  } catch (problem) {
    await server.stop()
    throw problem
  }
}

/** What goes on beside the requests: left-over transmissions, changed lists and rules, months to come. */
function background(deps: Deps, signal: AbortSignal) {
  let busy: Promise<unknown> = Promise.resolve()
  const next = (what: string, work: () => Promise<unknown>): void => {
    busy = busy.then(async () => {
      if (signal.aborted) return
      await work().catch((problem: unknown) =>
        deps.note('error', `${what} failed`, { name: problem instanceof Error ? problem.name : 'unknown' }),
      )
    })
  }
  const reload = (): void =>
    next('re-screening', async () => {
      await deps.reference.refresh()
      await rescreen(deps, 'change of a list or rule', signal)
    })
  const timers = [
    setInterval(() => next('settling', () => settleWaiting(deps)), SETTLE_EVERY_MS),
    setInterval(() => {
      reload()
      next('partitions', () => ensureMonthsAhead(deps.db, deps.clock()))
      next('old sessions', () => forgetOldSessions(deps.db, new Date().toISOString()))
    }, SWEEP_EVERY_MS),
  ]
  signal.addEventListener('abort', () => timers.forEach(clearInterval))
  next('settling', () => settleWaiting(deps, 0))
  reload()
  return { reload, idle: () => busy }
}

/** The key that wraps the days' keys. Kept apart from backups of the database: who has both can read the archive. */
function masterKey(dataDir: string): Uint8Array {
  const file = process.env.PRECLEAR_MASTER_KEY_FILE ?? join(dataDir, 'keys', 'master.key')
  try {
    return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  } catch (problem) {
    const missing = problem instanceof Error && 'code' in problem && problem.code === 'ENOENT'
    if (!missing || process.env.PRECLEAR_MASTER_KEY_FILE) throw new Error(`the master key ${file} cannot be read`)
  }
  mkdirSync(join(dataDir, 'keys'), { recursive: true, mode: 0o700 })
  const key = randomBytes(32)
  writeFileSync(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  return key
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}
