/**
 * PAXLST → message: lists of travellers and crew, changes, cancellations, close-outs; one reader for D.02B to D.16B,
 * and for the older US form (PDT lines). Total: whatever stands there, something is given and findings say the rest.
 *
 * Source: WCO/IATA/ICAO API Guidelines, PAXLST implementation guide.
 */
import type { PaxlstMessage } from '#domain/message.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import type { Instant } from '#lib/time.ts'
import type { MessageRange } from '../interchange.ts'
import type { FindingSink, Tape } from '../tape.ts'
import { checkList } from './checks.ts'
import { dayOf } from './dates.ts'
import { readHead } from './head.ts'
import { isLegacy, readLegacy } from './legacy.ts'
import { type PersonContext, readPerson } from './person.ts'

export interface PaxlstContext {
  readonly receivedAt: Instant
  /** Whether an airport lies in the receiving State: tells the border leg where LOC does not. */
  readonly stateAirports?: (code: string) => boolean
}

/** Nothing only where no flight at all can be made out: then the findings say so. */
export function readPaxlst(
  tape: Tape,
  range: MessageRange,
  sink: FindingSink,
  context: PaxlstContext,
): PaxlstMessage | undefined {
  if (isLegacy(tape, range)) return readLegacy(tape, range, sink, context)
  const head = readHead(tape, range, sink)
  const legs = head.legs.legs(range.envelope.access, context)
  if (legs.length === 0) {
    sink.add('paxlst.leg-missing', tape.place(range.from), '')
    return undefined
  }
  if (!legs.some((leg) => leg.departs)) sink.add('paxlst.departure-missing', tape.place(range.from), '')
  const kind = head.function
  const referencesOnly = kind.startsWith('close') || kind === 'cancel' || kind === 'reduce' || kind === 'cancel-flight'
  const day = dayOf(legs, context.receivedAt)
  const travellers = readPersons(head.persons, {
    tape,
    sink,
    day,
    oldest: String(Number(day.slice(0, 4)) - OLDEST_AGE),
    crewList: head.crewList,
    referencesOnly,
  })
  checkList(tape, range, sink, head, travellers, referencesOnly)
  return {
    type: 'PAXLST',
    version: range.version,
    envelope: range.envelope,
    function: kind,
    crewList: head.crewList,
    document: head.document,
    ...(head.documentNumber && { documentNumber: head.documentNumber }),
    ...(head.transaction && { transaction: head.transaction }),
    ...(head.revision && { revision: head.revision }),
    ...(head.contact && { contact: head.contact }),
    legs,
    travellers,
    ...(head.declaredTotal !== undefined && { declaredTotal: head.declaredTotal }),
    span: [tape.span(range.from)[0], tape.span(range.to - 1)[1]],
  }
}

const OLDEST_AGE = 120

function readPersons(bounds: readonly number[], context: PersonContext): readonly ApiTraveller[] {
  const persons: ApiTraveller[] = []
  for (let index = 0; index + 1 < bounds.length; index += 2) {
    persons.push(readPerson(context, bounds[index] ?? 0, bounds[index + 1] ?? 0))
  }
  return persons
}
