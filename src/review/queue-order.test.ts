import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Direction } from '#domain/movement.ts'
import { type Instant, instant } from '#lib/time.ts'
import { nextControlPoint } from './control-point.ts'
import { flightStatus } from './flight-status.ts'
import { highestSeverity, queuePriority } from './priority.ts'

const at = (time: string): Instant => `2026-06-11T${time}:00.000Z` as Instant
const flight = (direction: Direction) => ({ direction, departsAt: at('08:00'), arrivesAt: at('11:00') })

test.each([
  ['in', '07:00', 'door-close', '07:45'],
  ['in', '07:45', 'landing', '11:00'],
  ['in', '11:10', 'desk', '11:20'],
  ['in', '11:20', undefined, undefined],
  ['out', '07:44', 'door-close', '07:45'],
  ['out', '07:46', undefined, undefined],
  ['domestic', '09:00', 'landing', '11:00'],
  ['domestic', '11:01', undefined, undefined],
] as const)('%s at %s: next is %s', (direction, now, kind, next) => {
  expect(nextControlPoint(flight(direction), at(now))).toEqual(kind && { kind, at: at(next) })
})

test('a cancelled flight, or one without times, has no control point', () => {
  expect(nextControlPoint({ ...flight('in'), cancelledAt: at('01:00') }, at('07:00'))).toBeUndefined()
  expect(nextControlPoint({ direction: 'in' }, at('07:00'))).toBeUndefined()
  expect(nextControlPoint({ direction: 'in', arrivesAt: at('11:00') }, at('07:00'))?.kind).toBe('landing')
})

test.each([
  ['07:00', {}, 'expected'],
  ['07:50', { closedAt: at('07:48') }, 'closed'],
  ['08:00', { closedAt: at('07:48') }, 'departed'],
  ['11:00', {}, 'arrived'],
  ['07:00', { cancelledAt: at('06:00') }, 'cancelled'],
] as const)('at %s a flight with %j is %s', (now, ended, status) => {
  expect(flightStatus({ ...flight('in'), ...ended }, at(now))).toBe(status)
})

test('less time and more severity both come first; what is over comes last', () => {
  const due = (minutes: number) => ({ kind: 'desk' as const, at: instant(Date.parse(at('07:00')) + minutes * 60_000) })
  const minutes = fc.integer({ min: 1, max: 3000 })
  fc.assert(
    fc.property(minutes, minutes, (a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)]
      const now = at('07:00')
      expect(queuePriority('high', due(less), true, now)).toBeGreaterThanOrEqual(
        queuePriority('high', due(more), true, now),
      )
      expect(queuePriority('high', due(a), true, now)).toBeGreaterThan(queuePriority('medium', due(a), true, now))
      expect(queuePriority('low', due(a), true, now)).toBeGreaterThan(queuePriority('high', undefined, true, now))
    }),
  )
  expect(queuePriority('medium', undefined, false, at('07:00'))).toBe(
    queuePriority('medium', due(1440), true, at('07:00')),
  )
})

test('names the highest severity', () => {
  expect(highestSeverity(['low', 'high', 'medium'])).toBe('high')
  expect(highestSeverity([])).toBeUndefined()
})
