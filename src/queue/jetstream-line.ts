/** The connection to the stream: made when it can be, kept for ever, and told of by what it gives. */
import { setTimeout as pause } from 'node:timers/promises'
import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { connectNats, LARGEST, type NatsSettings, setUpStreams } from './jetstream-stream.ts'

export interface Reached {
  readonly nc: NatsConnection
  readonly js: JetStreamClient
  readonly jsm: JetStreamManager
}

export interface Line {
  /** Nothing while no node is reached, or before the streams are there. */
  reached(): Reached | undefined
  close(): Promise<void>
}

export interface LineSettings {
  readonly nats: NatsSettings
  readonly stream: string
  readonly full: number
  readonly trouble: (name: string) => void
}

/** So long a start waits for the stream; then it goes on without. */
const FIRST_WITHIN_MS = 5_000
const AGAIN_AFTER_MS = 500
/** What a leader was asked who is gone is asked again. */
const ANSWER_WITHIN_MS = 2_000

/** @throws with a sentence where the servers are reached and not set up for us */
export async function openLine({ nats, stream, full, trouble }: LineSettings): Promise<Line> {
  let nc: NatsConnection | undefined
  let reached: Reached | undefined
  let connected = false
  let closed = false

  const watch = async (on: NatsConnection): Promise<void> => {
    for await (const { type } of on.status()) {
      if (type === 'disconnect') connected = false
      else if (type === 'reconnect') connected = true
    }
  }
  const reach = async (timeoutMs?: number): Promise<void> => {
    nc = await connectNats(nats, timeoutMs)
    if (closed) return nc.close()
    connected = true
    void watch(nc)
    const bound = nc.info?.max_payload ?? 0
    if (bound < LARGEST) throw new NotForUs(bound)
    const jsm = await jetstreamManager(nc, { checkAPI: false, timeout: ANSWER_WITHIN_MS })
    await retried(() => setUpStreams(jsm, { stream, clustered: nc?.info?.cluster !== undefined, full }))
    reached = { nc, jsm, js: jetstream(nc) }
  }
  const retried = async (work: () => Promise<void>): Promise<void> => {
    while (!closed) {
      try {
        return await work()
      } catch (problem) {
        if (problem instanceof NotForUs) throw problem
        trouble(nameOf(problem))
        await pause(AGAIN_AFTER_MS)
      }
    }
  }

  const first = reach(FIRST_WITHIN_MS)
  const later = first.catch(async (problem: unknown) => {
    if (problem instanceof NotForUs) throw problem
    trouble(nameOf(problem))
    await retried(() => reach())
  })
  later.catch((problem: unknown) => trouble(nameOf(problem)))
  await Promise.race([first, pause(FIRST_WITHIN_MS)]).catch((problem: unknown) => {
    if (problem instanceof NotForUs) throw problem
  })
  return {
    reached: () => (connected && !closed ? reached : undefined),
    async close() {
      closed = true
      await nc?.close().catch(() => undefined)
    },
  }
}

const nameOf = (problem: unknown): string => (problem instanceof Error ? problem.name : 'unknown')

class NotForUs extends Error {
  constructor(bound: number) {
    super(
      `the NATS servers take messages of ${bound} bytes, and transmissions have up to ${LARGEST}: set max_payload: 24MB`,
    )
    this.name = 'NotForUs'
  }
}
