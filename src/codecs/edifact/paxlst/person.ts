/**
 * One person of a PAXLST: GR4, from NAD to the next NAD. The segments come in any order; only DOC opens a sub-group
 * that owns the DTM, LOC 91 and RFF behind it.
 *
 *     NAD+FL+++ALMAZOVA:NIGAR'  ATT+2++F'  DTM+329:880317'  NAT+2+AZE'  DOC+P:110:111+C01X00T47'  DTM+36:310904'  LOC+91+AZE'
 *
 * Names stay as sent; unknown is absent; no person is ever dropped.
 */
import { airport } from '#domain/airports.ts'
import { countryCode } from '#domain/countries.ts'
import type { Span } from '#domain/finding.ts'
import type {
  Address,
  ApiTraveller,
  Contact,
  CrewDuty,
  DocumentKind,
  Role,
  Sex,
  TravelDocument,
} from '#domain/traveller.ts'
import type { FindingSink, Tape } from '../tape.ts'
import { readBirthDate, readDocumentDate } from './dates.ts'

type Open<T> = { -readonly [K in keyof T]: T[K] }
type OpenDocument = Open<TravelDocument>
interface OpenBaggage {
  count?: number
  weightKg?: number
  tags: string[]
}
type OpenPerson = Omit<
  Open<ApiTraveller>,
  'nationalities' | 'addresses' | 'documents' | 'contacts' | 'baggage' | 'at'
> & {
  nationalities: string[]
  addresses: Address[]
  documents: OpenDocument[]
  contacts: Contact[]
  baggage: OpenBaggage
  at: Record<string, Span>
}

export interface PersonContext {
  readonly tape: Tape
  readonly sink: FindingSink
  /** Local day of departure, `2026-06-11`. */
  readonly day: string
  readonly crewList: boolean
  /** A close-out lists references only: what is missing is no finding. */
  readonly referencesOnly: boolean
}

const ROLES: Readonly<Record<string, Role>> = {
  FL: 'passenger',
  FM: 'crew',
  DDU: 'transit-passenger',
  DDT: 'transit-crew',
  ZZZ: 'passenger',
}
const DUTIES: Readonly<Record<string, CrewDuty>> = {
  CR1: 'cockpit',
  CR2: 'cabin',
  CR3: 'operations',
  CR4: 'cargo',
  CR5: 'off-duty-pilot',
}
const SEXES: Readonly<Record<string, Sex>> = { M: 'M', F: 'F', X: 'X', U: 'U', MI: 'M', FI: 'F' }
const PLACEHOLDERS = /^(UNK|UNKNOWN|XXX+|TBA|NONAME|TEST|FNU|LNU)$/
/** References that are the person's, even behind a DOC. */
const PERSON_REFERENCES = new Set(['AVF', 'ABO', 'SEA', 'AEA', 'CR', 'YZY'])

export function readPerson(context: PersonContext, from: number, to: number): ApiTraveller {
  const person = startPerson(context, from)
  let document: OpenDocument | undefined
  for (let at = from + 1; at < to; at++) document = readSegment(context, person, document, at) ?? document
  if (!context.referencesOnly) checkPerson(context, person, from)
  return person
}

