import { type CivilDate, daysInMonth, type Instant, type LocalDateTime, localDateTime } from '#lib/time.ts'

/**
 * Dates of a PNRGOV: `DDMMYY` in elements, `DDMMMYY` in free text. Years have two digits; the meaning of the date says
 * which century it is (PNRGOV guide, date elements 9916 and 9920):
 * a journey or booking is near the day of receipt, a birth in the past, an expiry from 10 years ago to 50 years ahead.
 */
export type Century = 'journey' | 'birth' | 'expiry'

/** The day of receipt: what two-digit years are near to. */
export interface Today {
  readonly year: number
  /** `2026-03-01` */
  readonly date: string
}

export const todayOf = (receivedAt: Instant): Today => ({
  year: Number(receivedAt.slice(0, 4)),
  date: receivedAt.slice(0, 10),
})

/** Reads `DDMMMYY`, as SSR texts have it; or the year in full, as some hosts and XML do. */
export function readTextDate(text: string, century: Century, today: Today): CivilDate | undefined {
  if (text.length === 9) return fullTextDate(text)
  if (text.length !== 7) return undefined
  const month = monthOf(text)
  const day = twoDigits(text, 0)
  const short = twoDigits(text, 5)
  if (month === 0 || day < 1 || short < 0) return undefined
  const year = century === 'journey' ? nearest(short, today.year) : windowed(short, century, today.year)
  if (day > daysInMonth(year, month)) return undefined
  const rest = `-${PAIRS[month]}-${PAIRS[day]}`
  const date = `${year}${rest}`
  return (century === 'birth' && date > today.date ? `${year - 100}${rest}` : date) as CivilDate
}

function fullTextDate(text: string): CivilDate | undefined {
  const month = monthOf(text)
  const day = twoDigits(text, 0)
  const year = twoDigits(text, 5) * 100 + twoDigits(text, 7)
  if (month === 0 || day < 1 || year < 1800 || year > 2200 || day > daysInMonth(year, month)) return undefined
  return `${year}-${PAIRS[month]}-${PAIRS[day]}` as CivilDate
}

/** Reads `DDMMYY` (or `DDMMYYYY`) with `HHMM` or `HHMMSS`: a time on the spot. A time that cannot be is left out. */
export function readLocal(date: string | undefined, time: string | undefined, today: Today): LocalDateTime | undefined {
  if (date === undefined) return undefined
  const day = dayOf(date, today)
  if (day < 0) return undefined
  const minute = minuteOf(time)
  if (minute >= 0 && minute < MINUTES) return localText(day * MINUTES + minute)
  return localDateTime(yearIn(day), monthIn(day), dayIn(day), minute === MINUTES ? 24 : undefined)
}

/** The same in UTC: creation of a PNR, last change, ticket issue, check-in, history (RCI, DAT). Without a time: midnight. */
export function readUtc(date: string | undefined, time: string | undefined, today: Today): Instant | undefined {
  const local = readLocal(date, time, today)
  if (local === undefined) return undefined
  if (local.length < 16) return `${local}T00:00:00.000Z` as Instant
  const seconds = time?.length === 6 ? twoDigits(time, 4) : 0
  if (seconds <= 0 || seconds > 59) return utcText(local)
  return `${local}:${PAIRS[seconds]}.000Z` as Instant
}

const MINUTES = 1_440

/** The day of `DDMMYY` or `DDMMYYYY`, packed so that it fits 31 bits with its minute; -1 for what is no day. */
function dayOf(date: string, today: Today): number {
  const day = twoDigits(date, 0)
  const month = twoDigits(date, 2)
  const year = yearOf(date, today.year)
  if (day < 1 || month < 1 || year === 0 || day > daysInMonth(year, month)) return -1
  return (year * 12 + month - 1) * 31 + day - 1
}

const yearIn = (day: number): number => Math.floor(day / 372)
const monthIn = (day: number): number => (Math.floor(day / 31) % 12) + 1
const dayIn = (day: number): number => (day % 31) + 1

/** The minute of the day of `HHMM` or `HHMMSS`, 1440 for 24:00; -1 for what is no time. */
function minuteOf(time: string | undefined): number {
  if (time === undefined || (time.length !== 4 && time.length !== 6)) return -1
  const hour = twoDigits(time, 0)
  const minute = twoDigits(time, 2)
  if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || (hour === 24 && minute > 0)) return -1
  return hour * 60 + minute
}

