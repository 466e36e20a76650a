import { airport } from '#domain/airports.ts'
import type { Span } from '#domain/finding.ts'
import type { SentLeg } from '#domain/leg.ts'
import type { Message } from '#domain/message.ts'
import { isPaxlst, isPnrgov } from '#domain/message.ts'
import type { TravelDocument } from '#domain/traveller.ts'
import { hoursBetween, instantAt } from '#lib/time.ts'
import { CATALOGUE } from '../catalogue.ts'
import type { CONFORMANCE_FINDINGS } from './catalogue.ts'
import { flightDay, type Person, peopleOf, placeOf } from './people.ts'
import type { ConformanceProfile } from './profile.ts'

type Code = keyof typeof CONFORMANCE_FINDINGS

/** Where checks report; `at` is the value that is meant, nothing for the message as a whole. */
export type Note = (code: Code, at: Span | undefined, detail?: string) => void

/**
 * What a receiving State looks at once a message is read: names, dates, documents, what is the same for too many. What the
 * reader of this message checks by itself already is not said a second time.
 */
export function checkPlausibility(
  message: Message,
  profile: ConformanceProfile,
  note: Note,
  seen: Seen = new Map(),
): void {
  const day = flightDay(message)
  const own: Note = (code, at, detail) => {
    if (!readerSays(message.type, code)) note(code, at, detail)
  }
  const people = peopleOf(message)
  for (const person of people) {
    checkName(person, profile, own)
    for (const document of person.documents) checkDocument(person, document, day, profile, own)
  }
  checkRepeats(people, message, seen, own, note)
  checkDefaults(people, profile, own)
  for (const leg of isPaxlst(message) ? message.legs : isPnrgov(message) ? [message.leg] : []) {
    checkDuration(leg, profile, own)
  }
}

/** Readers' own names for what is checked here, where they are others. */
const SAME: Readonly<Record<string, string>> = {
  'check.block-time': 'duration',
}

const readerSays = (type: string, code: Code): boolean =>
  `${type.toLowerCase()}.${SAME[code] ?? code.slice('check.'.length)}` in CATALOGUE

/** Letters of any script with their marks; blank, hyphen, apostrophes, full stop, and the fillers of machines. */
const NAME = /^[\p{L}\p{M} '’.<-]*$/u

function checkName({ surname, givenNames, at }: Person, { placeholders }: ConformanceProfile, note: Note): void {
  const whole = `${surname ?? ''} ${givenNames ?? ''}`
  if (!NAME.test(whole)) note('check.name-characters', at.documentSurname ?? at.surname)
  const first = (surname ?? '').trim().toUpperCase()
  if (placeholders.includes(first)) note('check.placeholder-name', at.documentSurname ?? at.surname, first)
}

function checkDocument(
  { birthDate, locator }: Person,
  { number, expires, at }: TravelDocument,
  day: string | undefined,
  { longestDocument }: ConformanceProfile,
  note: Note,
): void {
  if (number && !isNumber(number)) note('check.document-number', at)
  else if (birthDate && isDate(number, birthDate)) note('check.document-is-birth-date', at)
  if (number && number === locator) note('check.document-is-locator', at)
  if (!expires || !day) return
  if (expires < day.slice(0, expires.length)) note('check.document-expired', at)
  const years = Number(expires.slice(0, 4)) - Number(day.slice(0, 4))
  if (years > longestDocument || (birthDate !== undefined && expires < birthDate)) note('check.document-lifetime', at)
}

const isNumber = (number: string): boolean => /^[A-Z0-9]{3,20}$/.test(number) && !/^(.)\1*$/.test(number)

/** `1988-04-14` as 880414, 19880414, 140488, 14041988 or 14APR88. */
function isDate(number: string, birthDate: string): boolean {
  const [year = '', month = '', day = ''] = birthDate.split('-')
  if (!day) return false
  const short = year.slice(2)
  const named = `${day}${MONTHS[Number(month) - 1] ?? ''}`
  return [
    `${short}${month}${day}`,
    `${year}${month}${day}`,
    `${day}${month}${short}`,
    `${day}${month}${year}`,
    `${named}${short}`,
    `${named}${year}`,
  ].includes(number)
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

/** Persons and numbers of a list, in however many messages it was sent: key → the message, and whose it is. */
export type Seen = Map<string, { readonly message: Message; readonly name: string }>

/** Persons and numbers that stand twice; an infant may travel on a parent's document. Readers see one part of a list only. */
function checkRepeats(people: readonly Person[], message: Message, seen: Seen, own: Note, note: Note): void {
  for (const person of people) {
    const { surname = '', givenNames = '', birthDate = '', infant, documents } = person
    const name = `${surname}/${givenNames}/${birthDate}`
    const whole = `${name}/${documents[0]?.number ?? ''}`
    const twin = documents[0] && birthDate ? seen.get(whole) : undefined
    if (twin) (twin.message === message ? own : note)('check.person-repeated', placeOf(person))
    else seen.set(whole, { message, name })
    if (infant) continue
    for (const { number, kind, at } of documents) {
      if (!number) continue
      const key = `${kind} ${number}`
      const holder = seen.get(key)
      if (!holder) seen.set(key, { message, name })
      else if (holder.name !== name) (holder.message === message ? own : note)('check.document-repeated', at)
    }
  }
}

/** A woman on every seat is rare, a birthday in common rarer. */
const DEFAULTS: readonly { readonly of: string; readonly value: (person: Person) => string | undefined }[] = [
  { of: 'sex', value: ({ sex }) => sex },
  { of: 'day of birth', value: ({ birthDate }) => (birthDate?.length === 10 ? birthDate.slice(5) : undefined) },
  { of: 'date of expiry', value: ({ documents }) => documents[0]?.expires },
]

function checkDefaults(people: readonly Person[], { defaults }: ConformanceProfile, note: Note): void {
  if (people.length < defaults.least) return
  for (const { of, value } of DEFAULTS) {
    const counts = new Map<string, number>()
    for (const person of people) {
      const one = value(person)
      if (one !== undefined) counts.set(one, (counts.get(one) ?? 0) + 1)
    }
    const most = Math.max(0, ...counts.values())
    if (most >= defaults.least && most >= defaults.share * people.length)
      note('check.default-value', undefined, `${of}: ${most} of ${people.length}`)
  }
}

/** By the clocks of both airports; where a zone or a time is not known, nothing is said. */
function checkDuration({ from, to, departs, arrives, at }: SentLeg, profile: ConformanceProfile, note: Note): void {
  const [zone, other] = [airport(from)?.zone, airport(to)?.zone]
  const left = departs && zone ? instantAt(departs, zone) : undefined
  const landed = arrives && other ? instantAt(arrives, other) : undefined
  if (!left || !landed) return
  const hours = hoursBetween(left, landed)
  if (hours < 0 || hours > profile.longestFlightHours) note('check.block-time', at, `${hours.toFixed(1)} h`)
}
