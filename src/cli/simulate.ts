import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command, InvalidArgumentError } from 'commander'
import { epochMs, type Instant, instant } from '#lib/time.ts'
import { type Answer, deliverOne, type RunOptions, runCarriers } from '#simulator/carriers.ts'
import { type CarrierMessage, messagesBetween } from '#simulator/pushes.ts'
import { knownTruth } from './truth-file.ts'

interface Options {
  readonly seed: number
  readonly from?: Instant
  readonly days: number
  readonly toFolder?: string
  readonly to?: string
  readonly keyFile?: string
  readonly speed?: number
  readonly realTime?: boolean
  readonly dirty: number
  readonly scale: number
  readonly truth?: string
  readonly progress?: string
}

/** Exit codes: 0 all taken in, or stopped by Ctrl-C; 1 some message was refused, or nobody answers; 2 wrong usage. */
export function command(): Command {
  return new Command('simulate')
    .description('plays fictional carriers: sends the PAXLST and PNRGOV messages of their flights')
    .option('--seed <number>', 'the same seed gives the same flights, people and bytes', readNumber, 7)
    .option(
      '--from <instant>',
      'first moment of sending, e.g. 2026-06-11T00:00Z (default: today, 00:00 UTC)',
      readInstant,
    )
    .option('--days <number>', 'how many days of messages', readNumber, 1)
    .option('--to-folder <folder>', 'write one file per message instead of sending')
    .option('--to <address>', 'where the site listens, e.g. http://127.0.0.1:8080')
    .option('--key-file <file>', 'JSON object: carrier → key')
    .option('--speed <factor>', 'simulated seconds in a real one (default: as fast as they are taken)', readNumber)
    .option('--real-time', 'start now, with the backlog of the next hours, and never stop')
    .option('--dirty <share>', 'share of messages with a habit of careless senders', readNumber, 0.03)
    .option('--scale <factor>', 'share of the whole timetable', readNumber, 1)
    .option('--truth <file>', 'write what was planted, one JSON object a line')
    .option('--progress <file>', 'remember here how far this run came, and resume from it')
    .action(async (options: Options) => {
      process.exitCode = await simulate(options)
    })
}

async function simulate(options: Options): Promise<number> {
  if (!options.toFolder === !options.to) return misuse('say either --to-folder or --to')
  if (options.to && !options.keyFile) return misuse('--to needs --key-file')
  const counts = new Map<string, number>()
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  const send = options.to ? sender(options.to, readKeys(options.keyFile ?? ''), stop.signal) : undefined
  const planted = truthWriter(options.truth)
  const report = progressLine(counts)
  const shared: Pick<RunOptions, 'seed' | 'scale' | 'dirty' | 'wait' | 'signal'> = {
    seed: options.seed,
    scale: options.scale,
    dirty: options.dirty,
    signal: stop.signal,
    wait,
  }
  const onSent = (message: CarrierMessage, answer: Answer): void => {
    report(message, answer)
    planted(message)
  }
  try {
    if (options.realTime) {
      if (!send) return misuse('--real-time needs --to')
      await runCarriers({ ...shared, send, clock: () => instant(Date.now()), speed: options.speed ?? 1, onSent })
    } else {
      await sendDays(options, { ...shared, send: send ?? folder(options.toFolder ?? '.') }, onSent)
    }
  } catch (problem) {
    if (!stop.signal.aborted) {
      const why = problem instanceof Error ? problem.message : 'unknown'
      process.stderr.write(`\npreclear simulate: ${options.to ?? options.toFolder} does not answer: ${why}\n`)
      return 1
    }
  }
  process.stderr.write('\n')
  return [...counts.keys()].some((status) => status.startsWith('4') || status.startsWith('5')) ? 1 : 0
}

type Sender = (carrier: string, bytes: Uint8Array, message: CarrierMessage) => Promise<Answer>

async function sendDays(
  options: Options,
  shared: Pick<RunOptions, 'seed' | 'scale' | 'dirty' | 'wait' | 'signal'> & { readonly send: Sender },
  onSent: (message: CarrierMessage, answer: Answer) => void,
): Promise<void> {
  const first = options.from ?? instant(Math.floor(Date.now() / 86_400_000) * 86_400_000)
  const to = instant(epochMs(first) + options.days * 86_400_000)
  const from = resumeFrom(options, first)
  const began = Date.now()
  let latest = from
  for (const message of messagesBetween(from, to, shared)) {
    if (shared.signal.aborted) break
    if (options.speed) {
      await wait(began + (epochMs(message.at) - epochMs(from)) / options.speed - Date.now(), shared.signal)
    }
    if (message.at !== latest) {
      remember(options, latest)
      latest = message.at
    }
    await deliverOne(message, { ...shared, send: (carrier, bytes) => shared.send(carrier, bytes, message), onSent })
  }
  if (!shared.signal.aborted) remember(options, instant(epochMs(to) - 1))
}

