import { countryCode } from '#domain/countries.ts'
import type { Span } from '#domain/finding.ts'
import { suffixIn, titleIn } from '#domain/name-as-sent.ts'
import type { Address, Contact, Role, Sex } from '#domain/traveller.ts'
import type { Tape } from '../tape.ts'
import { trimmed } from '../trimmed.ts'
import { codeOf } from './codes.ts'
import { keep, keepRest, keepUnknown, keepWhole } from './kept.ts'
import type { OpenDocument, OpenPerson, PersonContext } from './person.ts'

/**
 * Who GR4 is about: `NAD+FL+++SURNAME:GIVEN:SECOND+STREET+CITY+REGION+POSTCODE+COUNTRY'`. Names stay as sent; given names
 * may be missing, for some people have one name only.
 */
export function startPerson(context: PersonContext, at: number): OpenPerson {
  const { tape, sink, crewList, closes, referencesOnly, profile } = context
  const written = tape.text(at, 1)
  const sent = codeOf(written)
  const role = profile.roles.get(sent)
  if (written !== roleCode(role ?? 'passenger', closes)) keepWhole(context, at)
  if (!role) sink.add('paxlst.role', tape.place(at, 1), sent.slice(0, 3))
  else if (!referencesOnly && crewList !== (role === 'crew' || role === 'transit-crew'))
    sink.add('paxlst.role-mixed', tape.place(at, 1), sent.slice(0, 3))
  const person: OpenPerson = new Person(role ?? 'passenger')
  readName(context, person, at)
  readAddress(context, person, at)
  keepRest(context, at, 'NAD')
  return person
}

const ROLE_CODES: Readonly<Record<Role, string>> = {
  passenger: 'FL',
  crew: 'FM',
  'transit-passenger': 'DDU',
  'transit-crew': 'DDT',
}

/** NAD 3035 as it is written: in a close-out a passenger is a reference. */
export const roleCode = (role: Role, closes: boolean): string =>
  closes && role === 'passenger' ? 'ZZZ' : ROLE_CODES[role]

/** Made by a constructor, for the engine then keeps room for the fields that follow: a literal would be moved for each. */
class Person {
  readonly role: Role
  sex: Sex = 'U'
  readonly nationalities: string[] = []
  readonly addresses: Address[] = []
  readonly documents: OpenDocument[] = []
  readonly contacts: Contact[] = []
  readonly baggage: OpenPerson['baggage'] = { tags: [] }
  readonly at: Record<string, Span> = new Spans()

  constructor(role: Role) {
    this.role = role
  }
}

class Spans implements Record<string, Span> {
  [field: string]: Span
}

/**
 * C080; a surname and given names that stand in one component, `BERG/ANNA`, are two. Who writes the name one element too
 * early, `NAD+FL++BERG:ANNA'`, is understood.
 */
function readName(context: PersonContext, person: OpenPerson, at: number): void {
  const { tape } = context
  const early = !tape.joined(at, 4) && tape.joined(at, 3) !== undefined
  const element = early ? 3 : 4
  if (early) {
    context.sink.add('paxlst.name-element', tape.place(at, 3), '')
    keepWhole(context, at)
  }
  const surname = trimmed(tape.text(at, element, 1))
  const first = trimmed(tape.text(at, element, 2))
  const components = tape.components(at, element)
  if (surname) {
    person.surname = surname
    person.at.surname = tape.span(at, element, 1)
    if (components === 1 && surname.includes('/')) readSlashed(context, person, surname, at, element)
  }
  if (components <= 2) {
    if (!first) return
    person.givenNames = first
    person.at.givenNames = tape.span(at, element, 2)
    return
  }
  readFurther(context, person, at, element, components)
}

/** Given names in components of their own: one name, in the order sent. */
function readFurther(
  context: PersonContext,
  person: OpenPerson,
  at: number,
  element: number,
  components: number,
): void {
  const { tape } = context
  for (let component = 2; component <= components; component++) {
    const name = trimmed(tape.text(at, element, component))
    if (!name) continue
    const [from, to] = tape.span(at, element, component)
    person.givenNames = person.givenNames === undefined ? name : `${person.givenNames} ${name}`
    person.at.givenNames = [person.at.givenNames?.[0] ?? from, to]
    if (component > 2) keepWhole(context, at)
  }
}

