import { type Airport, airport } from '#domain/airports.ts'
import { epochMs, type Instant, type LocalDateTime } from '#lib/time.ts'
import type { AircraftType } from './fleet.ts'
import { remember } from './memo.ts'
import { type Random, randomOf } from './random.ts'
import { ROUTES, type Route } from './routes.ts'
import { localTime } from './zones.ts'

export interface ScheduledLeg {
  readonly from: string
  readonly to: string
  readonly departs: LocalDateTime
  readonly arrives: LocalDateTime
  readonly departsAt: number
  readonly arrivesAt: number
}

/** One flight of one day, with all its legs; `departsAt` and `arrivesAt` are epoch milliseconds. */
export interface ScheduledFlight {
  readonly id: string
  readonly carrier: string
  readonly number: string
  readonly aircraft: AircraftType
  readonly legs: readonly ScheduledLeg[]
  readonly codeshare?: { readonly carrier: string; readonly number: string }
  readonly rotation: string
  readonly direction: Direction
  /** Day of the rotation at its base: what names the flight to the simulator. */
  readonly day: string
}

export type Direction = 'out' | 'back'

interface Rotation {
  readonly id: string
  readonly route: Route
  readonly number: number
  readonly weekdays: readonly boolean[]
  readonly departsMinute: number
  readonly groundMinutes: number
}

/** Every flight of every day, made when it is asked for. */
export interface Timetable {
  readonly seed: number
  readonly random: Random
  readonly scale: number
  readonly rotations: readonly Rotation[]
  readonly flight: (rotation: string, direction: Direction, day: string) => ScheduledFlight | undefined
  readonly ofDay: (day: string) => readonly ScheduledFlight[]
}

const MINUTE = 60_000
const DAY = 86_400_000
/** Rotations longer than this do not exist: a day's flights begin at most so long after its UTC midnight. */
const REACH_DAYS = 2

export function makeTimetable(seed: number, scale = 1): Timetable {
  const random = randomOf(seed)
  const rotations = ROUTES.flatMap((route) => rotationsOf(route, scale, random))
  const byId = new Map(rotations.map((rotation) => [rotation.id, rotation]))
  const flights = remember(12_000, (key) => {
    const [id = '', direction, day = ''] = key.split('|')
    const rotation = byId.get(id)
    if (!rotation?.weekdays[new Date(Date.parse(day)).getUTCDay()]) return { flight: undefined }
    return { flight: makeFlight(rotation, direction === 'out' ? 'out' : 'back', day) }
  })
  const flight: Timetable['flight'] = (rotation, direction, day) => flights(`${rotation}|${direction}|${day}`).flight
  const ofDay = remember(12, (day) =>
    rotations
      .flatMap(({ id }) => [flight(id, 'out', day), flight(id, 'back', day)])
      .filter((one) => one !== undefined)
      .sort(byDeparture),
  )
  return { seed, random, scale, rotations, flight, ofDay }
}

/** The flights that leave from `from` up to, not including, `to`; the next to leave first. */
export function flightsBetween(from: Instant, to: Instant, seed: number, scale = 1): readonly ScheduledFlight[] {
  return flightsOf(makeTimetable(seed, scale), epochMs(from), epochMs(to))
}

export function flightsOf(timetable: Timetable, from: number, to: number): readonly ScheduledFlight[] {
  const found: ScheduledFlight[] = []
  for (let at = from - REACH_DAYS * DAY; at < to + DAY; at += DAY) {
    for (const flight of timetable.ofDay(dayOf(at))) {
      if (firstLeg(flight).departsAt >= from && firstLeg(flight).departsAt < to) found.push(flight)
    }
  }
  return found.sort(byDeparture)
}

export function firstLeg(flight: ScheduledFlight): ScheduledLeg {
  const leg = flight.legs[0]
  if (!leg) throw new RangeError('a flight without legs')
  return leg
}

export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

export const inState = (code: string): boolean => airport(code)?.country === 'AZ'

/** Legs about which the State is told: those that cross its border, and purely domestic flights. */
export function reportedLegs(flight: ScheduledFlight): readonly number[] {
  return flight.legs.flatMap((leg, index) => {
    const crosses = inState(leg.from) !== inState(leg.to)
    return crosses || (flight.legs.length === 1 && inState(leg.from)) ? [index] : []
  })
}

const byDeparture = (one: ScheduledFlight, two: ScheduledFlight): number =>
  firstLeg(one).departsAt - firstLeg(two).departsAt || (one.id < two.id ? -1 : 1)

