/**
 * Opens the resources of one process and hands them out; nothing else is wired anywhere. `cli/serve.ts` and
 * `cli/start.ts` call it.
 */
import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { setInterval } from 'node:timers'
import { watchInbox } from '#connect/inbox.ts'
import { carryOver } from '#flows/carry-over.ts'
import type { Deps, Note } from '#flows/deps.ts'
import { ingestFile } from '#flows/ingest-file.ts'
import { runJobs } from '#flows/jobs.ts'
import { type Measure, unmeasured } from '#flows/measure.ts'
import { openReference, type Reference } from '#flows/reference.ts'
import { rescreen } from '#flows/rescreen.ts'
import { keysOf } from '#flows/seal.ts'
import type { DemoAccount } from '#flows/seed-demo.ts'
import { settledElsewhere } from '#flows/settled.ts'
import { work } from '#flows/work.ts'
import { databaseAnswers } from '#http/health.ts'
import { startOperations } from '#http/operations.ts'
import { type RunningHttp, startHttp } from '#http/server.ts'
import { newId } from '#lib/ids.ts'
import type { Clock } from '#lib/time.ts'
import { type JetStreamQueue, jetStreamQueue } from '#queue/jetstream.ts'
import { type PostgresQueue, postgresQueue } from '#queue/postgres.ts'
import type { Queue } from '#queue/queue.ts'
import { lastKeyDay } from '#store/data-keys.ts'
import { connectionsOf, type Db, openDb } from '#store/db.ts'
import { dropMonths } from '#store/drop-months.ts'
import { ensureMonthsAhead } from '#store/legs.ts'
import { listen } from '#store/live.ts'
import { migrate } from '#store/migrate.ts'
import { standing } from '#store/observe.ts'
import { openServer } from '#store/server.ts'
import { forgetOldSessions } from '#store/sessions.ts'
import { joinWorkers, type Worker } from '#store/workers.ts'
import type { Config, Role } from './config.ts'
import { type Metrics, openMetrics } from './metrics.ts'
import { startWorkers } from './workers.ts'

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

const SWEEP_EVERY_MS = 2_000
const RETENTION_EVERY_MS = 24 * 3_600_000
const TIDY_EVERY_MS = 30_000

/** What each role does; migrations, health and hearing what others changed belong to all. */
const DOES: Readonly<Record<Role, { readonly door?: true; readonly console?: true; readonly work?: true }>> = {
  all: { door: true, console: true, work: true },
  intake: { door: true },
  work: { work: true },
  http: { console: true },
}

