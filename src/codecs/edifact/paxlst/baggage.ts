import { trimmed } from '../trimmed.ts'
import { codeOf } from './codes.ts'
import { keep, keepUnknown, keepWhole } from './kept.ts'
import type { OpenPerson, PersonContext } from './person.ts'

/** `MEA+CT++:2'` bags, `MEA+WT++KGM:31'` their weight; the value may stand in the place of the unit. */
export function readMeasure(context: PersonContext, person: OpenPerson, at: number): void {
  const { tape, profile } = context
  const unit = tape.text(at, 3, 1)
  const sent = tape.text(at, 3, 2)
  const value = measureOf(sent ?? unit ?? '')
  const { baggage } = person
  const qualifier = codeOf(tape.text(at, 1))
  if (qualifier !== 'CT' && qualifier !== 'WT') {
    keepUnknown(context, at, 'MEA', qualifier)
    return
  }
  const held = qualifier === 'CT' ? baggage.count : baggage.weightKg
  const kg = qualifier === 'CT' || sent === undefined ? 1 : profile.weights.get(codeOf(unit))
  if (!Number.isFinite(value) || value < 0 || held !== undefined || kg === undefined) {
    if (kg === undefined) context.sink.add('paxlst.weight-unit', tape.place(at, 3), codeOf(unit).slice(0, 3))
    keep(context, at)
    return
  }
  if (qualifier === 'CT') baggage.count = Math.round(value)
  else baggage.weightKg = kg === 1 ? value : Math.round(value * kg * 10) / 10
  person.at.baggage ??= tape.span(at)
  const written = qualifier === 'CT' ? undefined : 'KGM'
  if (unit !== written || sent !== String(value) || !tape.fits(at, MEASURE, false)) keepWhole(context, at)
}

const MEASURE = [1, 0, 2]

/** Serial numbers are counted up to here, whatever the message says. */
export const MOST_TAGS = 50

/** `FTX+BAG+++0X012345:3'`: three tags from this one on; the prefix stays, the serial keeps its width. */
export function readBagTags(context: PersonContext, person: OpenPerson, at: number): void {
  const { tape } = context
  const subject = codeOf(tape.text(at, 1))
  if (subject !== 'BAG') {
    keepUnknown(context, at, 'FTX', subject)
    return
  }
  const first = trimmed(tape.text(at, 4, 1))
  if (!first) {
    keep(context, at)
    return
  }
  const { tags } = person.baggage
  const before = tags.length
  const sent = tape.text(at, 4, 2)
  const count = Math.min(MOST_TAGS, Number(sent ?? 1) || 1)
  tags.push(first)
  for (let step = 1; step < count; step++) {
    const next = tagAfter(first, step)
    if (next !== undefined) tags.push(next)
  }
  person.at.baggage ??= tape.span(at)
  const made = tags.length - before
  const told = sent === undefined ? made === 1 : made > 1 && sent === String(made)
  if (!told || !tape.fits(at, TAGS, false)) context.now.tagsUnlike = true
  else if (before > 0 && tagAfter(tags[before - 1] ?? '', 1) === first) context.now.tagsUnlike = true
}

const TAGS = [1, 0, 0, 2]

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
