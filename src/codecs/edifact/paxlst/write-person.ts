import type { PaxlstFunction } from '#domain/message.ts'
import type { Address, ApiTraveller, Contact, CrewDuty, TravelDocument } from '#domain/traveller.ts'
import { MOST_TAGS, tagAfter } from './baggage.ts'
import { readBirthDate, readDocumentDate, writtenDate } from './dates.ts'
import { isRegionCode, roleCode } from './nad.ts'
import { CONTACT_CODES, MOST_WAYS } from './references.ts'
import type { Sheet } from './write-kept.ts'

const DUTIES: Readonly<Record<CrewDuty, string>> = {
  cockpit: 'CR1',
  cabin: 'CR2',
  operations: 'CR3',
  cargo: 'CR4',
  'off-duty-pilot': 'CR5',
}

interface Writing {
  /** Day of departure: dates get a full year where two digits would be read otherwise. */
  readonly day: string
  readonly kind: PaxlstFunction
  /** DOC 3055: whose list the types of documents are from. */
  readonly list: string
}

/** Writes one person, GR4 in the guide's order: NAD ATT DTM MEA GEI FTX LOC COM EMP NAT RFF, then each DOC with what it owns. */
export function writePerson(sheet: Sheet, person: ApiTraveller, { day, kind, list }: Writing): void {
  const role = roleCode(person.role, kind.startsWith('close'))
  const address = person.addresses.find((one) => one.kind === 'destination')
  sheet.segment('NAD', role, undefined, undefined, [person.surname, person.givenNames], ...addressElements(address))
  if (person.sex !== 'U' || !REFERENCES.has(kind)) sheet.segment('ATT', '2', undefined, person.sex)
  if (person.birthDate) sheet.segment('DTM', ['329', ...writtenDate(person.birthDate, day, readBirthDate)])
  writeBaggage(sheet, person)
  if (person.verified !== undefined) sheet.segment('GEI', '4', person.verified ? '173' : '174')
  for (const [first, count] of series(person.baggage.tags)) {
    sheet.segment('FTX', 'BAG', undefined, undefined, [first, count > 1 ? String(count) : undefined])
  }
  writePlaces(sheet, person)
  writeContacts(sheet, person.contacts)
  if (person.crewDuty) sheet.segment('EMP', '1', [DUTIES[person.crewDuty], '110', list])
  writeNationalities(sheet, person)
  writeReferences(sheet, person)
  for (const document of person.documents) writeDocument(sheet, document, day, list)
}

/** Lists of references, in which nobody's sex is told. */
const REFERENCES: ReadonlySet<PaxlstFunction> = new Set([
  'close',
  'close-on-board',
  'close-not-on-board',
  'cancel',
  'reduce',
])

/** C059 street, city, C819 region by code or by name, postcode, country. */
function addressElements(address: Address | undefined): (string | undefined | (string | undefined)[])[] {
  if (!address) return []
  const { street, city, state, postcode, country } = address
  const region = state && isRegionCode(state) ? state : [undefined, undefined, undefined, state]
  return [street, city, region, postcode, country]
}

function writeBaggage(sheet: Sheet, { baggage }: ApiTraveller): void {
  if (baggage.count !== undefined) sheet.segment('MEA', 'CT', undefined, [undefined, String(baggage.count)])
  if (baggage.weightKg !== undefined) sheet.segment('MEA', 'WT', undefined, ['KGM', String(baggage.weightKg)])
}

function writePlaces(sheet: Sheet, person: ApiTraveller): void {
  if (person.clearance) sheet.segment('LOC', '22', person.clearance)
  if (person.residence) sheet.segment('LOC', '174', person.residence)
  if (person.embark) sheet.segment('LOC', '178', person.embark)
  if (person.disembark) sheet.segment('LOC', '179', person.disembark)
  const { birthPlace } = person
  if (!birthPlace) return
  const named = (name: string | undefined): string[] | undefined => (name ? ['', '', '', name] : undefined)
  const country = [birthPlace.country, undefined, undefined, birthPlace.text]
  sheet.segment('LOC', '180', country, named(birthPlace.city), named(birthPlace.region))
}

function writeContacts(sheet: Sheet, contacts: readonly Contact[]): void {
  const ways = contacts.map(({ value, kind }) => [value, CONTACT_CODES[kind]])
  for (let at = 0; at < ways.length; at += MOST_WAYS) sheet.segment('COM', ...ways.slice(at, at + MOST_WAYS))
}

/** 2: present nationality; what stands before it is another at birth (1), and without any present one former (3). */
function writeNationalities(sheet: Sheet, { nationality, nationalities }: ApiTraveller): void {
  const all = nationality && !nationalities.includes(nationality) ? [nationality, ...nationalities] : nationalities
  const present = nationality ? all.indexOf(nationality) : all.length
  all.forEach((code, index) => {
    sheet.segment('NAT', index >= present ? '2' : nationality ? '1' : '3', code)
  })
}

function writeReferences(sheet: Sheet, person: ApiTraveller): void {
  const references: readonly [string, string | undefined][] = [
    ['AVF', person.locator],
    ['ABO', person.passengerReference],
    ['SEA', person.seat],
    ['AEA', person.agencyReference],
    ['CR', person.frequentFlyer],
    ['YZY', person.ticket],
  ]
  for (const [qualifier, value] of references) if (value) sheet.segment('RFF', [qualifier, value])
}

/** `DOC+P:110:111+C01X00T47'DTM+36:310904'DTM+182:210904'LOC+91+AZE'` */
function writeDocument(sheet: Sheet, document: TravelDocument, day: string, list: string): void {
  const { type, expires, issued, issuer, issuedAt } = document
  sheet.segment('DOC', type ? [type, '110', list] : undefined, document.numberAsSent || document.number)
  if (expires) sheet.segment('DTM', ['36', ...writtenDate(expires, day, readDocumentDate)])
  if (issued) sheet.segment('DTM', ['182', ...writtenDate(issued, day, readDocumentDate)])
  if (issuer || issuedAt) sheet.segment('LOC', '91', [issuer, undefined, undefined, issuedAt])
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
