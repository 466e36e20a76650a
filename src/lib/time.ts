/**
 * Dates and times as carriers write them. Instants are UTC; times at an airport stay local, together with the
 * airport's zone; dates of birth and expiry are civil dates, whole or partial. No function here reads a clock.
 */

/** `1990-02-28`, or partial: `1990-02`, `1990`. Always a date that exists. */
export type CivilDate = string & { readonly CivilDate: unique symbol }

/** `2026-06-11T10:15` at some airport; or only the date `2026-06-11` where the sender gave no time. */
export type LocalDateTime = string & { readonly LocalDateTime: unique symbol }

/** `2026-06-11T06:15:00.000Z` */
export type Instant = string & { readonly Instant: unique symbol }

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const TWO_DIGITS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'))

function pad(value: number, width = 2): string {
  if (width === 4 && value >= 1000) return String(value)
  return (width === 2 ? TWO_DIGITS[value] : undefined) ?? String(value).padStart(width, '0')
}

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (DAYS[month - 1] ?? 0)
}

/** A civil date; month and day may be 0 where unknown. Gives nothing when such a date cannot exist. */
export function civilDate(year: number, month = 0, day = 0): CivilDate | undefined {
  if (!Number.isInteger(year) || year < 1 || year > 9999) return undefined
  if (month === 0) return day === 0 ? (pad(year, 4) as CivilDate) : undefined
  if (month < 1 || month > 12) return undefined
  if (day === 0) return `${pad(year, 4)}-${pad(month)}` as CivilDate
  if (day < 1 || day > daysInMonth(year, month)) return undefined
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}` as CivilDate
}

/** Reads `1990-02-28`, `1990-02` or `1990`. */
export function readCivilDate(text: string): CivilDate | undefined {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text)
  return match ? civilDate(Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)) : undefined
}

/** A time at an airport, from its parts; hour 24 with minute 0 is the next day's midnight. */
export function localDateTime(
  year: number,
  month: number,
  day: number,
  hour?: number,
  minute = 0,
): LocalDateTime | undefined {
  const date = civilDate(year, month, day)
  if (date?.length !== 10) return undefined
  if (hour === undefined) return date as string as LocalDateTime
  if (hour === 24 && minute === 0) {
    return `${Temporal.PlainDate.from(date).add({ days: 1 }).toString()}T00:00` as LocalDateTime
  }
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return undefined
  return `${date}T${pad(hour)}:${pad(minute)}` as LocalDateTime
}

/** The date part of a local time. */
export const localDate = (local: LocalDateTime): CivilDate => local.slice(0, 10) as CivilDate

/** The instant at which clocks in `zone` show `local`; nothing where the sender gave no time of day. */
export function instantAt(local: LocalDateTime, zone: string): Instant | undefined {
  if (local.length < 16) return undefined
  return instant(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds)
}

/** What clocks in `zone` show at `at`, to the minute. */
export function localAt(at: Instant, zone: string): LocalDateTime {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime().toString().slice(0, 16) as LocalDateTime
}

export const instant = (epochMilliseconds: number): Instant => new Date(epochMilliseconds).toISOString() as Instant

export const epochMs = (at: Instant): number => Date.parse(at)

export const hoursBetween = (from: Instant, to: Instant): number => (epochMs(to) - epochMs(from)) / 3_600_000

/** Where the time comes from: `main.ts` passes the system's, tests and the simulator pass their own. */
export type Clock = () => Instant
