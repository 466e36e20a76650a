import { expect, test } from 'vitest'
import { buckets, places, signInGuard } from './limits.ts'

const MINUTE = 60_000

test('a clock that is set back keeps nobody waiting for the hour that it lost', () => {
  const { take } = buckets({ size: 2, perSecond: 1 })
  expect(take('0X', 3_600_000)).toBe(0)
  expect(take('0X', 0)).toBe(0)
  expect(take('0X', 0)).toBe(1)
  expect(take('0X', 1_000)).toBe(0)
})

test('a bucket gives what it holds, then what runs in; others have their own', () => {
  const { take } = buckets({ size: 3, perSecond: 2 })
  expect([1, 2, 3, 4].map(() => take('a', 0))).toEqual([0, 0, 0, 1])
  expect(take('b', 0)).toBe(0)
  expect([take('a', 500), take('a', 500)]).toEqual([0, 1])
  expect([1, 2, 3, 4].map(() => take('a', MINUTE))).toEqual([0, 0, 0, 1])
})

test('places: so many in all, so many for one, so many bytes; a freed one is free once', () => {
  const { take } = places({ all: 3, each: 2, bytes: 100 })
  const [first, second] = [take('a', 10), take('a', 10)]
  expect([first, second, take('a', 10)]).toEqual([expect.any(Function), expect.any(Function), undefined])
  expect(take('b', 90)).toBeUndefined()
  const third = take('b', 80)
  expect(take('c', 0)).toBeUndefined()
  first?.()
  first?.()
  expect(take('c', 11)).toBeUndefined() // ten bytes were freed, once
  third?.()
  expect([take('c', 80), take('d', 20)]).toEqual([expect.any(Function), undefined])
  second?.()
  expect(places({ all: 1, each: 1, bytes: 5 }).take('a', 9)).toEqual(expect.any(Function)) // alone it may be heavier
})

test('memory is bounded: whoever was not seen for longest is forgotten', () => {
  const { take } = buckets({ size: 1, perSecond: 0.001 }, 2)
  take('a', 0)
  take('b', 0)
  expect(take('a', 0)).toBeGreaterThan(0)
  take('c', 0)
  expect(take('b', 0)).toBe(0)
})

test('each try from the third on makes the next one wait twice as long; the tenth locks for a quarter of an hour', () => {
  const guard = signInGuard()
  const attempt = (now: number) => guard.attempt('aida', '192.0.2.1', now)
  const waits: number[] = []
  let now = 0
  for (let tries = 0; tries < 10; ) {
    const refused = attempt(now)
    if (!refused) tries += 1
    else {
      expect(refused.code).toBe('request.too-many')
      waits.push(refused.wait)
      now += refused.wait * 1_000
    }
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64])
  expect(attempt(now)).toEqual({ code: 'session.locked', wait: 900 })
  expect(attempt(now + 15 * MINUTE)).toBeUndefined()
})

test('one address locked out does not lock the officer out elsewhere, until it comes from everywhere', () => {
  const guard = signInGuard()
  let now = 0
  for (let n = 0; n < 10; n++) {
    expect(guard.attempt('aida', '192.0.2.1', now)).toBeUndefined()
    now += 65_000
  }
  expect(guard.attempt('aida', '192.0.2.1', now)).toMatchObject({ code: 'session.locked' })
  expect(guard.attempt('aida', '192.0.2.2', now)).toBeUndefined()
  for (let n = 11; n < 50; n++) expect(guard.attempt('aida', `198.51.100.${n}`, now)).toBeUndefined()
  expect(guard.attempt('aida', '203.0.113.1', now)).toMatchObject({ code: 'session.locked' })
  expect(guard.attempt('other', '203.0.113.1', now)).toBeUndefined()
})

test('many tries at once count one by one', () => {
  const guard = signInGuard()
  expect(Array.from({ length: 20 }, () => guard.attempt('aida', '192.0.2.1', 0)).filter((one) => !one)).toHaveLength(3)
})

test('the right password clears the slips before it, and one address may hold many officers', () => {
  const guard = signInGuard()
  for (let n = 0; n < 500; n++) {
    expect(guard.attempt(`officer-${n}`, '192.0.2.1', n)).toBeUndefined()
    guard.succeeded(`officer-${n}`, '192.0.2.1')
  }
  for (let n = 0; n < 150; n++) expect(guard.attempt(`guess-${n}`, '192.0.2.9', n)).toBeUndefined()
  expect(guard.attempt('guess-151', '192.0.2.9', 200)).toMatchObject({ code: 'request.too-many' })
})
