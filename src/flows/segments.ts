/** Some segments of an interchange, as they were sent: those around a value, with the value marked. */
import { readTape, type Tape } from '#codecs/edifact/tape.ts'
import { layoutXml } from '#codecs/xml/layout.ts'
import { isXml } from '#codecs/xml/text.ts'
import type { Span } from '#domain/finding.ts'

export interface ShownSegment {
  /** Counted from 1 through the whole transmission, as findings count. */
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
  if (isXml(bytes)) return elementsWithin(bytes, allowed, wanted, around)
  const tape = readTape(bytes)
  const at = holding(tape, wanted)
  const numbers = Array.from({ length: at < 0 ? 0 : around * 2 + 1 }, (_, index) => at - around + index)
  return numbers
    .filter((number) => number >= 0 && number < tape.segments)
    .map((number) => ({ number, span: withTerminator(tape, number) }))
    .filter(({ span }) => allowed.some((one) => touches(span, one)))
    .map(({ number, span }) => shown(bytes, number + 1, span, wanted))
}

/** Elements of a document, as lines; the last that begins before the value is the one that holds it. */
function elementsWithin(
  bytes: Uint8Array,
  allowed: readonly Span[],
  wanted: Span,
  around: number,
): readonly ShownSegment[] {
  const lines = layoutXml(bytes)
  const at = lines.findLastIndex(({ span }) => span[0] <= wanted[0])
  return lines
    .slice(Math.max(0, at - around), at + around + 1)
    .filter(({ span }) => at >= 0 && allowed.some((one) => touches(span, one)))
    .map(({ number, span }) => shown(bytes, number, span, wanted))
}

const touches = (a: Span, b: Span): boolean => a[0] < b[1] && b[0] < a[1]

/** Segments lie in the order of their bytes: found by halving. */
function holding(tape: Tape, wanted: Span): number {
  let low = 0
  let high = tape.segments
  while (low < high) {
    const middle = (low + high) >> 1
    if (tape.span(middle)[1] <= wanted[0]) low = middle + 1
    else high = middle
  }
  return low < tape.segments && touches(tape.span(low), wanted) ? low : -1
}

function withTerminator(tape: Tape, segment: number): Span {
  const [start, end] = tape.span(segment)
  return [start, tape.bytes[end] === tape.service(segment).terminator ? end + 1 : end]
}

function shown(bytes: Uint8Array, number: number, [start, end]: Span, wanted: Span): ShownSegment {
  const from = Math.max(start, wanted[0])
  const to = Math.min(end, wanted[1])
  const before = from < to ? read(bytes, start, from).length : 0
  return {
    number,
    byte: start,
    text: read(bytes, start, end),
    ...(from < to && { mark: [before, before + read(bytes, from, to).length] as const }),
  }
}

/** UTF-8 where it is that, else byte for byte. */
function read(bytes: Uint8Array, start: number, end: number): string {
  const part = bytes.subarray(start, end)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(part)
  } catch {
    return Buffer.from(part).toString('latin1')
  }
}