const PATIENCE = [1000, 2000, 4000, 8000]

/** Posts to the door as that carrier; a door that has answered before may be away for some seconds. */
function sender(address: string, keys: ReadonlyMap<string, string>, signal: AbortSignal): RunOptions['send'] {
  const door = new URL('/carriers/messages', address)
  let answeredBefore = false
  const post = async (carrier: string, bytes: Uint8Array): Promise<Answer> => {
    const answer = await fetch(door, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.get(carrier) ?? ''}`, 'content-type': 'application/edifact' },
      body: Buffer.from(bytes),
      signal,
    })
    await answer.arrayBuffer()
    answeredBefore = true
    const after = Number(answer.headers.get('retry-after') ?? Number.NaN)
    return { status: answer.status, ...(Number.isFinite(after) && { retryAfter: after }) }
  }
  return async (carrier, bytes) => {
    for (const pause of answeredBefore ? PATIENCE : []) {
      try {
        return await post(carrier, bytes)
      } catch {
        await wait(pause, signal)
      }
    }
    return post(carrier, bytes)
  }
}

/** Writes `20260611-081500-0X-pnr-48h-000001.edi`: in the order of sending. */
function folder(path: string): Sender {
  mkdirSync(path, { recursive: true })
  let count = 0
  return async (carrier, bytes, { at, kind }) => {
    count += 1
    const time = at.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
    writeFileSync(join(path, `${time}-${carrier}-${kind}-${String(count).padStart(6, '0')}.edi`), bytes)
    return { status: 202 }
  }
}

function truthWriter(file: string | undefined): (message: CarrierMessage) => void {
  if (!file) return () => undefined
  const known = knownTruth(file)
  return ({ planted }) => {
    for (const line of planted) {
      if (known.has(line.id)) continue
      known.add(line.id)
      appendFileSync(file, `${JSON.stringify(line)}\n`)
    }
  }
}

function progressLine(counts: Map<string, number>): (message: CarrierMessage, answer: Answer) => void {
  let messages = 0
  let travellers = 0
  let shown = 0
  return (message, { status }) => {
    messages += 1
    travellers += message.travellers
    counts.set(String(status), (counts.get(String(status)) ?? 0) + 1)
    if (Date.now() - shown < 250) return
    shown = Date.now()
    const answers = [...counts].map(([code, count]) => `${code}: ${count}`).join(', ')
    process.stderr.write(
      `\r${message.at.slice(0, 16)}  ${messages} messages, ${travellers} travellers; answers ${answers}   `,
    )
  }
}

const wait: RunOptions['wait'] = async (milliseconds, signal) => {
  if (milliseconds > 0) await sleep(milliseconds, undefined, { signal }).catch(() => undefined)
}

function resumeFrom({ progress, seed }: Options, first: Instant): Instant {
  if (!progress) return first
  const known = readJson(progress)
  const latest = known.get('sentUpTo')
  return known.get('seed') === seed && typeof latest === 'string' && epochMs(readInstant(latest)) >= epochMs(first)
    ? instant(epochMs(readInstant(latest)) + 1)
    : first
}

function remember({ progress, seed }: Options, sentUpTo: Instant): void {
  if (progress) writeFileSync(progress, `${JSON.stringify({ seed, sentUpTo })}\n`)
}

function readKeys(file: string): ReadonlyMap<string, string> {
  return new Map(
    [...readJson(file)].flatMap(([carrier, key]) => (typeof key === 'string' ? [[carrier, key] as const] : [])),
  )
}

/** A JSON object's members; nothing where there is no such file. */
function readJson(file: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return new Map(value && typeof value === 'object' ? Object.entries(value) : [])
  } catch {
    return new Map()
  }
}

function readNumber(text: string): number {
  const number = Number(text)
  if (!Number.isFinite(number) || number < 0) throw new InvalidArgumentError('a number that is not negative')
  return number
}

function readInstant(text: string): Instant {
  const ms = Date.parse(text.length === 10 ? `${text}T00:00Z` : text)
  if (Number.isNaN(ms)) throw new InvalidArgumentError('an instant like 2026-06-11T00:00Z')
  return instant(ms)
}

function misuse(why: string): number {
  process.stderr.write(`preclear simulate: ${why}\n`)
  return 2
}
