import type { Payment, Pnr, PnrTraveller, Ticket } from '#domain/pnr.ts'
import type { Address, Contact, TravelDocument } from '#domain/traveller.ts'
import { writeDate, writeTextDate, writeTime } from './dates.ts'
import { lines, segment } from './segments.ts'
import { writeEmail } from './ssr-texts.ts'
import { ssrText, writeAddress, writeAddresses } from './write-parts.ts'

const KINDS = { adult: 'A', child: 'C', infant: 'IN', 'unaccompanied-minor': 'UM', unknown: undefined } as const

/** Adds GR2 of one traveller, with tickets and payments (GR3, GR4). */
export function writeTraveller(out: string[], traveller: PnrTraveller, pnr: Pnr): void {
  const infants = pnr.travellers.filter(({ infantOf }) => infantOf === traveller.reference)
  const { surname, givenNames, reference, kind } = traveller
  out.push(segment('TIF', surname, [givenNames, KINDS[kind], reference, infants.length > 0 ? '1' : undefined]))
  const programmes = traveller.frequentFlyers.map(({ carrier, number, level }) => [carrier, number, '', '', level])
  if (programmes.length > 0) out.push(segment('FTI', ...programmes))
  const calculation = sharedCalculation(traveller.tickets)
  if (calculation) out.push(segment('IFT', ['4', '15'], ...lines(calculation)))
  if (traveller.carrierReference) out.push(segment('REF', ['', traveller.carrierReference]))
  const basis = traveller.tickets.find(({ fareBasis }) => fareBasis)?.fareBasis
  if (basis) out.push(writeFar(basis))

  writeIdentity(out, traveller)
  for (const address of traveller.addresses) writeDoca(out, address)
  for (const contact of traveller.contacts) writeContact(out, contact)
  for (const infant of infants) out.push(segment('SSR', ssrText('INFT', inft(infant))))
  writeAddresses(
    out,
    traveller.addresses.filter(({ kind: use }) => use === 'contact' || use === 'billing'),
    traveller.contacts,
  )
  for (const ticket of traveller.tickets) {
    writeTicket(out, ticket, calculation === undefined)
  }
}

/** GR2 has one fare calculation for all tickets; where they differ, each stands behind its ticket. */
function sharedCalculation(tickets: readonly Ticket[]): string | undefined {
  const first = tickets[0]?.fareCalculation
  return tickets.every(({ fareCalculation }) => fareCalculation === first) ? first : undefined
}

/** Fare bases of the traveller (GR2): the tree has no place for those of a ticket. */
const writeFar = (basis: string): string =>
  segment('FAR', 'A', undefined, undefined, undefined, undefined, ...basis.split(' '))

/** DOCS for each document, or one without a document; DOCO for visas and known-traveller numbers; FOID for others. */
function writeIdentity(out: string[], traveller: PnrTraveller): void {
  const { birthDate, sex, nationality, documentSurname } = traveller
  const inDocs = traveller.documents.filter((document) => !isFoid(document) && !isDoco(document))
  for (const document of inDocs) out.push(segment('SSR', ssrText('DOCS', docs(traveller, document))))
  if (inDocs.length === 0 && (birthDate || sex || nationality || documentSurname)) {
    out.push(segment('SSR', ssrText('DOCS', docs(traveller, undefined))))
  }
  for (const document of traveller.documents) {
    if (isFoid(document)) out.push(segment('SSR', ssrText('FOID', `${document.type}${document.numberAsSent}`)))
    if (isDoco(document)) out.push(segment('SSR', ssrText('DOCO', doco(document))))
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

function writeDoca(out: string[], address: Address): void {
  const type = address.kind === 'residence' ? 'R' : address.kind === 'destination' ? 'D' : undefined
  if (!type) return
  const { country, street, city, state, postcode } = address
  out.push(segment('SSR', ssrText('DOCA', slashed([type, country, street, city, state, postcode]))))
}

const slashed = (fields: readonly (string | undefined)[]): string =>
  `/${fields.map((field) => field?.replaceAll('/', ' ') ?? '').join('/')}`.replace(/\/+$/, '')

const CONTACT_CODES: Readonly<Partial<Record<Contact['kind'], string>>> = {
  phone: 'CTCM',
  email: 'CTCE',
  fax: 'CTCF',
  'agency-phone': 'CTCT',
  address: 'CTCA',
  emergency: 'PCTC',
}

function writeContact(out: string[], { kind, value }: Contact): void {
  const code = CONTACT_CODES[kind]
  if (code) out.push(segment('SSR', ssrText(code, `/${kind === 'email' ? writeEmail(value) : value}`)))
}

function inft({ surname, givenNames, birthDate }: PnrTraveller): string {
  const name = givenNames ? `${surname}/${givenNames}` : surname
  return birthDate && birthDate.length === 10 ? `${name} ${writeTextDate(birthDate)}` : name
}

function writeTicket(out: string[], ticket: Ticket, withCalculation: boolean): void {
  const { number, type, booklets, issued, total, currency, fareCalculation, payments } = ticket
  out.push(segment('TKT', [number, type, booklets === undefined ? undefined : String(booklets)]))
  if (total !== undefined) out.push(segment('MON', ['T', total, currency]))
  if (issued !== undefined) out.push(segment('DAT', ['710', writeDate(issued), writeTime(issued)]))
  if (withCalculation && fareCalculation) out.push(segment('IFT', ['4', '15'], ...lines(fareCalculation)))
  const first = payments[0]
  if (!first) return
  const together = payments.every((payment) => samePayer(payment, first))
  for (const group of together ? [payments] : payments.map((payment) => [payment])) writePayments(out, group)
}

const samePayer = (one: Payment, other: Payment): boolean =>
  one.payer === other.payer && JSON.stringify(one.billing) === JSON.stringify(other.billing)

function writePayments(out: string[], payments: readonly Payment[]): void {
  const forms = payments.map(({ formAsSent, amount, cardVendor, cardMasked, cardExpires }) => [
    formAsSent,
    '',
    amount,
    cardVendor,
    cardMasked,
    cardExpires,
  ])
  out.push(segment('FOP', ...forms))
  const [first] = payments
  if (first?.payer) out.push(segment('IFT', ['4', '43'], first.payer))
  if (first?.billing) out.push(segment('ADD', undefined, writeAddress(first.billing)))
}
