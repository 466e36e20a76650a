import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import type { Note } from '#flows/deps.ts'
import { demoAccounts, issueCarrierKeys, seedDemo } from '#flows/seed-demo.ts'
import { type Clock, epochMs, type Instant, instant } from '#lib/time.ts'
import { carrierRegistry } from '#simulator/airlines.ts'
import { type Answer, runCarriers } from '#simulator/carriers.ts'
import { demoEntries } from '#simulator/demo-lists.ts'
import { demoRules } from '#simulator/demo-rules.ts'
import { type Config, readConfig } from '../config.ts'
import { openPreclear, type Running } from '../main.ts'
import { untilEnd } from './serve.ts'

interface Options {
  readonly port?: string
  readonly host?: string
  readonly speed?: string
  readonly seed?: string
  readonly scale?: string
  readonly carriers: boolean
}

/** Exit codes: 0 ended as told; 1 could not start, or the database ended by itself. */
export function command(): Command {
  return new Command('start')
    .description('everything for a look: database, demo, console and simulated carriers')
    .option('--port <number>', 'port of the console and of the door (PRECLEAR_PORT; 8080)')
    .option('--host <address>', 'address to listen on (PRECLEAR_HOST; 127.0.0.1)')
    .option('--speed <factor>', 'simulated seconds in a real one (1)')
    .option('--seed <number>', 'another seed, other people (7)')
    .option('--scale <factor>', 'share of the whole timetable (1)')
    .option('--no-carriers', 'no simulated carriers: only what you send yourself')
    .action(async (options: Options) => {
      const { carriers, ...given } = options
      process.exitCode = await start(readConfig(process.env, given), carriers)
    })
}

const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** What matters to whoever looks on; the rest goes to data/preclear.log. */
function noteTo(file: string): Note {
  return (level, event, detail) => {
    const line = `${JSON.stringify({ at: new Date().toISOString(), level, event, ...detail })}\n`
    writeFileSync(file, line, { flag: 'a', mode: 0o600 })
    if (level === 'error') say(`  ! ${event} ${JSON.stringify(detail ?? {})}`)
  }
}

async function start(config: Config, carriers: boolean): Promise<number> {
  mkdirSync(config.dataDir, { recursive: true })
  const began = Date.now()
  say(`Preclear ${config.site.version} (demo: every person, carrier and list is made up)`)
  say('  preparing the database …')
  const clock = simulatedClock(config)
  const registry = carrierRegistry().map(({ code, name, icao, wantsCusres }) => ({
    code,
    name,
    profile: { icao, cusres: wantsCusres },
  }))
  const running = await openPreclear(config, {
    clock,
    note: noteTo(join(config.dataDir, 'preclear.log')),
    speed: config.speed,
    demoAccounts: demoAccounts(),
    prepare: async ({ db }) => {
      say('  laying out agencies, people, lists and rules …')
      await seedDemo(db, { carriers: registry, ...demoEntries(config.seed), rules: demoRules() }, clock())
    },
  })
  // Only now, with the port ours: keys of an earlier start that still runs on this data must go on to hold.
  const keys = await issueCarrierKeys(running.deps.db, registry, 'simulated carriers', clock())
  writeFileSync(join(config.dataDir, 'carrier-keys.json'), `${JSON.stringify(keys, undefined, 2)}\n`, { mode: 0o600 })
  say(`  ready after ${((Date.now() - began) / 1000).toFixed(1)} s\n`)
  invite(running, config)
  const sending = new AbortController()
  const sent = carriers ? sendAll(running, config, clock, keys, sending.signal) : Promise.resolve()
  const keeping = setInterval(() => keepTime(config, clock()), 5_000)
  const code = await untilEnd({
    ...running,
    stop: async () => {
      say('\n  ending …')
      clearInterval(keeping)
      sending.abort()
      await sent
      keepTime(config, clock())
      await running.stop()
    },
  })
  say('  ended; npm start goes on where this was, npm run reset starts afresh')
  return code
}

function invite(running: Running, config: Config): void {
  say(`  console   ${running.address}`)
  say(`  door      ${running.address}/carriers/messages   (keys: ${join(config.dataDir, 'carrier-keys.json')})`)
  say(`  own files ${join(config.dataDir, 'inbox')}\n`)
  say('  sign in as (the password is the same for all)')
  for (const { login, password, role, agency } of demoAccounts())
    say(`    ${login.padEnd(15)} ${password}   ${role}, ${agency}`)
  say('\n  Ctrl-C ends it.\n')
}

/** The demo's clock: runs on from where it was, and never behind the real one. */
function simulatedClock({ dataDir, speed }: Config): Clock {
  const startedAt = Date.now()
  const from = Math.max(startedAt, savedTime(dataDir))
  return () => instant(from + (Date.now() - startedAt) * speed)
}

function savedTime(dataDir: string): number {
  try {
    const { now } = JSON.parse(readFileSync(join(dataDir, 'clock.json'), 'utf8')) as { now?: Instant }
    return now ? epochMs(now) : 0
  } catch {
    return 0
  }
}

const keepTime = ({ dataDir }: Config, now: Instant): void =>
  writeFileSync(join(dataDir, 'clock.json'), `${JSON.stringify({ now })}\n`)

/** The carriers, sending to the same door as a real one, over HTTP. */
async function sendAll(
  running: Running,
  config: Config,
  clock: Clock,
  keys: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  const counts = { messages: 0, travellers: 0, refused: 0 }
  const door = `http://${config.host}:${new URL(running.address).port || config.port}/carriers/messages`
  let told = 0
  const tell = (end: string): void => {
    told = Date.now()
    process.stdout.write(
      `\r  ${clock().slice(0, 16).replace('T', ' ')} UTC   ${counts.messages} messages, ${counts.travellers} travellers, ${counts.refused} refused  ${end}`,
    )
  }
  await runCarriers({
    seed: config.seed,
    scale: config.scale,
    clock,
    signal,
    wait: (milliseconds, until) => pause(milliseconds / config.speed, until),
    send: (carrier, bytes) => post(door, keys[carrier] ?? '', bytes, signal),
    onSent: ({ travellers }, { status }) => {
      counts.messages += 1
      if (status < 300) counts.travellers += travellers
      else counts.refused += 1
      if (Date.now() - told > (process.stdout.isTTY ? 500 : 30_000)) tell(process.stdout.isTTY ? '' : '\n')
    },
  }).catch((problem: unknown) => {
    if (!signal.aborted)
      say(`\n  ! the simulated carriers stopped: ${problem instanceof Error ? problem.message : 'unknown'}`)
  })
}

async function post(door: string, key: string, bytes: Uint8Array, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(door, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/edifact' },
    body: Buffer.from(bytes),
    signal,
  })
  await response.arrayBuffer()
  const retryAfter = Number(response.headers.get('retry-after'))
  return { status: response.status, ...(retryAfter > 0 && { retryAfter }) }
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done, { once: true })
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
