import { type CivilDate, civilDate, type Instant, type LocalDateTime, localDateTime } from '#lib/time.ts'

/**
 * DTM C507 of a flight: YYMMDDHHMM (201), CCYYMMDDHHMM (203), YYMMDD (101), CCYYMMDD (102). The length decides, for
 * format codes are left out or wrong; eight digits that are no day of this century are YYMMDDHH. Times are local at the
 * airport.
 */
export function readFlightTime(sent: string, format: string | undefined): LocalDateTime | undefined {
  const text = sent.replace(/\s/g, '')
  if (!/^\d{6,14}$/.test(text)) return undefined
  if (format === '102' && text.length !== 8) return undefined
  const day = text.length === 8 && text.startsWith('20') ? timeIn(text, true) : undefined
  return day ?? timeIn(text, text.length >= 12)
}

function timeIn(text: string, fullYear: boolean): LocalDateTime | undefined {
  const year = fullYear ? Number(text.slice(0, 4)) : 2000 + Number(text.slice(0, 2))
  const rest = text.slice(fullYear ? 4 : 2)
  const hour = rest.length >= 6 ? Number(rest.slice(4, 6)) : undefined
  const minute = rest.length >= 8 ? Number(rest.slice(6, 8)) : 0
  return localDateTime(year, Number(rest.slice(0, 2)), Number(rest.slice(2, 4)), hour, minute)
}

/** YYMMDDHHMM (201), or YYMMDD (101) where no time of day is known. */
export function flightTime(local: LocalDateTime | CivilDate): [string, string] {
  const digits = local.replace(/\D/g, '').slice(2)
  return [digits, digits.length > 6 ? '201' : '101']
}

export interface ReadDate {
  readonly date?: CivilDate
  /** The other century, where two digits of a year allow both for a living person. */
  readonly alternative?: CivilDate
  readonly problem?: 'missing' | 'impossible' | 'partial'
}

const MISSING: ReadDate = { problem: 'missing' }
const IMPOSSIBLE: ReadDate = { problem: 'impossible' }

/** People older than this are not expected on a flight. */
const OLDEST = 120

/**
 * A date of birth: YYMMDD, or CCYYMMDD. Zeros in day or month, or fillers there, mean unknown; zeros all along say nothing.
 * Two-digit years: later than the flight's year is last century; else this one, unless the day would lie after the flight.
 */
export function readBirthDate(sent: string | undefined, flightDay: string): ReadDate {
  const text = digitsOf(sent)
  if (text === '') return MISSING
  const value = readDigits(text)
  if (value < 0) return readFilled(text, flightDay)
  if (value === 0) return MISSING
  const [monthDay, flight] = [value % 10_000, dayNumber(flightDay)]
  const year = text.length === 8 ? Math.trunc(value / 10_000) : birthYear(value, flight)
  const [month, day] = [Math.trunc(monthDay / 100), monthDay % 100]
  const date = civilDate(year, month, month === 0 ? 0 : day)
  if (!date || (date.length === 10 && year * 10_000 + monthDay > flight)) return IMPOSSIBLE
  if (date.length !== 10) return { date, problem: 'partial' }
  if (text.length === 8 || Math.trunc(flight / 10_000) - year + 100 > OLDEST) return { date }
  const alternative = civilDate(year - 100, month, day)
  return alternative ? { date, alternative } : { date }
}

/** `71<<<<`, `7105XX`, `1971`: what follows the year, or the month, is unknown. */
function readFilled(text: string, flightDay: string): ReadDate {
  if (text.length > 8) return IMPOSSIBLE
  const filled = /^(?:19|20)\d\d$/.test(text) ? `${text}0000` : text.replace(/[X<]+$/i, (one) => '0'.repeat(one.length))
  return filled !== text && readDigits(filled) >= 0 ? readBirthDate(filled, flightDay) : IMPOSSIBLE
}

/** `yymmdd` and `flight` (ccyymmdd) are numbers. */
function birthYear(yymmdd: number, flight: number): number {
  const century = Math.trunc(flight / 1_000_000)
  const thisCentury = century * 1_000_000 + yymmdd
  return Math.trunc((thisCentury > flight ? thisCentury - 1_000_000 : thisCentury) / 10_000)
}

/** The same digits in the order of day, month, year; nothing where they are no date so. */
export function birthDateByDay(sent: string, flightDay: string): CivilDate | undefined {
  const text = digitsOf(sent)
  if (text.length !== 6 && text.length !== 8) return undefined
  const { date, problem } = readBirthDate(text.slice(4) + text.slice(2, 4) + text.slice(0, 2), flightDay)
  return problem ? undefined : date
}

/** Expiry or issue: two-digit years lie within fifty years before and after the flight. */
export function readDocumentDate(sent: string | undefined, flightDay: string): ReadDate {
  const text = digitsOf(sent)
  if (text === '') return MISSING
  const value = readDigits(text)
  if (value < 0) return IMPOSSIBLE
  const monthDay = value % 10_000
  const sentYear = Math.trunc(value / 10_000)
  const year = text.length === 8 ? sentYear : documentYear(sentYear, Math.trunc(dayNumber(flightDay) / 10_000))
  const date = civilDate(year, Math.trunc(monthDay / 100), monthDay % 100)
  return date ? { date } : IMPOSSIBLE
}

function documentYear(twoDigits: number, now: number): number {
  const year = Math.trunc(now / 100) * 100 + twoDigits
  return year < now - 50 ? year + 100 : year > now + 50 ? year - 100 : year
}

type DateReader = (sent: string, day: string) => ReadDate

/** C507 behind its qualifier: YYMMDD, zeros for what is unknown; CCYYMMDD (102) where two digits of the year would mislead. */
export function writtenDate(date: CivilDate, day: string, read: DateReader): [string, string?] {
  const full = date.replaceAll('-', '').padEnd(8, '0')
  const short = full.slice(2)
  return read(short, day).date === date ? [short] : [full, '102']
}

/** Whether a writer puts a date as it was sent. */
export function isDateAsWritten(
  [sent, format]: readonly [string, string | undefined],
  date: CivilDate,
  day: string,
  read: DateReader,
): boolean {
  const [digits, code] = writtenDate(date, day, read)
  return sent === digits && format === code
}

/** Without the blanks and hyphens that some senders put between. */
function digitsOf(sent: string | undefined): string {
  if (sent === undefined) return ''
  return sent.length === 6 ? sent : sent.replace(/[\s-]/g, '')
}

/** Six or eight digits as a number; -1 for anything else. */
function readDigits(text: string): number {
  if (text.length !== 6 && text.length !== 8) return -1
  let value = 0
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

/** The last day asked for: all persons of a message have the same. */
let asked = ''
let answered = 0

/** `2026-06-11` → 20260611 */
function dayNumber(day: string): number {
  if (day === asked) return answered
  let value = 0
  for (let at = 0; at < day.length; at++) {
    const digit = day.charCodeAt(at) - 0x30
    if (digit >= 0 && digit <= 9) value = value * 10 + digit
  }
  asked = day
  answered = value
  return value
}

/** The local day of departure; without one the day of `otherwise`. */
export const dayOf = (legs: readonly { readonly departs?: LocalDateTime }[], otherwise: Instant | undefined): string =>
  (legs.find((leg) => leg.departs)?.departs ?? otherwise ?? '').slice(0, 10)
