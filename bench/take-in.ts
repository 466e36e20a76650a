/**
 * Take-in, end to end: archived, decoded, stored, screened and durable on the embedded database, one message after the
 * other and several carriers at once. Travellers a second, and milliseconds a message.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Deps } from '#flows/deps.ts'
import { openReference } from '#flows/reference.ts'
import { keysOf } from '#flows/seal.ts'
import { seedDemo } from '#flows/seed-demo.ts'
import { settledElsewhere } from '#flows/settled.ts'
import { takeIn } from '#flows/take-in.ts'
import { newId } from '#lib/ids.ts'
import type { Instant } from '#lib/time.ts'
import { postgresQueue } from '#queue/postgres.ts'
import { carrierRegistry } from '#simulator/airlines.ts'
import { demoEntries } from '#simulator/demo-lists.ts'
import { demoRules } from '#simulator/demo-rules.ts'
import { type CarrierMessage, makeSimulation } from '#simulator/pushes.ts'
import { pushesAbout } from '#simulator/schedule.ts'
import { flightsOf, reportedLegs } from '#simulator/timetable.ts'
import { openDb } from '#store/db.ts'
import { startEmbedded } from '#store/embedded/start.ts'
import { ensureMonthsAhead } from '#store/legs.ts'
import { migrate } from '#store/migrate.ts'
import { percentile, print } from './report.ts'

const FROM = '2026-06-10T06:00:00.000Z' as Instant
const AT_ONCE = 64

export async function bench({
  json,
  args,
}: {
  readonly json: boolean
  readonly args: readonly string[]
}): Promise<void> {
  const minutes = Number(args[0] ?? 60)
  const folder = mkdtempSync(join(tmpdir(), 'preclear-bench-'))
  const server = await startEmbedded({ dataDir: folder, log: () => undefined })
  const db = openDb(server.url, { max: 10 })
  try {
    await migrate(server.url)
    let now: Instant = FROM
    const clock = () => now
    await seedDemo(
      db,
      {
        carriers: carrierRegistry().map(({ code, name }) => ({ code, name, profile: {} })),
        ...demoEntries(7),
        rules: demoRules(),
      },
      FROM,
    )
    await ensureMonthsAhead(db, FROM)
    const site = {
      environment: 'demo',
      version: '',
      state: 'AZ',
      homeAirport: 'GYD',
      address: 'BENCH',
      legalBasis: '',
      dataDir: folder,
    } as const
    const deps: Deps = {
      db,
      clock,
      site,
      keys: keysOf(new Uint8Array(32)),
      reference: await openReference(db),
      queue: postgresQueue(db, { worker: { id: newId(), place: () => ({ slot: 0, of: 1 }) } }),
      settled: settledElsewhere(),
      note: () => undefined,
    }
    const messages = aboutFlights(minutes)
    const bytes = messages.reduce((sum, one) => sum + one.bytes.length, 0)
    const before = { ours: process.cpuUsage(), database: cpuOfDatabase(folder) }
    const { travellers, seconds, times } = await takeAll(messages, async (message) => {
      now = message.at
      return (
        await takeIn({ carrier: message.carrier, channel: 'bench', bytes: message.bytes, receivedAt: message.at }, deps)
      ).travellers
    })
    const ours = process.cpuUsage(before.ours)
    const micros = (total: number): string => (total / travellers).toFixed(0)
    const cpu = {
      ours: micros(ours.user + ours.system),
      database: micros((cpuOfDatabase(folder) - before.database) * 1e6),
    }
    print(
      {
        data: [
          `${messages.length} simulated messages, ${(bytes / 1e6).toFixed(1)} MB, ${travellers} travellers; 2,013 list entries, 5 rules; ${AT_ONCE} at once; embedded PostgreSQL, fsync on`,
        ],
        results: [
          {
            bench: 'take-in',
            case: 'national mix',
            value: travellers / seconds,
            unit: 'travellers/s',
            budget: 4_000,
            note: `p50 ${percentile(times, 0.5).toFixed(0)} ms, p95 ${percentile(times, 0.95).toFixed(0)} ms, p99 ${percentile(times, 0.99).toFixed(0)} ms a message; ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB`,
          },
          { bench: 'take-in', case: 'messages', value: messages.length / seconds, unit: 'messages/s' },
          {
            bench: 'take-in',
            case: 'CPU of a traveller',
            value: Number(cpu.ours) + Number(cpu.database),
            unit: 'µs',
            note: `ours ${cpu.ours} µs, PostgreSQL ${cpu.database} µs`,
          },
        ],
      },
      json,
    )
  } finally {
    await db.destroy()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function takeAll(messages: readonly CarrierMessage[], take: (message: CarrierMessage) => Promise<number>) {
  const times = new Float64Array(messages.length)
  let next = 0
  let travellers = 0
  const began = performance.now()
  const worker = async (): Promise<void> => {
    for (;;) {
      const at = next++
      const message = messages[at]
      if (!message) return
      const from = performance.now()
      const count = await take(message) // read before, the sum would lose what others add meanwhile
      travellers += count
      times[at] = performance.now() - from
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return { travellers, seconds: (performance.now() - began) / 1_000, times: times.sort() }
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

/** Seconds of CPU that the processes of this cluster have had so far; those that ended are not counted. */
function cpuOfDatabase(folder: string): number {
  const [pid = ''] = readFileSync(join(folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return processes.reduce((sum, name) => {
    const stat = statOf(name)
    return stat && (name === pid || stat.parent === pid) ? sum + stat.seconds : sum
  }, 0)
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
