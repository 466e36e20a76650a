/**
 * One person of a PAXLST: GR4, from NAD to the next NAD. The segments come in any order; only DOC opens a sub-group
 * that owns the DTM, LOC 91 and RFF behind it.
 *
 *     NAD+FL+++ALMAZOVA:NIGAR'  ATT+2++F'  DTM+329:880317'  NAT+2+AZE'  DOC+P:110:111+C01X00T47'  DTM+36:310904'  LOC+91+AZE'
 *
 * Names stay as sent; unknown is absent; no person is ever dropped.
 */
import type { Span } from '#domain/finding.ts'
import type { Address, ApiTraveller, Contact, TravelDocument } from '#domain/traveller.ts'
import type { FindingSink, Tape } from '../tape.ts'
import { readBagTags, readMeasure } from './baggage.ts'
import { readBirthDate } from './dates.ts'
import { openDocument, readDocumentDates } from './doc.ts'
import { readDuty, readNationality, readSex, startPerson } from './nad.ts'
import { readPlace } from './places.ts'
import { contactsOf, readReference } from './references.ts'

type Open<T> = { -readonly [K in keyof T]: T[K] }
export type OpenDocument = Open<TravelDocument>
/** A person while he is being read. */
export type OpenPerson = Omit<
  Open<ApiTraveller>,
  'nationalities' | 'addresses' | 'documents' | 'contacts' | 'baggage' | 'at'
> & {
  nationalities: string[]
  addresses: Address[]
  documents: OpenDocument[]
  contacts: Contact[]
  baggage: { count?: number; weightKg?: number; tags: string[] }
  at: Record<string, Span>
}

export interface PersonContext {
  readonly tape: Tape
  readonly sink: FindingSink
  /** Local day of departure, `2026-06-11`. */
  readonly day: string
  /** Nobody is born before this year. */
  readonly oldest: string
  readonly crewList: boolean
  /** A close-out lists references only: what is missing is no finding. */
  readonly referencesOnly: boolean
}

/** Segments `from` (NAD) up to, not including, `to`. */
export function readPerson(context: PersonContext, from: number, to: number): ApiTraveller {
  const person = startPerson(context, from)
  let document: OpenDocument | undefined
  for (let at = from + 1; at < to; at++) {
    const tag = context.tape.tag(at)
    if (tag === 'DOC') document = openDocument(context, person, at)
    else readSegment(context, person, document, tag, at)
  }
  if (!context.referencesOnly) checkPerson(context, person, from)
  return person
}

function readSegment(
  context: PersonContext,
  person: OpenPerson,
  document: OpenDocument | undefined,
  tag: string,
  at: number,
): void {
  const { tape, sink } = context
  switch (tag) {
    case 'LOC':
      readPlace(context, person, document, at)
      break
    case 'RFF':
      readReference(person, tape, at)
      break
    case 'DTM':
      if (tape.text(at, 1, 1) === '329') readBirth(context, person, at)
      else if (document) readDocumentDates(context, document, at)
      break
    case 'MEA':
      readMeasure(person, tape, at)
      break
    case 'ATT':
      readSex(context, person, at)
      break
    case 'NAT':
      readNationality(context, person, at)
      break
    case 'GEI':
      readVerified(person, tape, at)
      break
    case 'FTX':
      readBagTags(person, tape, at)
      break
    case 'COM':
      for (const contact of contactsOf(tape, at)) person.contacts.push(contact)
      break
    case 'EMP':
      readDuty(person, tape, at)
      break
    case 'CTA':
    case 'CPI':
    case 'QTY':
    case 'GID':
      break
    default:
      sink.add('paxlst.segment-unknown', tape.place(at), tag.slice(0, 3))
  }
}

/** `DTM+329:880317'` */
function readBirth({ tape, sink, day }: PersonContext, person: OpenPerson, at: number): void {
  const { date, problem } = readBirthDate(tape.text(at, 1, 2), day)
  if (date) {
    person.birthDate = date
    person.at.birthDate = tape.span(at, 1, 2)
  }
  if (problem === 'impossible') sink.add('paxlst.birth-date', tape.place(at), '')
  if (problem === 'partial') sink.add('paxlst.birth-date-partial', tape.place(at), '')
}

/** `GEI+4+173'`: read by machine; 174: typed. ZZZ is the older form of 173. */
function readVerified(person: OpenPerson, tape: Tape, at: number): void {
  if (tape.text(at, 1) !== '4') return
  const code = tape.text(at, 2)
  if (code === '173' || code === 'ZZZ') person.verified = true
  else if (code === '174') person.verified = false
}

const PLACEHOLDER = /^(UNK|UNKNOWN|XXX+|TBA|NONAME|TEST|FNU|LNU)$/i

/** Stays where it is: screening knows titles, and a name may be one. */
const TITLE = / (MRS?|MS|MSTR|MISS|DR|CHD|INF)$/i

function checkPerson({ tape, sink, oldest }: PersonContext, person: OpenPerson, at: number): void {
  const note = (code: string, detail = ''): void => sink.add(code, tape.place(at), detail)
  const { surname, givenNames, birthDate, baggage } = person
  if (surname === undefined) note('paxlst.surname')
  if (givenNames === undefined) note('paxlst.given-names')
  if (isPlaceholder(surname) || isPlaceholder(givenNames)) note('paxlst.placeholder-name')
  if (givenNames !== undefined && TITLE.test(givenNames)) note('paxlst.title')
  if (birthDate === undefined) note('paxlst.birth-date-missing')
  else if (birthDate < oldest) note('paxlst.birth-date-old')
  if (person.nationality === undefined) note('paxlst.nationality-missing')
  if (person.clearance === undefined && person.role.startsWith('transit')) note('paxlst.transit')
  if (person.documents.length === 0) note('paxlst.document-missing')
  if (!person.locator && !person.passengerReference) note('paxlst.reference-missing')
  if (baggage.count !== undefined && baggage.tags.length > 0 && baggage.count !== baggage.tags.length)
    note('paxlst.bags', `${baggage.count} and ${baggage.tags.length}`)
  for (const { number, kind, expires, issuer, issuedAt } of person.documents) {
    if (number !== '' && number === person.locator) note('paxlst.document-is-locator')
    if (kind === 'passport' && expires === undefined) note('paxlst.document-expiry-missing')
    if (kind !== 'other' && issuer === undefined && issuedAt === undefined) note('paxlst.document-issuer-missing')
  }
}

const isPlaceholder = (name: string | undefined): boolean =>
  name !== undefined && (name.length < 2 || (name.length < 8 && PLACEHOLDER.test(name)))
