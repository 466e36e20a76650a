/**
 * What a traveller is found by: his names, day of birth, documents, contacts, bookings, tickets and cards, each brought to one form,
 * so that `+994 50 000-00-01` and `00994500000001` are the same term. Terms are never stored: only keyed hashes of
 * them are (`flows/search-keys.ts`).
 */
import type { CivilDate } from '#lib/time.ts'
import type { Pnr, PnrTraveller } from './pnr.ts'
import type { ApiTraveller, Contact } from './traveller.ts'

type TermKind = 'name' | 'slip' | 'born' | 'document' | 'phone' | 'email' | 'locator' | 'card' | 'ticket'

/** `phone 500000001`, `name ALV` */
export type SearchTerm = `${TermKind} ${string}`

/**
 * Forms that others make: of the words of a name those by which they are compared, and those that a slip of the hand
 * leaves; of a document number the one that is read alike.
 */
export interface Forms {
  name(surname: string | undefined, givenNames: string | undefined): readonly string[]
  slips(surname: string | undefined, givenNames: string | undefined): readonly string[]
  document(number: string): string | undefined
}

export function apiTerms(person: ApiTraveller, forms: Forms): readonly SearchTerm[] {
  return unique([
    ...names(forms, [person.surname, person.givenNames]),
    ...[person.birthDate, person.birthDateAlternative].map(bornTerm),
    ...person.documents.map(({ number }) => documentTerm(number, forms)),
    ...person.contacts.map(contactTerm),
    person.locator && locatorTerm(person.locator),
    person.ticket && ticketTerm(person.ticket),
  ])
}

export function pnrTerms(person: PnrTraveller, forms: Forms): readonly SearchTerm[] {
  return unique([
    ...names(forms, [person.surname, person.givenNames], [person.documentSurname, person.documentGivenNames]),
    bornTerm(person.birthDate),
    ...person.documents.map(({ number }) => documentTerm(number, forms)),
    ...person.contacts.map(contactTerm),
    ...person.tickets.map(({ number }) => ticketTerm(number)),
    ...person.tickets.flatMap(({ payments }) => payments.map(({ cardMasked }) => cardMasked && cardTerm(cardMasked))),
  ])
}

/** What everybody in a booking is found by. */
export function bookingTerms({ contacts, locators, locator }: Pnr): readonly SearchTerm[] {
  return unique([
    ...contacts.map(contactTerm),
    ...locators.map((one) => locatorTerm(one.locator)),
    locatorTerm(locator),
  ])
}

const unique = (terms: readonly (SearchTerm | undefined | '')[]): readonly SearchTerm[] => [
  ...new Set(terms.filter((term): term is SearchTerm => Boolean(term))),
]

const names = (forms: Forms, ...sent: readonly (readonly [string | undefined, string | undefined])[]): SearchTerm[] =>
  sent.flatMap(([surname, given]) => [
    ...forms.name(surname, given).map((form): SearchTerm => `name ${form}`),
    ...forms.slips(surname, given).map((form): SearchTerm => `slip ${form}`),
  ])

/** A day of birth parts people of one name; half a date parts too few. */
const bornTerm = (birthDate: CivilDate | undefined): SearchTerm | undefined =>
  birthDate?.length === 10 ? birthDateTerm(birthDate) : undefined

export const birthDateTerm = (day: string): SearchTerm => `born ${day}`

export function documentTerm(number: string, forms: Forms): SearchTerm | undefined {
  const form = forms.document(number)
  return form ? `document ${form}` : undefined
}

const contactTerm = ({ kind, value }: Contact): SearchTerm | undefined => {
  if (kind === 'email') return emailTerm(value)
  return kind === 'address' ? undefined : (phoneTerm(value) ?? emailTerm(value))
}

/** Shorter ones are extensions and parts of addresses; beyond nine stand the codes that one sender gives and another does not. */
const LEAST_DIGITS = 7
const MOST_DIGITS = 9

export function phoneTerm(text: string): SearchTerm | undefined {
  if (text.includes('@') || text.includes('//')) return undefined
  const digits = text.replace(/\D/g, '')
  return digits.length < LEAST_DIGITS ? undefined : `phone ${digits.slice(-MOST_DIGITS)}`
}

/** AIRIMP writes `//` for @, `..` for _ and `./` for -. */
export function emailTerm(text: string): SearchTerm | undefined {
  const address = text.trim().toLowerCase()
  const written = address.includes('@')
    ? address
    : address.replace('//', '@').replaceAll('..', '_').replaceAll('./', '-')
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(written) ? `email ${written}` : undefined
}

export function locatorTerm(text: string): SearchTerm | undefined {
  const locator = text.toUpperCase().replace(/[^0-9A-Z]/g, '')
  return locator.length < 5 ? undefined : `locator ${locator}`
}

/** Airline and serial number; what follows is a check digit or a coupon. */
const TICKET_DIGITS = 13

export function ticketTerm(text: string): SearchTerm | undefined {
  const digits = /^[\d -]+/.exec(text.trim())?.[0].replace(/\D/g, '') ?? ''
  return digits.length < 10 ? undefined : `ticket ${digits.slice(0, TICKET_DIGITS)}`
}

/** The first six and the last four digits are all that is kept of a card; a number with fewer of them finds too many. */
export function cardTerm(text: string): SearchTerm | undefined {
  const match = /^(\d{6})[\dX*#.]{2,9}(\d{4})$/.exec(text.toUpperCase().replace(/[\s-]/g, ''))
  return match ? `card ${match[1]}${match[2]}` : undefined
}
