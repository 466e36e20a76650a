/** Times as officers read them: always at an airport or in UTC, and saying which; never silently the browser's own. */
import type { Language } from '../i18n/words.tsx'

const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  az: ['yan', 'fev', 'mar', 'apr', 'may', 'iyn', 'iyl', 'avq', 'sen', 'okt', 'noy', 'dek'],
}

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(zone, made)
  return made
}

/** `2026-06-11T14:05` at that place. */
export const localAt = (instant: string | number, zone: string): string =>
  format(zone).format(new Date(instant)).replace(' ', 'T')

/** `14:05` */
export const clockAt = (instant: string | number, zone: string): string => localAt(instant, zone).slice(11, 16)

/** `2026-11-23 14:05 UTC` */
export const utc = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`

/** `2026-06-11T10:15` → `11 Jun`; what is no date stays as it is. */
export function dayOf(local: string, language: Language): string {
  const month = MONTHS[language][Number(local.slice(5, 7)) - 1]
  return month ? `${Number(local.slice(8, 10))} ${month}` : local
}

/** `2026-06-11T10:15` → `10:15` */
export const timeOf = (local: string): string => local.slice(11, 16)

/** `UTC+4`, as it holds at that moment. */
export function zoneName(zone: string, at: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(
    new Date(at),
  )
  return (parts.find((part) => part.type === 'timeZoneName')?.value ?? zone).replace('GMT', 'UTC')
}

/** Whole minutes from one moment to another. */
export const minutesBetween = (from: number, to: string): number => Math.round((Date.parse(to) - from) / 60_000)
