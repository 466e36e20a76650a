import type { BookingAgency, Remark } from '#domain/pnr.ts'
import type { Address, Contact } from '#domain/traveller.ts'
import { readUtc } from './dates.ts'
import { readEmail, readOsiContact } from './ssr-texts.ts'
import { readPayer } from './tickets.ts'
import { addContact, isBlanked, type Open, type OpenAgency, readCount, textFrom, type Work } from './work.ts'

/**
 * Reads the record locators of a PNR (GR1) or of one of its flights (GR5):
 *
 *     RCI+ZX:7TRX5B::200126:1745+1X:5KK21Q'
 *
 * company, locator, type (`C`: check-in system only), day and time of creation; the first is the sender's. A date that
 * slipped into the place of the type is taken from there.
 */
export function readRci(work: Work, segment: number): void {
  const { tape, pnr, today } = work
  const count = tape.elements(segment)
  for (let element = 1; element <= count; element++) {
    const locator = tape.text(segment, element, 2)
    if (locator === undefined) continue
    const company = tape.text(segment, element) ?? ''
    const type = tape.text(segment, element, 3)
    const slipped = type !== undefined && type.length === 6
    const created = slipped
      ? readUtc(type, tape.text(segment, element, 4), today)
      : readUtc(tape.text(segment, element, 4), tape.text(segment, element, 5), today)
    if (slipped) work.sink.add('pnrgov.date-shifted', tape.place(segment), '')
    if (pnr.locators.some((known) => known.locator === locator && known.company === company)) continue
    const entry: Open<(typeof pnr.locators)[number]> = { company, locator }
    if (created !== undefined) entry.created = created
    if (type === 'C') entry.checkInOnly = true
    if (pnr.locators.length === 0) {
      pnr.at.locator = tape.span(segment, element, 2)
      if (created !== undefined) pnr.at.created = tape.span(segment, element, slipped ? 3 : 4)
    }
    pnr.locators.push(entry)
  }
}

/** Reads `DAT+700:280226:1630+710:110226:0921'`: last change, and ticket issue (GR1). Composites or elements. */
export function readPnrDates(work: Work, segment: number): void {
  const { tape, pnr, today } = work
  const count = tape.elements(segment)
  for (let element = 1; element <= count; element++) {
    const qualifier = tape.text(segment, element)
    if (qualifier !== '700' && qualifier !== '710') continue
    const at = readUtc(tape.text(segment, element, 2), tape.text(segment, element, 3), today)
    if (at === undefined) continue
    if (qualifier === '700') pnr.changed ??= at
    else pnr.ticketed ??= at
  }
}

/** 9972 */
const ORIGINATORS: Readonly<Record<string, BookingAgency['kind']>> = { A: 'airline', T: 'travel-agency' }

/**
 * Reads who made the booking (GR1):
 *
 *     ORG+1X:MAD+91212345:LONEX2100+LON+ZX:LON+T+GB:GBP:EN+3311JS'
 *
 * system, IATA number and office, city, airline, kind, country and currency, agent. An empty ORG says that the PNR was
 * cancelled.
 */
export function readAgency(work: Work, segment: number): void {
  const { tape, pnr } = work
  if (pnr.agency) return
  const agency: OpenAgency = {}
  const system = tape.text(segment, 1)
  const iataNumber = tape.text(segment, 2)
  const office = tape.text(segment, 2, 2)
  const city = tape.text(segment, 3) ?? tape.text(segment, 1, 2)
  // Some hosts have one more empty element before the kind
  const shift = tape.text(segment, 5) === undefined && tape.text(segment, 6)?.length === 1 ? 1 : 0
  const kind = tape.text(segment, 5 + shift)
  const country = tape.text(segment, 6 + shift)
  const currency = tape.text(segment, 6 + shift, 2)
  const agent = tape.text(segment, 7 + shift)
  if (kind !== undefined) agency.kind = ORIGINATORS[kind] ?? 'other'
  if (system !== undefined) agency.system = system
  if (iataNumber !== undefined) agency.iataNumber = iataNumber
  if (office !== undefined) agency.office = office
  if (city !== undefined) agency.city = city
  if (country !== undefined) agency.country = country
  if (currency !== undefined) agency.currency = currency
  if (agent !== undefined) agency.agent = agent
  if (system === undefined && city === undefined && iataNumber === undefined && kind === undefined) {
    work.emptyOrg = agent === undefined && country === undefined && office === undefined
    if (work.emptyOrg) return
  }
  pnr.agency = agency
  pnr.at.agency = tape.span(segment)
}

