import type { Segment } from '#domain/pnr.ts'
import type { PnrAsSent, SentAdd, SentAddress, SentPlace, SentSsr, SentText, SsrDetail } from '#domain/pnr-as-sent.ts'
import type { Tape } from '../tape.ts'
import { maskCard } from './mask-card.ts'
import { airportsShifted } from './ssr-parts.ts'
import { type Open, type OpenTraveller, type PendingSsr, type PendingText, placeNow, type Work } from './work.ts'

/** Puts an IFT or ADD aside that is kept as sent. */
export function putTextAside(work: Work, segment: number, tag: PendingText['tag']): void {
  const owner = work.group >= 2 && work.group <= 4 ? work.traveller : undefined
  // The tree has no ADD behind a ticket or a flight: there it is the traveller's, or the PNR's
  const place = tag === 'ADD' && work.group !== 4 ? NOWHERE : placeNow(work)
  work.texts.push({ segment, tag, owner, place })
}

const NOWHERE: SentPlace = {}
/** What is needed to read SSR, IFT and ADD of a PNR as they were sent, once its travellers have their references. */
export interface Aside {
  readonly tape: Tape
  readonly ssrs: readonly PendingSsr[]
  readonly texts: readonly PendingText[]
  readonly itinerary: readonly Segment[]
}

const NOTHING: PnrAsSent = { ssrs: [], texts: [], addresses: [] }

export function asSent(aside: Aside): PnrAsSent {
  if (aside.ssrs.length === 0 && aside.texts.length === 0) return NOTHING
  const texts: SentText[] = []
  const addresses: SentAdd[] = []
  for (const { segment, tag, owner, place } of aside.texts) {
    const placed = ownedBy(owner, place)
    if (tag === 'ADD') addresses.push({ ...placed, entries: entriesOf(aside.tape, segment) })
    else texts.push(textAsSent(aside.tape, segment, placed))
  }
  const flights = new Map<Segment, number>()
  for (let at = 0; at < aside.itinerary.length; at++) {
    const flight = aside.itinerary[at]
    if (flight) flights.set(flight, at)
  }
  return { ssrs: aside.ssrs.map((ssr) => ssrAsSent(aside.tape, ssr, flights)), texts, addresses }
}

const ownedBy = (owner: OpenTraveller | undefined, place: SentPlace): SentPlace =>
  owner ? { traveller: owner.reference, ...place } : place

function ssrAsSent(
  tape: Tape,
  { segment, code, owner, flight }: PendingSsr,
  flights: ReadonlyMap<Segment, number>,
): SentSsr {
  const sent: Open<SentSsr> = { code }
  if (owner) sent.traveller = owner.reference
  else {
    const at = flight && flights.get(flight)
    if (at !== undefined) sent.flight = at
  }
  const last = tape.components(segment, 1)
  const shift = last >= 10 && airportsShifted(tape, segment) ? 1 : 0
  const status = tape.text(segment, 1, 2)
  const quantity = tape.text(segment, 1, 3)
  const carrier = tape.text(segment, 1, 4)
  const from = tape.text(segment, 1, 7 + shift)
  const to = tape.text(segment, 1, 8 + shift)
  const first = 9 + shift
  if (status !== undefined) sent.status = status
  if (quantity !== undefined) sent.quantity = quantity
  if (carrier !== undefined) sent.carrier = carrier
  if (from !== undefined) sent.from = from
  if (to !== undefined) sent.to = to
  if (last === first) {
    const text = tape.text(segment, 1, first)
    if (text !== undefined) sent.text = code === 'FOID' ? withoutCard(text) : text
  } else if (last > first) {
    const lines: string[] = []
    for (let component = first; component <= last; component++) lines.push(tape.text(segment, 1, component) ?? '')
    sent.lines = lines
  }
  const count = tape.elements(segment)
  if (count > 1) {
    const details: SsrDetail[] = []
    for (let element = 2; element <= count; element++) details.push(detailOf(tape, segment, element))
    sent.details = details
  }
  return sent
}

/** `CC5500…`: at most the first six and the last four digits. */
const withoutCard = (text: string): string =>
  text.replace(/\d{12,19}/, (digits) => (/^\W*CC/i.test(text) ? maskCard(digits) : digits))

function detailOf(tape: Tape, segment: number, element: number): SsrDetail {
  const detail: Open<SsrDetail> = {}
  const value = tape.text(segment, element)
  const unit = tape.text(segment, element, 2)
  const traveller = tape.text(segment, element, 3)
  if (value !== undefined) detail.value = value
  if (unit !== undefined) detail.unit = unit
  if (traveller !== undefined) detail.traveller = traveller
  const count = tape.components(segment, element)
  if (count > 3) {
    const seat: string[] = []
    for (let component = 4; component <= count; component++) seat.push(tape.text(segment, element, component) ?? '')
    detail.seat = seat
  }
  return detail
}

function textAsSent(tape: Tape, segment: number, place: SentPlace): SentText {
  const kind: string[] = []
  const components = tape.components(segment, 1)
  for (let component = 1; component <= components; component++) kind.push(tape.text(segment, 1, component) ?? '')
  return { ...place, kind, lines: linesOf(tape, segment, 2) }
}

/** Elements of free text from one on, without empty ones at the end. */
export function linesOf(tape: Tape, segment: number, first: number): string[] {
  const lines: string[] = []
  const count = tape.elements(segment)
  for (let element = first; element <= count; element++) lines.push(tape.joined(segment, element) ?? '')
  while (lines.at(-1) === '') lines.pop()
  return lines
}

const FIELDS = ['purpose', 'street', 'city', 'stateCode', 'state', 'country', 'postcode'] as const

function entriesOf(tape: Tape, segment: number): SentAddress[] {
  const entries: SentAddress[] = []
  const count = tape.elements(segment)
  for (let element = 1; element <= count; element++) {
    const components = tape.components(segment, element)
    if (components <= 1 && tape.text(segment, element) === undefined) continue
    const entry: Open<SentAddress> = {}
    for (let component = 1; component <= Math.min(components, FIELDS.length); component++) {
      const field = FIELDS[component - 1]
      const value = tape.text(segment, element, component)
      if (field && value !== undefined) entry[field] = value
    }
    const text: string[] = []
    for (let component = 8; component <= components; component++)
      text.push(tape.text(segment, element, component) ?? '')
    if (text.some((one) => one !== '')) entry.text = text.join(':')
    entries.push(entry)
  }
  return entries
}
