import type { KeptSegment } from '#domain/pnr-as-sent.ts'
import type { MessageRange } from './interchange.ts'
import { keptFrom } from './pnrgov/kept.ts'
import type { FindingSink, Tape } from './tape.ts'
import type { Element, SegmentWriter } from './write.ts'

/** What a writer of a body needs of its target. */
export interface SegmentTarget {
  segment(tag: string, ...elements: readonly Element[]): unknown
}

/** How many components of each element of a tag are understood. */
export type Layouts = Readonly<Record<string, readonly number[]>>

/** An answer has no more segments than this that nobody understands; what is beyond is reported, not kept. */
const MOST_KEPT = 250

/**
 * Gathers the segments of an answer that nobody took, or not all of, so that a writer puts them back.
 * Finding: `message.kept-too-many`.
 */
export class Keeper {
  private readonly segments = new Map<number, boolean>()
  private readonly tape: Tape
  private readonly range: MessageRange
  private readonly sink: FindingSink
  private readonly layouts: Layouts

  constructor(tape: Tape, range: MessageRange, sink: FindingSink, layouts: Layouts) {
    this.tape = tape
    this.range = range
    this.sink = sink
    this.layouts = layouts
  }

  /** To be told of every segment: `taken` if a reader took it, `partly` if it knows that it lost something. */
  note(at: number, taken: boolean, partly = false): void {
    const { tape, range, segments } = this
    const tag = tape.tag(at)
    if (tag === 'UNT' && at === range.to - 1) return
    if (taken && !partly && tape.fits(at, this.layouts[tag] ?? [], false)) return
    if (segments.size === MOST_KEPT) this.sink.add('message.kept-too-many', tape.place(at), '')
    if (segments.size <= MOST_KEPT) segments.set(at, taken)
  }

  kept(): { readonly kept?: readonly KeptSegment[] } {
    return this.segments.size > 0 ? { kept: keptFrom(this.tape, this.range.from, this.segments) } : {}
  }
}

/** Writes a body, with kept segments where they stood: UNH counts as segment 0. */
export function writeWithKept(
  writer: SegmentWriter,
  kept: readonly KeptSegment[] | undefined,
  body: (target: SegmentTarget) => void,
): void {
  if (!kept) {
    body(writer)
    return
  }
  const made: { tag: string; elements: readonly Element[] }[] = [{ tag: 'UNH', elements: [] }]
  body({ segment: (tag, ...elements) => made.push({ tag, elements }) })
  for (const { tag, elements, index, nth, known } of kept) {
    let left = nth
    const place = known ? made.findIndex((one) => one.tag === tag && left-- === 0) : -1
    if (place >= 0) made[place] = { tag, elements }
    else made.splice(Math.min(index, made.length), 0, { tag, elements })
  }
  for (const { tag, elements } of made.slice(1)) writer.segment(tag, ...elements)
}
