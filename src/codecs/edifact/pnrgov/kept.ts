import type { KeptSegment } from '#domain/pnr-as-sent.ts'
import type { Tape } from '../tape.ts'
import { maskCard } from './mask-card.ts'
import { note, type Work } from './work.ts'

/** How many components of each element the readers of a tag take; `more`: the last number is for all further elements. */
interface Layout {
  readonly most: readonly number[]
  readonly more: boolean
}

const upTo = (...most: readonly number[]): Layout => ({ most, more: false })
const andMore = (...most: readonly number[]): Layout => ({ most, more: true })
const ANY = 9_999

const LAYOUTS: ReadonlyMap<string, Layout> = new Map(
  Object.entries({
    ADD: andMore(ANY),
    APD: upTo(1),
    ABI: upTo(1, 2, 1, 1, 1),
    DAT: andMore(3),
    EBD: upTo(2, 4),
    EQN: upTo(1),
    FAR: andMore(1, 1, 4, 1, 5, 1),
    FOP: andMore(8),
    FTI: andMore(9),
    IFT: andMore(5, ANY),
    MON: andMore(4),
    MSG: upTo(1),
    ORG: upTo(2, 4, 1, 2, 1, 3, 1, 1, 1),
    PTK: upTo(30, 1, 2, 1, 2, 2),
    RCI: andMore(5),
    REF: andMore(2),
    RPI: andMore(1, 1),
    SAC: upTo(1, 1, 1),
    SRC: upTo(0),
    SSD: upTo(1, 1, ANY, 0, 1, 1),
    SSR: andMore(ANY, 8),
    TBD: andMore(0, 4, 2, 2, 5),
    TIF: andMore(3, 4, 3),
    TKT: upTo(6, 1),
    TRA: upTo(1, 3),
    TRI: upTo(0, 4),
    TVL: upTo(5, 2, 2, 2, 3),
    TXD: andMore(1, 4),
  }),
)

/** A PNR has no more segments than this that nobody understands; what is beyond is reported, not kept. */
const MOST_KEPT = 250

/** Keeps a segment that says more than its reader takes. */
export function keepRest(work: Work, segment: number, tag: string): void {
  const layout = LAYOUTS.get(tag)
  if (layout && !work.tape.fits(segment, layout.most, layout.more)) keepWhole(work, segment)
}

/** Keeps a segment of which no reader took anything. */
export const keep = (work: Work, segment: number): void => keepAs(work, segment, false)

/** Keeps a segment of which a reader took a part: it stands for what a writer makes of that part. */
export const keepWhole = (work: Work, segment: number): void => keepAs(work, segment, true)

function keepAs(work: Work, segment: number, known: boolean): void {
  work.keptSegments ??= new Map()
  const kept = work.keptSegments
  if (kept.has(segment)) return
  if (kept.size === MOST_KEPT) note(work, 'pnrgov.kept-too-many', segment)
  if (kept.size <= MOST_KEPT) kept.set(segment, known)
}

/** The kept segments of a PNR, or of a message's head, that begins at a segment. */
export function keptFrom(tape: Tape, first: number, segments: ReadonlyMap<number, boolean>): KeptSegment[] {
  const counts = new Map<string, number>()
  const kept: KeptSegment[] = []
  let next = first
  for (const [segment, known] of segments) {
    if (kept.length === MOST_KEPT) break
    for (; next < segment; next++) count(counts, tape.tag(next))
    const tag = tape.tag(segment)
    kept.push({
      tag,
      elements: elementsOf(tape, segment),
      index: segment - first,
      nth: counts.get(tag) ?? 0,
      ...(known && { known }),
      at: tape.span(segment),
    })
  }
  return kept
}

const count = (counts: Map<string, number>, tag: string): void => void counts.set(tag, (counts.get(tag) ?? 0) + 1)

/** Every element with its components, without empty ones at the ends; whole card numbers stay out. */
export function elementsOf(tape: Tape, segment: number): string[][] {
  const found: string[][] = []
  const payment = tape.tag(segment) === 'FOP'
  const elements = tape.elements(segment)
  for (let element = 1; element <= elements; element++) {
    const components: string[] = []
    const count = tape.components(segment, element)
    for (let component = 1; component <= count; component++) {
      const value = tape.text(segment, element, component) ?? ''
      components.push(payment && component === 5 ? maskCard(value) : value)
    }
    while (components.at(-1) === '') components.pop()
    found.push(components)
  }
  while (found.at(-1)?.length === 0) found.pop()
  return found
}
