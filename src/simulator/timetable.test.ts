import { expect, test } from 'vitest'
import { airport } from '#domain/airports.ts'
import { epochMs, instant, instantAt } from '#lib/time.ts'
import { AIRLINES } from './airlines.ts'
import { ROUTES } from './routes.ts'
import { flightsBetween, inState, reportedLegs } from './timetable.ts'

const day = (date: string): ReturnType<typeof instant> => instant(Date.parse(`${date}T00:00Z`))
const week = flightsBetween(day('2026-06-08'), day('2026-06-15'), 7)

test('every airport of the plan is known, and every carrier of a route', () => {
  const codes = new Set(ROUTES.flatMap(({ path }) => path))
  expect([...codes].filter((code) => !airport(code))).toEqual([])
  const carriers = new Set(AIRLINES.map(({ code }) => code))
  expect(ROUTES.filter(({ carrier }) => !carriers.has(carrier))).toEqual([])
})

test('Baku has about 125 international movements a day, other airports some, and there are domestic flights', () => {
  const borders = week.flatMap((flight) => flight.legs.filter(({ from, to }) => inState(from) !== inState(to)))
  const atBaku = borders.filter(({ from, to }) => from === 'GYD' || to === 'GYD').length / 7
  expect(atBaku).toBeGreaterThan(110)
  expect(atBaku).toBeLessThan(145)
  expect((borders.length - atBaku * 7) / 7).toBeGreaterThan(8)
  expect(
    week.filter(({ legs }) => legs.every(({ from, to }) => inState(from) && inState(to))).length / 7,
  ).toBeGreaterThan(8)
})

test('flights arrive after they leave, legs follow each other, local times agree with their zones', () => {
  for (const flight of week) {
    let ready = 0
    for (const leg of flight.legs) {
      expect(leg.departsAt).toBeGreaterThan(ready)
      expect(leg.arrivesAt - leg.departsAt).toBeGreaterThan(25 * 60_000)
      expect(leg.arrivesAt - leg.departsAt).toBeLessThan(12 * 3_600_000)
      const at = instantAt(leg.departs, airport(leg.from)?.zone ?? 'UTC')
      expect(at && epochMs(at)).toBe(leg.departsAt)
      ready = leg.arrivesAt
    }
    expect(reportedLegs(flight).length).toBeGreaterThan(0)
  }
})

test('a flight is named once a day, and is the same in whatever window it is asked for', () => {
  expect(new Set(week.map(({ id }) => id)).size).toBe(week.length)
  const two = flightsBetween(day('2026-06-10'), day('2026-06-11'), 7)
  const same = week.filter(
    ({ legs }) =>
      legs[0] && legs[0].departsAt >= Date.parse('2026-06-10') && legs[0].departsAt < Date.parse('2026-06-11'),
  )
  expect(two).toEqual(same)
  expect(two.length).toBeGreaterThan(100)
})

test('scale makes the timetable smaller or larger', () => {
  const count = (scale: number): number => flightsBetween(day('2026-06-08'), day('2026-06-15'), 7, scale).length
  expect(count(0.2)).toBeLessThan(week.length * 0.4)
  expect(count(2)).toBeGreaterThan(week.length * 1.8)
})
