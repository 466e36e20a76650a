import type { KeptSegment } from '#domain/pnr-as-sent.ts'
import { segment } from './segments.ts'

/**
 * Puts kept segments back where they stood, among those that a writer made of the model: one of a known tag for the one
 * that was made of what was understood of it, others between. What was sent as XML has no place among them.
 *
 * @param made the segments of a PNR, or of a message's head
 */
export function putBack(made: string[], kept: readonly KeptSegment[] | undefined): void {
  if (!kept) return
  for (const one of kept) {
    if (one.path !== undefined) continue
    const text = segment(one.tag, ...one.elements)
    const place = one.known ? placeOf(made, one) : -1
    if (place >= 0) made[place] = text
    else made.splice(Math.min(one.index, made.length), 0, text)
  }
}

function placeOf(made: readonly string[], { tag, nth }: KeptSegment): number {
  let left = nth
  for (let at = 0; at < made.length; at++) if (made[at]?.startsWith(tag) && left-- === 0) return at
  return -1
}
