/** Puts arrivals into the stream, and into the spool while it is away. */
import { JetStreamApiError } from '@nats-io/jetstream'
import { Busy } from '#lib/busy.ts'
import type { Arrival } from '#store/transmissions.ts'
import { arrivalOf, bytesOfArrival } from './arrival-bytes.ts'
import type { Line, Reached } from './jetstream-line.ts'
import { bellOf, laneFor } from './jetstream-stream.ts'
import type { Spool } from './spool.ts'

export interface Putter {
  put(arrival: Arrival): Promise<void>
  /** Nothing can be put into the stream now. */
  away(): boolean
  close(): Promise<void>
}

export interface PutSettings {
  readonly stream: string
  readonly line: Line
  readonly spool?: Spool | undefined
  /** The stream went away, or came back. */
  readonly changed: (away: boolean) => void
}

/** Who sends waits for so long at most; then the spool keeps what he sent. */
const KEPT_WITHIN_MS = 2_000
/** So many are under way at once; the time of others begins when theirs comes. */
const BESIDE = 256
const LOOK_EVERY_MS = 250
/** Those who wait to take are told of what came within so long at once. */
const RING_AFTER_MS = 2
/** Room for subject and headers beside the message. */
const ENVELOPE = 1_024
const FULL_AGAIN_AFTER_S = 5

export function putter({ stream, line, spool, changed }: PutSettings): Putter {
  let failed = false
  let ringing = false
  let closed = false

  const ring = ({ nc }: Reached): void => {
    if (ringing) return
    ringing = true
    setTimeout(() => {
      ringing = false
      if (!nc.isClosed()) nc.publish(bellOf(stream))
    }, RING_AFTER_MS)
  }
  const publish = async (reached: Reached, arrival: Arrival, bytes: Uint8Array): Promise<void> => {
    await reached.js.publish(laneFor(stream, arrival), bytes, {
      msgID: arrival.id,
      timeout: KEPT_WITHIN_MS,
      expect: { streamName: stream },
    })
    ring(reached)
  }
  const turn = (away: boolean): void => {
    if (failed !== away) changed(away)
    failed = away
  }
  /** Whether it is one that we can read, and so put. */
  const follow =
    (reached: Reached) =>
    async (record: Uint8Array): Promise<boolean> => {
      const arrival = arrivalOf(record)
      if (typeof arrival === 'string') return false
      await publish(reached, arrival, record)
      turn(false)
      return true
    }
  const look = async (): Promise<void> => {
    const reached = line.reached()
    if (!reached) return turn(true)
    try {
      await spool?.drain(follow(reached))
      if (!failed) return
      await reached.jsm.streams.info(stream)
      turn(false)
    } catch (problem) {
      if (!isFull(problem)) turn(true)
    }
  }
  /** Whether it is in the stream; where it is not, the stream is away. */
  const tryPublish = async (arrival: Arrival, bytes: Uint8Array): Promise<boolean> => {
    const reached = failed ? undefined : line.reached()
    if (reached && bytes.length + ENVELOPE > (reached.nc.info?.max_payload ?? 0))
      throw new Error('an arrival is larger than the stream takes')
    try {
      if (reached) await publish(reached, arrival, bytes)
    } catch (problem) {
      if (isFull(problem)) throw new Busy(FULL_AGAIN_AFTER_S)
      turn(true)
      return false
    }
    if (!reached) turn(true)
    return reached !== undefined
  }
  const publishing = inTurn(BESIDE, tryPublish)
  let looking = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy || closed) return
    busy = true
    looking = look().finally(() => {
      busy = false
    })
  }, LOOK_EVERY_MS)

  return {
    async put(arrival) {
      const bytes = bytesOfArrival(arrival)
      if (await publishing(arrival, bytes)) return
      if (!spool) throw new Busy(FULL_AGAIN_AFTER_S)
      await spool.keep(bytes)
    },
    away: () => failed,
    async close() {
      closed = true
      clearInterval(timer)
      await looking
    },
  }
}

const STORE_FAILED = 10_077

const isFull = (problem: unknown): boolean =>
  problem instanceof JetStreamApiError && problem.code === STORE_FAILED && /maximum/.test(problem.message)

/** Does so many side by side; others wait for their turn. */
function inTurn<A extends readonly unknown[], R>(beside: number, work: (...given: A) => Promise<R>) {
  const waiting: (() => void)[] = []
  let underWay = 0
  return async (...given: A): Promise<R> => {
    if (underWay >= beside) await new Promise<void>((go) => waiting.push(go))
    else underWay += 1
    try {
      return await work(...given)
    } finally {
      const next = waiting.shift()
      if (next) next()
      else underWay -= 1
    }
  }
}
