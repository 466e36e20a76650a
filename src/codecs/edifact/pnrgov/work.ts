import type { Span } from '#domain/finding.ts'
import type { SentLeg } from '#domain/leg.ts'
import type {
  BookingAgency,
  CheckIn,
  CheckInEvent,
  HistoryEntry,
  Payment,
  Pnr,
  PnrChange,
  PnrTraveller,
  Segment,
  Ticket,
} from '#domain/pnr.ts'
import type { SentPlace } from '#domain/pnr-as-sent.ts'
import type { Baggage, Contact } from '#domain/traveller.ts'
import type { Limits } from '../../limits.ts'
import type { FindingSink, Tape } from '../tape.ts'
import type { FindingCode } from './catalogue.ts'
import type { Today } from './dates.ts'
import type { Past } from './history.ts'
import type { LatePart } from './late.ts'
import type { PnrgovProfile } from './profile.ts'

/** The same thing while it is being filled. */
export type Open<T> = {
  -readonly [K in keyof T]: NonNullable<T[K]> extends readonly (infer E)[]
    ? number extends NonNullable<T[K]>['length']
      ? E[] | Extract<T[K], undefined>
      : T[K]
    : T[K]
}
type At = { at: Record<string, Span> }

/** Without what is read later: see `late.ts`. */
export type OpenPnr = Omit<Open<Pnr>, 'at' | 'travellers' | 'itinerary' | 'checkIns' | LatePart> &
  At & { travellers: OpenTraveller[]; itinerary: OpenSegment[]; checkIns: OpenCheckIn[] }
export type OpenTraveller = Omit<Open<PnrTraveller>, 'at' | 'tickets'> & At & { tickets: OpenTicket[] }
export type OpenTicket = Omit<Open<Ticket>, 'payments'> & { payments: OpenPayment[] }
export type OpenPayment = Open<Payment>
export type OpenSegment = Open<Segment>
export type OpenCheckIn = Open<CheckIn>
export type OpenBaggage = Open<Baggage>
export type OpenAgency = Open<BookingAgency>
export type OpenHistory = Open<HistoryEntry>

/** An SSR, put aside until all travellers of the PNR are known. */
export interface PendingSsr {
  readonly segment: number
  readonly code: string
  readonly owner: OpenTraveller | undefined
  readonly flight: OpenSegment | undefined
  /** Its free text, once it was asked for. */
  text?: string
}

/** An IFT or ADD that is kept as sent: its place in the PNR is known when all travellers are. */
export interface PendingText {
  readonly segment: number
  readonly tag: 'IFT' | 'ADD'
  readonly owner: OpenTraveller | undefined
  readonly place: SentPlace
}

/** A change of the PNR (GR10) while it is read. */
export interface OpenChange {
  by: PnrChange['by']
  at?: NonNullable<PnrChange['at']>
  lines?: string[]
  actions: OpenAction[]
}
export type OpenAction = Open<PnrChange['actions'][number]>

/** A check-in line, put aside likewise: GR7 names its traveller by reference or by name. */
export interface PendingCheckIn {
  readonly checkIn: OpenCheckIn
  readonly flight: OpenSegment | undefined
  reference?: string | undefined
  surname?: string | undefined
  givenNames?: string | undefined
  at?: Span
  bagAt?: Span
  /** SSD says the seat. */
  seated?: true
}

/** Groups of the PNRGOV segment tree. */
export type Group = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12

