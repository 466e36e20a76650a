import type { SentLeg } from '#domain/leg.ts'
import type { Envelope } from '#domain/message.ts'
import { instant } from '#lib/time.ts'
import type { Airline } from './airlines.ts'
import { inState, type ScheduledFlight, type Timetable } from './timetable.ts'

const MINUTE = 60_000

/** A leg of a flight as its operating carrier names it. */
export function sentLeg(flight: ScheduledFlight, legIndex: number, place: SentLeg['place'] = 'border'): SentLeg {
  const leg = flight.legs[legIndex]
  if (!leg) throw new RangeError(`${flight.id} has no leg ${legIndex}`)
  return {
    carrier: flight.carrier,
    number: flight.number,
    flightAsSent: `${flight.carrier}${flight.number}`,
    from: leg.from,
    to: leg.to,
    departs: leg.departs,
    arrives: leg.arrives,
    place,
    overflight: false,
  }
}

/** All legs of a flight as a list of persons names them, seen from the leg that it is about. */
export const sentLegs = (flight: ScheduledFlight, about: number): readonly SentLeg[] =>
  flight.legs.map((leg, index) => {
    const crossesHere = index === about || inState(leg.from) !== inState(leg.to)
    const place = index === about ? 'border' : index < about ? 'before' : 'after'
    return sentLeg(flight, index, crossesHere && index === about ? 'border' : place)
  })

/** Header of a message; its references depend on what it is about and never on when it is made. */
export function envelopeFor(
  airline: Airline,
  system: 'PNR' | 'API',
  label: string,
  at: number,
  timetable: Timetable,
  parts?: { readonly number: number; readonly of: number },
): Envelope {
  const interchange = `${airline.code}${timetable.random.split(`interchange ${label} ${parts?.number ?? 0}`).pattern('##########')}`
  return {
    sender: system === 'PNR' ? airline.code : `${airline.icao}APIS`,
    ...(system === 'API' && { senderQualifier: 'ZZ', recipientQualifier: 'ZZ' }),
    recipient: system === 'PNR' ? 'AZEPIU' : 'AZEAPI',
    interchange,
    prepared: instant(Math.floor(at / MINUTE) * MINUTE),
    ...(system === 'API' && { application: airline.interactive ? 'IAPI' : 'APIS' }),
    test: false,
    syntax: system === 'PNR' ? 'IATA' : 'UNOA',
    syntaxVersion: system === 'PNR' ? '1' : '4',
    grouped: airline.grouped,
    reference: String(parts?.number ?? 1),
    access: timetable.random.split(`access ${label}`).pattern(`${airline.code}##########`),
    ...(parts && { part: { number: parts.number, first: parts.number === 1, final: parts.number === parts.of } }),
  }
}
