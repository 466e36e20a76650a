/**
 * The older US form of PAXLST: airports and times as elements, one PDT line a person.
 *
 *     TDT++0X812+40+0X'  LOC+005+DEFRA:50'  DTM+136+260611+1015+P2'  LOC+008+AZGYD:50'  DTM+132+260611+1655+P4'  UNS+D'
 *     PDT+P/C01X00T47:310904:D+ALMAZOVA:NIGAR:M:880317:F+PAX+DEFRA:AZGYD'
 */
import { airport } from '#domain/airports.ts'
import { countryCode } from '#domain/countries.ts'
import type { SentLeg } from '#domain/leg.ts'
import type { PaxlstMessage } from '#domain/message.ts'
import type { ApiTraveller, TravelDocument } from '#domain/traveller.ts'
import type { LocalDateTime } from '#lib/time.ts'
import type { MessageRange } from '../interchange.ts'
import type { FindingSink, Tape } from '../tape.ts'
import { dayOf, readBirthDate, readDocumentDate, readFlightTime } from './dates.ts'
import { documentKind } from './doc.ts'
import { splitFlight } from './legs.ts'
import { paxlstProfile } from './profile.ts'
import type { PaxlstContext } from './read.ts'

export function isLegacy(tape: Tape, range: MessageRange): boolean {
  if (range.version === '001:000') return true
  for (let at = range.from; at < Math.min(range.to, range.from + 30); at++) if (tape.tag(at) === 'PDT') return true
  return false
}

export function readLegacy(
  tape: Tape,
  range: MessageRange,
  sink: FindingSink,
  context: PaxlstContext,
): PaxlstMessage | undefined {
  const leg = readLeg(tape, range, sink)
  if (!leg) {
    sink.add('paxlst.leg-missing', tape.place(range.from), '')
    return undefined
  }
  const travellers: ApiTraveller[] = []
  for (let at = range.from; at < range.to; at++) {
    if (tape.tag(at) === 'PDT') travellers.push(readPdt(tape, at, sink, dayOf([leg], context.receivedAt)))
  }
  return {
    type: 'PAXLST',
    version: 'LEGACY',
    envelope: range.envelope,
    function: 'list',
    crewList: travellers.length > 0 && travellers.every((one) => one.role === 'crew'),
    document: '745',
    legs: [leg],
    travellers,
    span: [tape.span(range.from)[0], tape.span(range.to - 1)[1]],
  }
}

function readLeg(tape: Tape, range: MessageRange, sink: FindingSink): SentLeg | undefined {
  let flight: { sent: string; named: string | undefined; at: number } | undefined
  let from: string | undefined
  let to: string | undefined
  let departs: LocalDateTime | undefined
  let arrives: LocalDateTime | undefined
  for (let at = range.from; at < range.to; at++) {
    const tag = tape.tag(at)
    if (tag === 'TDT') flight = { sent: (tape.text(at, 2) ?? '').toUpperCase(), named: tape.text(at, 4), at }
    if (tag === 'LOC') {
      const sent = tape.text(at, 2, 1) ?? ''
      const code = airport(sent)?.iata ?? sent.slice(-3)
      if (!airport(sent)) sink.add('paxlst.airport', tape.place(at, 2), sent.slice(0, 5))
      if (Number(tape.text(at, 1)) === 5) from = code
      if (Number(tape.text(at, 1)) === 8) to = code
    }
    if (tag === 'DTM') {
      const time = readFlightTime(`${tape.text(at, 2) ?? ''}${tape.text(at, 3) ?? ''}`, undefined)
      if (tape.text(at, 1) === '136') departs = time
      if (tape.text(at, 1) === '132') arrives = time
    }
  }
  if (!flight || !from || !to) return undefined
  return {
    ...splitFlight(flight.sent, flight.named),
    flightAsSent: flight.sent,
    from,
    to,
    ...(departs && { departs }),
    ...(arrives && { arrives }),
    place: 'border',
    overflight: false,
    at: tape.span(flight.at, 2),
  }
}

function readPdt(tape: Tape, at: number, sink: FindingSink, day: string): ApiTraveller {
  const [type = '', ...number] = (tape.text(at, 1, 1) ?? '').split('/')
  const surname = tape.text(at, 2, 1)
  const given = [tape.text(at, 2, 2), tape.text(at, 2, 3)].filter((one) => one !== undefined).join(' ')
  const birth = readBirthDate(tape.text(at, 2, 4), day)
  const sex = tape.text(at, 2, 5)?.toUpperCase()
  const embark = airport(tape.text(at, 4, 1) ?? '')?.iata
  const disembark = airport(tape.text(at, 4, 2) ?? '')?.iata
  if (!surname) sink.add('paxlst.surname', tape.place(at), '')
  if (birth.problem === 'missing') sink.add('paxlst.birth-date-missing', tape.place(at), '')
  if (birth.problem === 'impossible') sink.add('paxlst.birth-date', tape.place(at), '')
  return {
    role: tape.text(at, 3)?.toUpperCase() === 'CRW' ? 'crew' : 'passenger',
    ...(surname && { surname }),
    ...(given && { givenNames: given }),
    ...(birth.date && { birthDate: birth.date }),
    sex: sex === 'M' || sex === 'F' ? sex : 'U',
    nationalities: [],
    addresses: [],
    documents: number.length > 0 ? [pdtDocument(tape, at, type, number.join('/'), day)] : [],
    contacts: [],
    baggage: { tags: [] },
    ...(embark && { embark }),
    ...(disembark && { disembark }),
    at: {
      surname: tape.span(at, 2, 1),
      givenNames: tape.span(at, 2, 2),
      birthDate: tape.span(at, 2, 4),
      sex: tape.span(at, 2, 5),
    },
  }
}

function pdtDocument(tape: Tape, at: number, type: string, numberAsSent: string, day: string): TravelDocument {
  const { date } = readDocumentDate(tape.text(at, 1, 2), day)
  const issuer = countryCode(tape.text(at, 1, 3) ?? '')
  return {
    kind: documentKind(type, paxlstProfile()),
    type,
    number: numberAsSent.toUpperCase().replace(/[^0-9A-Z]/g, ''),
    numberAsSent,
    ...(issuer && { issuer }),
    ...(date && { expires: date }),
    at: tape.span(at, 1, 1),
  }
}
