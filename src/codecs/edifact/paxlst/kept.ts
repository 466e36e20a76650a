import type { KeptInList } from '#domain/message.ts'
import { elementsOf } from '../pnrgov/kept.ts'
import type { FindingSink, Tape } from '../tape.ts'
import { codeOf } from './codes.ts'

/** How many components of each element the readers of a tag take; `more`: the last number is for all further elements. */
interface Layout {
  readonly most: readonly number[]
  readonly more: boolean
}

const upTo = (...most: readonly number[]): Layout => ({ most, more: false })
const ANY = 9_999

const LAYOUTS: ReadonlyMap<string, Layout> = new Map(
  Object.entries({
    ATT: upTo(1, 0, 1),
    BGM: upTo(1, ANY),
    CNT: upTo(2),
    COM: { most: [2], more: true },
    DOC: upTo(3, 1),
    DTM: upTo(3),
    EMP: upTo(1, 3),
    FTX: upTo(1, 0, 0, 2),
    GEI: upTo(1, 1),
    LOC: upTo(1, 1),
    MEA: upTo(1, 0, 2),
    NAD: upTo(1, 0, 0, 2, 1, 1, 4, 1, 1),
    NAT: upTo(1, 1),
    RFF: upTo(2),
    TDT: upTo(1, 1, 0, 0, 1),
  }),
)

/** A message has no more segments than this that are kept; what is beyond is reported, not kept. */
const MOST_KEPT = 10_000
/** Nor is a longer one kept. */
const MOST_BYTES = 4_000

/** Segments that are kept while a message is read. */
export interface Keeping {
  readonly tape: Tape
  readonly sink: FindingSink
  /** Segment → whether a reader took a part of it; in no order. */
  kept?: Map<number, boolean>
}

/** Keeps a segment that says more than its reader takes. */
export function keepRest(keeping: Keeping, segment: number, tag: string): void {
  const layout = LAYOUTS.get(tag)
  if (layout && !keeping.tape.fits(segment, layout.most, layout.more)) keepWhole(keeping, segment)
}

/** Keeps a segment of which no reader took anything. */
export const keep = (keeping: Keeping, segment: number): void => keepAs(keeping, segment, false)

/** Keeps a segment whose qualifier nobody here knows; that is said. */
export function keepUnknown(keeping: Keeping, segment: number, tag: string, code: string): void {
  keeping.sink.add('paxlst.code-unknown', keeping.tape.place(segment, 1), `${tag} ${code.slice(0, 3)}`)
  keep(keeping, segment)
}

/** Keeps a segment of which a part is in the model, or in another form: it stands for what a writer makes of that part. */
export const keepWhole = (keeping: Keeping, segment: number): void => keepAs(keeping, segment, true)

function keepAs(keeping: Keeping, segment: number, known: boolean): void {
  keeping.kept ??= new Map()
  const { kept } = keeping
  const [from, to] = keeping.tape.span(segment)
  const full = kept.size === MOST_KEPT && !kept.has(segment)
  if (full || to - from > MOST_BYTES) keeping.sink.add('paxlst.kept-too-many', keeping.tape.place(segment), '')
  if (kept.size <= MOST_KEPT && to - from <= MOST_BYTES) kept.set(segment, known)
}

/** Where a message's groups lie on the tape. */
interface Groups {
  readonly from: number
  /** NAD, and the segment behind the person, by turns. */
  readonly persons: readonly number[]
  /** The first CNT. */
  readonly totalAt?: number
}

/** What was kept, in order, each with the group that it stood in. */
export function keptOf({ tape, kept }: Keeping, groups: Groups): KeptInList[] | undefined {
  if (!kept) return undefined
  const found: KeptInList[] = []
  let group: KeptInList['group']
  let next = groups.from
  let start = groups.from
  let counts = new Map<string, number>()
  let documents = 0
  for (const segment of [...kept.keys()].sort((a, b) => a - b)) {
    if (found.length === MOST_KEPT) break
    for (; next <= segment; next++) {
      const entered = next === groups.totalAt ? 'end' : beginning(groups.persons, next, group)
      if (entered !== undefined) {
        group = entered
        start = next
        counts = new Map()
        documents = 0
      }
      const tag = tape.tag(next)
      if (tag === 'DOC') documents++
      const known = kept.get(next)
      const qualifier = tape.text(next, 1, 1)
      const key = placeKey(tag, qualifier, group)
      const nth = isOfDocument(tag, qualifier, group) ? documents - 1 : (counts.get(key) ?? 0)
      if (known !== false) counts.set(key, nth + 1)
      // A total that stands elsewhere than at the end is in the model, and its place is wrong
      if (next < segment || (tag === 'CNT' && known && group !== 'end')) continue
      found.push({
        tag,
        elements: elementsOf(tape, segment),
        index: segment - start,
        nth,
        ...(known && { known }),
        ...(group !== undefined && { group }),
        at: tape.span(segment),
      })
    }
  }
  return found
}

/** The group that begins at a segment; they come in order. */
function beginning(persons: readonly number[], segment: number, now: KeptInList['group']): number | undefined {
  if (now === 'end') return undefined
  const next = now === undefined ? 0 : now + 1
  return persons[next * 2] === segment ? next : undefined
}

/**
 * What tells a segment from its like in one group: its qualifier. In the head, places and times follow each other, whatever
 * their qualifiers.
 */
export function placeKey(tag: string, sent: string | undefined, group: KeptInList['group']): string {
  const qualifier = codeOf(sent)
  switch (tag) {
    case 'LOC':
    case 'DTM':
      return group === undefined ? tag : `${tag}${qualifier}`
    case 'MEA':
    case 'RFF':
    case 'FTX':
      return `${tag}${qualifier}`
    default:
      return tag
  }
}

/** Whether a segment belongs to the document before it, which has one of its kind: it is counted by documents. */
export const isOfDocument = (tag: string, qualifier: string | undefined, group: KeptInList['group']): boolean =>
  group !== undefined && OF_DOCUMENTS.has(`${tag}${codeOf(qualifier)}`)

const OF_DOCUMENTS = new Set(['DTM36', 'DTM182', 'LOC91'])
