import type { PaxlstFunction } from '#domain/message.ts'
import type { Address, ApiTraveller, Contact, CrewDuty, Role, TravelDocument } from '#domain/traveller.ts'
import type { CivilDate } from '#lib/time.ts'
import type { SegmentWriter } from '../write.ts'
import { MOST_TAGS, tagAfter } from './baggage.ts'
import { type ReadDate, readBirthDate, readDocumentDate } from './dates.ts'

const ROLES: Readonly<Record<Role, string>> = {
  passenger: 'FL',
  crew: 'FM',
  'transit-passenger': 'DDU',
  'transit-crew': 'DDT',
}

const DUTIES: Readonly<Record<CrewDuty, string>> = {
  cockpit: 'CR1',
  cabin: 'CR2',
  operations: 'CR3',
  cargo: 'CR4',
  'off-duty-pilot': 'CR5',
}

/**
 * Writes one person, GR4 in the guide's order: NAD ATT DTM MEA GEI FTX LOC COM EMP NAT RFF, then each DOC with what it
 * owns. `day` is the day of departure: dates get a full year where two digits would be read otherwise.
 */
export function writePerson(writer: SegmentWriter, person: ApiTraveller, day: string, kind: PaxlstFunction): void {
  const reference = kind.startsWith('close') && person.surname === undefined
  const role = reference ? 'ZZZ' : ROLES[person.role]
  const address = person.addresses.find((one) => one.kind === 'destination')
  writer.segment('NAD', role, undefined, undefined, [person.surname, person.givenNames], ...addressElements(address))
  if (!reference) writer.segment('ATT', '2', undefined, person.sex)
  if (person.birthDate) writer.segment('DTM', ['329', ...dateComponents(person.birthDate, day, readBirthDate)])
  writeBaggage(writer, person)
  if (person.verified !== undefined) writer.segment('GEI', '4', person.verified ? '173' : '174')
  for (const [first, count] of series(person.baggage.tags)) {
    writer.segment('FTX', 'BAG', undefined, undefined, [first, count > 1 ? String(count) : undefined])
  }
  writePlaces(writer, person)
  writeContacts(writer, person.contacts)
  if (person.crewDuty) writer.segment('EMP', '1', [DUTIES[person.crewDuty], '110', '111'])
  writeNationalities(writer, person)
  writeReferences(writer, person)
  for (const document of person.documents) writeDocument(writer, document, day)
}

/** C059 street, city, C819 region by code or by name, postcode, country. */
function addressElements(address: Address | undefined): (string | undefined | (string | undefined)[])[] {
  if (!address) return []
  const { street, city, state, postcode, country } = address
  const region = state && /^[A-Z0-9]{1,9}$/.test(state) ? state : [undefined, undefined, undefined, state]
  return [street, city, region, postcode, country]
}

function writeBaggage(writer: SegmentWriter, { baggage }: ApiTraveller): void {
  if (baggage.count !== undefined) writer.segment('MEA', 'CT', undefined, [undefined, String(baggage.count)])
  if (baggage.weightKg !== undefined) writer.segment('MEA', 'WT', undefined, ['KGM', String(baggage.weightKg)])
}

function writePlaces(writer: SegmentWriter, person: ApiTraveller): void {
  if (person.clearance) writer.segment('LOC', '22', person.clearance)
  if (person.residence) writer.segment('LOC', '174', person.residence)
  if (person.embark) writer.segment('LOC', '178', person.embark)
  if (person.disembark) writer.segment('LOC', '179', person.disembark)
  const { birthPlace } = person
  if (!birthPlace) return
  const named = (name: string | undefined): string[] | undefined => (name ? ['', '', '', name] : undefined)
  const country = [birthPlace.country, undefined, undefined, birthPlace.text]
  writer.segment('LOC', '180', country, named(birthPlace.city), named(birthPlace.region))
}

const CONTACT_CODES: Readonly<Partial<Record<Contact['kind'], string>>> = { phone: 'TE', fax: 'FX', email: 'EM' }

function writeContacts(writer: SegmentWriter, contacts: readonly Contact[]): void {
  const ways = contacts.map(({ value, kind }) => [value, CONTACT_CODES[kind]])
  for (let at = 0; at < ways.length; at += 3) writer.segment('COM', ...ways.slice(at, at + 3))
}

/** 2: present nationality; what stands before it is another at birth (1), and without any present one former (3). */
function writeNationalities(writer: SegmentWriter, { nationality, nationalities }: ApiTraveller): void {
  const all = nationality && !nationalities.includes(nationality) ? [nationality, ...nationalities] : nationalities
  const present = nationality ? all.indexOf(nationality) : all.length
  all.forEach((code, index) => {
    writer.segment('NAT', index >= present ? '2' : nationality ? '1' : '3', code)
  })
}

function writeReferences(writer: SegmentWriter, person: ApiTraveller): void {
  const references: readonly [string, string | undefined][] = [
    ['AVF', person.locator],
    ['ABO', person.passengerReference],
    ['SEA', person.seat],
    ['AEA', person.agencyReference],
    ['CR', person.frequentFlyer],
    ['YZY', person.ticket],
  ]
  for (const [qualifier, value] of references) if (value) writer.segment('RFF', [qualifier, value])
}

/** `DOC+P:110:111+C01X00T47'DTM+36:310904'DTM+182:210904'LOC+91+AZE'` */
function writeDocument(writer: SegmentWriter, document: TravelDocument, day: string): void {
  const { type, expires, issued, issuer, issuedAt } = document
  writer.segment('DOC', type ? [type, '110', '111'] : undefined, document.numberAsSent || document.number)
  if (expires) writer.segment('DTM', ['36', ...dateComponents(expires, day, readDocumentDate)])
  if (issued) writer.segment('DTM', ['182', ...dateComponents(issued, day, readDocumentDate)])
  if (issuer || issuedAt) writer.segment('LOC', '91', [issuer, undefined, undefined, issuedAt])
}

type DateReader = (sent: string, day: string) => ReadDate

/** YYMMDD, zeros for what is unknown; CCYYMMDD (102) where two digits of the year would mislead. */
function dateComponents(date: CivilDate, day: string, read: DateReader): string[] {
  const full = date.replaceAll('-', '').padEnd(8, '0')
  const short = full.slice(2)
  return read(short, day).date === date ? [short] : [full, '102']
}

/** Tags that count up, as first and number: `0X012345:3`. */
function series(tags: readonly string[]): [string, number][] {
  const found: [string, number][] = []
  for (const tag of tags) {
    const last = found.at(-1)
    if (last && last[1] < MOST_TAGS && tagAfter(last[0], last[1]) === tag) last[1] += 1
    else found.push([tag, 1])
  }
  return found
}
