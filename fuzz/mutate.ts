/** Damage to messages, by chance that repeats: bytes changed anywhere, or whole segments dropped, doubled, moved, spliced. */
import { readTape } from '#codecs/edifact/tape.ts'
import type { Span } from '#domain/finding.ts'
import type { Random } from '#simulator/random.ts'

/** A clean message file, and where its segments stand: with their terminators, and what lies between them. */
export interface Sample {
  readonly name: string
  readonly bytes: Uint8Array
  readonly segments: readonly Span[]
  /** What ends a segment, parts its elements, and makes either a letter. */
  readonly terminator: number
  readonly element: number
  readonly release: number
}

export interface Mutant {
  readonly bytes: Uint8Array
  /** Segments of the sample that were touched, counted from 0; nothing where single bytes were changed. */
  readonly touched?: ReadonlySet<number>
}

export function sampleOf(name: string, bytes: Uint8Array): Sample {
  const tape = readTape(bytes)
  const starts = Array.from({ length: tape.segments }, (_, segment) => tape.span(segment)[0])
  const segments = starts.map((start, index): Span => [start, starts[index + 1] ?? bytes.length])
  const { terminator, element, release } = tape.service(0)
  return { name, bytes, segments, terminator, element, release }
}

/** What breaks readers: service characters, tags, codes, counts, other alphabets. */
const WORDS = [
  ...["'", '+', ':', '?', '*', '$', '??', "?'", "''", '++', '::', '\n', '\r\n', '\0', '\x02', '\x03', '’', 'ə', '\xff'],
  ...[
    'UNA',
    "UNA:+.? '",
    'UNB',
    'UNB+',
    'UNH',
    'UNH+',
    'UNT',
    'UNT+',
    'UNZ',
    'UNZ+',
    "SRC'",
    'TIF+',
    'NAD+FL+++',
    'TVL+',
    'SSR+',
  ],
  ...[
    'DOCS',
    '-1',
    '///////',
    '/P//',
    'INFT',
    '999999999999',
    '000000',
    '310299',
    '2400',
    '-',
    '%',
    '<',
    '&#',
    ']]>',
    '<!--',
  ],
]

const encoder = new TextEncoder()

/** Some bytes replaced, cut out, doubled, or put in: one to eight times. */
export function mutateBytes(sample: Sample, chance: Random, others: readonly Sample[]): Mutant {
  let bytes = sample.bytes
  for (let left = 1 + Math.floor(chance.next() ** 3 * 8); left > 0; left--) bytes = changed(bytes, chance, others)
  return { bytes }
}

function changed(bytes: Uint8Array, chance: Random, others: readonly Sample[]): Uint8Array {
  const at = chance.int(0, bytes.length)
  const width = Math.min(bytes.length - at, 1 + Math.floor(chance.next() ** 4 * 200))
  switch (chance.int(0, 5)) {
    case 0:
      return spliced(bytes, at, at + Math.min(1, width), Uint8Array.of(chance.int(0, 255)))
    case 1:
      return spliced(bytes, at, at + width, new Uint8Array())
    case 2:
      return spliced(bytes, at, at, bytes.subarray(at, at + width))
    case 3:
      return spliced(bytes, at, at + (chance.chance(0.5) ? width : 0), encoder.encode(chance.pick(WORDS)))
    case 4:
      return bytes.subarray(0, at)
    default: {
      const other = chance.pick(others).bytes
      const from = chance.int(0, other.length)
      return spliced(bytes, at, at + width, other.subarray(from, from + chance.int(0, 300)))
    }
  }
}

/** One to four segments dropped, doubled, exchanged, moved, emptied, or put in from another message. */
export function mutateSegments(sample: Sample, chance: Random, others: readonly Sample[]): Mutant {
  const order = sample.segments.map((_, index) => index)
  const strange = new Map<number, Uint8Array>()
  const touched = new Set<number>()
  for (let left = chance.int(1, 4); left > 0 && order.length > 0; left--) {
    const at = chance.int(0, order.length - 1)
    const to = chance.int(0, order.length - 1)
    const one = order[at] ?? -1
    touched.add(one)
    switch (chance.int(0, 5)) {
      case 0:
        order.splice(at, 1)
        break
      case 1:
        order.splice(at, 0, one)
        break
      case 2: {
        const two = order[to] ?? -1
        touched.add(two)
        order[at] = two
        order[to] = one
        break
      }
      case 3:
        order.splice(at, 1)
        order.splice(to, 0, one)
        break
      case 4:
        if (one >= 0) strange.set(one, emptied(sample, one, chance))
        break
      default: {
        const id = -1 - strange.size
        strange.set(id, strangeSegment(sample, chance.pick(others), chance))
        order.splice(at, 0, id)
      }
    }
  }
  const parts = order.map((index) => strange.get(index) ?? segmentOf(sample, index))
  const head = sample.bytes.subarray(0, sample.segments[0]?.[0] ?? 0)
  return { bytes: Buffer.concat([head, ...parts]), touched }
}

/** The tag and a few separators, values gone. */
function emptied(sample: Sample, index: number, chance: Random): Uint8Array {
  const tag = segmentOf(sample, index).subarray(0, 3)
  return Uint8Array.of(...tag, ...new Array<number>(chance.int(0, 3)).fill(sample.element), sample.terminator)
}

/** A segment of another message, ended as this one ends its own: not by a terminator that a last `?` makes a letter. */
function strangeSegment(sample: Sample, other: Sample, chance: Random): Uint8Array {
  const [start, end] = chance.pick(other.segments.length > 0 ? other.segments : sample.segments)
  const bytes = other.segments.length > 0 ? other.bytes : sample.bytes
  const cut = bytes.indexOf(other.terminator, start)
  let last = cut < start || cut > end ? end : cut
  while (last > start && bytes[last - 1] === sample.release) last--
  return Uint8Array.of(...bytes.subarray(start, last), sample.terminator)
}

export const segmentOf = ({ bytes, segments }: Sample, index: number): Uint8Array => {
  const [start, end] = segments[index] ?? [0, 0]
  return bytes.subarray(start, end)
}

const spliced = (bytes: Uint8Array, from: number, to: number, middle: Uint8Array): Uint8Array =>
  Buffer.concat([bytes.subarray(0, from), middle, bytes.subarray(to)])
