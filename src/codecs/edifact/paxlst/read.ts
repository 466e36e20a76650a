/**
 * PAXLST → message: lists of travellers and crew, changes, cancellations, close-outs; one reader for D.02B to D.16B,
 * and for the older US form (PDT lines). Total: whatever stands there, something is given and findings say the rest.
 *
 * Source: WCO/IATA/ICAO API Guidelines, PAXLST implementation guide.
 */
import type { PaxlstMessage } from '#domain/message.ts'
import type { Instant } from '#lib/time.ts'
import { LIMITS, type Limits } from '../../limits.ts'
import type { MessageRange } from '../interchange.ts'
import type { FindingSink, Tape } from '../tape.ts'
import { readDatesInOrder } from './birth-dates.ts'
import { checkList } from './checks.ts'
import { codeOf } from './codes.ts'
import { dayOf } from './dates.ts'
import { readHead } from './head.ts'
import { type Keeping, keptOf } from './kept.ts'
import { isLegacy, readLegacy } from './legacy.ts'
import { mend } from './mend.ts'
import { type OpenPerson, type PersonContext, readPerson } from './person.ts'
import { type PaxlstProfile, paxlstProfile } from './profile.ts'

export interface PaxlstContext {
  readonly receivedAt: Instant
  /** Whether an airport lies in the receiving State: tells the border leg where LOC does not. */
  readonly stateAirports?: (code: string) => boolean
  readonly profile?: PaxlstProfile
  readonly limits?: Limits
}

/** Nothing only where no flight at all can be made out: then the findings say so. */
export function readPaxlst(
  sent: Tape,
  sentRange: MessageRange,
  sink: FindingSink,
  context: PaxlstContext,
): PaxlstMessage | undefined {
  if (isLegacy(sent, sentRange)) return readLegacy(sent, sentRange, sink, context)
  const { tape, range } = mend(sent, sentRange, sink)
  const profile = context.profile ?? paxlstProfile()
  const keeping: Keeping = { tape, sink }
  const head = readHead(keeping, range, profile)
  const legs = head.legs.legs(range.envelope.access, context)
  if (legs.length === 0) {
    sink.add('paxlst.leg-missing', tape.place(range.from), '')
    return undefined
  }
  if (!legs.some((leg) => leg.departs)) sink.add('paxlst.departure-missing', tape.place(range.from), '')
  const kind = head.function
  const referencesOnly = REFERENCES_ONLY.has(kind)
  const day = dayOf(legs, context.receivedAt)
  const year = Number(day.slice(0, 4))
  const list = documentList(tape, range, head.persons[0] ?? range.to)
  const reading: PersonContext = Object.assign(keeping, {
    profile,
    day,
    oldest: String(year - profile.oldestYears),
    latest: `${year + profile.longestDocumentYears}${day.slice(4)}`,
    crewList: head.crewList,
    closes: kind.startsWith('close'),
    referencesOnly,
    interactive: !head.crewList && profile.interactive.has(codeOf(range.envelope.application)),
    list,
    stateAirports: context.stateAirports,
    now: { tagsUnlike: false, waysUnlike: false, ways: 0 },
  })
  const { persons: most } = context.limits ?? LIMITS
  const beyond = head.persons[most * 2] // each has two bounds
  if (beyond !== undefined) {
    sink.add('input.too-many', tape.place(beyond), `${most} persons`)
    head.persons.length = most * 2
  }
  const persons = readPersons(head.persons, reading)
  if (profile.birthDates === 'told') readDatesInOrder(keeping, persons, head.persons, day)
  checkList(reading, range, head, persons)
  const { documentNumber, crew, masterCrew, stage, transaction, revision, contact, declaredTotal } = head
  const association = tape.text(range.from, 2, 5)
  const una = declared(tape, range.from)
  const kept = keptOf(keeping, {
    from: range.from,
    persons: head.persons,
    ...(head.totalAt !== undefined && { totalAt: head.totalAt }),
  })
  return {
    type: 'PAXLST',
    version: range.version,
    envelope: range.envelope,
    function: kind,
    crewList: head.crewList,
    document: head.document,
    ...(documentNumber && { documentNumber }),
    ...(crew && { crew }),
    ...(masterCrew && { masterCrew }),
    ...(stage && { stage }),
    ...(transaction && { transaction }),
    ...(revision && { revision }),
    ...(contact && { contact }),
    legs,
    ...(head.legs.oneFlight && { oneFlight: true }),
    travellers: persons,
    ...(declaredTotal !== undefined && { declaredTotal }),
    ...(association && association !== USUAL_ASSOCIATION && { association }),
    ...(list !== USUAL_LIST && { documentList: list }),
    ...(una !== undefined && { una }),
    ...(kept && { kept }),
    span: [tape.span(range.from)[0], tape.span(range.to - 1)[1]],
  }
}

const REFERENCES_ONLY: ReadonlySet<PaxlstMessage['function']> = new Set([
  'close',
  'close-on-board',
  'close-not-on-board',
  'cancel',
  'reduce',
  'cancel-flight',
])

function readPersons(bounds: readonly number[], context: PersonContext): OpenPerson[] {
  const persons: OpenPerson[] = []
  for (let index = 0; index + 1 < bounds.length; index += 2) {
    persons.push(readPerson(context, bounds[index] ?? 0, bounds[index + 1] ?? 0))
  }
  return persons
}

const USUAL_ASSOCIATION = 'IATA'
const USUAL_LIST = '111'

/** DOC 3055 of a message, told by its first document. */
function documentList(tape: Tape, range: MessageRange, from: number): string {
  for (let at = from; at < range.to; at++) {
    if (tape.tag(at) !== 'DOC') continue
    const list = tape.text(at, 1, 3) ?? ''
    return /^[A-Z0-9]{1,3}$/.test(list) ? list : USUAL_LIST
  }
  return USUAL_LIST
}

/** The six characters of UNA, empty without one; nothing for the usual ones. */
function declared(tape: Tape, segment: number): string | undefined {
  const { component, element, decimal, release, repetition, terminator, declared: sent } = tape.service(segment)
  const text = sent ? String.fromCharCode(component, element, decimal, release, repetition, terminator) : ''
  return text === ":+.? '" ? undefined : text
}
