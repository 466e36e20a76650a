import type { Span } from '#domain/finding.ts'
import { redactRaw } from '../edifact/redact-raw.ts'
import { overwrite, type Redaction } from '../edifact/redaction.ts'

/**
 * Searches what was not read as a value: tags, comments, instructions, document types, whatever is malformed, cut off or
 * deeper than is read. References are resolved first, as a later reader may resolve them.
 */
export function redactUnread(work: Redaction, read: readonly Span[]): void {
  let at = 0
  for (const [from, to] of read.filter((one) => one[1] > one[0]).toSorted(([one], [other]) => one - other)) {
    if (from > at) redactGap(work, at, from)
    at = Math.max(at, to)
  }
  redactGap(work, at, work.bytes.length)
}

function redactGap(work: Redaction, from: number, to: number): void {
  if (to - from < 3) return
  const part = work.bytes.subarray(from, to)
  if (!part.includes(AMPERSAND) && !part.includes(0)) {
    redactRaw(work, from, to)
    return
  }
  const { bytes, starts, ends } = resolved(part)
  const inner: Redaction = { ...work, bytes, copied: false }
  redactRaw(inner, 0, bytes.length)
  if (!inner.copied) return
  for (let at = 0; at < bytes.length; at++)
    if (inner.bytes[at] !== bytes[at]) overwrite(work, from + (starts[at] ?? 0), from + (ends[at] ?? 0))
}

const AMPERSAND = 0x26
const REFERENCE = /^&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(amp|lt|gt|quot|apos));/
const LONGEST_REFERENCE = 10
const NAMED: Readonly<Record<string, number>> = { amp: 0x26, lt: 0x3c, gt: 0x3e, quot: 0x22, apos: 0x27 }

interface Resolved {
  readonly bytes: Uint8Array
  /** Where each byte was written, from and to. */
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** Without references and zero bytes; never longer than what was written. */
function resolved(part: Uint8Array): Resolved {
  const bytes = new Uint8Array(part.length)
  const starts = new Int32Array(part.length)
  const ends = new Int32Array(part.length)
  let length = 0
  const put = (byte: number, start: number, end: number): void => {
    bytes[length] = byte
    starts[length] = start
    ends[length++] = end
  }
  for (let at = 0; at < part.length; at++) {
    const byte = part[at] ?? 0
    const reference = byte === AMPERSAND ? referenceAt(part, at) : undefined
    if (reference) {
      for (const one of reference.bytes) put(one, at, at + reference.length)
      at += reference.length - 1
    } else if (byte !== 0) put(byte, at, at + 1)
  }
  return { bytes: bytes.subarray(0, length), starts, ends }
}

function referenceAt(part: Uint8Array, at: number): { bytes: Uint8Array; length: number } | undefined {
  const match = REFERENCE.exec(Buffer.from(part.subarray(at, at + LONGEST_REFERENCE)).toString('latin1'))
  if (!match) return undefined
  const [sent, decimal, hex, name] = match
  const code = name ? (NAMED[name] ?? 0) : Number.parseInt(decimal ?? hex ?? '', decimal ? 10 : 16)
  if (code > 0x10ffff) return undefined
  return { bytes: new TextEncoder().encode(String.fromCodePoint(code)), length: sent.length }
}
