import { airport } from '#domain/airports.ts'
import type { LocalDateTime } from '#lib/time.ts'
import type { Plan } from './plans.ts'
import type { Random } from './random.ts'
import type { ScheduledFlight } from './timetable.ts'
import { localTime } from './zones.ts'

/** One flight of a journey; `flight` where it is one of the simulated timetable. */
export interface Stretch {
  readonly flight?: ScheduledFlight
  readonly board: number
  readonly off: number
  readonly carrier: string
  readonly number: string
  readonly operating?: { readonly carrier: string; readonly number: string }
  readonly from: string
  readonly to: string
  readonly departs: LocalDateTime
  readonly arrives: LocalDateTime
  readonly departsAt: number
  readonly bookingClass: string
}

const HOUR = 3_600_000
const MINUTE = 60_000

/** What a booking travels: perhaps a feeder flight, the flight it begins with, and its connection or return. */
export function journeyOf(plan: Plan, chance: Random): readonly Stretch[] {
  const bookingClass = chance.pick(
    plan.party === 'business' ? ['Y', 'B', 'J', 'C', 'M'] : ['Y', 'M', 'K', 'Q', 'V', 'L'],
  )
  const own = stretch(plan.home, plan.board, plan.off, bookingClass, chance)
  const stretches = [own]
  if (plan.onward) stretches.push(stretch(plan.onward, 0, plan.onward.legs.length, bookingClass, chance))
  if (plan.returns) {
    const stops = plan.returns.legs.length
    stretches.push(stretch(plan.returns, stops - plan.off, stops - plan.board, bookingClass, chance))
  }
  const broken = plan.target?.rule === 'broken-route'
  const feeder = broken || (!plan.target && chance.chance(0.22)) ? feederOf(own, plan, broken, chance) : undefined
  return feeder ? [feeder, ...stretches] : stretches
}

function stretch(flight: ScheduledFlight, board: number, off: number, bookingClass: string, chance: Random): Stretch {
  const [first, last] = [flight.legs[board], flight.legs[off - 1]]
  if (!first || !last) throw new RangeError('a journey beyond its flight')
  const sold = flight.codeshare && chance.chance(0.2) ? flight.codeshare : undefined
  return {
    flight,
    board,
    off,
    carrier: sold?.carrier ?? flight.carrier,
    number: sold?.number ?? flight.number,
    ...(sold && { operating: { carrier: flight.carrier, number: flight.number } }),
    from: first.from,
    to: last.to,
    departs: first.departs,
    arrives: last.arrives,
    departsAt: first.departsAt,
    bookingClass,
  }
}

const FEEDERS: Readonly<Record<string, readonly string[]>> = {
  IST: ['JFK', 'AMS', 'CDG', 'FRA', 'LHR', 'CAI', 'MUC', 'BER'],
  DXB: ['BOM', 'DEL', 'KHI', 'LHE', 'NBO', 'BKK', 'LOS'],
  DOH: ['BKK', 'CAI', 'DEL', 'NBO', 'LHR'],
  SVO: ['LED', 'KZN', 'SVX'],
  FRA: ['JFK', 'MAD', 'FCO', 'BER', 'WAW'],
  LHR: ['JFK', 'DUB', 'MAD'],
  ALA: ['ICN', 'PEK', 'BKK'],
  DEL: ['BOM', 'BKK', 'CGK'],
}

/** A flight on the same carrier to the place where the reported flight begins; a broken route ends somewhere else. */
function feederOf(own: Stretch, plan: Plan, broken: boolean, chance: Random): Stretch | undefined {
  const origins = FEEDERS[own.from] ?? (broken ? ['CAI', 'BKK'] : [])
  const from = origins.length > 0 ? airport(chance.pick(origins)) : undefined
  const to = airport(broken ? chance.pick(['ATH', 'TBS', 'AUH']) : own.from)
  if (!from || !to || from.iata === to.iata || to.iata === own.to) return undefined
  const arrivesAt = own.departsAt - chance.int(12, 60) * 5 * MINUTE - (broken ? 20 * HOUR : 0)
  const departsAt = arrivesAt - chance.int(18, 90) * 5 * MINUTE
  return {
    board: 0,
    off: 1,
    carrier: plan.home.carrier,
    number: String(chance.int(1200, 1799)),
    from: from.iata,
    to: to.iata,
    departs: localTime(departsAt, from.zone),
    arrives: localTime(arrivesAt, to.zone),
    departsAt,
    bookingClass: own.bookingClass,
  }
}
