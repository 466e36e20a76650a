/**
 * A site under steady load for a long time: does memory stay flat, and are answers as quick at the end as at the
 * beginning? Real processes (`preclear serve` and one worker), real HTTP, the embedded PostgreSQL. Arguments: `minutes=30`,
 * `rate=8` messages a second. Prints a line for each tenth of the time.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { issueCarrierKeys, seedDemo } from '#flows/seed-demo.ts'
import { carrierRegistry } from '#simulator/airlines.ts'
import { demoEntries } from '#simulator/demo-lists.ts'
import { demoRules } from '#simulator/demo-rules.ts'
import { type CarrierMessage, makeSimulation } from '#simulator/pushes.ts'
import { pushesAbout } from '#simulator/schedule.ts'
import { flightsOf, reportedLegs } from '#simulator/timetable.ts'
import { openDb } from '#store/db.ts'
import { startEmbedded } from '#store/embedded/start.ts'
import { migrate } from '#store/migrate.ts'
import { workDepth } from '#store/work.ts'
import { percentile, print } from './report.ts'
import { FROM } from './take-in/site.ts'

const PROGRAM = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
const PARTS = 10

interface Part {
  readonly times: number[]
  memory: number
  waiting: number
}

export async function bench({
  json,
  args,
}: {
  readonly json: boolean
  readonly args: readonly string[]
}): Promise<void> {
  const given = new Map(args.map((one) => one.split('=', 2) as [string, string]))
  const seconds = Number(given.get('minutes') ?? 30) * 60
  const rate = Number(given.get('rate') ?? 8)
  const folder = mkdtempSync(join(tmpdir(), 'preclear-soak-'))
  const server = await startEmbedded({ dataDir: folder, log: () => undefined })
  const db = openDb(server.url, { max: 2, name: 'preclear soak' })
  let site: { readonly child: ChildProcess; readonly address: string } | undefined
  try {
    await migrate(server.url)
    const carriers = carrierRegistry().map(({ code, name }) => ({ code, name, profile: {} }))
    await seedDemo(db, { carriers, ...demoEntries(7), rules: demoRules() }, FROM)
    const keys = await issueCarrierKeys(db, carriers, 'soak', FROM)
    site = await serve(server.url, folder)
    const { child, address } = site
    const parts: Part[] = Array.from({ length: PARTS }, () => ({ times: [], memory: 0, waiting: 0 }))
    const began = performance.now()
    const now = (): number => (performance.now() - began) / 1_000
    const partNow = (): Part | undefined => parts[Math.min(PARTS - 1, Math.floor((now() / seconds) * PARTS))]
    const watching = setInterval(async () => {
      const part = partNow()
      if (!part) return
      part.memory = Math.max(part.memory, memoryOf(child.pid ?? 0))
      part.waiting = Math.max(part.waiting, (await workDepth(db)).waiting)
    }, 5_000)
    let sent = 0
    let refused = 0
    const underWay = new Set<Promise<void>>()
    for (const message of endless()) {
      if (now() >= seconds) break
      await pause(Math.max(0, (sent / rate - now()) * 1_000))
      sent += 1
      const one = deliver(address, keys[message.carrier] ?? '', message.bytes).then(({ status, milliseconds }) => {
        if (status >= 300) refused += 1
        partNow()?.times.push(milliseconds)
      })
      underWay.add(one)
      void one.finally(() => underWay.delete(one))
      while (underWay.size >= 64) await Promise.race(underWay)
    }
    await Promise.all(underWay)
    clearInterval(watching)
    const total = await db
      .selectFrom('transmission')
      .select((eb) => eb.fn.sum<number>('travellers').as('travellers'))
      .executeTakeFirstOrThrow()
    print(
      {
        data: [
          `${sent} messages in ${(now() / 60).toFixed(0)} minutes, ${Number(total.travellers)} travellers, ${refused} not taken; preclear serve with one worker on the embedded PostgreSQL`,
        ],
        results: parts.map(({ times, memory, waiting }, at) => {
          const sorted = Float64Array.from(times).sort()
          return {
            bench: 'soak',
            case: `to minute ${(((at + 1) * seconds) / PARTS / 60).toFixed(1)}`,
            value: percentile(sorted, 0.99),
            unit: 'ms p99',
            note: `p50 ${percentile(sorted, 0.5).toFixed(0)} ms; our processes at most ${(memory / 1024).toFixed(0)} MiB; at most ${waiting} waiting`,
          }
        }),
      },
      json,
    )
  } finally {
    if (site) {
      site.child.kill('SIGTERM')
      await once(site.child, 'exit')
    }
    await db.destroy()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Everything about the flights of one quarter of an hour after the other, day after day. */
function* endless(): Generator<CarrierMessage> {
  const { timetable, dirty, messages } = makeSimulation({ seed: 7 })
  for (let from = Date.parse(FROM); ; from += 900_000) {
    const about = flightsOf(timetable, from, from + 900_000).flatMap((flight) =>
      reportedLegs(flight).flatMap((leg) => pushesAbout(flight, leg, timetable, dirty).flatMap(messages)),
    )
    yield* about.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
  }
}

async function serve(url: string, folder: string): Promise<{ readonly child: ChildProcess; readonly address: string }> {
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--port', '0', '--workers', '1'], {
    env: { ...process.env, DATABASE_URL: url, PRECLEAR_DATA: join(folder, 'site') },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, address: line.split(' ').at(-1) ?? '' }
}

async function deliver(address: string, key: string, bytes: Uint8Array) {
  const from = performance.now()
  const answer = await fetch(`${address}/carriers/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/edifact' },
    body: Buffer.from(bytes),
  })
  await answer.arrayBuffer()
  return { status: answer.status, milliseconds: performance.now() - from }
}

/** Resident memory of a process and its children, in KiB. */
function memoryOf(pid: number): number {
  const read = (one: number | string, file: string): string => {
    try {
      return readFileSync(`/proc/${one}/${file}`, 'utf8')
    } catch {
      return '' // it ended meanwhile
    }
  }
  const children = readdirSync('/proc').filter(
    (one) => /^\d+$/.test(one) && read(one, 'status').includes(`\nPPid:\t${pid}\n`),
  )
  return [pid, ...children].reduce<number>(
    (sum, one) => sum + Number(/^VmRSS:\s+(\d+)/m.exec(read(one, 'status'))?.[1] ?? 0),
    0,
  )
}
