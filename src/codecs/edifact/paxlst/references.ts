import type { Contact } from '#domain/traveller.ts'
import type { Tape } from '../tape.ts'
import { trimmed } from '../trimmed.ts'
import { codeOf } from './codes.ts'
import { keep, keepRest, keepUnknown, keepWhole } from './kept.ts'
import type { OpenPerson, PersonContext } from './person.ts'
import type { PaxlstProfile } from './profile.ts'

/** RFF 1153 and what it is in the model. */
const REFERENCES = {
  AVF: 'locator',
  ABO: 'passengerReference',
  SEA: 'seat',
  AEA: 'agencyReference',
  CR: 'frequentFlyer',
  YZY: 'ticket',
} as const

type Reference = (typeof REFERENCES)[keyof typeof REFERENCES]
const FIELDS: ReadonlyMap<string, Reference> = new Map(Object.entries(REFERENCES))

/**
 * `RFF+ABO:0X812FRA0001'`: locator (AVF), passenger reference (ABO), seat (SEA), agency reference (AEA), frequent traveller
 * (CR), ticket (YZY). They are the person's even behind a DOC.
 */
export function readReference(context: PersonContext, person: OpenPerson, at: number): void {
  const { tape } = context
  const qualifier = codeOf(tape.text(at, 1, 1))
  const field = FIELDS.get(qualifier)
  const value = trimmed(tape.text(at, 1, 2))
  if (!field) keepUnknown(context, at, 'RFF', qualifier)
  else if (!value || person[field] !== undefined) keep(context, at)
  else {
    const held = field === 'seat' ? seatOf(value) : value
    person[field] = held
    person.at[field] = tape.span(at, 1, 2)
    if (held === value) keepRest(context, at, 'RFF')
    else keepWhole(context, at)
  }
}

/** `014C`, `14-C` and `14c` are one seat; `INF`, `JMP` and the like stay. */
function seatOf(sent: string): string {
  if (/^[1-9A-Z][0-9A-Z]*$/.test(sent)) return sent
  let zeros = 0
  while (sent[zeros] === '0' && isDigit(sent.charCodeAt(zeros + 1))) zeros++
  return sent.slice(zeros).toUpperCase().replace('-', '')
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

/** `COM+994 12 555 0100:TE+X.AT.Y:EM'`: composites repeated, or packed into one. */
export function contactsOf(tape: Tape, at: number, { contacts: kinds }: PaxlstProfile): readonly Contact[] {
  const contacts: Contact[] = []
  const elements = tape.elements(at)
  for (let element = 1; element <= elements; element++) {
    const components = tape.components(at, element)
    for (let component = 1; component <= components; component += 2) {
      const value = tape.text(at, element, component)?.trim()
      if (!value) continue
      const kind = kinds.get(codeOf(tape.text(at, element, component + 1))) ?? 'other'
      contacts.push({ kind, value, at: tape.span(at, element, component) })
    }
  }
  return contacts
}

export const CONTACT_CODES: Readonly<Partial<Record<Contact['kind'], string>>> = { phone: 'TE', fax: 'FX', email: 'EM' }
/** Composites in one COM. */
export const MOST_WAYS = 3

/** Whether a writer makes this very segment of these contacts: so it does of one COM with up to three composites. */
export function isContactsAsWritten(tape: Tape, at: number, contacts: readonly Contact[]): boolean {
  if (contacts.length !== tape.elements(at) || contacts.length > MOST_WAYS) return false
  return contacts.every(({ kind, value }, index) => {
    const components = tape.components(at, index + 1)
    const code = CONTACT_CODES[kind]
    return components === (code ? 2 : 1) && tape.text(at, index + 1, 2) === code && tape.text(at, index + 1) === value
  })
}
