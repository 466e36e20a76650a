/** Times as officers read them: always at an airport or in UTC, and saying which; never silently the browser's own. */

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string, withDate: boolean): Intl.DateTimeFormat {
  const key = `${zone} ${withDate}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(withDate && { day: '2-digit', month: 'short' }),
  })
  formats.set(key, made)
  return made
}

/** `14:05`, or `23 Nov, 14:05` */
export const clockAt = (instant: string | number, zone: string, withDate = false): string =>
  format(zone, withDate).format(new Date(instant))

/** `2026-11-23 14:05 UTC` */
export const utc = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`

/** `2026-06-11T10:15` → `10:15`; `11 Jun 10:15` with the date. */
export function localClock(local: string | undefined, withDate = false): string {
  if (!local) return ''
  const time = local.slice(11, 16)
  return withDate ? `${local.slice(8, 10)}.${local.slice(5, 7)} ${time}`.trim() : time
}

/** `GMT+4` → `UTC+4` */
export function zoneName(zone: string, at: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(
    new Date(at),
  )
  return (parts.find((part) => part.type === 'timeZoneName')?.value ?? zone).replace('GMT', 'UTC')
}

/** Whole minutes from one moment to another. */
export const minutesBetween = (from: number, to: string): number => Math.round((Date.parse(to) - from) / 60_000)

/** `1 h 05` · `12 min` · `−5 min` */
export function countdown(minutes: number): string {
  const size = Math.abs(minutes)
  const text = size >= 60 ? `${Math.floor(size / 60)} h ${String(size % 60).padStart(2, '0')}` : `${size} min`
  return minutes < 0 ? `−${text}` : text
}
