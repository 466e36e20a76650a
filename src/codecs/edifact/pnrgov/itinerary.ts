import type { SentLeg } from '#domain/leg.ts'
import type { Segment } from '#domain/pnr.ts'
import type { Tape } from '../tape.ts'
import { readLocal } from './dates.ts'
import { keep } from './kept.ts'
import { note, type OpenSegment, readCount, readFlightNumber, type Work, withOne } from './work.ts'

/**
 * Reads one stretch of the journey (GR5):
 *
 *     TVL+100426:0930:100426:1240+SIN+DOH+ZX:QY+5120:M'
 *         1.1    1.2  1.3    1.4  2   3   4.1 4.2 5.1 5.2
 *
 * Marketing carrier and, in a codeshare, the operating one, whose flight number follows in TRA or, up to version 12, in
 * a second TVL that has nothing else: `TVL+++++0943:Y'`. ARNK is a stretch by other means, OPEN one without a date.
 */
export function readTvl(work: Work, segment: number): void {
  const { tape, pnr } = work
  const from = tape.text(segment, 2)
  const to = tape.text(segment, 3)
  const carrier = tape.text(segment, 4)
  const flight = tape.text(segment, 5)
  if (from === undefined && to === undefined && carrier === undefined && tape.text(segment, 1) === undefined) {
    readSecondTvl(work, segment, flight)
    return
  }
  const leg: OpenSegment = { kind: flight === 'ARNK' ? 'surface' : flight === 'OPEN' ? 'open' : 'flight' }
  if (carrier !== undefined) leg.carrier = carrier
  if (flight !== undefined && leg.kind === 'flight') {
    const read = readFlightNumber(flight)
    leg.number = read?.number ?? flight
    if (flight !== paddedFlight(leg.number)) leg.numberAsSent = flight
    const suffix = tape.text(segment, 5, 3) ?? read?.suffix
    if (suffix !== undefined) leg.suffix = suffix
  }
  const operating = tape.text(segment, 4, 2)
  if (operating !== undefined) leg.operatingCarrier = operating
  const bookingClass = tape.text(segment, 5, 2)
  if (bookingClass !== undefined) leg.bookingClass = bookingClass
  if (from !== undefined) leg.from = from
  if (to !== undefined) leg.to = to
  readNames(tape, segment, leg)
  readTimes(work, segment, leg)
  leg.at = tape.span(segment)
  pnr.itinerary.push(leg)
  work.flight = leg
  work.group = 5
}

/** `0412` for 412. */
export const paddedFlight = (number: string): string =>
  number.length >= 4 || !/^\d+$/.test(number) ? number : number.padStart(4, '0')

/** Second components: names of the airports, or of a hotel; number of days after departure. */
function readNames(tape: Tape, segment: number, leg: OpenSegment): void {
  const fromName = tape.text(segment, 2, 2)
  const toName = tape.text(segment, 3, 2)
  const variation = tape.text(segment, 1, 5)
  if (fromName !== undefined) leg.fromName = fromName
  if (toName !== undefined) leg.toName = toName
  if (variation !== undefined) leg.dayVariation = variation
}

function readOperating(work: Work, segment: number, element: number, leg: OpenSegment): void {
  const { tape } = work
  const flight = tape.text(segment, element)
  const bookingClass = tape.text(segment, element, 2)
  if (flight !== undefined) {
    const read = readFlightNumber(flight)
    leg.operatingNumber = read?.number ?? flight
    const suffix = tape.text(segment, element, 3) ?? read?.suffix
    if (suffix !== undefined) leg.operatingSuffix = suffix
  }
  if (bookingClass !== undefined) leg.operatingClass = bookingClass
}

function readSecondTvl(work: Work, segment: number, flight: string | undefined): void {
  const previous = work.flight
  if (previous && flight !== undefined) {
    if (previous.operatingNumber !== undefined) keep(work, segment)
    readOperating(work, segment, 5, previous)
    previous.operatingBy = 'TVL'
    if (previous.operatingCarrier === undefined && previous.carrier !== undefined) {
      previous.operatingCarrier = previous.carrier
    }
    return
  }
  note(work, 'pnrgov.leg-empty', segment)
}

/**
 * C310: departure date and time, arrival date and time. Without an arrival date the flight arrives the same day; three
 * components are departure date, departure time, arrival time.
 */
export function readTimes(
  work: Work,
  segment: number,
  leg: { departs?: Segment['departs']; arrives?: Segment['arrives']; arrivalDayUnsaid?: true } & object,
): void {
  const { tape, today } = work
  const departureDate = tape.text(segment, 1)
  if (departureDate === undefined) return
  const departureTime = tape.text(segment, 1, 2)
  const departs = readLocal(departureDate, departureTime, today)
  if (departs === undefined) {
    note(work, 'pnrgov.date', segment)
    return
  }
  if (departureTime !== undefined && departs.length < 16) note(work, 'pnrgov.time', segment)
  leg.departs = departs
  let arrivalDate = tape.text(segment, 1, 3)
  let arrivalTime = tape.text(segment, 1, 4)
  if (arrivalDate === undefined && arrivalTime === undefined) return
  if (arrivalDate?.length === 4 && arrivalTime === undefined) {
    arrivalTime = arrivalDate
    arrivalDate = undefined
    note(work, 'pnrgov.three-part-time', segment)
    // Over midnight the day of arrival is anyone's guess
    if (departureTime !== undefined && arrivalTime < departureTime) return
  }
  if (arrivalDate === undefined) leg.arrivalDayUnsaid = true
  const arrives = readLocal(arrivalDate ?? departureDate, arrivalTime, today)
  if (arrives === undefined) note(work, 'pnrgov.date', segment)
  else leg.arrives = arrives
}

