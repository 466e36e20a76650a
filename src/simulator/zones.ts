import { instant, type LocalDateTime, localAt } from '#lib/time.ts'

const DAY = 86_400_000

const offsets = new Map<string, number | undefined>()

/** What clocks in `zone` show at an epoch millisecond, to the minute; days without a clock change cost one look-up. */
export function localTime(ms: number, zone: string): LocalDateTime {
  const day = Math.floor(ms / DAY)
  const key = `${zone} ${day}`
  if (!offsets.has(key)) {
    if (offsets.size > 20_000) offsets.clear()
    const [first, last] = [offsetAt(day * DAY, zone), offsetAt((day + 1) * DAY, zone)]
    offsets.set(key, first === last ? first : undefined)
  }
  const offset = offsets.get(key)
  if (offset === undefined) return localAt(instant(ms), zone)
  return new Date(ms + offset).toISOString().slice(0, 16) as LocalDateTime
}

const offsetAt = (ms: number, zone: string): number => Date.parse(`${localAt(instant(ms), zone)}Z`) - ms
