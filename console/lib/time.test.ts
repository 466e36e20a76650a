import { describe, expect, test } from 'vitest'
import { clockAt, dayOf, localAt, minutesBetween, timeOf, utc, zoneName } from './time.ts'

const moment = '2026-06-11T21:30:00.000Z'

describe('a moment at a place', () => {
  test.each([
    ['Asia/Baku', '2026-06-12T01:30'],
    ['Europe/Istanbul', '2026-06-12T00:30'],
    ['Asia/Kolkata', '2026-06-12T03:00'],
    ['America/New_York', '2026-06-11T17:30'],
    ['UTC', '2026-06-11T21:30'],
  ])('%s', (zone, local) => {
    expect(localAt(moment, zone)).toBe(local)
    expect(localAt(Date.parse(moment), zone)).toBe(local)
    expect(clockAt(moment, zone)).toBe(local.slice(11))
  })

  test('midnight is 00:00 of the new day', () => {
    expect(localAt('2026-06-11T20:00:00.000Z', 'Asia/Baku')).toBe('2026-06-12T00:00')
  })
})

describe('the name of a zone, as it holds at that moment', () => {
  test.each([
    ['Asia/Baku', moment, 'UTC+4'],
    ['Asia/Kolkata', moment, 'UTC+5:30'],
    ['Europe/Berlin', '2026-01-15T12:00:00.000Z', 'UTC+1'],
    ['Europe/Berlin', '2026-07-15T12:00:00.000Z', 'UTC+2'],
    ['UTC', moment, 'UTC+0'],
  ])('%s at %s is %s', (zone, at, name) => {
    expect(zoneName(zone, at)).toBe(name)
  })
})

describe('parts of a time as sent', () => {
  test('day and month in both languages', () => {
    expect([dayOf('2026-06-11T10:15', 'en'), dayOf('2026-06-01T10:15', 'az')]).toEqual(['11 Jun', '1 iyn'])
    expect([dayOf('2026-12-31T00:00', 'en'), dayOf('2026-12-31T00:00', 'az')]).toEqual(['31 Dec', '31 dek'])
  })

  test('what is no date stays as it is', () => {
    expect(dayOf('—', 'en')).toBe('—')
  })

  test('hour and minute; the whole moment in UTC says so', () => {
    expect(timeOf('2026-06-11T10:15')).toBe('10:15')
    expect(utc(moment)).toBe('2026-06-11 21:30 UTC')
  })
})

test('minutes are whole, and below nought once the moment is over', () => {
  const now = Date.parse(moment)
  expect(minutesBetween(now, '2026-06-11T22:45:20.000Z')).toBe(75)
  expect(minutesBetween(now, '2026-06-11T21:20:00.000Z')).toBe(-10)
})
