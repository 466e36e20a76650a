import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Instant } from '#lib/time.ts'
import { incompletePushes, missingParts } from './push-parts.ts'

const part = (number: number, final = false) => ({ number, final })

test.each([
  [[part(1, true)], undefined],
  [[part(3, true), part(1), part(2)], undefined],
  [[part(1), part(1), part(2, true)], undefined],
  [[part(1), part(3, true)], { numbers: [2], endUnknown: false }],
  [[part(1), part(2)], { numbers: [], endUnknown: true }],
  [[part(4)], { numbers: [1, 2, 3], endUnknown: true }],
  [[part(2, true), part(4)], { numbers: [1, 3], endUnknown: true }],
  [[], { numbers: [], endUnknown: true }],
])('%j: missing is %j', (seen, missing) => {
  expect(missingParts(seen)).toEqual(missing)
})

test('the order of arrival says nothing', () => {
  const parts = fc.array(fc.record({ number: fc.integer({ min: 1, max: 12 }), final: fc.boolean() }), { maxLength: 12 })
  fc.assert(
    fc.property(parts, (seen) => {
      expect(missingParts(seen.toReversed())).toEqual(missingParts(seen))
    }),
  )
})

test('a push is incomplete once nothing more of it has come for some minutes', () => {
  const at = (minute: number) => `2026-06-11T06:${String(minute).padStart(2, '0')}:00.000Z` as Instant
  const parts = [
    { push: 'A', ...part(1), receivedAt: at(0) },
    { push: 'A', ...part(3, true), receivedAt: at(4) },
    { push: 'B', ...part(1, true), receivedAt: at(0) },
  ]
  expect(incompletePushes(parts, at(8), 5)).toEqual([])
  expect(incompletePushes(parts, at(9), 5)).toEqual([{ numbers: [2], endUnknown: false }])
  expect(incompletePushes([...parts, { push: 'A', ...part(2), receivedAt: at(5) }], at(59), 5)).toEqual([])
})
