import type { Tape } from '../tape.ts'
import { trimmed } from '../trimmed.ts'
import type { OpenPerson } from './person.ts'

const POUND_KG = 0.45359237

/** `MEA+CT++:2'` bags, `MEA+WT++KGM:31'` their weight; the value may stand in the place of the unit. */
export function readMeasure(person: OpenPerson, tape: Tape, at: number): void {
  const unit = tape.text(at, 3, 1)
  const sent = tape.text(at, 3, 2) ?? unit ?? ''
  const value = measureOf(sent)
  if (!Number.isFinite(value) || value < 0) return
  const qualifier = tape.text(at, 1)
  if (qualifier === 'CT') person.baggage.count = Math.round(value)
  else if (qualifier === 'WT')
    person.baggage.weightKg = unit?.startsWith('LB') ? Math.round(value * POUND_KG * 10) / 10 : value
  else return
  person.at.baggage ??= tape.span(at)
}

/** Serial numbers are counted up to here, whatever the message says. */
export const MOST_TAGS = 50

/** `FTX+BAG+++0X012345:3'`: three tags from this one on; the prefix stays, the serial keeps its width. */
export function readBagTags(person: OpenPerson, tape: Tape, at: number): void {
  if (tape.text(at, 1) !== 'BAG') return
  const first = trimmed(tape.text(at, 4, 1))
  if (!first) return
  const { tags } = person.baggage
  const count = Math.min(MOST_TAGS, Number(tape.text(at, 4, 2) ?? 1) || 1)
  tags.push(first)
  for (let step = 1; step < count; step++) {
    const next = tagAfter(first, step)
    if (next !== undefined) tags.push(next)
  }
  person.at.baggage ??= tape.span(at)
}

/** The tag `step` numbers behind another; nothing where it does not end in a number that can be counted up. */
export function tagAfter(first: string, step: number): string | undefined {
  let from = first.length
  while (from > 0 && first.length - from < 15 && isDigit(first.charCodeAt(from - 1))) from--
  const width = first.length - from
  if (width === 0) return undefined
  const serial = String(Number(first.slice(from)) + step)
  return serial.length > width ? undefined : first.slice(0, from) + serial.padStart(width, '0')
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

/** `31`, `12.5`, `12,5`; no number for anything else. */
function measureOf(sent: string): number {
  const [first, second] = [sent.charCodeAt(0), sent.charCodeAt(1)]
  if (sent.length === 1 && isDigit(first)) return first - 0x30
  if (sent.length === 2 && isDigit(first) && isDigit(second)) return (first - 0x30) * 10 + second - 0x30
  return sent === '' ? Number.NaN : Number(sent.replace(',', '.'))
}