/** 3299 that senders invented: what the value is. */
const PURPOSES: Readonly<Record<string, Contact['kind'] | undefined>> = {
  E: 'email',
  M: 'phone',
  H: 'phone',
  O: 'phone',
  N: 'other',
}

/**
 * Reads an address, and what stands in its free text:
 *
 *     ADD++700:FJORDVEIEN 12:OSLO:::NO:0150:4790000001'
 *
 * purpose, street, city, state code, state, country, postcode, text: a phone, an e-mail address, or in GR2 whom to call.
 */
export function readAdd(work: Work, segment: number): void {
  const { traveller, pnr } = work
  const owner = work.group >= 2 && work.group <= 4 && traveller ? traveller : pnr
  addAddress(work, segment, 'contact', (address) => owner.addresses.push(address))
}

export function addAddress(work: Work, segment: number, kind: Address['kind'], take: (address: Address) => void): void {
  const { tape, traveller, pnr } = work
  const personal = work.group >= 2 && work.group <= 4 && traveller !== undefined
  const contacts = personal && kind !== 'billing' ? traveller.contacts : pnr.contacts
  const count = tape.elements(segment)
  for (let element = 1; element <= count; element++) {
    const components = tape.components(segment, element)
    if (components === 0) continue
    const purpose = tape.text(segment, element)
    const meant = purpose === undefined ? undefined : PURPOSES[purpose]
    const street = tape.text(segment, element, 2)
    if (meant) {
      let value = street
      for (let at = 3; value === undefined && at <= components; at++) value = tape.text(segment, element, at)
      if (value !== undefined && !isBlanked(value)) {
        addContact(contacts, {
          kind: meant,
          value: meant === 'email' ? readEmail(value) : value,
          at: tape.span(segment, element),
        })
      }
      continue
    }
    const address: Open<Address> = { kind }
    const city = tape.text(segment, element, 3)
    const state = tape.text(segment, element, 5) ?? tape.text(segment, element, 4)
    const country = tape.text(segment, element, 6)
    const postcode = tape.text(segment, element, 7)
    if (street !== undefined) address.street = street
    if (city !== undefined) address.city = city
    if (state !== undefined) address.state = state
    if (postcode !== undefined) address.postcode = postcode
    if (country !== undefined) address.country = country
    if (street ?? city ?? state ?? country ?? postcode) take(address)
    if (components < 8) continue
    let text = tape.text(segment, element, 8)
    for (let at = 9; at <= components; at++) {
      const more = tape.text(segment, element, at)
      if (more !== undefined) text = text === undefined ? more : `${text}:${more}`
    }
    if (text !== undefined && !isBlanked(text)) {
      addContact(contacts, { ...freeContact(text, personal), at: tape.span(segment, element, 8) })
    }
  }
}

const PHONE = /^[\d\s()+./-]{6,}$/

function freeContact(text: string, personal: boolean): { readonly kind: Contact['kind']; readonly value: string } {
  if (PHONE.test(text)) return { kind: 'phone', value: text }
  if (text.includes('@') || /^\S+\/\/\S+$/.test(text)) return { kind: 'email', value: readEmail(text) }
  return { kind: personal ? 'emergency' : 'other', value: text }
}

