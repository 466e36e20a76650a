/**
 * One person of a PAXLST: GR4, from NAD to the next NAD. The segments come in any order; only DOC opens a sub-group
 * that owns the DTM, LOC 91 and RFF behind it. What is sent a second time, or is not known, is kept as sent.
 *
 *     NAD+FL+++ALMAZOVA:NIGAR'  ATT+2++F'  DTM+329:880317'  NAT+2+AZE'  DOC+P:110:111+C01X00T47'  DTM+36:310904'  LOC+91+AZE'
 *
 * Names stay as sent; unknown is absent; no person is ever dropped.
 */
import type { Span } from '#domain/finding.ts'
import type { Address, ApiTraveller, Contact, TravelDocument } from '#domain/traveller.ts'
import { readBagTags, readMeasure } from './baggage.ts'
import { checkPerson } from './check-person.ts'
import { codeOf } from './codes.ts'
import { isDateAsWritten, readBirthDate } from './dates.ts'
import { openDocument, readDocumentDates } from './doc.ts'
import { type Keeping, keep, keepRest, keepUnknown, keepWhole } from './kept.ts'
import { readDuty, readNationality, readSex, startPerson } from './nad.ts'
import { readPlace } from './places.ts'
import type { PaxlstProfile } from './profile.ts'
import { contactsOf, isContactsAsWritten, MOST_WAYS, readReference } from './references.ts'

type Open<T> = { -readonly [K in keyof T]: T[K] }
export type OpenDocument = Open<TravelDocument>
/** A person while he is being read. */
export type OpenPerson = Omit<
  Open<ApiTraveller>,
  'nationalities' | 'addresses' | 'documents' | 'contacts' | 'baggage' | 'at'
> & {
  nationalities: string[]
  addresses: Address[]
  documents: OpenDocument[]
  contacts: Contact[]
  baggage: { count?: number; weightKg?: number; tags: string[] }
  at: Record<string, Span>
}

export interface PersonContext extends Keeping {
  readonly profile: PaxlstProfile
  /** Local day of departure, `2026-06-11`. */
  readonly day: string
  /** Nobody is born before this year, and no document valid after that one. */
  readonly oldest: string
  readonly latest: string
  readonly crewList: boolean
  /** The flight is closed: persons are references. */
  readonly closes: boolean
  /** A close-out lists references only: what is missing is no finding. */
  readonly referencesOnly: boolean
  /** Every person needs his reference. */
  readonly interactive: boolean
  /** DOC 3055 of this message. */
  readonly list: string
  /** Whether an airport lies in the receiving State, where that is known. */
  readonly stateAirports?: ((code: string) => boolean) | undefined
  /**
   * About the person that is being read: whether a writer would send his bag tags, or the ways to reach him, in another
   * form, and how many ways the last COM had.
   */
  readonly now: { tagsUnlike: boolean; waysUnlike: boolean; ways: number }
}

/** Segments `from` (NAD) up to, not including, `to`. */
export function readPerson(context: PersonContext, from: number, to: number): OpenPerson {
  const { now } = context
  now.tagsUnlike = false
  now.waysUnlike = false
  now.ways = MOST_WAYS
  const person = startPerson(context, from)
  let document: OpenDocument | undefined
  for (let at = from + 1; at < to; at++) {
    const tag = context.tape.tag(at)
    if (tag === 'DOC') document = openDocument(context, person, at)
    else readSegment(context, person, document, tag, at)
  }
  if (now.tagsUnlike || now.waysUnlike) keepLists(context, from, to)
  if (!context.referencesOnly) checkPerson(context, person, from)
  return person
}

