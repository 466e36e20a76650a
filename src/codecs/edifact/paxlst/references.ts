import type { Contact } from '#domain/traveller.ts'
import type { Tape } from '../tape.ts'
import { trimmed } from '../trimmed.ts'
import type { OpenPerson } from './person.ts'

/**
 * `RFF+ABO:0X812FRA0001'`: locator (AVF), passenger reference (ABO), seat (SEA), agency reference (AEA), frequent traveller
 * (CR), ticket (YZY). They are the person's even behind a DOC.
 */
export function readReference(person: OpenPerson, tape: Tape, at: number): void {
  const value = trimmed(tape.text(at, 1, 2))
  if (!value) return
  switch (tape.text(at, 1, 1)) {
    case 'AVF':
      person.locator = value
      person.at.locator = tape.span(at, 1, 2)
      break
    case 'ABO':
      person.passengerReference = value
      person.at.passengerReference = tape.span(at, 1, 2)
      break
    case 'SEA':
      person.seat = seatOf(value)
      person.at.seat = tape.span(at, 1, 2)
      break
    case 'AEA':
      person.agencyReference = value
      break
    case 'CR':
      person.frequentFlyer = value
      break
    case 'YZY':
      person.ticket = value
      break
    default:
      break
  }
}

/** `014C`, `14-C` and `14c` are one seat; `INF`, `JMP` and the like stay. */
const seatOf = (sent: string): string =>
  /^[1-9A-Z][0-9A-Z]*$/.test(sent)
    ? sent
    : sent
        .toUpperCase()
        .replace(/^0+(?=\d)/, '')
        .replace('-', '')

const CONTACT_KINDS: ReadonlyMap<string, Contact['kind']> = new Map([
  ['TE', 'phone'],
  ['AL', 'phone'],
  ['FX', 'fax'],
  ['EM', 'email'],
])

/** `COM+994 12 555 0100:TE+X.AT.Y:EM'`: composites repeated, or packed into one. */
export function contactsOf(tape: Tape, at: number): readonly Contact[] {
  const contacts: Contact[] = []
  const elements = tape.elements(at)
  for (let element = 1; element <= elements; element++) {
    const components = tape.components(at, element)
    for (let component = 1; component <= components; component += 2) {
      const value = tape.text(at, element, component)?.trim()
      if (!value) continue
      const kind = CONTACT_KINDS.get(tape.text(at, element, component + 1) ?? '') ?? 'other'
      contacts.push({ kind, value, at: tape.span(at, element, component) })
    }
  }
  return contacts
}