/** Reads `EBD+USD:60.00+1::N'`: excess baggage that was paid ahead; pieces (N) or weight (W, in K or L). */
export function readEbd(work: Work, segment: number): void {
  const { tape, pnr } = work
  const baggage: Open<NonNullable<typeof pnr.baggagePrepaid>> = { ...pnr.baggagePrepaid }
  const currency = tape.text(segment, 1)
  const amount = tape.text(segment, 1, 2)
  const count = readCount(tape.text(segment, 2))
  const weight = readWeight(tape.text(segment, 2, 2), tape.text(segment, 2, 3), tape.text(segment, 2, 4))
  if (currency !== undefined) baggage.currency = currency
  if (amount !== undefined) baggage.amount = amount
  if (count !== undefined) baggage.count = count
  if (weight !== undefined) baggage.weightKg = weight
  if (currency ?? amount ?? count ?? weight) pnr.baggagePrepaid = baggage
}

/** Kilograms, where the unit is sent: 700, K: kg; 701, L: lb. */
export function readWeight(
  text: string | undefined,
  unit: string | undefined,
  other: string | undefined,
): number | undefined {
  const weight = text === undefined ? undefined : Number(text.replace(',', '.'))
  if (weight === undefined || !Number.isFinite(weight)) return undefined
  if (unit === '701' || unit === 'L' || other === 'L') return Math.round(weight * 4.5359237) / 10
  return unit === '700' || unit === 'K' || other === 'K' ? weight : undefined
}

/** 9980: what kind of text an IFT carries. */
export const REMARK_KINDS: Readonly<Record<string, string>> = {
  '7': 'remark',
  '9': 'ticket',
  '10': 'endorsement',
  '11': 'commission',
  '12': 'tour',
  '13': 'special-remark',
  '15': 'fare-calculation',
  '16': 'payment',
  '17': 'ticketing',
  '19': 'history',
  '23': 'ticketing-remark',
  '24': 'booking-party',
  '27': 'ticketing-time-limit',
  '28': 'osi',
  '34': 'fare',
  '38': 'itinerary',
  '39': 'agency',
  '43': 'payer',
}

const CONTACT_TYPES: Readonly<Record<string, Contact['kind'] | undefined>> = {
  '3': 'phone',
  '4': 'phone',
  '5': 'phone',
  '6': 'agency-phone',
  '61': 'email',
}

/**
 * Reads free text: OSI and other remarks, contacts, fare calculation, payer.
 *
 *     IFT+4:28::ZX+CTCM 4790000001'
 *         1.1 1.2  1.4  2 and on
 */
export function readIft(work: Work, segment: number): void {
  const { tape, pnr } = work
  const unqualified = tape.text(segment, 1)
  const type = tape.text(segment, 1, 2)
  if (type === '43' && work.group >= 3 && work.group <= 4) {
    readPayer(work, segment)
    return
  }
  const text = textFrom(
    tape,
    segment,
    unqualified !== undefined && unqualified.length > 2 && type === undefined ? 1 : 2,
  )
  if (text === undefined || isBlanked(text)) return
  if (type === '15' && work.group >= 2 && work.group <= 4 && (work.ticket || work.traveller)) {
    if (work.ticket) work.ticket.fareCalculation = text
    else work.fareCalculation = text
    return
  }
  const contacts = work.group === 2 && work.traveller ? work.traveller.contacts : pnr.contacts
  const kind = type === undefined ? undefined : CONTACT_TYPES[type]
  if (kind) {
    addContact(contacts, { kind, value: kind === 'email' ? readEmail(text) : text, at: tape.span(segment, 2) })
    return
  }
  if (type === '28' || type === undefined) {
    const contact = readOsiContact(text)
    if (contact) {
      addContact(contacts, { ...contact, at: tape.span(segment, 2) })
      return
    }
  }
  pnr.remarks.push({ kind: remarkKind(type), text, at: tape.span(segment, 2) } satisfies Remark)
}

const remarkKind = (type: string | undefined): string =>
  type === undefined ? 'osi' : (REMARK_KINDS[type] ?? `text-${type}`)
