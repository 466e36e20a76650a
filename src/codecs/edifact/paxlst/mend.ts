import type { MessageRange } from '../interchange.ts'
import { type Cut, mended } from '../pnrgov/mend.ts'
import type { FindingSink, Tape } from '../tape.ts'
import { codeOf } from './codes.ts'

/** What a segment's first component may be, by its tag: that makes a tag behind a value another segment. */
const BEGINNINGS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    ATT: '2',
    CNT: '41 42',
    DOC: 'P V I A C AC IP F L M T',
    DTM: '329 36 182 189 232',
    EMP: '1',
    FTX: 'BAG',
    GEI: '4',
    LOC: '22 87 91 92 125 130 174 178 179 180',
    MEA: 'CT WT',
    NAD: 'FL FM DDU DDT ZZZ',
    NAT: '1 2 3',
    RFF: 'AVF ABO SEA AEA CR YZY TN',
    TDT: '20 34',
  }).map(([tag, codes]) => [tag, new Set(codes.split(' '))]),
)

/** Terminators lost one behind the other are found one by one; so many, and no more. */
const MOST_IN_A_ROW = 4

/**
 * Puts back terminators that were lost between segments, `GEI+4+173NAD+FL+++…`, by a tape that has more segments. It is
 * looked for only where UNT counts other than what is there, or somebody may hide: a message in order keeps its tape.
 */
export function mend(
  sent: Tape,
  sentRange: MessageRange,
  sink: FindingSink,
): { readonly tape: Tape; readonly range: MessageRange } {
  let tape = sent
  let range = sentRange
  const last = range.to - 1
  const counted = range.closed && Number(tape.text(last, 1)) === range.to - range.from
  if (counted && tape.hasGlued?.(['NAD'], range.from, range.to) === false) return { tape, range }
  for (let round = 0; round < MOST_IN_A_ROW; round++) {
    const cuts: Cut[] = []
    for (let segment = range.from + 1; segment < range.to; segment++) {
      const cut = lostTerminator(tape, segment)
      if (!cut) continue
      cuts.push(cut)
      sink.add('paxlst.terminator-lost', tape.place(segment), cut.tag)
    }
    if (cuts.length === 0) break
    tape = mended(tape, cuts)
    range = { ...range, to: range.to + cuts.length }
  }
  return { tape, range }
}

function lostTerminator(tape: Tape, segment: number): Cut | undefined {
  const count = tape.elements(segment)
  for (let element = 1; element < count; element++) {
    const value = tape.text(segment, element, tape.components(segment, element))
    if (value === undefined || value.length < 4) continue
    const tag = value.slice(-3)
    if (BEGINNINGS.get(tag)?.has(codeOf(tape.text(segment, element + 1)))) return { segment, element, tag }
  }
  return undefined
}
