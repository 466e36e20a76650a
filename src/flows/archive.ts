import { createHash } from 'node:crypto'
import { redact } from '#codecs/redact.ts'
import { monthOf } from '#domain/normalise.ts'
import type { Instant } from '#lib/time.ts'
import { sensitiveJudge } from '#protection/sensitive.ts'
import type { Kept } from '#queue/queue.ts'
import { type Arrival, newTransmissionId } from '#store/transmissions.ts'
import type { Deps } from './deps.ts'
import { headOf } from './head.ts'
import { timed, timedNow } from './measure.ts'
import { seal } from './seal.ts'

/** Bytes from a sender whom `connect` or the door has recognised. */
export interface Received {
  readonly carrier: string
  readonly channel: string
  readonly bytes: Uint8Array
  readonly receivedAt: Instant
}

export interface Archived extends Kept {
  readonly id: string
  /** As archived: what the law forbids to keep is overwritten in place. */
  readonly bytes: Uint8Array
}

const CR = 13
const LF = 10

/**
 * Takes out what must not be kept, in memory; then seals the rest and gives it to the queue, which commits it. Only now
 * may anything be acknowledged.
 *
 * @throws Busy where nothing more can be kept now
 */
export async function archive(received: Received, deps: Deps): Promise<Archived> {
  const transmission = newTransmissionId(received.receivedAt)
  const { carrier, channel, bytes } = received
  const part = { name: 'receive', transmission, carrier, channel, bytes: bytes.length } as const
  return deps.measure.part(part, () => keep(transmission, received, deps))
}

async function keep(id: string, received: Received, deps: Deps): Promise<Archived> {
  const { db, keys, note, queue, measure } = deps
  const clean = timedNow(measure, 'redact', () => redact(received.bytes, sensitiveJudge, { remarks: 'strict' }))
  const day = received.receivedAt.slice(0, 10)
  const arrival: Arrival = {
    id,
    month: monthOf(id),
    carrier: received.carrier,
    channel: received.channel,
    receivedAt: received.receivedAt,
    size: received.bytes.length,
    digest: createHash('sha256').update(received.bytes).digest(),
    contentDigest: createHash('sha256').update(withoutLineBreaks(received.bytes)).digest(),
    sealed: await seal(db, keys, id, day, clean.bytes),
    keyDay: day,
    redactions: clean.counts,
    ...headOf(clean.bytes, received.carrier, deps),
  }
  const kept = await timed(measure, 'archive', () => queue.put(arrival))
  measure.received(received.carrier, arrival.size, clean.counts)
  note('info', 'archived', {
    transmission: id,
    carrier: received.carrier,
    bytes: received.bytes.length,
    repeated: kept.first !== undefined,
  })
  return { id, bytes: clean.bytes, ...kept }
}

/** Senders break lines as they like; that makes no other message. */
function withoutLineBreaks(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(LF) && !bytes.includes(CR)) return bytes
  return bytes.filter((byte) => byte !== LF && byte !== CR)
}