function readSlashed(context: PersonContext, person: OpenPerson, sent: string, at: number, element: number): void {
  const slash = sent.indexOf('/')
  const surname = sent.slice(0, slash).trim()
  const given = sent.slice(slash + 1).trim()
  if (!surname || !given) return
  context.sink.add('paxlst.name-slash', context.tape.place(at, element), '')
  keepWhole(context, at)
  person.surname = surname
  person.givenNames = given
  person.at.givenNames = context.tape.span(at, element, 1)
}

function readAddress(context: PersonContext, person: OpenPerson, at: number): void {
  const { tape } = context
  if (tape.components(at, 5) === 0) return
  const street = tape.text(at, 5)
  const city = tape.text(at, 6)
  const postcode = tape.text(at, 8)
  const sent = tape.text(at, 9)
  const state = tape.text(at, 7, 1) ?? tape.text(at, 7, 4)
  if (!street && !city && !postcode && !sent && !state) return
  const address: { -readonly [K in keyof Address]: Address[K] } = { kind: 'destination' }
  const country = countryCode(sent ?? '')
  if (street) address.street = street
  if (city) address.city = city
  if (state) address.state = state
  if (postcode) address.postcode = postcode
  if (country) address.country = country
  if (sent !== country || !isRegionAsWritten(tape, at, state)) keepWhole(context, at)
  person.addresses.push(address)
}

/** A region is written by code where it can be one, else by name. */
export const isRegionCode = (state: string): boolean => /^[A-Z0-9]{1,9}$/.test(state)

function isRegionAsWritten(tape: Tape, at: number, state: string | undefined): boolean {
  if (state === undefined) return true
  const code = isRegionCode(state)
  return tape.text(at, 7, code ? 1 : 4) === state && tape.components(at, 7) === (code ? 1 : 4)
}

/** What shows a title or a suffix as a word of its own: an alternative to compare by, never taken out of the name. */
export function hasTitle(surname: string | undefined, givenNames: string | undefined): boolean {
  if (surname?.includes(' ') && suffixIn(surname)) return true
  if (givenNames === undefined || !givenNames.includes(' ')) return false
  const reading = titleIn(givenNames)
  if (!reading) return false
  const end = givenNames.length - reading.given.length
  return givenNames[reading.given.length] === ' ' || givenNames[end - 1] === ' '
}

/** `ATT+2++M'` */
export function readSex(context: PersonContext, person: OpenPerson, at: number): void {
  const { tape, sink, profile } = context
  const element = tape.text(at, 3) === undefined ? 2 : 3
  const sent = tape.text(at, element)
  const code = codeOf(sent)
  const sex = profile.sexes.get(code)
  const kind = tape.text(at, 1)
  if (kind !== undefined && kind !== '2' && (!sex || person.at.sex)) {
    keepUnknown(context, at, 'ATT', kind)
    return
  }
  if (person.at.sex) {
    keep(context, at)
    return
  }
  if (!sex || sex === 'U') sink.add('paxlst.sex', tape.place(at), code.slice(0, 2))
  if (sex) person.sex = sex
  person.at.sex = tape.span(at, element)
  if (sent !== person.sex || element === 2 || tape.text(at, 2) !== undefined) keepWhole(context, at)
  else keepRest(context, at, 'ATT')
}

/** `EMP+1+CR1:110:111'` */
export function readDuty(context: PersonContext, person: OpenPerson, at: number): void {
  const { tape, profile } = context
  const sent = tape.text(at, 2)
  const duty = profile.duties.get(codeOf(sent))
  if (!duty) keepUnknown(context, at, 'EMP', codeOf(sent))
  else if (person.crewDuty) keep(context, at)
  else {
    person.crewDuty = duty
    if (tape.text(at, 1) !== '1' || tape.text(at, 2, 2) !== '110' || tape.text(at, 2, 3) !== context.list)
      keepWhole(context, at)
    else keepRest(context, at, 'EMP')
  }
}

/** `NAT+2+AZE'`: 1 at birth, 3 former, else present. */
export function readNationality(context: PersonContext, person: OpenPerson, at: number): void {
  const { tape, sink } = context
  const sent = tape.text(at, 2) ?? ''
  const code = countryCode(sent)
  if (code === undefined) {
    sink.add('paxlst.nationality', tape.place(at, 2), sent.trim().slice(0, 3))
    person.at.nationality ??= tape.span(at, 2)
    keep(context, at)
    return
  }
  const kind = tape.text(at, 1)
  if (person.nationality === undefined && kind !== '1' && kind !== '3') {
    person.nationality = code
    person.at.nationality = tape.span(at, 2)
  }
  person.nationalities.push(code)
  if (kind !== '2' || sent !== code) keepWhole(context, at)
  else keepRest(context, at, 'NAT')
}
