import type { Place } from '#domain/finding.ts'
import type { Tape } from '../edifact/tape.ts'
import { beginsAnother, isShown, masked } from './mask.ts'
import { segmentAt } from './places.ts'

/** A piece of a segment as a report shows it: a value with its place, or the signs between two values. */
export interface Piece {
  readonly text: string
  /** Of a value: element and component from 1; the tag is element 0. */
  readonly element?: number
  readonly component?: number
  /** What the message itself calls it. */
  readonly name?: string
  readonly from: number
  readonly to: number
}

export interface ShownSegment {
  /** From 1, as findings count. */
  readonly number: number
  readonly tag: string
  /** The value that qualifies the others, such as 189 of `DTM+189`. */
  readonly qualifier?: string
  readonly from: number
  readonly to: number
  readonly pieces: readonly Piece[]
}

export interface ShowOptions {
  /** Names, documents and contacts too; what was redacted before stays so. */
  readonly data: boolean
}

/** A file in rows, as a report shows it; rows count from 0, their numbers from 1. */
export interface Layout {
  readonly rows: number
  readonly show: (row: number) => ShownSegment
  /** The number of the row that a finding is about. */
  readonly rowAt: (at: Place) => number
}

/** EDIFACT by its segments. */
export function layoutSegments(tape: Tape, options: ShowOptions): Layout {
  return {
    rows: tape.segments,
    show: (row) => showSegment(tape, row, options),
    rowAt: ({ byte }) => Math.min(segmentAt(tape, byte), tape.segments - 1) + 1,
  }
}

/** One segment, counted from 0, in pieces; line breaks inside it are left out. */
export function showSegment(tape: Tape, segment: number, { data }: ShowOptions): ShownSegment {
  const tag = tape.tag(segment)
  const qualifier = tape.text(segment, 1)
  const [from, end] = tape.span(segment)
  const to = tape.bytes[end] === tape.service(segment).terminator ? end + 1 : end
  const pieces: Piece[] = []
  let at = from
  let foreign = false
  const between = (until: number): void => {
    if (until > at) pieces.push({ text: textOf(tape.bytes, at, until), from: at, to: until })
    at = until
  }
  for (let element = 0; element <= tape.elements(segment); element++) {
    const components = element === 0 ? 1 : tape.components(segment, element)
    for (let component = 1; component <= components; component++) {
      const [start, stop] = tape.span(segment, element, component)
      if (start < at || stop <= start) continue
      between(start)
      const text = textOf(tape.bytes, start, stop)
      if (element > 0) foreign ||= beginsAnother(tape.text(segment, element, component) ?? '')
      const open = data || (!foreign && isShown(tag, element, component, qualifier))
      pieces.push({ text: open ? text : masked(text), element, component, from: start, to: stop })
      at = stop
    }
  }
  between(to)
  return { number: segment + 1, tag, ...(qualifier && { qualifier }), from, to, pieces }
}

/** A row as one line of text. */
export const lineOf = ({ pieces }: ShownSegment): string => pieces.map(({ text }) => text).join('')

const utf8 = new TextDecoder('utf-8', { fatal: true })
const latin1 = new TextDecoder('latin1')

/** UTF-8 where it is that, else byte for byte; without line breaks. */
export function textOf(bytes: Uint8Array, from: number, to: number): string {
  const part = bytes.subarray(from, to)
  let text: string
  try {
    text = utf8.decode(part)
  } catch {
    text = latin1.decode(part)
  }
  return text.replace(/[\r\n]+/g, '')
}
