import type { KeptInList } from '#domain/message.ts'
import type { Element } from '../write.ts'
import { isOfDocument, placeKey } from './kept.ts'

/** A segment that is going to be written. */
export type Made = readonly [tag: string, ...elements: Element[]]

/** Takes segments in the order in which they are written. */
export class Sheet {
  readonly made: Made[] = []

  segment(tag: string, ...elements: Element[]): void {
    this.made.push([tag, ...elements])
  }
}

/** Segments of which a writer makes others than were sent from the same values: if one was kept, all were. */
const LISTS: ReadonlySet<string> = new Set(['COM', 'FTX'])

/**
 * Puts kept segments back where they stood in a group, among those that a writer made of the model: one of which a part was
 * understood for the one that was made of that part, others between.
 */
export function putBack(made: Made[], kept: readonly KeptInList[], group: KeptInList['group']): Made[] {
  if (kept.length === 0) return made
  const lists = new Set(kept.flatMap(({ tag, known }) => (known && LISTS.has(tag) ? [tag] : [])))
  const found = made.filter(([tag]) => !lists.has(tag))
  const places = new Map<string, number>()
  const counts = new Map<string, number>()
  let documents = 0
  for (const [at, [tag, first]] of found.entries()) {
    if (tag === 'DOC') documents++
    const qualifier = qualifierOf(first)
    const key = placeKey(tag, qualifier, group)
    const nth = isOfDocument(tag, qualifier, group) ? documents - 1 : (counts.get(key) ?? 0)
    counts.set(key, nth + 1)
    places.set(`${key}#${nth}`, at)
  }
  const inserted: KeptInList[] = []
  for (const one of kept) {
    const key = placeKey(one.tag, one.elements[0]?.[0], group)
    const place = one.known && !lists.has(one.tag) ? places.get(`${key}#${one.nth}`) : undefined
    if (place === undefined) inserted.push(one)
    else found[place] = [one.tag, ...one.elements]
  }
  for (const { tag, elements, index } of inserted) found.splice(Math.min(index, found.length), 0, [tag, ...elements])
  return found
}

const qualifierOf = (first: Element): string | undefined => (typeof first === 'object' ? first[0] : first)
