import type { TravelDocument } from '#domain/traveller.ts'
import { checkDigit } from '../../mrz/check-digit.ts'
import { hasTitle } from './nad.ts'
import type { OpenPerson, PersonContext } from './person.ts'

/** What a receiving State looks at in one person. Nothing is dropped or put right: it is told. */
export function checkPerson(context: PersonContext, person: OpenPerson, at: number): void {
  const { profile } = context
  const note = (code: string, detail = ''): void => context.sink.add(code, context.tape.place(at), detail)
  checkNames(person, note)
  checkBirth(context, person, note)
  if (!person.at.sex) note('paxlst.sex')
  if (person.nationality === undefined && !person.at.nationality) note('paxlst.nationality-missing')
  if (person.clearance === undefined && profile.clearance.has(person.role)) note('paxlst.transit')
  if (person.disembark && person.role.startsWith('transit') && context.stateAirports?.(person.disembark))
    note('paxlst.transit-ends')
  if (person.documents.length === 0) note('paxlst.document-missing')
  if (!person.passengerReference) {
    if (context.interactive) note('paxlst.passenger-reference-missing')
    else if (!person.locator) note('paxlst.reference-missing')
  }
  const { count, tags } = person.baggage
  if (count !== undefined && tags.length > 0 && count !== tags.length)
    note('paxlst.bags', `${count} and ${tags.length}`)
  for (const document of person.documents) checkDocument(context, person, document, note)
}

type Note = (code: string, detail?: string) => void

/** Of machine-read names nothing is missing: who has no given name has one name only. */
function checkNames({ surname, givenNames, verified }: OpenPerson, note: Note): void {
  if (surname === undefined) note('paxlst.surname')
  if (givenNames === undefined) note(verified ? 'paxlst.mononym' : 'paxlst.given-names')
  if (isPlaceholder(surname) || isPlaceholder(givenNames)) note('paxlst.placeholder-name')
  if (hasOddSign(surname) || hasOddSign(givenNames)) note('paxlst.name-characters')
  if (hasTitle(surname, givenNames)) note('paxlst.title')
}

const PLACEHOLDER = /^(UNK|UNKNOWN|XXX+|TBA|TBN|TBD|NONAME|TEST|FNU|LNU)$/i

const isPlaceholder = (name: string | undefined): boolean =>
  name !== undefined && (name.length < 2 || (name.length < 8 && PLACEHOLDER.test(name)))

/** Other than letters of any script, blank, hyphen, apostrophe, full stop, and the fillers of machines. */
function hasOddSign(name: string | undefined): boolean {
  if (name === undefined) return false
  for (let at = 0; at < name.length; at++) {
    const sign = name.charCodeAt(at)
    const letter = (sign >= 0x41 && sign <= 0x5a) || (sign >= 0x61 && sign <= 0x7a) || sign > 0x7f
    if (!letter && sign !== 0x20 && sign !== 0x2d && sign !== 0x27 && sign !== 0x2e && sign !== 0x3c) return true
  }
  return false
}

function checkBirth({ oldest }: PersonContext, person: OpenPerson, note: Note): void {
  const { birthDate, birthDateAlternative, documents } = person
  if (birthDate === undefined) {
    if (!person.at.birthDate) note('paxlst.birth-date-missing')
    return
  }
  if (birthDate < oldest) note('paxlst.birth-date-old')
  if (birthDateAlternative === undefined) return
  if (person.role.endsWith('crew') || documents.some((one) => isBefore(one.issued, birthDate)))
    note('paxlst.birth-century')
}

/** As far as both are known. */
const isBefore = (date: string | undefined, other: string | undefined): boolean =>
  date !== undefined && other !== undefined && date.slice(0, other.length) < other.slice(0, date.length)

function checkDocument(context: PersonContext, person: OpenPerson, document: TravelDocument, note: Note): void {
  const { number, kind, expires, issued, issuer, issuedAt } = document
  const { birthDate } = person
  if (number !== '' && number === person.locator) note('paxlst.document-is-locator')
  if ((number.length === 6 || number.length === 8) && birthDate !== undefined && isDate(number, birthDate))
    note('paxlst.document-is-birth-date')
  if (isBefore(expires, birthDate) || isBefore(expires, issued) || isBefore(context.latest, expires))
    note('paxlst.document-lifetime')
  if (issuer === undefined && issuedAt === undefined && kind !== 'other') note('paxlst.document-issuer-missing')
  if (kind !== 'passport') return
  if (expires === undefined) note('paxlst.document-expiry-missing')
  checkNumber(context, number, issuer, note)
  const { nationality, nationalities } = person
  if (issuer && nationality && !nationalities.includes(issuer) && !isOfNoState(nationality)) note('paxlst.issuer-other')
}

function checkNumber({ profile }: PersonContext, number: string, issuer: string | undefined, note: Note): void {
  if (number.length === 10 && number[9] === checkDigit(number.slice(0, 9))) {
    note('paxlst.document-check-digit')
    return
  }
  const lengths = issuer === undefined ? undefined : profile.passportLengths.get(issuer)
  if (lengths && number !== '' && !lengths.includes(number.length))
    note('paxlst.document-pattern', `${number.length} characters`)
}

/** Refugees, stateless and unspecified persons, and those of organisations travel on documents that others issue. */
const isOfNoState = (nationality: string): boolean => nationality.startsWith('XX') || nationality.startsWith('UN')

/** `1988-04-14` as 880414, 19880414, 140488 or 14041988. */
function isDate(number: string, birthDate: string): boolean {
  if (birthDate.length !== 10) return false
  const year = birthDate.slice(0, 4)
  const month = birthDate.slice(5, 7)
  const day = birthDate.slice(8)
  if (number.length === 8) return number === year + month + day || number === day + month + year
  return number === year.slice(2) + month + day || number === day + month + year.slice(2)
}
