/**
 * How fast bytes become typed messages on one core: PAXLST and PNRGOV, as simulated carriers send them, each message
 * decoded by itself as at the door (history and texts as sent are read from the tape when somebody asks for them: one case
 * asks for everything, and counts the asking too); then on several threads, and with one PNR to ten thousand in an interchange.
 */
import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { readTape } from '#codecs/edifact/tape.ts'
import { asXml, type Corpus, full, ofSize, simulated } from './decode/corpus.ts'
import { peers } from './decode/peers.ts'
import { pnrsIn, redactedPnrsIn, redactedXmlPnrsIn, touchedPnrsIn, travellersIn } from './decode/units.ts'
import type { Share } from './decode/worker.ts'
import { type BenchResult, MEGABYTE, percentiles, print, type Report } from './report.ts'

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

export async function benchDecode(size = 20 * MEGABYTE): Promise<Report> {
  const paxlst = simulated('paxlst', size)
  const small = simulated('pnrgov', size)
  const pnrgov = full(size)
  const results: BenchResult[] = []
  const add = (what: string, measured: Measured, unit: string, budget?: number): void => {
    const result = { bench: 'decode', case: what, value: measured.units, unit, note: note(measured) }
    results.push({ ...result, ...(budget && { budget }) })
  }
  add('paxlst', measure(paxlst, 15, travellersIn), 'travellers/s', 300_000)
  add('pnrgov', measure(pnrgov, 8, pnrsIn), 'PNR/s', 50_000)
  add('pnrgov, every value looked at', measure(pnrgov, 5, touchedPnrsIn), 'PNR/s')
  add('pnrgov-short', measure(small, 5, pnrsIn), 'PNR/s')
  add('pnrgov+redact', measure(pnrgov, 3, redactedPnrsIn), 'PNR/s')
  const xml = asXml(pnrgov, Math.min(size, 10 * MEGABYTE))
  add('pnrgov-xml', measure(xml, 3, pnrsIn), 'PNR/s')
  add('pnrgov-xml+redact', measure(xml, 2, redactedXmlPnrsIn), 'PNR/s')
  const tape = measure(pnrgov, 5, (message) => readTape(message).bytes.length / MEGABYTE)
  add('tape', tape, 'MB/s')
  add('byte-scan', measure(pnrgov, 5, lookAtBytes), 'MB/s')
  const memory = process.memoryUsage.rss() / MEGABYTE
  for (const count of [1, 10, 100, 1_000, 10_000]) {
    const corpus = ofSize(pnrgov, count, 10_000)
    add(`pnrgov/${count}-in-one`, measure(corpus, 3, pnrsIn), 'PNR/s')
  }
  for (let threads = 1; threads <= availableParallelism(); threads *= 2) {
    const value = await onThreads(threads, pnrgov)
    results.push({ bench: 'decode', case: `pnrgov/${threads}-threads`, value, unit: 'PNR/s' })
  }
  const refused: string[] = []
  for (const peer of await peers()) {
    // NAD stands once more, for the sender.
    const people = measure(paxlst, 1, (message) => Math.max(0, peer.count(message, 'NAD') - 1))
    add(`paxlst/${peer.name}`, people, 'travellers/s')
    const pnrs = measure(pnrgov, 1, (message) => peer.count(message, 'SRC'))
    add(`pnrgov/${peer.name}`, pnrs, 'PNR/s')
    refused.push(`${peer.name} gave up on ${peer.refused()} readings of a message`)
  }
  return {
    data: [
      `PAXLST ${described(paxlst)}; PNRGOV ${described(pnrgov)}, ${perPnr(pnrgov)}; short ${described(small)}, ${perPnr(small)}; simulated, best of the rounds`,
      `resident memory after our cases ${memory.toFixed(0)} MB; ${refused.join('; ')}`,
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

const perPnr = ({ messages, bytes }: Corpus): string =>
  `${Math.round(bytes / messages.reduce((sum, message) => sum + pnrsIn(message), 0)).toLocaleString('en-GB')} bytes a PNR`

const SECONDS_ON_THREADS = 2

/** PNRs in a second, all threads together; each has the messages for itself and keeps what it reads. */
async function onThreads(threads: number, { messages }: Corpus): Promise<number> {
  const share: Share = { messages, milliseconds: SECONDS_ON_THREADS * 1000 }
  const worker = new URL('./decode/worker.ts', import.meta.url)
  const workers = Array.from({ length: threads }, () => new Worker(worker, { workerData: share }))
  const next = (one: Worker): Promise<unknown> =>
    new Promise((done, failed) => {
      one.once('message', done)
      one.once('error', failed)
    })
  await Promise.all(workers.map(next))
  const rates = workers.map(next)
  for (const one of workers) one.postMessage('go')
  const total = (await Promise.all(rates)).reduce<number>((sum, rate) => sum + Number(rate), 0)
  await Promise.all(workers.map((one) => one.terminate()))
  return total
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