/** Reads `TRA+SK+1524:W'`: who really flies. */
export function readTra(work: Work, segment: number): void {
  const { tape, flight } = work
  if (!flight) {
    note(work, 'pnrgov.misplaced', segment, 'TRA')
    return
  }
  if (flight.operatingNumber !== undefined) keep(work, segment)
  const carrier = tape.text(segment, 1)
  if (carrier !== undefined) {
    if (flight.operatingCarrier !== carrier) flight.operatingBy = 'TRA'
    flight.operatingCarrier = carrier
  }
  readOperating(work, segment, 2, flight)
}

/** Reads `RPI+3+HK'`: how many seats, and their status. */
export function readRpi(work: Work, segment: number): void {
  const { tape, flight } = work
  if (work.group >= 10) return
  if (!flight) {
    note(work, 'pnrgov.misplaced', segment, 'RPI')
    return
  }
  if (flight.status !== undefined || flight.quantity !== undefined) keep(work, segment)
  const quantity = readCount(tape.text(segment, 1))
  const status = tape.text(segment, 2)
  const count = tape.elements(segment)
  if (count > 2) {
    const statuses: string[] = []
    for (let element = 2; element <= count; element++) statuses.push(tape.text(segment, element) ?? '')
    flight.statuses = statuses
  }
  if (quantity !== undefined) flight.quantity = quantity
  if (status !== undefined) flight.status = status
}

/** Reads `APD+73H'`: the type of aircraft. */
export function readApd(work: Work, segment: number): void {
  const aircraft = work.tape.text(segment, 1)
  if (work.flight && aircraft !== undefined) work.flight.aircraft = aircraft
}

/** Reads `MSG+8'` before a hotel, a car, a train … (GR9). */
export function readProduct(work: Work, segment: number): void {
  const code = work.tape.text(segment, 1)
  work.product = (code !== undefined && work.profile.products.get(code)) || 'other'
  work.productCode = code
  work.productRead = false
  work.group = 9
}

/** Reads `TVL+110426:1500:140426+OSL:FJORD HOTEL++XH+67576:ROH'`: in, out, place and name. */
export function readProductTvl(work: Work, segment: number): void {
  const { tape, pnr } = work
  const stay: OpenSegment = { kind: work.product }
  const vendor = tape.text(segment, 4)
  const city = tape.text(segment, 2)
  const name = tape.text(segment, 2, 2)
  const to = tape.text(segment, 3)
  if (vendor !== undefined) stay.carrier = vendor
  if (city !== undefined) stay.from = city
  if (to !== undefined) stay.to = to
  if (name !== undefined) stay.text = name
  const property = tape.text(segment, 5)
  const rate = tape.text(segment, 5, 2)
  const toName = tape.text(segment, 3, 2)
  const suffix = tape.text(segment, 5, 3)
  const operating = tape.text(segment, 4, 2)
  const variation = tape.text(segment, 1, 5)
  if (property !== undefined) stay.property = property
  if (rate !== undefined) stay.rate = rate
  if (toName !== undefined) stay.toName = toName
  if (suffix !== undefined) stay.suffix = suffix
  if (operating !== undefined) stay.operatingCarrier = operating
  if (variation !== undefined) stay.dayVariation = variation
  if (work.productCode !== undefined) stay.product = work.productCode
  if (work.productRead) stay.together = true
  work.productRead = true
  readTimes(work, segment, stay)
  stay.at = tape.span(segment)
  pnr.itinerary.push(stay)
}

/**
 * The stretches of the itinerary that the push is about: the flight of that operating designator, airports and day; if
 * there is none, any flight between those airports on that day.
 */
export function pushedFlights<S extends Segment | OpenSegment>(
  itinerary: readonly S[],
  leg: SentLeg | undefined,
): readonly S[] {
  if (!leg) return itinerary
  let alike: S[] = []
  let same: S[] | undefined
  for (const flight of itinerary) {
    if (flight.kind !== 'flight' || !sameStretch(flight, leg)) continue
    alike = withOne(alike, flight)
    const carrier = flight.operatingCarrier ?? flight.carrier
    const number = flight.operatingNumber ?? flight.number
    if (carrier === leg.carrier && number === leg.number) same = withOne(same, flight)
  }
  return same ?? alike
}

function sameStretch(flight: Segment | OpenSegment, leg: SentLeg): boolean {
  if ((leg.from && flight.from !== leg.from) || (leg.to && flight.to !== leg.to)) return false
  return !flight.departs || !leg.departs || flight.departs.slice(0, 10) === leg.departs.slice(0, 10)
}
