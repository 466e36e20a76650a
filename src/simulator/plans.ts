import { airport } from '#domain/airports.ts'
import { airlineOf } from './airlines.ts'
import { aircraft, seatsOf } from './fleet.ts'
import { remember } from './memo.ts'
import type { Random } from './random.ts'
import { type Target, targetsOfDay } from './targets.ts'
import { type Direction, firstLeg, inState, type ScheduledFlight, type Timetable } from './timetable.ts'

export type Party = 'solo' | 'business' | 'couple' | 'family' | 'friends' | 'group' | 'minor' | 'go-show'

/** A booking in outline, as it is known to every flight that it touches; the people come later. */
export interface Plan {
  readonly id: string
  readonly home: ScheduledFlight
  readonly party: Party
  /** Travellers with a seat of their own. */
  readonly seats: number
  /** Which stops of the home flight they travel between. */
  readonly board: number
  readonly off: number
  readonly createdAt: number
  readonly returns?: ScheduledFlight
  readonly onward?: ScheduledFlight
  readonly target?: Target
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const LONGEST_STAY_DAYS = 27

/** Outlines of the bookings that begin with a flight, and of all that are on it. */
export interface Planning {
  readonly beginning: (flight: ScheduledFlight) => readonly Plan[]
  readonly on: (flight: ScheduledFlight) => readonly Plan[]
}

export function makePlanning(timetable: Timetable): Planning {
  const made = remember(1500, (key) => {
    const [rotation = '', direction, day = ''] = key.split('|')
    const flight = timetable.flight(rotation, direction === 'out' ? 'out' : 'back', day)
    return flight ? plansOf(flight, timetable) : []
  })
  const beginning: Planning['beginning'] = (flight) => made(`${flight.rotation}|${flight.direction}|${flight.day}`)
  const on: Planning['on'] = (flight) => {
    const returning = daysBefore(flight.day, LONGEST_STAY_DAYS)
      .map((day) => timetable.flight(flight.rotation, opposite(flight.direction), day))
      .flatMap((earlier) => (earlier ? beginning(earlier) : []))
      .filter((plan) => plan.returns === flight)
    const connecting = feeders(flight, timetable)
      .flatMap(beginning)
      .filter((plan) => plan.onward === flight)
    return [...beginning(flight), ...returning, ...connecting]
  }
  return { beginning, on }
}

export const opposite = (direction: Direction): Direction => (direction === 'out' ? 'back' : 'out')

function plansOf(flight: ScheduledFlight, timetable: Timetable): readonly Plan[] {
  const chance = timetable.random.split(`plans ${flight.id}`)
  const airline = airlineOf(flight.carrier)
  const connects = isHubDeparture(flight)
  const share = connects ? 0.42 : 0.5
  const capacity = seatsOf(aircraft(flight.aircraft)).length * Math.max(1, flight.legs.length * 0.7)
  const wanted = capacity * share * (0.72 + 0.26 * chance.next())
  const plans: Plan[] = []
  for (let taken = 0; taken < wanted; ) {
    const plan = makePlan(flight, `${flight.id}#${plans.length}`, timetable, airline.budget)
    plans.push(plan)
    taken += plan.seats
  }
  const targets = targetsOfDay(timetable, flight.day).get(flight.id) ?? []
  return [...plans, ...targets.map((target, index) => targetPlan(flight, target, `${flight.id}#T${index}`, timetable))]
}

function makePlan(home: ScheduledFlight, id: string, timetable: Timetable, budget: boolean): Plan {
  const chance = timetable.random.split(id)
  const party = chance.weighted<Party>([
    ['solo', 40],
    ['business', budget ? 8 : 18],
    ['couple', 20],
    ['family', 16],
    ['friends', 6],
    ['group', 1.2],
    ['minor', 0.7],
    ['go-show', 0.6],
  ])
  const stops = home.legs.length
  const [board, off] =
    stops === 1
      ? [0, 1]
      : chance.pick([
          [0, 1],
          [0, 1],
          [0, stops],
          [stops - 1, stops],
        ])
  const leavesAt = home.legs[board]?.departsAt ?? firstLeg(home).departsAt
  const plan = {
    id,
    home,
    party,
    seats: seatsFor(party, chance),
    board,
    off,
    createdAt: leavesAt - leadOf(party, chance),
  }
  const onward = party === 'group' || party === 'minor' ? undefined : onwardOf(home, off, timetable, chance)
  if (onward) return { ...plan, onward }
  const stays = party === 'business' ? [1, 2, 3, 4] : [3, 5, 7, 7, 10, 14, 21]
  const returns = chance.chance(0.72) ? returnOf(home, chance.pick(stays), timetable) : undefined
  return returns && party !== 'go-show' ? { ...plan, returns } : plan
}

function targetPlan(home: ScheduledFlight, target: Target, id: string, timetable: Timetable): Plan {
  const chance = timetable.random.split(id)
  const stops = home.legs.length
  const leg = home.legs.findIndex(({ from, to }) => inState(from) !== inState(to))
  const board = leg < 0 ? 0 : leg
  const leavesAt = home.legs[board]?.departsAt ?? firstLeg(home).departsAt
  const lead = target.rule === 'late-cash-one-way' ? chance.int(5, 20) * HOUR : chance.int(60, 900) * HOUR
  return {
    id,
    home,
    party: 'solo',
    seats: 1,
    board,
    off: leg < 0 ? stops : leg + 1,
    createdAt: leavesAt - lead,
    target,
  }
}

function seatsFor(party: Party, chance: Random): number {
  switch (party) {
    case 'couple':
      return 2
    case 'family':
      return chance.int(2, 5)
    case 'friends':
      return chance.int(2, 5)
    case 'group':
      return chance.int(10, 22)
    default:
      return 1
  }
}

/** How long before departure a booking is made: days for business, weeks for families, months for groups. */
function leadOf(party: Party, chance: Random): number {
  if (party === 'go-show') return chance.int(60, 110) * 60_000
  const [least, typical] = party === 'business' ? [6, 6] : party === 'group' ? [30 * 24, 60] : [26, 24]
  return Math.floor((least - Math.log(1 - chance.next()) * typical * 24) * HOUR)
}

function returnOf(home: ScheduledFlight, stay: number, timetable: Timetable): ScheduledFlight | undefined {
  for (let days = stay; days < stay + 7; days++) {
    const day = new Date(Date.parse(home.day) + days * DAY).toISOString().slice(0, 10)
    const found = timetable.flight(home.rotation, opposite(home.direction), day)
    if (found) return found
  }
  return undefined
}

/** A quarter of those who arrive at a hub with its own carrier travel on with it, to somewhere else. */
function onwardOf(
  home: ScheduledFlight,
  off: number,
  timetable: Timetable,
  chance: Random,
): ScheduledFlight | undefined {
  const leg = home.legs[off - 1]
  if (!leg || leg.to !== airlineOf(home.carrier).hub || !inState(leg.to) || !chance.chance(0.25)) return undefined
  const origin = airport(firstLeg(home).from)?.country
  const choices = sameCarrier(home, timetable).filter((next) => {
    const { from, to, departsAt } = firstLeg(next)
    return from === leg.to && isConnection(leg.arrivesAt, departsAt) && airport(to)?.country !== origin
  })
  return choices.length > 0 ? chance.pick(choices) : undefined
}

function feeders(flight: ScheduledFlight, timetable: Timetable): readonly ScheduledFlight[] {
  const { from, departsAt } = firstLeg(flight)
  if (!isHubDeparture(flight)) return []
  return sameCarrier(flight, timetable).filter((one) =>
    one.legs.some(({ to, arrivesAt }) => to === from && isConnection(arrivesAt, departsAt)),
  )
}

const isHubDeparture = (flight: ScheduledFlight): boolean =>
  firstLeg(flight).from === airlineOf(flight.carrier).hub && inState(firstLeg(flight).from)

const isConnection = (arrivesAt: number, departsAt: number): boolean =>
  departsAt - arrivesAt >= 1.2 * HOUR && departsAt - arrivesAt <= 6 * HOUR

const sameCarrier = (flight: ScheduledFlight, timetable: Timetable): readonly ScheduledFlight[] =>
  [-1, 0, 1]
    .map((days) => new Date(Date.parse(flight.day) + days * DAY).toISOString().slice(0, 10))
    .flatMap(timetable.ofDay)
    .filter(({ carrier }) => carrier === flight.carrier)

const daysBefore = (day: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => new Date(Date.parse(day) - (index + 1) * DAY).toISOString().slice(0, 10))
