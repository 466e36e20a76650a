import { type FindingSink, fitsWithin, type Tape, valuesWithin } from '../tape.ts'

/** Segments whose elements are codes only: a tag glued to the end of one is a terminator that was lost. */
const LIMITS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    MSG: 2,
    EQN: 1,
    RCI: 1,
    DAT: 1,
    TIF: 2,
    REF: 1,
    TKT: 2,
    MON: 1,
    PTK: 8,
    TXD: 1,
    TVL: 5,
    TRA: 2,
    RPI: 2,
    APD: 1,
    TRI: 2,
    SSD: 5,
    SAC: 3,
    ABI: 5,
    SSR: 2,
  }),
)

const TAGS = new Set(
  'MSG ORG TVL EQN SRC RCI SSR DAT IFT ADD EBD TIF FTI REF FAR TKT MON PTK TXD FOP TRA RPI APD TRI SSD TBD ABI SAC LTS UNT'.split(
    ' ',
  ),
)

export interface Cut {
  /** The segment that holds another one, and the element at whose end the other's tag stands. */
  readonly segment: number
  readonly element: number
  readonly tag: string
}

/**
 * Puts back terminators that were lost between segments of a message, `RPI+1+HKIFT+4:28+…`, by a tape that has one segment
 * more. A message in order, the usual case, keeps its tape.
 */
export function mend(
  tape: Tape,
  first: number,
  last: number,
  people: boolean,
  sink?: FindingSink,
): { readonly tape: Tape; readonly last: number } {
  let cuts: Cut[] | undefined
  for (let segment = first; segment <= last; segment++) {
    const cut = lostTerminator(tape, segment, tape.tag(segment), people)
    if (!cut) continue
    cuts ??= []
    cuts.push(cut)
    sink?.add('pnrgov.terminator-lost', tape.place(segment), cut.tag)
  }
  return cuts ? { tape: mended(tape, cuts), last: last + cuts.length } : { tape, last }
}

/** Whether a segment holds the beginning of the next one: asked of each before it is read. */
export const isTorn = (tape: Tape, segment: number, tag: string, people: boolean): boolean =>
  lostTerminator(tape, segment, tag, people) !== undefined

/** Whether a traveller may hide behind a lost terminator in one of these segments: then every one is looked through. */
export const mayHidePeople = (tape: Tape, from: number, to: number): boolean =>
  tape.hasGlued?.(['TIF'], from, to) !== false

const lostTerminator = (tape: Tape, segment: number, tag: string, people: boolean): Cut | undefined =>
  behindCodes(tape, segment, tag) ?? (people ? beforeTraveller(tape, segment) : undefined)

/** `ORG+ZX:OSLTIF+DOE+ADAMRS:A:1`: whatever it stands in, free text too, the type or number of a traveller tells. */
function beforeTraveller(tape: Tape, segment: number): Cut | undefined {
  const count = Math.min(tape.elements(segment) - 1, MOST_LOOKED_AT)
  for (let element = 1; element < count; element++) {
    const value = tape.text(segment, element, tape.components(segment, element))
    if (value === undefined || value.length < 4 || !value.endsWith('TIF')) continue
    if (tape.text(segment, element + 1) === undefined) continue
    const told = TYPES.has(tape.text(segment, element + 2, 2) ?? '') || tape.text(segment, element + 2, 3) !== undefined
    if (told) return { segment, element, tag: 'TIF' }
  }
  return undefined
}

const MOST_LOOKED_AT = 200
/** 6353 of a traveller. */
const TYPES = new Set('A C IN IS IM IF M F UM 766 767'.split(' '))

