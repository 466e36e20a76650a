/** Bytes of an interchange cut into its segments, to show some of them as they were sent. */
import type { Span } from '#domain/finding.ts'

export interface ShownSegment {
  readonly number: number
  readonly byte: number
  readonly text: string
  readonly mark?: readonly [from: number, to: number]
}

/** The segment that holds `wanted` and up to `around` before and after it, of those that touch `allowed`. */
export function segmentsWithin(
  bytes: Uint8Array,
  allowed: readonly Span[],
  wanted: Span,
  around: number,
): readonly ShownSegment[] {
  const segments = cut(bytes)
  const touches = (span: Span, [start, end]: Span): boolean => span[0] < end && start < span[1]
  const at = segments.findIndex((segment) => touches(segment, wanted))
  if (at < 0) return []
  const read = reader(bytes)
  return segments
    .map((segment, index) => ({ segment, index }))
    .slice(Math.max(0, at - around), at + around + 1)
    .filter(({ segment }) => allowed.some((span) => touches(segment, span)))
    .map(({ segment: [start, end], index }) => {
      const from = Math.max(start, wanted[0])
      const to = Math.min(end, wanted[1])
      const before = read(start, from).length
      return {
        number: index + 1,
        byte: start,
        text: read(start, end),
        ...(from < to && { mark: [before, before + read(from, to).length] as const }),
      }
    })
}

const APOSTROPHE = 0x27
const QUESTION_MARK = 0x3f

/** Ends at each terminator that is not released; line breaks between segments belong to none. */
function cut(bytes: Uint8Array): readonly Span[] {
  const segments: Span[] = []
  let terminator = APOSTROPHE
  let release = QUESTION_MARK
  let start = skipBreaks(bytes, 0)
  for (let at = start; at < bytes.length; at++) {
    if (at === start && isUna(bytes, at)) {
      release = bytes[at + 6] ?? QUESTION_MARK
      terminator = bytes[at + 8] ?? APOSTROPHE
      at += 8
    } else if (bytes[at] === release) {
      at++
      continue
    } else if (bytes[at] !== terminator) continue
    segments.push([start, at + 1])
    start = skipBreaks(bytes, at + 1)
    at = start - 1
  }
  if (start < bytes.length) segments.push([start, bytes.length])
  return segments
}

const isUna = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x55 && bytes[at + 1] === 0x4e && bytes[at + 2] === 0x41

function skipBreaks(bytes: Uint8Array, from: number): number {
  let at = from
  while (bytes[at] === 0x0d || bytes[at] === 0x0a || bytes[at] === 0x20) at++
  return at
}

/** UTF-8 where it is that, else byte for byte. */
function reader(bytes: Uint8Array): (start: number, end: number) => string {
  const strict = new TextDecoder('utf-8', { fatal: true })
  return (start, end) => {
    const part = bytes.subarray(start, end)
    try {
      return strict.decode(part)
    } catch {
      return Buffer.from(part).toString('latin1')
    }
  }
}
