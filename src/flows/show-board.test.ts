import { beforeAll, expect, test } from 'vitest'
import type { Instant } from '#lib/time.ts'
import { testDatabase } from '#store/testing/database.ts'
import { ageOn, pushDots } from './flight-view.ts'
import { type BoardQuestion, showBoard } from './show-board.ts'
import { apiOf, flightIn, hitIn, minutesOn, NOW, PEOPLE, type Place, siteIn, travellerIn } from './testing/scene.ts'

const { db } = await testDatabase()
let now: Instant = NOW
const deps = { db, clock: () => now }

let legs: Place[]

beforeAll(async () => {
  await siteIn(db)
  legs = [
    await flightIn(db, { number: '1', departsIn: -11 * 60 }), // landed eight hours ago
    await flightIn(db, { number: '2', departsIn: -8 * 60 }), // landed five hours ago
    await flightIn(db, { number: '3', departsIn: -60 }),
    await flightIn(db, { number: '4', departsIn: 90, direction: 'out' }),
    await flightIn(db, { number: '5', departsIn: 47 * 60 }),
    await flightIn(db, { number: '6', departsIn: 49 * 60 }),
  ]
  const hitLeg = legs[2]
  if (!hitLeg) return
  const traveller = await travellerIn(db, hitLeg, { surname: 'OREN', api: apiOf('OREN') })
  await hitIn(db, hitLeg, traveller, 'unit', 'medium')
  await db.updateTable('leg').set({ with_api: 1, with_pnr: 1 }).where('number', '=', '4').execute()
})

const numbers = async (question: BoardQuestion = {}) => {
  const board = await showBoard(question, PEOPLE.unitA, deps)
  return board.flights.map((row) => row.flight)
}

test('shows what is under way or due from six hours back to two days ahead, in the order of time', async () => {
  expect(await numbers()).toEqual(['Q0 2', 'Q0 4', 'Q0 3', 'Q0 5'])
  expect(await numbers({ from: minutesOn(-9 * 60), to: minutesOn(50 * 60) })).toHaveLength(6)
})

test('finds by direction, airport, text, hits and missing data', async () => {
  expect(await numbers({ direction: 'out' })).toEqual(['Q0 4'])
  expect(await numbers({ airport: 'IST' })).toHaveLength(4)
  expect(await numbers({ airport: 'TBS' })).toEqual([])
  expect(await numbers({ text: 'q0 5' })).toEqual(['Q0 5'])
  expect(await numbers({ text: '5' })).toEqual(['Q0 5'])
  expect(await numbers({ text: "%' or 1=1" })).toEqual([])
  expect(await numbers({ with: 'hits' })).toEqual(['Q0 3'])
  expect(await numbers({ with: 'no-data' })).toEqual(['Q0 2', 'Q0 3', 'Q0 5'])
})

test('a page ends where the next begins, and the total counts all', async () => {
  const first = await showBoard({ limit: 3 }, PEOPLE.unitA, deps)
  const second = await showBoard({ limit: 3, after: first.next }, PEOPLE.unitA, deps)
  expect([...first.flights, ...second.flights].map((row) => row.flight)).toEqual(await numbers())
  expect([first.total, second.total, second.next]).toEqual([4, 4, undefined])
  expect(await numbers({ after: 'made up' })).toHaveLength(4)
})

test('a flight has its state and next control point by the clock', async () => {
  const row = async (number: string) =>
    (await showBoard({}, PEOPLE.unitA, deps)).flights.find((one) => one.flight === `Q0 ${number}`)
  expect(await row('3')).toMatchObject({ status: 'departed', controlPoint: { kind: 'landing', at: minutesOn(120) } })
  expect(await row('4')).toMatchObject({
    status: 'expected',
    controlPoint: { kind: 'door-close', at: minutesOn(75) },
    from: { code: 'GYD', city: 'Baku', zone: 'Asia/Baku' },
    carrierName: 'Quartz Air',
    pushes: [{ kind: 'api', state: 'accepted', hoursBefore: 1.75 }],
  })
  await db.updateTable('leg').set({ closed_at: NOW }).where('number', '=', '4').execute()
  expect(await row('4')).toMatchObject({ status: 'closed' })
  await db.updateTable('leg').set({ cancelled_at: NOW }).where('number', '=', '4').execute()
  const cancelled = await row('4')
  expect(cancelled).toMatchObject({ status: 'cancelled' })
  expect(cancelled).not.toHaveProperty('controlPoint')
  now = minutesOn(130)
  expect(await row('3')).toMatchObject({ status: 'arrived', controlPoint: { kind: 'desk' } })
})

test('a carrier that sends person by person fills no row with dots', () => {
  const push = (minutes: number, state: 'accepted' | 'rejected', kind: 'api' | 'pnr' = 'api') => ({
    kind,
    transmission: 't',
    receivedAt: minutesOn(minutes),
    travellers: 1,
    findings: 0,
    state,
  })
  const pushes = [
    push(0, 'accepted'),
    push(1, 'rejected'),
    push(2, 'accepted'),
    push(2, 'accepted', 'pnr'),
    push(90, 'accepted'),
  ]
  expect(pushDots(pushes, minutesOn(120))).toEqual([
    { kind: 'api', state: 'rejected', hoursBefore: 2 },
    { kind: 'pnr', state: 'accepted', hoursBefore: 2 },
    { kind: 'api', state: 'accepted', hoursBefore: 0.5 },
  ])
})

test.each([
  ['1990-06-11', 36],
  ['1990-06-12', 35],
  ['2026-01-01', 0],
  ['1990-06', undefined],
  [null, undefined],
])('born %s, one is %s on the day', (birthDate, age) => {
  expect(ageOn(birthDate, '2026-06-11')).toBe(age)
})
