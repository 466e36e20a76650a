/**
 * Take-in, end to end: archived, decoded, stored, screened and durable, several carriers at once. Travellers a second and
 * what each costs, in one process and in two, beside what the database does by itself with the same rows. Arguments:
 * `minutes=480` of the timetable, `entries=2000` on the lists, `rules=5`, `workers=0,1`, `queue=jetstream` (three nodes that write
 * through, as the tests start them); DATABASE_URL for another server of the database.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import pg from 'pg'
import type { Deps } from '#flows/deps.ts'
import { seedDemo } from '#flows/seed-demo.ts'
import { takeIn } from '#flows/take-in.ts'
import { Busy } from '#lib/busy.ts'
import type { Instant } from '#lib/time.ts'
import { startNats } from '#queue/testing/nats-cluster.ts'
import { carrierRegistry } from '#simulator/airlines.ts'
import { demoEntries } from '#simulator/demo-lists.ts'
import { demoRules } from '#simulator/demo-rules.ts'
import { type CarrierMessage, makeSimulation } from '#simulator/pushes.ts'
import { pushesAbout } from '#simulator/schedule.ts'
import { flightsOf, reportedLegs } from '#simulator/timetable.ts'
import { type Db, openDb } from '#store/db.ts'
import { ensureMonthsAhead } from '#store/legs.ts'
import { migrate } from '#store/migrate.ts'
import { openServer } from '#store/server.ts'
import { workDepth } from '#store/work.ts'
import { type BenchResult, percentile, print } from './report.ts'
import { listedNames, someRules } from './take-in/reference.ts'
import { FROM, openSite } from './take-in/site.ts'

const AT_ONCE = 64
const WORKER = fileURLToPath(new URL('./take-in/worker.ts', import.meta.url))

export async function bench({
  json,
  args,
}: {
  readonly json: boolean
  readonly args: readonly string[]
}): Promise<void> {
  const given = new Map(args.map((one) => one.split('=', 2) as [string, string]))
  const minutes = Number(given.get('minutes') ?? 480)
  const entries = Number(given.get('entries') ?? 2_000)
  const rules = Number(given.get('rules') ?? 5)
  const workers = (given.get('workers') ?? '0,1').split(',').map(Number)
  const nats = given.get('queue') === 'jetstream' ? await startNats(3, { durable: true }) : undefined
  const messages = aboutFlights(minutes)
  const bytes = messages.reduce((sum, one) => sum + one.bytes.length, 0)
  const folder = mkdtempSync(join(tmpdir(), 'preclear-bench-'))
  const server = await openServer({
    databaseUrl: process.env.DATABASE_URL,
    walArchive: undefined,
    dataDir: folder,
    log: () => undefined,
  })
  const results: BenchResult[] = []
  try {
    for (const count of workers) {
      await withDatabase(server.url, `preclear_bench_${process.pid}_${count}`, async (url) => {
        await fill(url, entries, rules)
        results.push(
          ...(await run({
            url,
            folder,
            messages,
            bytes,
            workers: count,
            ceiling: count === workers.at(-1),
            nats: nats?.servers ?? [],
          })),
        )
      })
    }
    print(
      {
        data: [
          `${messages.length} simulated messages, ${(bytes / 1e6).toFixed(1)} MB; ${entries.toLocaleString('en-GB')} entries more than the demo's 2,013 on the lists, ${rules} rules; ${AT_ONCE} at once; ${process.env.DATABASE_URL ? 'server' : 'embedded'} PostgreSQL, fsync on${nats ? '; through NATS JetStream, 3 nodes, each write synced' : ''}`,
        ],
        results,
      },
      json,
    )
  } finally {
    await nats?.stop()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Run {
  readonly url: string
  readonly folder: string
  readonly messages: readonly CarrierMessage[]
  readonly bytes: number
  readonly workers: number
  readonly ceiling: boolean
  readonly nats: readonly string[]
}

async function run({ url, folder, messages, bytes, workers, ceiling, nats }: Run): Promise<BenchResult[]> {
  let now: Instant = FROM
  const { deps, atDoor, work, close } = await openSite(url, () => now, nats)
  const ending = new AbortController()
  const working = work(ending.signal)
  const others = await Promise.all(Array.from({ length: workers }, () => startWorker(url, nats)))
  try {
    const database = cpuOfDatabase(folder)
    const before = process.cpuUsage()
    const { seconds, times } = await takeAll(messages, atDoor, async ({ carrier, bytes, at }) => {
      now = at
      await takeIn({ carrier, channel: 'bench', bytes, receivedAt: at }, atDoor)
    })
    const travellers = await settledTravellers(deps.db)
    const { user, system } = process.cpuUsage(before)
    const costs = await Promise.all(others.map((one) => one.end()))
    const ours = user + system + costs.reduce((sum, one) => sum + one.cpu, 0)
    const theirs = database === undefined ? undefined : (cpuOfDatabase(folder) ?? 0) - database
    const memory = process.memoryUsage().rss + costs.reduce((sum, one) => sum + one.memory, 0)
    const label = workers === 0 ? '1 process' : `${workers + 1} processes`
    const micros = (total: number): number => total / travellers
    return [
      {
        bench: 'take-in',
        case: label,
        value: travellers / seconds,
        unit: 'travellers/s',
        budget: 4_000,
        note: `${travellers} travellers; ${(bytes / 1e6 / seconds).toFixed(1)} MB/s; receipt to answer p50 ${percentile(times, 0.5).toFixed(0)} ms, p99 ${percentile(times, 0.99).toFixed(0)} ms; ${(memory / 2 ** 20).toFixed(0)} MiB`,
      },
      { bench: 'take-in', case: `${label}, messages`, value: messages.length / seconds, unit: 'messages/s' },
      {
        bench: 'take-in',
        case: `${label}, CPU of a traveller`,
        value: micros(ours + (theirs ?? 0) * 1e6),
        unit: 'µs',
        note: `ours ${micros(ours).toFixed(0)} µs${theirs === undefined ? '' : `, PostgreSQL ${micros(theirs * 1e6).toFixed(0)} µs`}`,
      },
      ...(ceiling ? [await databaseAlone(url, travellers)] : []),
    ]
  } finally {
    ending.abort()
    await working
    await close()
  }
}

async function startWorker(url: string, nats: readonly string[]) {
  const child = fork(WORKER, [url, ...nats], { stdio: 'inherit' })
  await once(child, 'message')
  return {
    async end(): Promise<{ readonly cpu: number; readonly memory: number }> {
      const told = once(child, 'message')
      child.send('end')
      const [cost] = (await told) as [{ cpu: number; memory: number }]
      return cost
    },
  }
}

/** Sends everything; ends when the last of it is settled. Times are those from receipt to answer. */
async function takeAll(
  messages: readonly CarrierMessage[],
  { db, queue }: Deps,
  take: (message: CarrierMessage) => Promise<void>,
) {
  const times = new Float64Array(messages.length)
  let next = 0
  const began = performance.now()
  const sender = async (): Promise<void> => {
    for (;;) {
      const at = next++
      const message = messages[at]
      if (!message) return
      const from = performance.now()
      await patiently(() => take(message))
      times[at] = performance.now() - from
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, sender))
  while ((await queue.depth()).waiting > 0 || (await workDepth(db)).waiting > 0) await pause(20)
  return { seconds: (performance.now() - began) / 1_000, times: times.sort() }
}

