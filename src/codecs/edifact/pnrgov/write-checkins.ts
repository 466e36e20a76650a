import type { CheckIn, Pnr, Segment } from '#domain/pnr.ts'
import { writeOrg } from './agency.ts'
import { writeDate, writeTime } from './dates.ts'
import { segment } from './segments.ts'

/** Adds the check-ins of one flight (GR6, GR7), by transaction; those of a model without any share one by moment and carrier. */
export function writeCheckIns(out: string[], pnr: Pnr, flight: Segment, index: number): void {
  const { checkInEvents } = pnr
  if (!checkInEvents) {
    writeMade(out, pnr, flight)
    return
  }
  // A check-in outside any transaction stands before the first
  const first = checkInEvents.length === 0 || pnr.itinerary.findIndex((one) => onFlight(one, flight)) === index
  if (first) {
    for (const one of pnr.checkIns)
      if (one.event === undefined && onFlight(one, flight)) writeCheckIn(out, one, pnr, flight)
  }
  for (const [at, event] of checkInEvents.entries()) {
    if (event.flight !== index) continue
    const date = event.at && [writeDate(event.at), writeTime(event.at)]
    out.push(segment('DAT', [event.qualifier, ...(event.text === undefined ? (date ?? []) : [event.text])]))
    if (event.by) out.push(segment('ORG', ...writeOrg(event.by)))
    for (const one of pnr.checkIns) if (one.event === at) writeCheckIn(out, one, pnr, flight)
  }
}

function writeMade(out: string[], pnr: Pnr, flight: Segment): void {
  let previous: CheckIn | undefined
  for (const checkIn of pnr.checkIns) {
    if (!onFlight(checkIn, flight)) continue
    if (!previous || previous.at !== checkIn.at || previous.carrier !== checkIn.carrier) {
      out.push(segment('DAT', checkIn.at ? ['2', writeDate(checkIn.at), writeTime(checkIn.at)] : '2'))
      if (checkIn.carrier) out.push(segment('ORG', checkIn.carrier, undefined, undefined, undefined, 'A'))
    }
    previous = checkIn
    writeCheckIn(out, checkIn, pnr, flight)
  }
}

const onFlight = (one: { readonly from?: string; readonly to?: string }, flight: Segment): boolean =>
  one.from === flight.from && one.to === flight.to

function writeCheckIn(out: string[], checkIn: CheckIn, pnr: Pnr, flight: Segment): void {
  const { sequence, seat, seatInTri, named, event } = checkIn
  const made = event === undefined && named === undefined && checkIn.reference === undefined
  out.push(
    segment('TRI', undefined, [
      sequence,
      '',
      seatInTri ? seat : undefined,
      made ? checkIn.traveller : checkIn.reference,
    ]),
  )
  const traveller = made ? pnr.travellers.find(({ reference }) => reference === checkIn.traveller) : undefined
  if (named) out.push(segment('TIF', named.surname, [named.givenNames, named.type, named.reference]))
  else if (traveller) out.push(segment('TIF', traveller.surname, [traveller.givenNames, '', traveller.reference]))
  writeSsd(out, checkIn)
  writeBags(out, checkIn, flight)
}

function writeSsd(out: string[], checkIn: CheckIn): void {
  const { seat, seatInTri, cabin, cabinClass, noSmoking, seatCharacteristics } = checkIn
  const place = seatInTri ? undefined : seat
  if (!place && !cabin && !noSmoking && !seatCharacteristics) return
  const compartment = cabin === cabinClass ? undefined : cabin
  out.push(segment('SSD', place, noSmoking, seatCharacteristics, undefined, compartment, cabinClass))
}

function writeBags(out: string[], checkIn: CheckIn, flight: Segment): void {
  const { baggage, carrier, to, bagPool, bagWeight, bagTags } = checkIn
  const { count, weightKg, tags } = baggage
  if (count === undefined && weightKg === undefined && tags.length === 0 && !bagPool && !bagWeight) return
  const total = [count === undefined ? undefined : String(count)]
  const weighed = bagWeight
    ? [...total, bagWeight.weight, bagWeight.unit, bagWeight.measure]
    : weightKg === undefined
      ? total
      : [...total, String(weightKg), '700']
  const company = carrier ?? flight.carrier
  const tagged = bagTags
    ? bagTags.map((one) => [one.carrier, one.first, one.count, one.to, one.accountingCode])
    : tags.map((tag) => [company, tag, '1', to])
  out.push(segment('TBD', undefined, weighed, undefined, bagPool && [bagPool.role, bagPool.reference], ...tagged))
}
