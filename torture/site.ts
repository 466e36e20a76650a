/** The program as it is tortured: real processes on a folder of their own, and whatever can be done to them. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Rule } from '#domain/rule.ts'
import { issueCarrierKeys, seedDemo } from '#flows/seed-demo.ts'
import { epochMs, type Instant } from '#lib/time.ts'
import { carrierRegistry } from '#simulator/airlines.ts'
import { demoEntries } from '#simulator/demo-lists.ts'
import { demoRules } from '#simulator/demo-rules.ts'
import { openDb } from '#store/db.ts'
import { startEmbedded } from '#store/embedded/start.ts'
import { migrate } from '#store/migrate.ts'
import { type Disk, mountDisk } from './disk.ts'
import { layCable, type Network } from './network.ts'
import { type Postgres, postmasterOf, startPostgres } from './postgres.ts'
import { commandOf, descendantsOf, keepRunning, type Service, startNode } from './processes.ts'

/** `one`: a single process, its worker, and the database that it brings. `roles`: two doors and two workers on a server. */
export type Layout = 'one' | 'roles'

export interface Site {
  /** Addresses of the doors. */
  readonly doors: readonly string[]
  readonly keys: Readonly<Record<string, string>>
  readonly masterKey: Uint8Array
  readonly services: readonly Service[]
  readonly disk: Disk | undefined
  readonly network: Network | undefined
  /** Sets the clock of every process of the program off from the day that is played by so much. */
  setClock(offsetMs: number): void
  /** Numbers of the program's processes, each with what it is. */
  processes(): readonly { readonly pid: number; readonly name: string }[]
  postmaster(): Promise<number | undefined>
  /** Runs while the database can be reached directly. */
  withDatabase<T>(work: (url: string) => Promise<T>): Promise<T>
  stop(): Promise<void>
}

export interface SiteSettings {
  readonly folder: string
  readonly layout: Layout
  readonly masterKey: Uint8Array
  /** False for the calm run, to which nothing is done. */
  readonly tortured: boolean
  /** What the program's clock shows at the start: the day that is played. */
  readonly now: Instant
  /** What is on its disk is left for a look. */
  readonly keep: boolean
}

const PROGRAM = join(import.meta.dirname, '..', 'src', 'cli', 'main.ts')
const CLOCK = pathToFileURL(join(import.meta.dirname, 'stepped-clock.ts')).href
const START_WITHIN_MS = 120_000

export async function openSite({ folder, layout, masterKey, tortured, now, keep }: SiteSettings): Promise<Site> {
  const closing: (() => Promise<void> | void)[] = []
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).toReversed()) await close()
  }
  try {
    mkdirSync(folder, { recursive: true })
    const ground = join(folder, 'disk')
    const disk = tortured ? mountDisk(ground) : undefined
    if (disk) closing.push(() => disk.remove(keep ? join(folder, 'kept') : undefined))
    const data = join(ground, 'data')
    mkdirSync(data, { recursive: true })
    const key = join(folder, 'master.key')
    writeFileSync(key, `${Buffer.from(masterKey).toString('base64')}\n`, { mode: 0o600 })
    const clock = join(folder, 'clock')
    const played = epochMs(now) - Date.now()
    const setClock = (offsetMs: number): void => writeFileSync(clock, String(Math.round(played + offsetMs)))
    setClock(0)

    const network = layout === 'roles' ? layCable() : undefined
    if (network) closing.push(() => network.remove())
    const server = layout === 'roles' ? await startPostgres(data, network) : undefined
    if (server) closing.push(() => server.service.stop())
    const withDatabase = databaseOf(data, server)
    const keys = await withDatabase((url) => furnish(url, now))

    const env = {
      PATH: process.env.PATH,
      NODE_OPTIONS: `--import=${CLOCK}`,
      PRECLEAR_TORTURE_CLOCK: clock,
      PRECLEAR_DATA: data,
      PRECLEAR_MASTER_KEY_FILE: key,
      PRECLEAR_ENVIRONMENT: 'training',
      ...(server && { DATABASE_URL: server.url }),
    }
    const doors: string[] = []
    const serve = async (name: string, args: readonly string[], isDoor: boolean): Promise<Service> => {
      const port = isDoor ? await freePort() : 0
      if (isDoor) doors.push(`http://127.0.0.1:${port}`)
      const all = [PROGRAM, 'serve', '--port', String(port), ...args]
      return keepRunning({
        name,
        log: join(folder, `${name}.log`),
        start: (output) => startNode(all, env, output),
      })
    }
    const services: Service[] = []
    closing.push(async () => void (await Promise.all(services.map((service) => service.stop()))))
    if (layout === 'one') services.push(await serve('serve', ['--workers', '1'], true))
    else {
      for (const n of [1, 2]) services.push(await serve(`intake-${n}`, ['--role', 'intake', '--workers', '0'], true))
      for (const n of [1, 2]) services.push(await serve(`work-${n}`, ['--role', 'work', '--workers', '0'], false))
    }
    await Promise.all(doors.map(untilOpen))
    return {
      doors,
      keys,
      masterKey,
      services: server ? [...services, server.service] : services,
      disk,
      network,
      setClock,
      processes: () => services.flatMap(processesOf),
      postmaster: () => postmasterOf(data),
      withDatabase,
      stop,
    }
  } catch (problem) {
    await stop()
    throw problem
  }
}

