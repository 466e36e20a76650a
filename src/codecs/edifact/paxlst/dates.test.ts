import { expect, test } from 'vitest'
import { readFlightTime } from './dates.ts'

test.each([
  ['2606110905', '201', '2026-06-11T09:05'],
  ['202606110905', '203', '2026-06-11T09:05'],
  ['260611', '101', '2026-06-11'],
  ['20260611', '102', '2026-06-11'],
  ['20260611', '201', '2026-06-11'],
  ['26061109', '201', '2026-06-11T09:00'],
  ['20123123', undefined, '2020-12-31T23:00'],
  ['260611', '102', undefined],
  ['26063109', '201', undefined],
])('the time of a flight %s, format %s, is %s', (sent, format, time) => {
  expect(readFlightTime(sent, format)).toBe(time)
})