/** Times stand again and again in a PNR and its neighbours: the texts made last, by minute. */
const SLOTS = 1 << 12
const minutes = new Int32Array(SLOTS)
const texts: (LocalDateTime | undefined)[] = new Array(SLOTS).fill(undefined)
const utcTexts: (Instant | undefined)[] = new Array(SLOTS).fill(undefined)
/** The slot that was asked for last: of the time whose UTC is wanted next. */
let latest = 0

function localText(minute: number): LocalDateTime {
  const slot = Math.imul(minute, 0x9e3779b1) >>> 20
  latest = slot
  const known = texts[slot]
  if (minutes[slot] === minute && known !== undefined) return known
  const day = Math.floor(minute / MINUTES)
  const [hours, rest] = [PAIRS[Math.floor((minute % MINUTES) / 60)], PAIRS[minute % 60]]
  const text = `${yearIn(day)}-${PAIRS[monthIn(day)]}-${PAIRS[dayIn(day)]}T${hours}:${rest}` as LocalDateTime
  minutes[slot] = minute
  texts[slot] = text
  utcTexts[slot] = undefined
  return text
}

function utcText(local: LocalDateTime): Instant {
  const known = texts[latest] === local ? utcTexts[latest] : undefined
  if (known !== undefined) return known
  const text = `${local}:00.000Z` as Instant
  if (texts[latest] === local) utcTexts[latest] = text
  return text
}

/** Reads `DDMMMYYhhmmZ` anywhere in a text (DAT qualifier 3). */
export function readTextInstant(text: string, today: Today): Instant | undefined {
  const match = /(\d{2}[A-Z]{3}\d{2})\/?(\d{2})(\d{2})Z?/i.exec(text)
  const date = match?.[1] && readTextDate(match[1], 'journey', today)
  return date
    ? readUtc(`${date.slice(8)}${date.slice(5, 7)}${date.slice(2, 4)}`, `${match[2]}${match[3]}`, today)
    : undefined
}

/** `110226` for a date or time that begins `2026-02-11`. */
export const writeDate = (date: string): string => `${date.slice(8, 10)}${date.slice(5, 7)}${date.slice(2, 4)}`

/** `0914` for `2026-02-11T09:14…`, with seconds if there are any; empty without a time. */
export const writeTime = (time: string): string => {
  const seconds = time.slice(17, 19)
  return time.slice(11, 13) + time.slice(14, 16) + (seconds === '00' ? '' : seconds)
}

/** Day and time, two components. */
export const stamp = (local: string): [string, string] => [writeDate(local), writeTime(local)]

/** `14APR88` */
export function writeTextDate(date: CivilDate): string {
  const month = Number(date.slice(5, 7)) - 1
  return `${date.slice(8, 10)}${MONTHS.slice(month * 3, month * 3 + 3)}${date.slice(2, 4)}`
}

function windowed(short: number, century: 'birth' | 'expiry', year: number): number {
  const base = year - (year % 100) + short
  if (century === 'birth') return base > year ? base - 100 : base
  return base > year + 50 ? base - 100 : base < year - 10 ? base + 100 : base
}

function nearest(short: number, year: number): number {
  const base = year - (year % 100) + short
  return base - year > 50 ? base - 100 : year - base > 50 ? base + 100 : base
}

function yearOf(date: string, year: number): number {
  if (date.length === 6) {
    const short = twoDigits(date, 4)
    return short < 0 ? 0 : nearest(short, year)
  }
  const full = date.length === 8 ? Number(date.slice(4)) : 0
  return full >= 1900 && full < 2200 ? full : 0
}

/** The number of two digits at a place in a text; -1 where there are none. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1
}

/** The month that three letters after the day name, in any case; 0 where they name none. */
function monthOf(text: string): number {
  const letters = ((text.charCodeAt(2) & 0xdf) << 16) | ((text.charCodeAt(3) & 0xdf) << 8) | (text.charCodeAt(4) & 0xdf)
  return MONTH_OF.get(letters) ?? 0
}

const MONTHS = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC'
const PAIRS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'))
const MONTH_OF = new Map(
  Array.from({ length: 12 }, (_, month): [number, number] => {
    const at = month * 3
    return [(MONTHS.charCodeAt(at) << 16) | (MONTHS.charCodeAt(at + 1) << 8) | MONTHS.charCodeAt(at + 2), month + 1]
  }),
)