async function settledTravellers(db: Db): Promise<number> {
  const { total } = await db
    .selectFrom('transmission')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('travellers'), sql<number>`0`).as('total'))
    .where('duplicate_of', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** A sender who is told to come later comes later. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (problem) {
      if (!(problem instanceof Busy)) throw problem
      await pause(problem.retryAfterSeconds * 1_000)
    }
  }
}

async function fill(url: string, entries: number, rules: number): Promise<void> {
  await migrate(url)
  const db = openDb(url, { max: 2, name: 'preclear bench' })
  const demo = demoEntries(7)
  const content = {
    carriers: carrierRegistry().map(({ code, name }) => ({ code, name, profile: {} })),
    ...demo,
    rules: rules <= 5 ? demoRules() : [...demoRules(), ...someRules(rules - 5)],
  }
  await seedDemo(db, content, FROM)
  await listMore(db, demo.lists[0]?.id ?? '', entries)
  await ensureMonthsAhead(db, FROM)
  await sql`analyze`.execute(db).catch(() => undefined)
  await db.destroy()
}

async function listMore(db: Db, list: string, count: number): Promise<void> {
  for (let from = 0; from < count; from += 5_000) {
    const rows = [...listedNames(list, from, Math.min(count, from + 5_000))].map((entry) => ({
      list,
      id: entry.id,
      version: 1,
      content: JSON.stringify(entry),
    }))
    await db.transaction().execute(async (tx) => {
      await tx
        .insertInto('entry')
        .values(rows.map((row) => ({ ...row, epoch: 1 })))
        .execute()
      await tx
        .insertInto('entry_version')
        .values(rows.map((row) => ({ ...row, proposed_by: 'bench', approved_by: 'bench too', at: FROM })))
        .execute()
    })
  }
}

