/**
 * How fast bytes become typed messages on one core: PAXLST and PNRGOV, as simulated carriers send them, each message
 * decoded by itself as at the door. Peers only split into arrays of strings; they are given the same bytes as text.
 */
import { pathToFileURL } from 'node:url'
import { decode } from '#codecs/decode.ts'
import { redact } from '#codecs/edifact/redact.ts'
import { readTape } from '#codecs/edifact/tape.ts'
import { isPaxlst, isPnrgov } from '#domain/message.ts'
import { type Instant, instant } from '#lib/time.ts'
import { sensitiveJudge } from '#protection/sensitive.ts'
import { makeSimulation } from '#simulator/pushes.ts'
import { pushesBetween } from '#simulator/schedule.ts'
import { type BenchResult, MEGABYTE, percentiles, print, type Report } from './report.ts'

const START = Date.parse('2026-06-11T00:00:00Z')
const HOUR = 3_600_000
const receivedAt: Instant = instant(START)

interface Corpus {
  readonly messages: readonly Uint8Array[]
  readonly bytes: number
}

/** Messages of clean carriers until they amount to `size` bytes. */
function corpus(kind: 'pnrgov' | 'paxlst', size: number): Corpus {
  const simulation = makeSimulation({ seed: 20_260_611, dirty: 0 })
  const messages: Uint8Array[] = []
  let bytes = 0
  for (const push of pushesBetween(START, START + 200 * HOUR, simulation.timetable, 0)) {
    if (push.kind.startsWith('pnr') !== (kind === 'pnrgov') || push.kind === 'interactive') continue
    for (const message of simulation.messages(push)) {
      messages.push(message.bytes)
      bytes += message.bytes.length
    }
    if (bytes >= size) break
  }
  return { messages, bytes }
}

interface Measured {
  /** Units (travellers, PNRs) and bytes in a second, of the fastest of the rounds. */
  readonly units: number
  readonly bytes: number
  /** Milliseconds for each message, all rounds. */
  readonly times: readonly number[]
}

function measure({ messages, bytes }: Corpus, rounds: number, read: (message: Uint8Array) => number): Measured {
  const times: number[] = []
  let best = Number.POSITIVE_INFINITY
  let units = 0
  for (let round = -1; round < rounds; round++) {
    units = 0
    const started = performance.now()
    let before = started
    for (const message of messages) {
      units += read(message)
      const now = performance.now()
      if (round >= 0) times.push(now - before)
      before = now
    }
    if (round >= 0) best = Math.min(best, performance.now() - started)
  }
  return { units: (units / best) * 1000, bytes: (bytes / best) * 1000, times }
}

const note = ({ bytes, times }: Measured): string =>
  `${(bytes / MEGABYTE).toFixed(0)} MB/s, a message ${percentiles(times)}`

function travellersIn(message: Uint8Array): number {
  let count = 0
  for (const one of decode(message, { receivedAt }).messages) if (isPaxlst(one)) count += one.travellers.length
  return count
}

function pnrsIn(message: Uint8Array): number {
  let count = 0
  for (const one of decode(message, { receivedAt }).messages) if (isPnrgov(one)) count += one.pnrs.length
  return count
}

/** As at the door: redacted on the tape, then decoded from the redacted bytes. */
function redactedPnrsIn(message: Uint8Array): number {
  return pnrsIn(redact(readTape(message), sensitiveJudge, { remarks: 'strict' }).bytes)
}

export async function benchDecode(size = 20 * MEGABYTE): Promise<Report> {
  const paxlst = corpus('paxlst', size)
  const pnrgov = corpus('pnrgov', size)
  const results: BenchResult[] = []
  const add = (what: string, measured: Measured, unit: string, budget?: number): void => {
    results.push({
      bench: 'decode',
      case: what,
      value: measured.units,
      unit,
      ...(budget && { budget }),
      note: note(measured),
    })
  }
  add('paxlst', measure(paxlst, 15, travellersIn), 'travellers/s', 300_000)
  add('pnrgov', measure(pnrgov, 5, pnrsIn), 'PNR/s', 50_000)
  add('pnrgov+redact', measure(pnrgov, 3, redactedPnrsIn), 'PNR/s')
  add(
    'tape',
    measure(pnrgov, 5, (message) => readTape(message).bytes.length / MEGABYTE),
    'MB/s',
  )
  add('byte-scan', measure(pnrgov, 5, lookAtBytes), 'MB/s')
  const memory = process.memoryUsage.rss() / MEGABYTE
  const peer = await npmEdifact()
  // NAD stands once more, for the sender.
  add(
    'paxlst/edifact',
    measure(paxlst, 1, (message) => Math.max(0, peer.count(message, 'NAD') - 1)),
    'travellers/s',
  )
  add(
    'pnrgov/edifact',
    measure(pnrgov, 1, (message) => peer.count(message, 'SRC')),
    'PNR/s',
  )
  return {
    data: [
      `PAXLST ${described(paxlst)}; PNRGOV ${described(pnrgov)}; simulated, best of the rounds`,
      `resident memory after our cases ${memory.toFixed(0)} MB; edifact gave up on ${peer.refused()} readings of a message`,
    ],
    results,
  }
}

/** What this machine can do at most: every byte looked at once. */
function lookAtBytes(message: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < message.length; at++) sum = (sum + (message[at] ?? 0)) | 0
  return sum === 0 ? 0 : message.length / MEGABYTE
}

const described = ({ messages, bytes }: Corpus): string =>
  `${messages.length} messages, ${(bytes / MEGABYTE).toFixed(1)} MB`

interface Peer {
  /** Segments of a tag; every element and component is kept as a string, as our own reader would have to. */
  count(message: Uint8Array, wanted: string): number
  refused(): number
}

/** The parser of edifact. It refuses UNA, which is cut off for it, and warns at length, which is silenced. */
async function npmEdifact(): Promise<Peer> {
  const { Parser } = await import('edifact')
  let refused = 0
  const count = (message: Uint8Array, wanted: string): number => {
    const text = Buffer.from(message.buffer, message.byteOffset, message.length).toString('latin1')
    const parser = new Parser()
    parser.encoding('UNOC')
    const segments: string[][][] = []
    let segment: string[][] = []
    let found = 0
    parser.onopensegment = (tag) => {
      segment = [[tag]]
      segments.push(segment)
      if (tag === wanted) found++
    }
    parser.onelement = () => void segment.push([])
    parser.oncomponent = (value) => void segment.at(-1)?.push(value)
    const { warn } = console
    console.warn = () => undefined
    try {
      parser.write(text.replace(/^UNA.{6}\s*/, ''))
      parser.end()
    } catch {
      refused++
    } finally {
      console.warn = warn
    }
    return found
  }
  return { count, refused: () => refused }
}

export async function bench({
  json,
  args,
}: {
  readonly json: boolean
  readonly args: readonly string[]
}): Promise<void> {
  const size = Number(args[0] ?? 20) * MEGABYTE
  print(await benchDecode(size), json)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await bench({
    json: process.argv.includes('--json'),
    args: process.argv.slice(2).filter((one) => !one.startsWith('-')),
  })
