import type { Place } from '#domain/finding.ts'
import { type Layout, type Piece, type ShownSegment, type ShowOptions, textOf } from './layout.ts'
import { masked } from './mask.ts'

/** Longer pieces of a file are shown in several rows. */
const LONGEST = 2_000

/**
 * Bytes that are no EDIFACT, such as XML, in rows: a tag and what stands before the next one. Of XML the names of elements
 * and attributes can be read; values and texts keep their shape only, unless data shall be shown.
 */
export function layoutMarkup(bytes: Uint8Array, options: ShowOptions): Layout {
  const starts = rowStarts(bytes)
  const show = (index: number): ShownSegment => {
    const [from, to] = [starts[index] ?? 0, starts[index + 1] ?? bytes.length]
    return { number: index + 1, tag: '', from, to, pieces: piecesOf(bytes, from, to, options) }
  }
  return { rows: starts.length, show, rowAt: ({ byte }: Place) => rowHolding(starts, byte) + 1 }
}

const LESS = 0x3c
const GREATER = 0x3e
const QUOTES = [0x22, 0x27]

/** Each tag begins a row, but for an end tag that closes the element just begun. */
function rowStarts(bytes: Uint8Array): readonly number[] {
  const starts: number[] = bytes.length > 0 ? [0] : []
  let last = 0
  for (let at = bytes.indexOf(LESS); at >= 0; at = bytes.indexOf(LESS, at + 1)) {
    for (; at - last > LONGEST; last += LONGEST) starts.push(last + LONGEST)
    if (at === 0 || bytes[at + 1] === 0x2f) continue
    starts.push(at)
    last = at
  }
  for (; bytes.length - last > LONGEST; last += LONGEST) starts.push(last + LONGEST)
  return starts
}

function rowHolding(starts: readonly number[], byte: number): number {
  let [low, high] = [0, starts.length]
  while (low + 1 < high) {
    const middle = (low + high) >>> 1
    if ((starts[middle] ?? 0) <= byte) low = middle
    else high = middle
  }
  return low
}

/** Values between quotes inside tags, and texts between tags, are values; the rest are signs and names. */
function piecesOf(bytes: Uint8Array, from: number, to: number, { data }: ShowOptions): readonly Piece[] {
  const pieces: Piece[] = []
  let component = 0
  const push = (start: number, end: number, value: boolean): void => {
    if (end <= start) return
    const text = textOf(bytes, start, end)
    const place = { from: start, to: end }
    if (!value) pieces.push({ text, ...place })
    else pieces.push({ text: data ? text : masked(text), element: 1, component: ++component, ...place })
  }
  let at = from
  let inTag = bytes[from] === LESS
  while (at < to) {
    if (!inTag) {
      const next = before(bytes.indexOf(LESS, at), to)
      push(at, next, true)
      at = next
      inTag = true
      continue
    }
    const end = before(bytes.indexOf(GREATER, at), to - 1) + 1
    const quote = firstOf(bytes, at, end)
    if (quote === undefined) {
      push(at, end, false)
      at = end
      inTag = false
      continue
    }
    const close = before(bytes.indexOf(bytes[quote] ?? 0, quote + 1), to)
    push(at, quote + 1, false)
    push(quote + 1, close, true)
    at = close
    push(at, Math.min(at + 1, to), false)
    at += 1
  }
  return pieces
}

const before = (found: number, end: number): number => (found < 0 || found > end ? end : found)

function firstOf(bytes: Uint8Array, from: number, to: number): number | undefined {
  for (let at = from; at < to; at++) if (QUOTES.includes(bytes[at] ?? 0)) return at
  return undefined
}
