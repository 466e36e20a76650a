import { countryCode } from '#domain/countries.ts'
import type { Span } from '#domain/finding.ts'
import type { Address, Contact, CrewDuty, Role, Sex } from '#domain/traveller.ts'
import type { Tape } from '../tape.ts'
import { trimmed } from '../trimmed.ts'
import type { OpenDocument, OpenPerson, PersonContext } from './person.ts'

/** NAD 3035 of a person. */
const ROLES: ReadonlyMap<string, Role> = new Map([
  ['FL', 'passenger'],
  ['FM', 'crew'],
  ['DDU', 'transit-passenger'],
  ['DDT', 'transit-crew'],
  ['ZZZ', 'passenger'],
])

/**
 * Who GR4 is about: `NAD+FL+++SURNAME:GIVEN:SECOND+STREET+CITY+REGION+POSTCODE+COUNTRY'`. Names stay as sent; given names
 * may be missing, for some people have one name only.
 */
export function startPerson({ tape, sink, crewList, referencesOnly }: PersonContext, at: number): OpenPerson {
  const sent = tape.text(at, 1) ?? ''
  const role = ROLES.get(sent) ?? ROLES.get(sent.trim().toUpperCase())
  if (!role) sink.add('paxlst.role', tape.place(at, 1), sent.slice(0, 3))
  else if (!referencesOnly && crewList !== (role === 'crew' || role === 'transit-crew'))
    sink.add('paxlst.role-mixed', tape.place(at, 1), sent.slice(0, 3))
  const person: OpenPerson = new Person(role ?? 'passenger')
  readName(person, tape, at)
  readAddress(person, tape, at)
  return person
}

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

function readName(person: OpenPerson, tape: Tape, at: number): void {
  const surname = trimmed(tape.text(at, 4, 1))
  const first = trimmed(tape.text(at, 4, 2))
  const second = trimmed(tape.text(at, 4, 3))
  if (surname) {
    person.surname = surname
    person.at.surname = tape.span(at, 4, 1)
  }
  if (!first && !second) return
  person.givenNames = first && second ? `${first} ${second}` : first || second || ''
  const [from, end] = tape.span(at, 4, first ? 2 : 3)
  person.at.givenNames = [from, second ? tape.span(at, 4, 3)[1] : end]
}

function readAddress(person: OpenPerson, tape: Tape, at: number): void {
  const street = tape.text(at, 5)
  const city = tape.text(at, 6)
  const postcode = tape.text(at, 8)
  if (!street && !city && !postcode) return
  const address: { -readonly [K in keyof Address]: Address[K] } = { kind: 'destination' }
  const state = tape.text(at, 7, 1) ?? tape.text(at, 7, 4)
  const country = countryCode(tape.text(at, 9) ?? '')
  if (street) address.street = street
  if (city) address.city = city
  if (state) address.state = state
  if (postcode) address.postcode = postcode
  if (country) address.country = country
  person.addresses.push(address)
}

const SEXES: ReadonlyMap<string, Sex> = new Map([
  ['M', 'M'],
  ['F', 'F'],
  ['X', 'X'],
  ['U', 'U'],
  ['MI', 'M'],
  ['FI', 'F'],
])

/** `ATT+2++M'` */
export function readSex({ tape, sink }: PersonContext, person: OpenPerson, at: number): void {
  const element = tape.text(at, 3) === undefined ? 2 : 3
  const sent = tape.text(at, element) ?? ''
  const sex = SEXES.get(sent) ?? SEXES.get(sent.trim().toUpperCase())
  if (!sex || sex === 'U') sink.add('paxlst.sex', tape.place(at), sent.slice(0, 2))
  if (sex) person.sex = sex
  person.at.sex = tape.span(at, element)
}

const DUTIES: ReadonlyMap<string, CrewDuty> = new Map([
  ['CR1', 'cockpit'],
  ['CR2', 'cabin'],
  ['CR3', 'operations'],
  ['CR4', 'cargo'],
  ['CR5', 'off-duty-pilot'],
])

/** `EMP+1+CR1:110:111'` */
export function readDuty(person: OpenPerson, tape: Tape, at: number): void {
  const duty = DUTIES.get(tape.text(at, 2)?.trim().toUpperCase() ?? '')
  if (duty) person.crewDuty = duty
}

/** `NAT+2+AZE'`: 1 at birth, 3 former, else present. */
export function readNationality({ tape, sink }: PersonContext, person: OpenPerson, at: number): void {
  const sent = tape.text(at, 2) ?? ''
  const code = countryCode(sent)
  if (code === undefined) {
    sink.add('paxlst.nationality', tape.place(at, 2), sent.trim().slice(0, 3))
    return
  }
  const kind = tape.text(at, 1)
  if (person.nationality === undefined && kind !== '1' && kind !== '3') {
    person.nationality = code
    person.at.nationality = tape.span(at, 2)
  }
  person.nationalities.push(code)
}