/** A route as daily rotations, the rest of the week spread evenly; each with its own time of day. */
function rotationsOf(route: Route, scale: number, random: Random): Rotation[] {
  const perWeek = Math.max(scale < 1 ? 0 : 1, Math.round(route.perWeek * scale))
  const chance = random.split(`${route.carrier}${route.number}`)
  const rotations: Rotation[] = []
  for (let left = perWeek, slot = 0; left > 0; left -= 7, slot++) {
    const days = Math.min(7, left)
    const first = chance.int(0, 6)
    const weekdays = Array.from({ length: 7 }, (_, weekday) => ((weekday + first) * days) % 7 < days)
    const number = route.number + 2 * (slot % 5) + 2000 * Math.floor(slot / 5)
    rotations.push({
      id: `${route.carrier}${number}`,
      route,
      number,
      weekdays,
      departsMinute: departureMinute(slot, chance),
      groundMinutes: chance.int(11, 19) * 5,
    })
  }
  return rotations
}

/** Departures come in waves: morning, early afternoon, evening, and a few at night. */
function departureMinute(slot: number, chance: Random): number {
  const waves: readonly [number, number][] = [
    [6 * 60, 11 * 60],
    [18 * 60, 23 * 60],
    [12 * 60, 17 * 60],
    [0, 5 * 60],
  ]
  const [from, to] =
    slot === 0 ? chance.weighted(waves.map((wave, at) => [wave, 5 - at])) : (waves[slot % 4] ?? [0, 1380])
  return from + chance.int(0, (to - from) / 5) * 5
}

function makeFlight(rotation: Rotation, direction: Direction, day: string): ScheduledFlight | undefined {
  const { route } = rotation
  const stops = route.path.map((code) => airport(code)).filter((stop) => stop !== undefined)
  const base = stops[0]
  if (!base || stops.length !== route.path.length) return undefined
  const clock = new Date(rotation.departsMinute * MINUTE).toISOString().slice(11, 16)
  const outward = legsFrom(whenClocksShow(`${day}T${clock}`, base.zone), stops)
  const turned = (outward.at(-1)?.arrivesAt ?? 0) + rotation.groundMinutes * MINUTE
  const legs = direction === 'out' ? outward : legsFrom(turned, stops.toReversed())
  const number = String(rotation.number + (direction === 'out' ? 0 : 1))
  const flight = {
    id: `${route.carrier}${number}/${legs[0]?.departs.slice(0, 10)}`,
    carrier: route.carrier,
    number,
    aircraft: route.aircraft,
    legs,
    rotation: rotation.id,
    direction,
    day,
  }
  return route.codeshare
    ? { ...flight, codeshare: { carrier: route.codeshare, number: String(5000 + Number(number)) } }
    : flight
}

/** An hour that a clock change skips is taken an hour later. */
function whenClocksShow(local: string, zone: string): number {
  const asUtc = Date.parse(`${local}Z`)
  const guess = 2 * asUtc - Date.parse(`${localTime(asUtc, zone)}Z`)
  return guess + asUtc - Date.parse(`${localTime(guess, zone)}Z`)
}

function legsFrom(departsAt: number, stops: readonly Airport[]): ScheduledLeg[] {
  const legs: ScheduledLeg[] = []
  for (let at = 0, leaves = departsAt; at + 1 < stops.length; at++) {
    const [from, to] = [stops[at], stops[at + 1]]
    if (!from || !to) break
    const arrivesAt = leaves + blockMinutes(from, to) * MINUTE
    legs.push({
      from: from.iata,
      to: to.iata,
      departs: localTime(leaves, from.zone),
      arrives: localTime(arrivesAt, to.zone),
      departsAt: leaves,
      arrivesAt,
    })
    leaves = arrivesAt + 55 * MINUTE
  }
  return legs
}

/** Taxi, climb and descent, and the great circle at 780 km/h, to the next five minutes. */
function blockMinutes(from: Airport, to: Airport): number {
  const rad = Math.PI / 180
  const half = (angle: number): number => Math.sin((angle * rad) / 2) ** 2
  const chord =
    half(to.latitude - from.latitude) +
    Math.cos(from.latitude * rad) * Math.cos(to.latitude * rad) * half(to.longitude - from.longitude)
  const kilometres = 2 * 6371 * Math.asin(Math.sqrt(chord))
  return Math.ceil((30 + kilometres / 13) / 5) * 5
}