export async function openPreclear(
  config: Config,
  { clock, note, speed, prepare, demoAccounts }: OpenOptions,
): Promise<Running> {
  const does = DOES[config.role]
  mkdirSync(config.dataDir, { recursive: true })
  const server = await openServer({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    walArchive: config.walArchive,
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

    const worker = does.work ? await joinWorkers(server.url, config.site.version) : nobody()
    closing.push(() => worker.close())
    const queue = postgresQueue(db, { worker, ...(!does.work && { hold: NOTHING }) })
    closing.push(() => queue.close())
    const stream = await streamOf(config, worker, note)
    closing.push(() => stream?.close())
    const reference = does.work ? await openReference(db) : NO_REFERENCE
    const metrics = metricsOf(config, db, does.work ? reference : undefined, stream)
    const traces = await tracesOf(config, metrics.measure, note)
    closing.push(() => traces?.close())
    const deps: Deps = {
      ...known,
      keys: keysOf(await masterKey(db, config.dataDir)),
      reference,
      queue,
      settled: settledElsewhere(),
      note,
      measure: traces?.measure ?? metrics.measure,
    }
    const atDoor = stream ? { ...deps, queue: stream } : deps
    const working = new AbortController()
    const dropOld = retention(server.url, config.keepMonths, clock)
    const tasks = does.work ? background(deps, { queue, stream, signal: working.signal, dropOld }) : undefined
    closing.push(async () => {
      working.abort()
      await tasks?.idle()
    })

    let http: RunningHttp | undefined
    const hears = await listen(
      server.url,
      (notice) => {
        if (notice.kind === 'epoch') tasks?.reload()
        else if (notice.kind === 'work') queue.wake()
        else if (notice.kind === 'settled') deps.settled.hear(notice.ids)
        http?.hear(notice)
      },
      () => tasks?.reload(),
    )
    closing.push(() => hears.close())

    if (config.operations) {
      const operations = await startOperations({ ...config.operations, metrics, ready: databaseAnswers(deps) })
      closing.push(() => operations.close())
    }
    const workers = startWorkers(config, note)
    closing.push(() => workers.stop())
    if (does.door || does.console) {
      http = await startHttp({
        deps: atDoor,
        config,
        parts: does,
        answered: metrics.http,
        ...(speed !== undefined && { speed }),
        ...(demoAccounts && { demoAccounts }),
      }).catch((problem: unknown) => {
        throw portProblem(problem, config)
      })
      closing.push(() => http?.close())
    }
    if (does.door) {
      const inbox = await watchInbox({
        folder: join(config.dataDir, 'inbox'),
        take: (file) => ingestFile(file, atDoor),
        note: (event, detail) => note('warn', event, detail),
      })
      closing.push(() => inbox.close())
    }
    return { deps, databaseUrl: server.url, address: http?.address ?? '', ended: server.ended, stop }
  } catch (problem) {
    await stop()
    throw problem
  }
}

/** Loaded only where a collector is set: the packages take half a second and some memory. */
async function tracesOf({ traces, site, role }: Config, measure: Measure, note: Note) {
  if (!traces) return undefined
  const { openTraces } = await import('./traces.ts')
  return openTraces(measure, { ...traces, version: site.version, role, note })
}

/** What is looked up when somebody asks for metrics. */
const metricsOf = (
  { site, role, dataDir }: Config,
  db: Db,
  reference: Reference | undefined,
  stream: JetStreamQueue | undefined,
): Metrics =>
  openMetrics(
    { version: site.version, role },
    {
      pool: () => connectionsOf(db),
      reference: () => {
        if (!reference) return undefined
        const { epoch, index, rules } = reference.current()
        return { epoch, names: index.base.names + index.recent.names, rules: rules.rules.length }
      },
      database: () => standing(db).catch(() => undefined),
      disk: () =>
        statfs(dataDir).then(
          ({ bavail, blocks, bsize }) => ({ free: bavail * bsize, size: blocks * bsize }),
          () => undefined,
        ),
      stream: () => stream?.state(),
    },
  )

/** The stream that carries arrivals from intakes to workers, where there is one; what an intake cannot give to it waits in a folder. */
function streamOf(
  { nats, role, dataDir }: Config,
  worker: Pick<Worker, 'place'>,
  note: Note,
): Promise<JetStreamQueue> | undefined {
  if (!nats || role === 'http') return undefined
  const spool = role === 'work' ? {} : { spool: { dir: join(dataDir, 'spool') } }
  return jetStreamQueue({ nats, worker, note, ...spool })
}

/** A process that settles nothing keeps nothing for itself. */
const NOTHING = { messages: 0, bytes: 0 }
const nobody = () => ({ id: newId(), place: () => ({ slot: 0, of: 1 }), close: async () => undefined })
const NO_REFERENCE: Reference = {
  current() {
    throw new Error('this role does not screen')
  },
  refresh: async () => false,
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
  const { databaseUrl, dataDir, walArchive } = config
  const server = await openServer({ databaseUrl, dataDir, walArchive, log: () => undefined })
  try {
    await migrate(server.url)
    const db = openDb(server.url, { max: 4, name: 'preclear command' })
    await ensureMonthsAhead(db, clock())
    const queue = postgresQueue(db, { worker: nobody() })
    const deps: Deps = {
      db,
      clock,
      site: config.site,
      keys: keysOf(await masterKey(db, config.dataDir)),
      reference: await openReference(db),
      queue,
      settled: settledElsewhere(),
      note: () => undefined,
      measure: unmeasured,
    }
    return {
      deps,
      async stop() {
        await queue.close()
        await db.destroy()
        await server.stop()
      },
    }
  } catch (problem) {
    await server.stop()
    throw problem
  }
}

/** Drops the months whose age is reached; nothing where they are kept for ever. */
const retention = (url: string, months: number | undefined, clock: Clock) =>
  months === undefined ? undefined : () => dropMonths(url, { now: clock(), months })

interface Background {
  readonly queue: PostgresQueue
  readonly stream: Queue | undefined
  readonly signal: AbortSignal
  readonly dropOld: (() => Promise<unknown>) | undefined
}

/** What goes on beside the requests: settling, changed lists and rules, months to come. Any number of processes may. */
function background(deps: Deps, { queue, stream, signal, dropOld }: Background) {
  const settling = Promise.all([
    work(deps, signal),
    stream && carryOver(stream, deps, signal),
    runJobs(deps, newId(), signal),
  ])
  let busy: Promise<unknown> = Promise.resolve()
  const next = (what: string, task: () => Promise<unknown>): void => {
    busy = busy.then(async () => {
      if (signal.aborted) return
      await task().catch((problem: unknown) =>
        deps.note('error', `${what} failed`, { name: problem instanceof Error ? problem.name : 'unknown' }),
      )
    })
  }
  const reload = (): void =>
    next('re-screening', async () => {
      await deps.reference.refresh()
      await rescreen(deps, 'change of a list or rule', signal)
    })
  let sweeping = false
  const sweep = async (): Promise<void> => {
    if (sweeping) return
    sweeping = true
    await queue.sweep().catch(() => undefined) // while the database is away there is nothing to recover
    sweeping = false
  }
  const timers = [
    setInterval(() => void sweep(), SWEEP_EVERY_MS),
    setInterval(() => {
      reload()
      next('partitions', () => ensureMonthsAhead(deps.db, deps.clock()))
      next('old sessions', () => forgetOldSessions(deps.db, new Date().toISOString()))
    }, TIDY_EVERY_MS),
    ...(dropOld ? [setInterval(() => next('retention', dropOld), RETENTION_EVERY_MS)] : []),
  ]
  if (dropOld) next('retention', dropOld)
  signal.addEventListener('abort', () => timers.forEach(clearInterval))
  reload()
  return { reload, idle: () => Promise.all([busy, settling]) }
}

/**
 * The key that wraps the days' keys. Kept apart from backups of the database: who has both can read the archive. Made
 * where nothing is sealed yet; a restored database waits for its own.
 */
async function masterKey(db: Db, dataDir: string): Promise<Uint8Array> {
  const file = process.env.PRECLEAR_MASTER_KEY_FILE ?? join(dataDir, 'keys', 'master.key')
  try {
    return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  } catch (problem) {
    const missing = problem instanceof Error && 'code' in problem && problem.code === 'ENOENT'
    if (!missing || process.env.PRECLEAR_MASTER_KEY_FILE) throw new Error(`the master key ${file} cannot be read`)
  }
  if ((await lastKeyDay(db)) !== undefined) {
    throw new Error(`there is no master key ${file}, and messages are archived under one: put it in place`)
  }
  mkdirSync(join(dataDir, 'keys'), { recursive: true, mode: 0o700 })
  const fresh = `${file}.${process.pid}`
  writeFileSync(fresh, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
  try {
    linkSync(fresh, file) // of several that start at once one is first, and its key is everybody's
  } catch (problem) {
    if (!(problem instanceof Error && 'code' in problem && problem.code === 'EEXIST')) throw problem
  } finally {
    unlinkSync(fresh)
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}