/** A service's own process, and the workers that it started; what belongs to a database it brings is left out. */
function processesOf({ name, pid: find }: Service): readonly { readonly pid: number; readonly name: string }[] {
  const pid = find()
  if (pid === undefined) return []
  const workers = descendantsOf(pid).filter((child) => commandOf(child).includes(PROGRAM))
  return [{ pid, name }, ...workers.map((child) => ({ pid: child, name: `a worker of ${name}` }))]
}

/** The server that was started for the run, or else the one that the program brings: shared with it, or started for a moment. */
function databaseOf(data: string, server: Postgres | undefined): Site['withDatabase'] {
  return async (work) => {
    if (server) return work(server.auditUrl)
    const embedded = await startEmbedded({ dataDir: data, log: () => undefined })
    try {
      return await work(embedded.url)
    } finally {
      await embedded.stop()
    }
  }
}

/** A rule that many meet, and some meet no longer as their booking changes: hits are what is compared last. */
const OFTEN: Rule = {
  id: 'torture-alone-with-baggage',
  version: 1,
  owner: 'unit',
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2036-01-01T00:00:00.000Z',
  title: { en: 'Travels alone, with baggage', az: 'Tək, baqajla səyahət edir' },
  when: {
    op: 'and',
    args: [
      { op: 'lte', left: { field: 'pnr.numberOfTravellers' }, right: { value: 1 } },
      { op: 'gte', left: { field: 'baggage.count' }, right: { value: 1 } },
    ],
  },
  severity: 'low',
  action: 'interview',
  purpose: 'Torture',
}

/** Lists, rules and carriers of a demo. Gives the carriers' keys. */
async function furnish(url: string, at: Instant): Promise<Readonly<Record<string, string>>> {
  await migrate(url)
  const db = openDb(url, { max: 2, name: 'preclear torture' })
  try {
    const carriers = carrierRegistry().map(({ code, name, icao, wantsCusres }) => ({
      code,
      name,
      profile: { icao, cusres: wantsCusres },
    }))
    await seedDemo(db, { carriers, ...demoEntries(7), rules: [...demoRules(), OFTEN] }, at)
    return await issueCarrierKeys(db, carriers, 'torture', at)
  } finally {
    await db.destroy()
  }
}

async function untilOpen(door: string): Promise<void> {
  for (const until = Date.now() + START_WITHIN_MS; ; await pause(100)) {
    const answer = await fetch(`${door}/carriers/messages`, { method: 'POST' }).catch(() => undefined)
    await answer?.arrayBuffer()
    if (answer?.status === 401) return
    if (Date.now() > until) throw new Error(`the door ${door} does not open: look at the logs`)
  }
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

export const newMasterKey = (): Uint8Array => randomBytes(32)