function behindCodes(tape: Tape, segment: number, tag: string): Cut | undefined {
  const limit = LIMITS.get(tag)
  if (limit === undefined || tape.values(segment) <= limit || tape.components(segment, limit + 1) === 0)
    return undefined
  const count = Math.min(tape.elements(segment), limit + MOST_BEHIND)
  for (let element = Math.min(limit, 2); element < count; element++) {
    const components = tape.components(segment, element)
    const value = tape.text(segment, element, components)
    if (value === undefined || value.length < 4) continue
    if (!isCapital(value.charCodeAt(value.length - 1))) continue
    const glued = value.slice(-3)
    if (TAGS.has(glued)) return { segment, element, tag: glued }
  }
  return undefined
}

/** A segment of codes has so many elements more at most than the guide gives it; what is longer holds the next one before. */
const MOST_BEHIND = 12

const isCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a

interface Where {
  readonly segment: number
  readonly cut?: Cut
  readonly second: boolean
}

/** A tape in which each cut segment is two; segments before the first cut keep their numbers. */
export function mended(tape: Tape, cuts: readonly Cut[]): Tape {
  const first = cuts[0]?.segment ?? 0
  const places: Where[] = []
  for (let next = 0, segment = first; next < cuts.length; segment++) {
    const cut = cuts[next]
    if (cut?.segment !== segment) places.push({ segment, second: false })
    else {
      places.push({ segment, cut, second: false }, { segment, cut, second: true })
      next++
    }
  }
  const at = (segment: number): Where =>
    segment < first
      ? { segment, second: false }
      : (places[segment - first] ?? { segment: segment - cuts.length, second: false })

  const text = (segment: number, element: number, component = 1): string | undefined => {
    const { segment: sent, cut, second } = at(segment)
    if (!cut) return tape.text(sent, element, component)
    if (second) return tape.text(sent, element + cut.element, component)
    if (element > cut.element) return undefined
    const value = tape.text(sent, element, component)
    const last = element === cut.element && component === tape.components(sent, element)
    return last ? value?.slice(0, -3) || undefined : value
  }
  return {
    bytes: tape.bytes,
    segments: tape.segments + cuts.length,
    tag: (segment) => {
      const { segment: sent, cut, second } = at(segment)
      return cut && second ? cut.tag : tape.tag(sent)
    },
    elements: (segment) => {
      const { segment: sent, cut, second } = at(segment)
      if (!cut) return tape.elements(sent)
      return second ? tape.elements(sent) - cut.element : cut.element
    },
    components: (segment, element) => {
      const { segment: sent, cut, second } = at(segment)
      if (cut && !second && element > cut.element) return 0
      return tape.components(sent, cut && second ? element + cut.element : element)
    },
    values(segment) {
      return at(segment).cut ? valuesWithin(this, segment) : tape.values(at(segment).segment)
    },
    text,
    fits(segment, most, repeats) {
      if (!at(segment).cut) return tape.fits(at(segment).segment, most, repeats)
      return fitsWithin(this, segment, most, repeats)
    },
    joined: (segment, element) => {
      const { segment: sent, cut, second } = at(segment)
      if (!cut) return tape.joined(sent, element)
      if (second) return tape.joined(sent, element + cut.element)
      if (element > cut.element) return undefined
      const value = tape.joined(sent, element)
      return element === cut.element ? value?.slice(0, -3) || undefined : value
    },
    span: (segment, element, component) => {
      const { segment: sent, cut, second } = at(segment)
      if (!cut) return tape.span(sent, element, component)
      if (element === undefined) {
        const [start, end] = tape.span(sent)
        const seam = tape.span(sent, cut.element)[1] - 3
        return second ? [seam, end] : [start, seam]
      }
      const [from, to] = tape.span(sent, second ? element + cut.element : element, component)
      return [from, second ? to : Math.min(to, tape.span(sent, cut.element)[1] - 3)]
    },
    place: (segment, element, component) => {
      const { segment: sent, cut, second } = at(segment)
      return tape.place(sent, cut && second && element !== undefined ? element + cut.element : element, component)
    },
    service: (segment) => tape.service(at(segment).segment),
  }
}
