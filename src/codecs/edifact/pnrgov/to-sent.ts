import type { SentLeg } from '#domain/leg.ts'
import type { Pnr, PnrTraveller, Segment, Ticket } from '#domain/pnr.ts'
import type { PnrAsSent, SentAdd, SentAddress, SentSsr, SentText } from '#domain/pnr-as-sent.ts'
import type { Address, Contact, TravelDocument } from '#domain/traveller.ts'
import { writeTextDate } from './dates.ts'
import { pushedFlights } from './itinerary.ts'
import { DEFAULT_PNRGOV_PROFILE } from './profile.ts'
import { lines } from './segments.ts'
import { writeEmail } from './ssr-texts.ts'
import { fopsOf } from './write-traveller.ts'

/**
 * The texts that say what a model says that was not read from a message: SSRs for documents, addresses, contacts, infants
 * and seats, OSI and remarks, fare calculations and payers, each in the place that the guide gives it.
 */
export function sentOf(pnr: Pnr, leg: SentLeg): PnrAsSent {
  const sent = { ssrs: [] as SentSsr[], texts: [] as SentText[], addresses: [] as SentAdd[] }
  if (pnr.cancelled) return sent
  for (const { code, status, carrier, from, to, text, quantity, travellers } of pnr.ssrs) {
    sent.ssrs.push({
      code,
      ...(status && { status }),
      ...(quantity !== undefined && { quantity: String(quantity) }),
      ...(carrier && { carrier }),
      ...(from && { from }),
      ...(to && { to }),
      ...(text && textOf(text)),
      ...(travellers.length > 0 && { details: travellers.map((traveller) => ({ traveller })) }),
    })
  }
  for (const { kind, value } of pnr.contacts)
    if (kind === 'emergency') sent.ssrs.push({ code: 'PCTC', ...ONE, ...textOf(`/${value}`) })
  for (const contact of pnr.contacts) {
    const text = osi(contact)
    if (text) sent.texts.push({ kind: ['4', '28'], lines: lines(text) })
  }
  for (const { kind, text } of pnr.remarks) sent.texts.push({ kind: ['4', typeOf(kind)], lines: lines(text) })
  sent.addresses.push(...adds(pnr.addresses, pnr.contacts))
  for (const traveller of pnr.travellers) ofTraveller(sent, traveller, pnr)
  ofSeats(sent.ssrs, pnr, leg)
  return sent
}

/** 4440 has 70 characters at most; longer texts go on in further components. */
const textOf = (text: string): Pick<SentSsr, 'text' | 'lines'> => (text.length > 70 ? { lines: lines(text) } : { text })

const ONE = { status: 'HK', quantity: '1' } as const

const OSI_CODES: Readonly<Partial<Record<Contact['kind'], string>>> = {
  phone: 'CTCP',
  email: 'CTCE',
  fax: 'CTCF',
  'agency-phone': 'CTCT',
  address: 'CTCA',
}

function osi({ kind, value }: Contact): string | undefined {
  const code = OSI_CODES[kind]
  return code && `${code} ${kind === 'email' ? writeEmail(value) : value}`
}

const TYPES = new Map([...DEFAULT_PNRGOV_PROFILE.remarks].map(([type, kind]) => [kind, type]))
const typeOf = (kind: string): string => TYPES.get(kind) ?? (kind.startsWith('text-') ? kind.slice(5) : '28')

/** Nine composites in one ADD at most. */
function adds(addresses: readonly Address[], contacts: readonly Contact[]): SentAdd[] {
  const entries: SentAddress[] = addresses.map(entry)
  for (const { kind, value } of contacts) if (kind === 'other') entries.push({ purpose: 'N', street: value })
  const found: SentAdd[] = []
  for (let at = 0; at < entries.length; at += 9) found.push({ entries: entries.slice(at, at + 9) })
  return found
}

const entry = ({ kind: _, ...address }: Address): SentAddress => ({ purpose: '700', ...address })

interface Sent {
  readonly ssrs: SentSsr[]
  readonly texts: SentText[]
  readonly addresses: SentAdd[]
}

function ofTraveller(sent: Sent, traveller: PnrTraveller, pnr: Pnr): void {
  const place = { traveller: traveller.reference }
  const ssr = (code: string, text: string): void => void sent.ssrs.push({ ...place, code, ...ONE, ...textOf(text) })
  const calculation = sharedCalculation(traveller.tickets)
  if (calculation) sent.texts.push({ ...place, kind: ['4', '15'], lines: lines(calculation) })
  identity(traveller, ssr)
  for (const address of traveller.addresses) doca(address, ssr)
  for (const { kind, value } of traveller.contacts) {
    const code = CONTACT_CODES[kind]
    if (code) ssr(code, `/${kind === 'email' ? writeEmail(value) : value}`)
  }
  for (const infant of pnr.travellers) if (infant.infantOf === traveller.reference) ssr('INFT', inft(infant))
  const postal = traveller.addresses.filter(({ kind }) => kind === 'contact' || kind === 'billing')
  for (const add of adds(postal, traveller.contacts)) sent.addresses.push({ ...place, ...add })
  for (const [ticket, one] of traveller.tickets.entries()) {
    ofTicket(sent, one, { traveller: traveller.reference, ticket }, calculation === undefined)
  }
}

