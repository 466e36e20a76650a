import { createHash, randomBytes } from 'node:crypto'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

function asUuid(bytes: Uint8Array, version: number): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4)
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const text = hex(bytes)
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20, 32)}`
}

/** A new identifier that sorts by time of creation (RFC 9562, version 7). */
export function newId(epochMilliseconds: number = Date.now()): string {
  const bytes = new Uint8Array(randomBytes(16))
  let time = epochMilliseconds
  for (let at = 5; at >= 0; at--) {
    bytes[at] = time % 256
    time = Math.floor(time / 256)
  }
  return asUuid(bytes, 7)
}

/** The same parts always give the same identifier (RFC 9562, version 8: SHA-256, cut). */
export function idOf(...parts: readonly string[]): string {
  return asUuid(new Uint8Array(createHash('sha256').update(parts.join('\u001f')).digest().subarray(0, 16)), 8)
}
