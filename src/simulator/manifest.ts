import { localDate } from '#lib/time.ts'
import { airlineOf } from './airlines.ts'
import { type BookedTraveller, type Booking, makeBooking } from './bookings.ts'
import { aircraft, type Seat, seatsOf } from './fleet.ts'
import type { Stretch } from './journey.ts'
import { nationOf } from './nations.ts'
import { crewMember, type Person } from './people.ts'
import type { Planning } from './plans.ts'
import type { Random } from './random.ts'
import type { ScheduledFlight, ScheduledLeg, Timetable } from './timetable.ts'

/** What becomes of one booked traveller on one leg. */
export interface Attendance {
  readonly seat?: Seat
  /** Chosen before check-in. */
  readonly seatChosen: boolean
  /** When he checks in; absent: he never comes. */
  readonly checkInAt?: number
  readonly boards: boolean
  readonly sequence: string
  readonly bags: { readonly count: number; readonly weightKg: number; readonly tags: readonly string[] }
  /** The carrier's unique passenger reference for the flight (ABO). */
  readonly passengerReference: string
  readonly machineRead: boolean
}

export interface OnLeg {
  readonly booking: Booking
  readonly stretch: Stretch
  readonly attendance: ReadonlyMap<string, Attendance>
}

export interface CrewMember {
  readonly person: Person
  readonly duty: 'cockpit' | 'cabin' | 'off-duty-pilot'
}

/** Everybody who is booked on one leg, and its crew. */
export interface Manifest {
  readonly flight: ScheduledFlight
  readonly legIndex: number
  readonly leg: ScheduledLeg
  readonly bookings: readonly OnLeg[]
  readonly crew: readonly CrewMember[]
}

const MINUTE = 60_000

export function makeManifest(
  flight: ScheduledFlight,
  legIndex: number,
  timetable: Timetable,
  planning: Planning,
): Manifest {
  const leg = flight.legs[legIndex]
  if (!leg) throw new RangeError(`${flight.id} has no leg ${legIndex}`)
  const chance = timetable.random.split(`leg ${flight.id} ${legIndex}`)
  const found = planning.on(flight).flatMap((plan) => {
    const booking = makeBooking(plan, timetable)
    const part = booking.journey.find((one) => one.flight === flight && one.board <= legIndex && one.off > legIndex)
    return part ? [{ booking, stretch: part }] : []
  })
  const free = seatPlan(flight, chance.split('seats'))
  let serial = chance.int(1000, 600_000)
  let sequence = 0
  const bookings = found.map(({ booking, stretch }) => {
    const attendance = new Map<string, Attendance>()
    const partyComes = booking.plan.target !== undefined || chance.split(booking.plan.id).chance(0.97)
    for (const traveller of booking.travellers) {
      const part = chance.split(`${booking.plan.id} ${traveller.reference}`)
      sequence += 1
      const made = attend(traveller, booking, leg, { free, sequence, serial, partyComes }, part)
      serial += made.bags.count
      attendance.set(traveller.reference, made)
    }
    return { booking, stretch, attendance }
  })
  return { flight, legIndex, leg, bookings, crew: crewOf(flight, leg, chance.split('crew')) }
}

/** Seats in the order in which parties get them: row by row from a random row on, business apart. */
function seatPlan(flight: ScheduledFlight, chance: Random): { readonly business: Seat[]; readonly economy: Seat[] } {
  const seats = seatsOf(aircraft(flight.aircraft))
  const economy = seats.filter(({ cabin }) => cabin === 'Y')
  const turn = chance.int(0, economy.length - 1)
  return {
    business: seats.filter(({ cabin }) => cabin === 'J'),
    economy: [...economy.slice(turn), ...economy.slice(0, turn)].reverse(),
  }
}

interface Desk {
  readonly free: { readonly business: Seat[]; readonly economy: Seat[] }
  readonly sequence: number
  readonly serial: number
  readonly partyComes: boolean
}

function attend(
  traveller: BookedTraveller,
  booking: Booking,
  leg: ScheduledLeg,
  { free, sequence, serial, partyComes }: Desk,
  chance: Random,
): Attendance {
  const infant = traveller.kind === 'infant'
  const businessClass = 'JC'.includes(booking.journey[0]?.bookingClass ?? 'Y')
  const seat = infant
    ? undefined
    : ((businessClass ? free.business.pop() : undefined) ?? free.economy.pop() ?? free.business.pop())
  const comes = partyComes && (infant || seat !== undefined)
  const online = chance.chance(0.45) && booking.plan.party !== 'go-show'
  const checkInAt =
    leg.departsAt -
    (online ? chance.int(4 * 60, 24 * 60) : chance.int(46, booking.plan.party === 'go-show' ? 55 : 165)) * MINUTE
  const count = bagsOf(traveller, booking, chance)
  return {
    ...(seat && { seat }),
    seatChosen: chance.chance(0.4),
    ...(comes && { checkInAt: Math.max(checkInAt, booking.createdAt + 5 * MINUTE) }),
    boards: comes && (booking.plan.target !== undefined || !chance.chance(0.006)),
    sequence: String(sequence).padStart(3, '0'),
    bags: {
      count,
      weightKg: count * chance.int(11, 23),
      tags: Array.from(
        { length: count },
        (_, at) => `0${booking.airline.accounting}${String(serial + at).padStart(6, '0')}`,
      ),
    },
    passengerReference: `${leg.from}${chance.pattern('####@@##')}`,
    machineRead: chance.chance(0.82),
  }
}

/** Ordinary travellers check in three bags at most. */
function bagsOf({ kind }: BookedTraveller, booking: Booking, chance: Random): number {
  if (kind === 'infant') return 0
  if (booking.plan.target?.rule === 'many-bags') return chance.int(6, 9)
  if (booking.plan.party === 'business')
    return chance.weighted([
      [0, 60],
      [1, 38],
      [2, 2],
    ])
  return chance.weighted(
    booking.airline.budget
      ? [
          [0, 45],
          [1, 50],
          [2, 5],
        ]
      : [
          [0, 20],
          [1, 62],
          [2, 16],
          [3, 2],
        ],
  )
}

function crewOf(flight: ScheduledFlight, leg: ScheduledLeg, chance: Random): readonly CrewMember[] {
  const nation = nationOf(airlineOf(flight.carrier).country) ?? nationOf('AZ')
  if (!nation) return []
  const today = localDate(leg.departs)
  const cabin =
    flight.aircraft === 'AT7'
      ? 2
      : flight.aircraft === 'E90'
        ? 3
        : flight.aircraft === '788' || flight.aircraft === '333'
          ? 9
          : 5
  const duties: CrewMember['duty'][] = ['cockpit', 'cockpit', ...Array.from({ length: cabin }, () => 'cabin' as const)]
  if (chance.chance(0.08)) duties.push('off-duty-pilot')
  return duties.map((duty, at) => ({
    duty,
    person: crewMember(nation, duty !== 'cabin', today, chance.split(`member ${at}`)),
  }))
}