/** GR2 has one fare calculation for all tickets; where they differ, each stands behind its ticket. */
function sharedCalculation(tickets: readonly Ticket[]): string | undefined {
  const first = tickets[0]?.fareCalculation
  return tickets.every(({ fareCalculation }) => fareCalculation === first) ? first : undefined
}

function ofTicket(
  sent: Sent,
  one: Ticket,
  place: { readonly traveller: string; readonly ticket: number },
  own: boolean,
): void {
  const { fareCalculation, payments } = one
  if (own && fareCalculation) sent.texts.push({ ...place, kind: ['4', '15'], lines: lines(fareCalculation) })
  for (const [payment, [first]] of fopsOf(payments, false).entries()) {
    if (first?.payer) sent.texts.push({ ...place, payment, kind: ['4', '43'], lines: [first.payer] })
    if (first?.billing) sent.addresses.push({ ...place, payment, entries: [entry(first.billing)] })
  }
}

type TakeSsr = (code: string, text: string) => void

/** DOCS for each document, or one without a document; DOCO for visas and known-traveller numbers; FOID for others. */
function identity(traveller: PnrTraveller, ssr: TakeSsr): void {
  const { birthDate, sex, nationality, documentSurname } = traveller
  const inDocs = traveller.documents.filter((document) => !isFoid(document) && !isDoco(document))
  for (const document of inDocs) ssr('DOCS', docs(traveller, document))
  if (inDocs.length === 0 && (birthDate || sex || nationality || documentSurname))
    ssr('DOCS', docs(traveller, undefined))
  for (const document of traveller.documents) {
    if (isFoid(document)) ssr('FOID', `${document.type}${document.numberAsSent}`)
    if (isDoco(document)) ssr('DOCO', doco(document))
  }
}

const isFoid = ({ type }: TravelDocument): boolean => ['PP', 'NI', 'DL', 'ID', 'CI', 'IR'].includes(type)
const isDoco = ({ type, expires }: TravelDocument): boolean => ['V', 'K', 'R'].includes(type) && !expires

function docs(traveller: PnrTraveller, document: TravelDocument | undefined): string {
  const { birthDate, sex, nationality, documentSurname, documentGivenNames, kind } = traveller
  const gender = sex && (kind === 'infant' ? `${sex}I` : sex)
  return slashed([
    document?.type,
    document?.issuer,
    document?.numberAsSent,
    nationality,
    birthDate && birthDate.length === 10 ? writeTextDate(birthDate) : undefined,
    gender,
    document?.expires && document.expires.length === 10 ? writeTextDate(document.expires) : undefined,
    documentSurname,
    documentGivenNames,
  ])
}

const doco = ({ type, numberAsSent, issuedAt, issued, issuer }: TravelDocument): string =>
  slashed([undefined, type, numberAsSent, issuedAt, issued && writeTextDate(issued), issuer])

const slashed = (fields: readonly (string | undefined)[]): string =>
  `/${fields.map((field) => field?.replaceAll('/', ' ') ?? '').join('/')}`.replace(/\/+$/, '')

function inft({ surname, givenNames, birthDate }: PnrTraveller): string {
  const name = givenNames ? `${surname}/${givenNames}` : surname
  return birthDate && birthDate.length === 10 ? `${name} ${writeTextDate(birthDate)}` : name
}

function doca(address: Address, ssr: TakeSsr): void {
  const type = address.kind === 'residence' ? 'R' : address.kind === 'destination' ? 'D' : undefined
  if (!type) return
  const { country, street, city, state, postcode } = address
  ssr('DOCA', slashed([type, country, street, city, state, postcode]))
}

const CONTACT_CODES: Readonly<Partial<Record<Contact['kind'], string>>> = {
  phone: 'CTCM',
  email: 'CTCE',
  fax: 'CTCF',
  'agency-phone': 'CTCT',
  address: 'CTCA',
  emergency: 'PCTC',
}

/** Seats of those who have not checked in; GR7 has the others'. */
function ofSeats(ssrs: SentSsr[], pnr: Pnr, leg: SentLeg): void {
  for (const flight of pushedFlights(pnr.itinerary, leg)) {
    const waiting = pnr.travellers.filter(
      ({ seat, reference }) =>
        seat !== undefined &&
        !pnr.checkIns.some((one) => one.traveller === reference && one.seat === seat && onFlight(one, flight)),
    )
    if (waiting.length === 0) continue
    const { carrier, from, to } = flight
    ssrs.push({
      flight: pnr.itinerary.indexOf(flight),
      code: 'SEAT',
      status: 'HK',
      quantity: String(waiting.length),
      ...(carrier && { carrier }),
      ...(from && { from }),
      ...(to && { to }),
      details: waiting.map(({ seat = '', reference }) => ({ value: seat, traveller: reference })),
    })
  }
}

const onFlight = (one: { readonly from?: string; readonly to?: string }, flight: Segment): boolean =>
  one.from === flight.from && one.to === flight.to