/** `NAD+FL+++SURNAME:GIVEN:SECOND+STREET+CITY+REGION+POSTCODE+COUNTRY'` */
function startPerson({ tape, sink, crewList, referencesOnly }: PersonContext, at: number): OpenPerson {
  const code = tape.text(at, 1)?.trim().toUpperCase() ?? ''
  const role = ROLES[code] ?? 'passenger'
  if (!ROLES[code]) sink.add('paxlst.role', tape.place(at, 1), code)
  else if (!referencesOnly && crewList !== role.endsWith('crew')) sink.add('paxlst.role-mixed', tape.place(at, 1), code)
  const person: OpenPerson = {
    role,
    sex: 'U',
    nationalities: [],
    addresses: [],
    documents: [],
    contacts: [],
    baggage: { tags: [] },
    at: {},
  }
  const surname = tape.text(at, 4, 1)?.trim()
  const given = [tape.text(at, 4, 2), tape.text(at, 4, 3)]
    .map((one) => one?.trim())
    .filter((one) => one !== undefined && one !== '')
  if (surname) {
    person.surname = surname
    person.at.surname = tape.span(at, 4, 1)
  }
  if (given.length > 0) {
    person.givenNames = given.join(' ')
    person.at.givenNames = [tape.span(at, 4, 2)[0], tape.span(at, 4, given.length > 1 ? 3 : 2)[1]]
  }
  const street = tape.text(at, 5)
  const city = tape.text(at, 6)
  const country = countryCode(tape.text(at, 9) ?? '')
  if (street || city) {
    const [state, postcode] = [tape.text(at, 7, 1) ?? tape.text(at, 7, 4), tape.text(at, 8)]
    person.addresses.push({
      kind: 'destination',
      ...(street && { street }),
      ...(city && { city }),
      ...(state && { state }),
      ...(postcode && { postcode }),
      ...(country && { country }),
    })
  }
  return person
}

function readSegment(
  context: PersonContext,
  person: OpenPerson,
  document: OpenDocument | undefined,
  at: number,
): OpenDocument | undefined {
  const { tape, sink } = context
  switch (tape.tag(at)) {
    case 'ATT':
      readSex(context, person, at)
      return undefined
    case 'DTM':
      if (tape.text(at, 1, 1) === '329') readBirth(context, person, at)
      else if (document) readDocumentDates(context, document, at)
      return undefined
    case 'MEA':
      readMeasure(person, tape, at)
      return undefined
    case 'GEI':
      if (tape.text(at, 1) === '4') person.verified = tape.text(at, 2) === '173' || tape.text(at, 2) === 'ZZZ'
      return undefined
    case 'FTX':
      if (tape.text(at, 1) === 'BAG') readBagTags(person, tape, at)
      return undefined
    case 'LOC':
      readPlace(context, person, document, at)
      return undefined
    case 'COM':
      readContacts(person, tape, at)
      return undefined
    case 'EMP': {
      const duty = DUTIES[tape.text(at, 2) ?? '']
      if (duty) person.crewDuty = duty
      return undefined
    }
    case 'NAT':
      readNationality(context, person, at)
      return undefined
    case 'RFF':
      readReference(person, tape, at)
      return undefined
    case 'DOC':
      return openDocument(context, person, at)
    default:
      sink.add('paxlst.segment-unknown', tape.place(at), tape.tag(at).slice(0, 3))
      return undefined
  }
}

