/**
 * The queue in NATS JetStream: arrivals wait in a stream that is replicated and written through to the disk, in lanes by
 * urgency, carrier and flight, until a worker that has settled them says so. While the stream is away they are kept in a
 * folder, and follow when it is back. docs/decisions/0016-queue-engines.md has the settings of the servers.
 *
 * Something may be handed out again that was settled, when the word of it was lost; the archive knows it then.
 */
import { type Instant, instant } from '#lib/time.ts'
import type { Worker } from '#store/workers.ts'
import { openLine } from './jetstream-line.ts'
import { putter } from './jetstream-put.ts'
import type { NatsSettings } from './jetstream-stream.ts'
import { taker } from './jetstream-take.ts'
import type { Queue } from './queue.ts'
import { type Held, openSpool } from './spool.ts'

export interface JetStreamQueue extends Queue {
  /** For health and metrics: whether the stream is away, and what the spool of this process keeps. */
  state(): { readonly away: boolean; readonly spooled: Held }
}

export interface JetStreamQueueOptions {
  readonly nats: NatsSettings
  /** Name of the stream, and beginning of its subjects. */
  readonly stream?: string
  /** Folder for what comes while the stream is away, and the bytes that it may hold. A process that puts has one. */
  readonly spool?: { readonly dir: string; readonly most?: number }
  readonly worker?: Pick<Worker, 'place'>
  /** When so many wait, senders are asked to come later. */
  readonly full?: number
  /** How long a process that took something may be silent before others get it. */
  readonly handsMs?: number
  readonly note: (
    level: 'info' | 'warn' | 'error',
    event: string,
    detail?: Readonly<Record<string, string | number | boolean>>,
  ) => void
}

const NOTHING_HELD: Held = { arrivals: 0, bytes: 0 }

/** @throws with a sentence where the servers are reached and not set up for us; where they are not reached, it begins without */
export async function jetStreamQueue({
  nats,
  stream = 'preclear',
  spool: folder,
  worker,
  full = 1_000_000,
  handsMs = 15_000,
  note,
}: JetStreamQueueOptions): Promise<JetStreamQueue> {
  const spool =
    folder &&
    (await openSpool({
      dir: folder.dir,
      most: folder.most ?? 2 * 1024 ** 3,
      quarantined: (file) => note('error', 'spool file put aside', { file }),
    }))
  const line = await openLine({ nats, stream, full, trouble: (name) => note('warn', 'stream not ready', { name }) })
  const puts = putter({
    stream,
    line,
    spool,
    changed: (away) => note(away ? 'warn' : 'info', away ? 'stream away' : 'stream back'),
  })
  const takes = taker({
    stream,
    line,
    place: () => worker?.place() ?? { slot: 0, of: 1 },
    handsMs,
    troubled: (problem) => note('warn', 'taking failed', { name: problem instanceof Error ? problem.name : 'unknown' }),
    unreadable: (what) => note('error', 'unreadable in the stream', { what }),
  })
  const held = (): Held => spool?.held() ?? NOTHING_HELD
  let known: { readonly waiting: number; readonly oldest?: Instant } = { waiting: 0 }
  return {
    async put(arrival) {
      await puts.put(arrival)
      return {}
    },
    take: takes.take,
    done: takes.done,
    later: takes.later,
    async depth() {
      const reached = line.reached()
      if (reached) {
        const { state } = await reached.jsm.streams.info(stream)
        const oldest = state.messages > 0 ? instant(Date.parse(state.first_ts)) : undefined
        known = { waiting: state.messages, ...(oldest && { oldest }) }
      }
      const spooled = held()
      const oldest = [known.oldest, spooled.oldest].filter((one) => one !== undefined).sort()[0]
      return { waiting: known.waiting + spooled.arrivals, ...(oldest && { oldest }) }
    },
    state: () => ({ away: puts.away(), spooled: held() }),
    async close() {
      await puts.close()
      await takes.close()
      await line.close()
    },
  }
}
