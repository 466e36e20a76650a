import type { KeptSegment } from '#domain/pnr-as-sent.ts'
import { maskCard } from '../edifact/pnrgov/mask-card.ts'
import type { XmlElement } from './elements.ts'

/** A PNR has no more elements than this that nobody understands; what is beyond is not kept. */
export const MOST_KEPT = 250

/**
 * What no reader asked for below an element: elements of unknown names, attributes and texts of known ones, each with the
 * way to it, `Passenger[2]/Visa`.
 *
 * @param leave elements below it that are somebody else's
 */
export function unreadBelow(root: XmlElement, leave: (element: XmlElement) => boolean = () => false): KeptSegment[] {
  const kept: KeptSegment[] = []
  const visit = (element: XmlElement, path: string, parentTaken: boolean): void => {
    const elements = unreadIn(element)
    const taken = element === root || element.taken === true
    const says = elements.length > 0 || (!taken && (parentTaken || element.children.length === 0))
    if (says && kept.length < MOST_KEPT) {
      kept.push({
        tag: element.name,
        elements,
        index: element.number - root.number,
        nth: 0,
        ...(taken && { known: true }),
        path,
        at: element.at,
      })
    }
    const counts = new Map<string, number>()
    for (const one of element.children) {
      const nth = (counts.get(one.name) ?? 0) + 1
      counts.set(one.name, nth)
      if (!leave(one)) visit(one, `${path && `${path}/`}${one.name}${nth > 1 ? `[${nth}]` : ''}`, taken)
    }
  }
  visit(root, '', true)
  return kept
}

/** Attributes by name, the text last and without one. */
function unreadIn({ attributes, text }: XmlElement): [string, string][] {
  const found: [string, string][] = []
  for (const { name = '', text: value, taken } of attributes.values())
    if (!taken && value.trim() !== '') found.push([name, masked(name, value)])
  if (text && !text.taken) found.push(['', masked('', text.text)])
  return found
}

/** Whole card numbers stay out, whatever they are called. */
const masked = (name: string, value: string): string => {
  const bare = value.replace(/[ -]/g, '')
  return /^\d{14,19}$/.test(bare) || (/card|account/i.test(name) && /^\d{12,}$/.test(bare)) ? maskCard(bare) : value
}
