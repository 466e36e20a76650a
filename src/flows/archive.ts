import { createHash } from 'node:crypto'
import { redact } from '#codecs/redact.ts'
import { monthOf } from '#domain/normalise.ts'
import { batchesOf } from '#lib/batches.ts'
import type { Instant } from '#lib/time.ts'
import { sensitiveJudge } from '#protection/sensitive.ts'
import { ensureMonths } from '#store/legs.ts'
import { type Arrival, archiveArrivals, newTransmissionId } from '#store/transmissions.ts'
import type { Deps } from './deps.ts'
import { seal } from './seal.ts'

/** Bytes from a sender whom `connect` or the door has recognised. */
export interface Received {
  readonly carrier: string
  readonly channel: string
  readonly bytes: Uint8Array
  readonly receivedAt: Instant
}

export interface Archived {
  readonly id: string
  /** As archived: what the law forbids to keep is overwritten in place. */
  readonly bytes: Uint8Array
  /** The same came before: that transmission. */
  readonly first?: string
}

const CR = 13
const LF = 10

/** Takes out what must not be kept, in memory; then seals the rest and commits it. Only now may anything be acknowledged. */
export async function archive(received: Received, deps: Deps): Promise<Archived> {
  const { db, keys, note } = deps
  const clean = redact(received.bytes, sensitiveJudge, { remarks: 'strict' })
  const id = newTransmissionId(received.receivedAt)
  const day = received.receivedAt.slice(0, 10)
  await ensureMonths(db, [monthOf(id)])
  const { first } = await archiving(deps).add({
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
  })
  note('info', 'archived', {
    transmission: id,
    carrier: received.carrier,
    bytes: received.bytes.length,
    repeated: first !== undefined,
  })
  return { id, bytes: clean.bytes, ...(first && { first }) }
}

/** What arrives while a commit is under way shares the next one. */
const archiving = batchesOf(({ db }: Deps) => ({
  most: 64,
  weigh: ({ sealed }: Arrival) => sealed.length,
  heaviest: 8 * 1024 * 1024,
  beside: 1,
  work: async (arrivals: readonly Arrival[]) =>
    (await archiveArrivals(db, arrivals)).map((first) => ({ ...(first !== undefined && { first }) })),
}))

/** Senders break lines as they like; that makes no other message. */
function withoutLineBreaks(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(LF) && !bytes.includes(CR)) return bytes
  return bytes.filter((byte) => byte !== LF && byte !== CR)
}
