import { type CivilDate, civilDate, type Instant, type LocalDateTime, localDateTime } from '#lib/time.ts'

const digits = (text: string): string => text.replace(/\s/g, '')

/**
 * DTM C507 of a flight: YYMMDDHHMM (201), CCYYMMDDHHMM (203), YYMMDD (101), CCYYMMDD (102). The length decides, for
 * format codes are left out or wrong; times are local at the airport.
 */
export function readFlightTime(sent: string, format: string | undefined): LocalDateTime | undefined {
  const text = digits(sent)
  if (!/^\d{6,14}$/.test(text)) return undefined
  const fullYear = text.length === 8 || text.length >= 12
  if (format === '102' && text.length !== 8) return undefined
  const year = fullYear ? Number(text.slice(0, 4)) : 2000 + Number(text.slice(0, 2))
  const rest = text.slice(fullYear ? 4 : 2)
  const hour = rest.length >= 6 ? Number(rest.slice(4, 6)) : undefined
  const minute = rest.length >= 8 ? Number(rest.slice(6, 8)) : 0
  return localDateTime(year, Number(rest.slice(0, 2)), Number(rest.slice(2, 4)), hour, minute)
}

export interface ReadDate {
  readonly date?: CivilDate
  readonly problem?: 'missing' | 'impossible' | 'partial'
}

/**
 * A date of birth: YYMMDD, or CCYYMMDD. Zeros in day or month mean unknown. Two-digit years: later than the flight's
 * year is last century; else this one, unless the day would lie after the flight.
 */
export function readBirthDate(sent: string | undefined, flightDay: string): ReadDate {
  const text = digits(sent ?? '').replaceAll('-', '')
  if (text === '') return { problem: 'missing' }
  if (!/^(\d{6}|\d{8})$/.test(text)) return { problem: 'impossible' }
  const rest = text.slice(-4)
  const [month, day] = [Number(rest.slice(0, 2)), Number(rest.slice(2))]
  const year = text.length === 8 ? Number(text.slice(0, 4)) : birthYear(Number(text.slice(0, 2)), rest, flightDay)
  const date = civilDate(year, month, month === 0 ? 0 : day)
  if (!date || (date.length === 10 && date > flightDay)) return { problem: 'impossible' }
  return date.length === 10 ? { date } : { date, problem: 'partial' }
}

function birthYear(twoDigits: number, monthDay: string, flightDay: string): number {
  const century = Math.floor(Number(flightDay.slice(0, 4)) / 100) * 100
  const recent = `${century + twoDigits}-${monthDay.slice(0, 2)}-${monthDay.slice(2)}`
  return recent > flightDay ? century - 100 + twoDigits : century + twoDigits
}

/** Expiry or issue: two-digit years lie within ten years before and ninety after the flight. */
export function readDocumentDate(sent: string | undefined, flightDay: string): ReadDate {
  const text = digits(sent ?? '').replaceAll('-', '')
  if (text === '') return { problem: 'missing' }
  if (!/^(\d{6}|\d{8})$/.test(text)) return { problem: 'impossible' }
  const rest = text.slice(-4)
  const year = text.length === 8 ? Number(text.slice(0, 4)) : documentYear(Number(text.slice(0, 2)), flightDay)
  const date = civilDate(year, Number(rest.slice(0, 2)), Number(rest.slice(2)))
  return date ? { date } : { problem: 'impossible' }
}

function documentYear(twoDigits: number, flightDay: string): number {
  const now = Number(flightDay.slice(0, 4))
  const year = Math.floor(now / 100) * 100 + twoDigits
  return year < now - 50 ? year + 100 : year > now + 50 ? year - 100 : year
}

/** The local day of departure; without one the day of `otherwise`. */
export const dayOf = (legs: readonly { readonly departs?: LocalDateTime }[], otherwise: Instant | undefined): string =>
  (legs.find((leg) => leg.departs)?.departs ?? otherwise ?? '').slice(0, 10)