/** Where the reader stands inside one PNR, and what it has gathered there. */
export interface Work {
  tape: Tape
  readonly sink: FindingSink
  readonly today: Today
  readonly profile: PnrgovProfile
  readonly limits: Limits
  /** It has more travellers than are read, and that was told. */
  tooMany: boolean
  /** The first segment of the PNR. */
  readonly first: number
  readonly leg: SentLeg | undefined
  readonly pnr: OpenPnr
  readonly ssrs: PendingSsr[]
  readonly texts: PendingText[]
  /** Segments that are kept as sent, and whether a reader took a part of them. */
  keptSegments: Map<number, boolean> | undefined
  pendingCheckIns: PendingCheckIn[]
  readonly byReference: Map<string, OpenTraveller>
  /** Travellers whose TIF says that an infant comes with them (9946). */
  readonly withInfant: OpenTraveller[]
  /** The segment being read. */
  segment: number
  group: Group
  traveller: OpenTraveller | undefined
  ticket: OpenTicket | undefined
  payments: OpenPayment[]
  /** FOP of the present ticket so far. */
  fops: number
  flight: OpenSegment | undefined
  /** The check-in transaction (GR6) that following GR7 lines belong to. */
  transaction: OpenCheckIn | undefined
  event: Open<CheckInEvent> | undefined
  checkIn: PendingCheckIn | undefined
  /** GR9: what kind of product the next TVL is. */
  product: Segment['kind']
  productCode: string | undefined
  /** The MSG of GR9 has a TVL already. */
  productRead: boolean
  splitQuantity: number | undefined
  past: Past | undefined
  /** ABI was there: what follows a SAC is history. */
  abi: boolean
  groupSize: number
  emptyOrg: boolean
  /** Seats that the group's TIF says (6060). */
  groupSizeSent: string | undefined
  /** RCI of the PNR itself was there, not only of a flight. */
  ownLocator: boolean
  /** Fare basis and fare calculation of GR2, for the tickets that follow. */
  fareBasis: string | undefined
  fareCalculation: string | undefined
}

export function note(work: Work, code: FindingCode, segment: number, detail = ''): void {
  work.sink.add(code, work.tape.place(segment), detail)
}

/** Values that redaction has overwritten: nothing but X. */
export function isBlanked(text: string | undefined): boolean {
  if (text === undefined) return true
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) !== 88) return false
  return true
}

/** A number of at most 6 digits; nothing for anything else. */
export function readCount(text: string | undefined): number | undefined {
  if (text === undefined || text.length > 6) return undefined
  let value = 0
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
  }
  return value
}

/** A flight number: digits without leading zeros, and a suffix that is glued to them. */
export function readFlightNumber(text: string): { readonly number: string; readonly suffix?: string } | undefined {
  let from = 0
  while (from < text.length - 1 && text.charCodeAt(from) === 48) from++
  let to = from
  while (to < text.length && text.charCodeAt(to) >= 48 && text.charCodeAt(to) <= 57) to++
  if (to === from || text.length - to > 1) return undefined
  return to < text.length ? { number: text.slice(from, to), suffix: text.slice(to) } : { number: text.slice(from) }
}

/**
 * A list with one more item. Most lists have one: begun with it, they take a third of the memory that `push` gives an
 * empty one.
 */
export function withOne<T>(list: T[] | undefined, item: T): T[] {
  if (list === undefined || list.length === 0) return [item]
  list.push(item)
  return list
}

/** Repetitions are looked for among so many: a list that is longer is no booking, and may not cost time by its square. */
export const MOST_COMPARED = 1_000

export function addContact(contacts: Contact[], contact: Contact): void {
  const count = Math.min(contacts.length, MOST_COMPARED)
  for (let at = 0; at < count; at++) {
    const known = contacts[at]
    if (known?.kind === contact.kind && known.value === contact.value) return
  }
  contacts.push(contact)
}

/** Free text in elements from the given one on: full lines (70) run on, shorter ones are parted by a blank. */
export function textFrom(tape: Tape, segment: number, first: number): string | undefined {
  const count = tape.elements(segment)
  if (first > count) return undefined
  let text = line(tape, segment, first)
  let full = text !== undefined && text.length >= 70
  for (let element = first + 1; element <= count; element++) {
    const more = line(tape, segment, element)
    if (more === undefined) continue
    text = text === undefined ? more : full ? text + more : `${text} ${more}`
    full = more.length >= 70
  }
  return text
}

/** One line of text; `:` that nobody released makes components, put together again. */
const line = (tape: Tape, segment: number, element: number): string | undefined =>
  tape.components(segment, element) > 1 ? tape.joined(segment, element) : tape.text(segment, element)

/** Where in the PNR a segment of free text stands. */
export function placeNow(work: Work): SentPlace {
  const { group, flight, traveller, ticket } = work
  if (group >= 5 && group <= 8) return flight ? { flight: work.pnr.itinerary.lastIndexOf(flight) } : NOWHERE
  if (group < 3 || !traveller || !ticket) return NOWHERE
  const place = { ticket: traveller.tickets.lastIndexOf(ticket) }
  return group === 4 ? { ...place, payment: work.fops - 1 } : place
}

const NOWHERE: SentPlace = {}
