import type { Place, Span } from '#domain/finding.ts'
import { Lines } from '../edifact/lines.ts'
import { DEFAULT_SERVICE, fitsWithin, type Tape, valuesWithin } from '../edifact/tape.ts'
import { withoutEnd } from '../edifact/trimmed.ts'
import type { XmlElement, XmlValue } from './elements.ts'

/** A piece of a value, and where it was sent; several pieces make one text, such as that of an SSR DOCS. */
export type Piece = XmlValue
/** A component: nothing, one value, or pieces one after the other. */
export type Component = Piece | readonly Piece[] | undefined

/** Several components of one element. */
export interface Composite {
  readonly components: readonly Component[]
}

export const composite = (...components: readonly Component[]): Composite => ({ components })

/** One segment of the PNRGOV that an XML document amounts to. */
export interface XmlSegment {
  readonly tag: string
  readonly elements: readonly (readonly Component[])[]
  /** The element of the document that it stands for. */
  readonly number: number
  at: Span
}

/** One segment for an element of the document. */
export const segmentOf = (
  tag: string,
  element: Pick<XmlElement, 'at' | 'number'>,
  ...elements: readonly (Component | Composite)[]
): XmlSegment => segmentWith(tag, element, elements)

/** The same, with as many elements as there may be. */
export const segmentWith = (
  tag: string,
  element: Pick<XmlElement, 'at' | 'number'>,
  elements: readonly (Component | Composite)[],
): XmlSegment => ({
  tag,
  elements: elements.map((one) => (one !== undefined && 'components' in one ? one.components : [one])),
  number: element.number,
  at: element.at,
})

const textOf = (component: Component): string => {
  if (component === undefined) return ''
  return 'text' in component ? component.text : component.map(({ text }) => text).join('')
}

/** A document as the tape that the PNRGOV reader reads: one reader knows what a PNR means, whatever it was written in. */
export class XmlTape implements Tape {
  readonly bytes: Uint8Array
  readonly segments: number
  private readonly list: readonly XmlSegment[]
  private readonly lines: Lines

  constructor(bytes: Uint8Array, list: readonly XmlSegment[]) {
    this.bytes = bytes
    this.list = list
    this.segments = list.length
    this.lines = new Lines(bytes)
  }

  tag(segment: number): string {
    return this.list[segment]?.tag ?? ''
  }

  elements(segment: number): number {
    return this.list[segment]?.elements.length ?? 0
  }

  components(segment: number, element: number): number {
    return this.list[segment]?.elements[element - 1]?.length ?? 0
  }

  values(segment: number): number {
    return valuesWithin(this, segment)
  }

  text(segment: number, element: number, component = 1): string | undefined {
    return textOf(this.list[segment]?.elements[element - 1]?.[component - 1]) || undefined
  }

  joined(segment: number, element: number): string | undefined {
    const components = this.list[segment]?.elements[element - 1] ?? []
    return withoutEnd(components.map(textOf).join(':'), ':') || undefined
  }

  fits(segment: number, most: readonly number[], repeats: boolean): boolean {
    return fitsWithin(this, segment, most, repeats)
  }

  span(segment: number, element?: number, component?: number): Span {
    const sent = this.list[segment]
    if (!sent) return [0, 0]
    if (element === undefined) return sent.at
    const components = sent.elements[element - 1] ?? []
    const wanted = component === undefined ? components : [components[component - 1]]
    const spans = wanted.flatMap(spansOf)
    if (spans.length === 0) return [sent.at[1], sent.at[1]]
    return spans.reduce(([start, end], [from, to]) => [Math.min(start, from), Math.max(end, to)])
  }

  /** Where characters `from` to `to` of a component's text were sent: the pieces that they come from. */
  spanWithin(segment: number, element: number, component: number, [from, to]: Span): Span {
    const sent = this.list[segment]?.elements[element - 1]?.[component - 1]
    let at = 0
    let start: number | undefined
    let end: number | undefined
    for (const piece of sent === undefined ? [] : 'text' in sent ? [sent] : sent) {
      const next = at + piece.text.length
      if (piece.text !== '' && at < to && next > from && piece.at[1] > piece.at[0]) {
        start ??= piece.at[0]
        end = piece.at[1]
      }
      at = next
    }
    return start === undefined || end === undefined ? this.span(segment) : [start, end]
  }

  place(segment: number, element?: number, component?: number): Place {
    const [byte] = this.span(segment, element, component)
    return { byte, line: this.lines.of(byte), segment: this.list[segment]?.number ?? 1 }
  }

  service(): typeof DEFAULT_SERVICE {
    return DEFAULT_SERVICE
  }
}

function spansOf(component: Component): Span[] {
  if (component === undefined) return []
  const pieces = 'text' in component ? [component] : component
  return pieces.filter(({ text, at }) => text !== '' && at[1] > at[0]).map(({ at }) => at)
}