function readSegment(
  context: PersonContext,
  person: OpenPerson,
  document: OpenDocument | undefined,
  tag: string,
  at: number,
): void {
  const { tape, sink } = context
  switch (tag) {
    case 'LOC':
      readPlace(context, person, document, at)
      break
    case 'RFF':
      readReference(context, person, at)
      break
    case 'DTM':
      readDate(context, person, document, at)
      break
    case 'MEA':
      readMeasure(context, person, at)
      break
    case 'ATT':
      readSex(context, person, at)
      break
    case 'NAT':
      readNationality(context, person, at)
      break
    case 'GEI':
      readVerified(context, person, at)
      break
    case 'FTX':
      readBagTags(context, person, at)
      break
    case 'COM':
      readContacts(context, person, at)
      break
    case 'EMP':
      readDuty(context, person, at)
      break
    case 'CTA':
    case 'CPI':
    case 'QTY':
    case 'GID':
      keep(context, at)
      break
    default:
      sink.add('paxlst.segment-unknown', tape.place(at), tag.slice(0, 3))
      keep(context, at)
  }
}

function readDate(context: PersonContext, person: OpenPerson, document: OpenDocument | undefined, at: number): void {
  const qualifier = codeOf(context.tape.text(at, 1, 1))
  if (qualifier === '329') readBirth(context, person, at)
  else if (qualifier !== '36' && qualifier !== '182') keepUnknown(context, at, 'DTM', qualifier)
  else if (document) readDocumentDates(context, document, at, qualifier)
  else keep(context, at)
}

/** `DTM+329:880317'` */
function readBirth(context: PersonContext, person: OpenPerson, at: number): void {
  const { tape, sink, day } = context
  const sent = tape.text(at, 1, 2)
  if (person.birthDate !== undefined || sent === undefined) {
    keep(context, at)
    return
  }
  const { date, alternative, problem } = readBirthDate(sent, day)
  if (problem === 'missing') {
    keep(context, at)
    return
  }
  person.at.birthDate = tape.span(at, 1, 2)
  const inDigits = !problem || (problem === 'partial' && /^(?:\d\d)?\d{6}$/.test(sent))
  if (!inDigits) person.birthDateAsSent ??= sent
  if (date) {
    person.birthDate = date
    const format = tape.text(at, 1, 3)
    const usual = sent.length === 6 && format === undefined && inDigits
    if (usual || isDateAsWritten([sent, format], date, day, readBirthDate)) keepRest(context, at, 'DTM')
    else keepWhole(context, at)
  } else keep(context, at)
  if (alternative) person.birthDateAlternative = alternative
  if (problem === 'impossible') sink.add('paxlst.birth-date', tape.place(at), '')
  if (problem === 'partial') sink.add('paxlst.birth-date-partial', tape.place(at), '')
}

/** `GEI+4+173'`: read by machine; 174: typed. ZZZ is the older form of 173. */
function readVerified(context: PersonContext, person: OpenPerson, at: number): void {
  const { tape, profile } = context
  const code = tape.text(at, 2) ?? ''
  const verified = tape.text(at, 1) === '4' ? profile.verified.get(code) : undefined
  if (verified === undefined) {
    keepUnknown(context, at, 'GEI', codeOf(code))
    return
  }
  if (person.verified !== undefined) {
    keep(context, at)
    return
  }
  person.verified = verified
  if (code === (verified ? '173' : '174')) keepRest(context, at, 'GEI')
  else keepWhole(context, at)
}

function readContacts(context: PersonContext, person: OpenPerson, at: number): void {
  const { tape, profile, now } = context
  const found = contactsOf(tape, at, profile)
  for (const contact of found) person.contacts.push(contact)
  if (now.ways !== MOST_WAYS || !isContactsAsWritten(tape, at, found)) now.waysUnlike = true
  now.ways = found.length
}

/** Where one segment of a list is in the model in another form, all of them are kept: a writer cannot tell them apart. */
function keepLists(context: PersonContext, from: number, to: number): void {
  const { tape, now } = context
  for (let at = from + 1; at < to; at++) {
    const tag = tape.tag(at)
    if (tag === 'COM' && now.waysUnlike) keepWhole(context, at)
    if (tag === 'FTX' && now.tagsUnlike && codeOf(tape.text(at, 1)) === 'BAG' && tape.text(at, 4))
      keepWhole(context, at)
  }
}