/** Tables that take-in writes, and how the same rows get into empty ones like them: the database's own limit. */
const WRITTEN = [
  'transmission',
  'leg',
  'traveller',
  'traveller_part',
  'document',
  'pnr',
  'pnr_version',
  'hit',
  'hit_event',
  'review',
]

async function databaseAlone(url: string, travellers: number): Promise<BenchResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const table of WRITTEN) await client.query(`create table alone_${table} (like ${table} including all)`)
    await client.query('checkpoint')
    const began = performance.now()
    for (const table of WRITTEN) await client.query(`insert into alone_${table} select * from ${table}`)
    const seconds = (performance.now() - began) / 1_000
    return {
      bench: 'take-in',
      case: 'the database alone',
      value: travellers / seconds,
      unit: 'travellers/s',
      note: 'the same rows copied inside the server into like tables with the same indexes, a statement a table',
    }
  } finally {
    await client.end()
  }
}

async function withDatabase(server: string, name: string, work: (url: string) => Promise<void>): Promise<void> {
  const onServer = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await onServer(`create database ${name}`)
  try {
    await work(server.replace(/^(\w+:\/\/[^/?]*)\/?[^?]*/, `$1/${name}`))
  } finally {
    await onServer(`drop database if exists ${name} with (force)`)
  }
}

/**
 * Everything that carriers send about the flights of so many minutes, from two days before to the close-out, in time
 * order: of each PNR four pushes and API, some of them changed, as in a national mix.
 */
function aboutFlights(minutes: number): readonly CarrierMessage[] {
  const to = new Date(Date.parse(FROM) + minutes * 60_000).toISOString() as Instant
  const { timetable, dirty, messages } = makeSimulation({ seed: 7 })
  return flightsOf(timetable, Date.parse(FROM), Date.parse(to))
    .flatMap((flight) =>
      reportedLegs(flight).flatMap((leg) => pushesAbout(flight, leg, timetable, dirty).flatMap(messages)),
    )
    .toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
}

/** Seconds of CPU that the processes of the embedded server have had so far; those that ended are not counted. */
function cpuOfDatabase(folder: string): number | undefined {
  try {
    const [pid = ''] = readFileSync(join(folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    return processes.reduce((sum, name) => {
      const stat = statOf(name)
      return stat && (name === pid || stat.parent === pid) ? sum + stat.seconds : sum
    }, 0)
  } catch {
    return undefined // another server, or this is no Linux
  }
}

const TICKS_A_SECOND = 100

/** proc_pid_stat(5): fields behind the name in brackets. */
function statOf(pid: string): { readonly parent: string; readonly seconds: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { parent: fields[1] ?? '', seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND }
  } catch {
    return undefined // it ended, or this is no Linux
  }
}
