import { airport } from '#domain/airports.ts'
import type { SentLeg } from '#domain/leg.ts'
import { type Instant, instant, instantAt, type LocalDateTime, localDateTime } from '#lib/time.ts'

export type DepartureOf = (leg: SentLeg) => Instant | undefined

/** `2026-06-12T09:05` is local at the airport of departure; with `Z` or an offset it is that instant. */
export function departureAt(text: string): DepartureOf | undefined {
  const local = localTime(text)
  if (local) return ({ from }) => atAirport(local, from)
  const at = /(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) return undefined
  const known = instant(at)
  return () => known
}

/**
 * A timetable: one flight a line, `carrier,number,from,to,departs`, with the scheduled departure in local time. Lines that
 * begin with `#`, and a line of headings, are passed over; wrong lines are given back by number.
 */
export function readTimetable(text: string): { readonly departureOf: DepartureOf; readonly wrong: readonly number[] } {
  const flights = new Map<string, LocalDateTime>()
  const wrong: number[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#') || /^carrier,/i.test(line)) continue
    const [carrier = '', number = '', from = '', to = '', departs = ''] = line.split(',').map((one) => one.trim())
    const local = localTime(departs)
    if (!carrier || !number || !from || !to || !local) wrong.push(index + 1)
    else flights.set(keyOf(carrier, number, from, to, local.slice(0, 10)), local)
  }
  return {
    wrong,
    departureOf({ carrier, number, suffix = '', from, to, departs }) {
      const local = departs && flights.get(keyOf(carrier, number + suffix, from, to, departs.slice(0, 10)))
      return local ? atAirport(local, from) : undefined
    },
  }
}

const keyOf = (carrier: string, number: string, from: string, to: string, day: string): string =>
  [carrier, number.replace(/^0+/, ''), airport(from)?.iata ?? from, airport(to)?.iata ?? to, day]
    .join('/')
    .toUpperCase()

function localTime(text: string): LocalDateTime | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::\d{2})?$/.exec(text)?.slice(1).map(Number)
  if (!parts) return undefined
  const [year = 0, month = 0, day = 0, hour, minute] = parts
  return localDateTime(year, month, day, hour, minute)
}

function atAirport(local: LocalDateTime, code: string): Instant | undefined {
  const zone = airport(code)?.zone
  return zone ? instantAt(local, zone) : undefined
}
