import type { CheckIn, Pnr, Segment } from '#domain/pnr.ts'
import { writeDate, writeTime } from './dates.ts'
import { segment } from './segments.ts'
import { onFlight } from './write-parts.ts'

/** Adds the check-ins of one flight (GR6, GR7); those of one moment and carrier share a transaction. */
export function writeCheckIns(out: string[], pnr: Pnr, flight: Segment): void {
  let previous: CheckIn | undefined
  for (const checkIn of pnr.checkIns) {
    if (!onFlight(checkIn, flight)) continue
    if (!previous || previous.at !== checkIn.at || previous.carrier !== checkIn.carrier) {
      out.push(segment('DAT', checkIn.at ? ['2', writeDate(checkIn.at), writeTime(checkIn.at)] : '2'))
      if (checkIn.carrier) out.push(segment('ORG', checkIn.carrier, undefined, undefined, undefined, 'A'))
    }
    previous = checkIn
    out.push(segment('TRI', undefined, [checkIn.sequence, '', '', checkIn.traveller]))
    const traveller = pnr.travellers.find(({ reference }) => reference === checkIn.traveller)
    if (traveller) out.push(segment('TIF', traveller.surname, [traveller.givenNames, '', traveller.reference]))
    if (checkIn.seat || checkIn.cabin) {
      out.push(segment('SSD', checkIn.seat, undefined, undefined, undefined, checkIn.cabin))
    }
    writeBags(out, checkIn, flight)
  }
}

function writeBags(out: string[], { baggage, carrier, to }: CheckIn, flight: Segment): void {
  const { count, weightKg, tags } = baggage
  if (count === undefined && weightKg === undefined && tags.length === 0) return
  const total = [count === undefined ? undefined : String(count)]
  const weighed = weightKg === undefined ? total : [...total, String(weightKg), '700']
  const company = carrier ?? flight.carrier
  const tagged = tags.map((tag) => [company, tag, '1', to])
  out.push(segment('TBD', undefined, weighed, undefined, undefined, ...tagged))
}