/** `ATT+2++M'` */
function readSex({ tape, sink }: PersonContext, person: OpenPerson, at: number): void {
  const code = (tape.text(at, 3) ?? tape.text(at, 2) ?? '').trim().toUpperCase()
  const sex = SEXES[code]
  if (!sex || sex === 'U') sink.add('paxlst.sex', tape.place(at), code.slice(0, 2))
  if (sex) person.sex = sex
  person.at.sex = tape.span(at, tape.text(at, 3) ? 3 : 2)
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

/** `MEA+CT++:2'` bags, `MEA+WT++KGM:31'` their weight; the value may stand in the place of the unit. */
function readMeasure(person: OpenPerson, tape: Tape, at: number): void {
  const [first, second] = [tape.text(at, 3, 1), tape.text(at, 3, 2)]
  const value = Number(second ?? first)
  if (!Number.isFinite(value) || value < 0) return
  if (tape.text(at, 1) === 'CT') person.baggage.count = Math.round(value)
  else if (tape.text(at, 1) === 'WT')
    person.baggage.weightKg = first === 'LBR' ? Math.round(value * 4.5359237) / 10 : value
  else return
  person.at.baggage = tape.span(at)
}

/** Serial numbers are counted up to here, whatever the message says. */
const MOST_TAGS = 50

/** `FTX+BAG+++0X012345:3'`: three tags from this one on; the prefix stays, the serial keeps its width. */
function readBagTags(person: OpenPerson, tape: Tape, at: number): void {
  const first = tape.text(at, 4, 1)?.trim()
  if (!first) return
  const count = Math.min(MOST_TAGS, Math.max(1, Number(tape.text(at, 4, 2) ?? 1) || 1))
  const split = /^(.*?)(\d{1,15})$/.exec(first)
  if (!split || count === 1) person.baggage.tags.push(first)
  else {
    const [, prefix = '', serial = ''] = split
    for (let n = 0; n < count; n++)
      person.baggage.tags.push(prefix + String(Number(serial) + n).padStart(serial.length, '0'))
  }
  person.at.baggage ??= tape.span(at)
}

/** Journey, residence, birth place, clearance; LOC 91 behind a DOC is its issuer. */
function readPlace(
  { tape, sink }: PersonContext,
  person: OpenPerson,
  document: OpenDocument | undefined,
  at: number,
): void {
  const code = tape.text(at, 2)?.trim().toUpperCase()
  switch (tape.text(at, 1)) {
    case '22':
      if (code) person.clearance = airport(code)?.iata ?? code
      break
    case '178':
      if (code) {
        person.embark = airport(code)?.iata ?? code
        person.at.embark = tape.span(at, 2)
      }
      break
    case '179':
      if (code) {
        person.disembark = airport(code)?.iata ?? code
        person.at.disembark = tape.span(at, 2)
      }
      break
    case '174': {
      const country = countryCode(code ?? '')
      if (country) person.residence = country
      break
    }
    case '180':
      readBirthPlace(person, tape, at, code)
      break
    case '91': {
      if (!document) break
      const issuer = countryCode(code ?? '')
      if (issuer) document.issuer = issuer
      else sink.add('paxlst.document-issuer', tape.place(at), (code ?? '').slice(0, 3))
      break
    }
    default:
      break
  }
}

/** `LOC+180+:::AMBERTOWN AZE'`, or `LOC+180+AZE+:::GANJA+:::REGION'` */
function readBirthPlace(person: OpenPerson, tape: Tape, at: number, code: string | undefined): void {
  const country = countryCode(code ?? '')
  const text = tape.text(at, 2, 4)
  const city = tape.text(at, 3, 4)
  const region = tape.text(at, 4, 4)
  person.birthPlace = {
    ...(country && { country }),
    ...(city && { city }),
    ...(region && { region }),
    ...(text && { text }),
  }
}

const CONTACT_KINDS: Readonly<Record<string, Contact['kind']>> = { TE: 'phone', AL: 'phone', FX: 'fax', EM: 'email' }

/** `COM+994 12 555 0100:TE+X.AT.Y:EM'`: composites repeated, or packed into one. */
export function contactsOf(tape: Tape, at: number): readonly Contact[] {
  const contacts: Contact[] = []
  for (let element = 1; element <= tape.elements(at); element++) {
    for (let component = 1; component <= tape.components(at, element); component += 2) {
      const value = tape.text(at, element, component)?.trim()
      if (value)
        contacts.push({
          kind: CONTACT_KINDS[tape.text(at, element, component + 1) ?? ''] ?? 'other',
          value,
          at: tape.span(at, element, component),
        })
    }
  }
  return contacts
}

const readContacts = (person: OpenPerson, tape: Tape, at: number): void => {
  person.contacts.push(...contactsOf(tape, at))
}

/** `NAT+2+AZE'` */
function readNationality({ tape, sink }: PersonContext, person: OpenPerson, at: number): void {
  const sent = tape.text(at, 2)?.trim()
  const code = countryCode(sent ?? '')
  if (!code) {
    sink.add('paxlst.nationality', tape.place(at, 2), (sent ?? '').slice(0, 3))
    return
  }
  if (tape.text(at, 1) !== '1' && tape.text(at, 1) !== '3') {
    person.nationality ??= code
    person.at.nationality ??= tape.span(at, 2)
  }
  person.nationalities.push(code)
}

function readReference(person: OpenPerson, tape: Tape, at: number): void {
  const qualifier = tape.text(at, 1, 1)
  const value = tape.text(at, 1, 2)?.trim()
  if (!value || !qualifier || !PERSON_REFERENCES.has(qualifier)) return
  const span = tape.span(at, 1, 2)
  if (qualifier === 'AVF') {
    person.locator = value
    person.at.locator = span
  } else if (qualifier === 'ABO') {
    person.passengerReference = value
    person.at.passengerReference = span
  } else if (qualifier === 'SEA') {
    person.seat = value
      .toUpperCase()
      .replace(/^0+(?=\d)/, '')
      .replace('-', '')
    person.at.seat = span
  } else if (qualifier === 'AEA') person.agencyReference = value
  else if (qualifier === 'CR') person.frequentFlyer = value
  else person.ticket = value
}

/** `DOC+P:110:111+C01X00T47'` */
function openDocument({ tape, sink }: PersonContext, person: OpenPerson, at: number): OpenDocument {
  const type = tape.text(at, 1, 1)?.trim().toUpperCase() ?? ''
  const numberAsSent = tape.text(at, 2, 1)?.trim() ?? ''
  const number = numberAsSent.toUpperCase().replace(/[^0-9A-Z]/g, '')
  const document: OpenDocument = { kind: documentKind(type), type, number, numberAsSent, at: tape.span(at, 2, 1) }
  if (!type || document.kind === 'other') sink.add('paxlst.document-type', tape.place(at, 1), type.slice(0, 3))
  if (number.length < 3 || /^(.)\1*$/.test(number)) sink.add('paxlst.document-number', tape.place(at, 2), '')
  person.documents.push(document)
  return document
}

/** The letters of an MRZ document code may follow the first: `PD`, `PS`. */
export function documentKind(type: string): DocumentKind {
  if (type === 'AC') return 'crew-certificate'
  if (type === 'IP') return 'identity-card'
  if (type.startsWith('P')) return 'passport'
  if (type.startsWith('V')) return 'visa'
  if (type === 'I' || type === 'A' || type === 'C') return 'identity-card'
  if (type === 'T' || type === 'R') return 'residence-permit'
  return 'other'
}

/** `DTM+36:310904'` expiry, `DTM+182:210904'` issue */
function readDocumentDates({ tape, sink, day }: PersonContext, document: OpenDocument, at: number): void {
  const { date, problem } = readDocumentDate(tape.text(at, 1, 2), day)
  const qualifier = tape.text(at, 1, 1)
  if (problem === 'impossible') sink.add('paxlst.document-expiry', tape.place(at), '')
  if (!date) return
  if (qualifier === '182') document.issued = date
  else if (qualifier === '36') {
    document.expires = date
    if (date < day) sink.add('paxlst.document-expired', tape.place(at), '')
  }
}

function checkPerson({ tape, sink }: PersonContext, person: OpenPerson, at: number): void {
  const place = tape.place(at)
  if (!person.surname) sink.add('paxlst.surname', place, '')
  if (!person.givenNames) sink.add('paxlst.given-names', place, '')
  if (
    PLACEHOLDERS.test(person.surname?.toUpperCase() ?? '') ||
    PLACEHOLDERS.test(person.givenNames?.toUpperCase() ?? '')
  ) {
    sink.add('paxlst.placeholder-name', place, '')
  }
  if (!person.birthDate) sink.add('paxlst.birth-date-missing', place, '')
  if (!person.nationality) sink.add('paxlst.nationality-missing', place, '')
  if (person.documents.length === 0) sink.add('paxlst.document-missing', place, '')
  if (!person.locator && !person.passengerReference) sink.add('paxlst.reference-missing', place, '')
  const { count, tags } = person.baggage
  if (count !== undefined && tags.length > 0 && count !== tags.length)
    sink.add('paxlst.bags', place, `${count} and ${tags.length}`)
}
