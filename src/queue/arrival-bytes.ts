/**
 * An arrival as bytes, for the way through a stream and for the spool:
 *
 *     P C A 1 | length of the head, 4 bytes | head, JSON | sealed bytes
 *
 * The number is the oldest reader that understands them; what a reader does not know in the head it passes over. So two
 * versions of the program run side by side, and a new field must be one that may be absent.
 */
import { type Instant, instant } from '#lib/time.ts'
import type { Arrival } from '#store/transmissions.ts'

const MAGIC = Buffer.from('PCA')
const VERSION = 1
const HEAD_AT = MAGIC.length + 1 + 4

export function bytesOfArrival({ sealed, digest, contentDigest, ...rest }: Arrival): Uint8Array {
  const head = Buffer.from(
    JSON.stringify({ ...rest, digest: inBase64(digest), contentDigest: inBase64(contentDigest) }),
  )
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  return Buffer.concat([MAGIC, Uint8Array.of(VERSION), length, head, sealed])
}

/** `newer`: written by a version of the program that we are older than. `damaged`: not what we write. */
export function arrivalOf(given: Uint8Array): Arrival | 'newer' | 'damaged' {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.length)
  if (bytes.length < HEAD_AT || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return 'damaged'
  if ((bytes[MAGIC.length] ?? 0) > VERSION) return 'newer'
  const sealedAt = HEAD_AT + bytes.readUInt32BE(MAGIC.length + 1)
  if (sealedAt > bytes.length) return 'damaged'
  const head = fieldsOf(bytes.toString('utf8', HEAD_AT, sealedAt))
  const at = head && instantOf(head.receivedAt)
  const urgency = URGENCIES.find((one) => one === head?.urgency)
  if (!head || !at || urgency === undefined) return 'damaged'
  const { id, month, carrier, channel, keyDay, size, spread, digest, contentDigest, redactions } = head
  if (!isText(id) || !isText(month) || !isText(carrier) || !isText(channel) || !isText(keyDay)) return 'damaged'
  if (!isText(digest) || !isText(contentDigest) || !isCount(size) || !isCount(spread)) return 'damaged'
  return {
    id,
    month,
    carrier,
    channel,
    receivedAt: at,
    size,
    digest: Buffer.from(digest, 'base64'),
    contentDigest: Buffer.from(contentDigest, 'base64'),
    sealed: bytes.subarray(sealedAt),
    keyDay,
    redactions: countsOf(redactions),
    urgency,
    spread,
  }
}

const URGENCIES = [0, 1, 2] as const

const inBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

const isText = (value: unknown): value is string => typeof value === 'string'

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function fieldsOf(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return isFields(value) ? value : undefined
  } catch {
    return undefined
  }
}

function instantOf(value: unknown): Instant | undefined {
  const at = isText(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? undefined : instant(at)
}

const countsOf = (value: unknown): Readonly<Record<string, number>> =>
  isFields(value)
    ? Object.fromEntries(Object.entries(value).flatMap(([name, count]) => (isCount(count) ? [[name, count]] : [])))
    : {}
