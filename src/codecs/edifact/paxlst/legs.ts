import { airport } from '#domain/airports.ts'
import type { Span } from '#domain/finding.ts'
import type { SentLeg } from '#domain/leg.ts'
import type { LocalDateTime } from '#lib/time.ts'
import type { FindingSink, Tape } from '../tape.ts'
import { readFlightTime } from './dates.ts'

interface Stop {
  readonly code: string
  readonly qualifier: string
  departs?: LocalDateTime
  arrives?: LocalDateTime
  readonly flight: Flight
}

interface Flight {
  readonly carrier: string
  readonly number: string
  readonly suffix?: string
  readonly flightAsSent: string
  readonly overflight: boolean
  readonly at: Span
}

/**
 * The legs of GR2 and GR3: `TDT+20+0X812+++0X'LOC+125+FRA'DTM+189:…'LOC+87+GYD'DTM+232:…'`. Airports are taken in
 * order, two by two; it makes no difference whether the pairs stand under one TDT or each under its own. The leg
 * between LOC 125 and 87 crosses the border; where none is marked, the first whose airports lie in different
 * countries does.
 */
export class LegReader {
  private readonly stops: Stop[] = []
  private flight: Flight | undefined
  private readonly tape: Tape
  private readonly sink: FindingSink

  constructor(tape: Tape, sink: FindingSink) {
    this.tape = tape
    this.sink = sink
  }

  /** `TDT+20+0X812+++0X'`; 34: overflight. */
  tdt(at: number): void {
    const { tape, sink } = this
    const sent = (tape.text(at, 2) ?? '').replace(/\s/g, '').toUpperCase()
    const named = tape.text(at, 5, 1)?.trim().toUpperCase()
    const split = splitFlight(sent, named)
    if (named && !sent.startsWith(named) && /^[A-Z]/.test(sent)) sink.add('paxlst.flight-number', tape.place(at, 2), '')
    this.flight = { ...split, flightAsSent: sent, overflight: tape.text(at, 1) === '34', at: tape.span(at, 2) }
  }

  /** `LOC+125+FRA'`: 125 last before the border, 87 first behind it, 92 and 130 the others. */
  loc(at: number): void {
    const { tape, sink, flight } = this
    const qualifier = tape.text(at, 1) ?? ''
    const sent = (tape.text(at, 2, 1) ?? '').trim().toUpperCase()
    if (!flight || !sent || !['125', '87', '92', '130'].includes(qualifier)) return
    const known = airport(sent)
    if (!known) sink.add('paxlst.airport', tape.place(at, 2), sent.slice(0, 5))
    this.stops.push({ code: known?.iata ?? sent, qualifier, flight })
  }

  /** `DTM+189:2606111015:201'` scheduled departure, 232 scheduled arrival; estimated and actual times in their stead. */
  dtm(at: number): void {
    const { tape, sink } = this
    const stop = this.stops.at(-1)
    const sent = tape.text(at, 1, 2)
    if (!stop || !sent) return
    const time = readFlightTime(sent, tape.text(at, 1, 3))
    if (!time) sink.add('paxlst.time', tape.place(at), '')
    else if (DEPARTURE.has(tape.text(at, 1, 1) ?? '')) stop.departs ??= time
    else if (ARRIVAL.has(tape.text(at, 1, 1) ?? '')) stop.arrives ??= time
  }

  legs(): readonly SentLeg[] {
    const pairs: { from: Stop; to: Stop }[] = []
    for (let at = 0; at + 1 < this.stops.length; at += 2) {
      const [from, to] = [this.stops[at], this.stops[at + 1]]
      if (from && to) pairs.push({ from, to })
    }
    const marked = pairs.findIndex(({ from, to }) => from.qualifier === '125' || to.qualifier === '87')
    const crossing = pairs.findIndex(({ from, to }) => airport(from.code)?.country !== airport(to.code)?.country)
    const border = marked >= 0 ? marked : Math.max(0, crossing)
    return pairs.map(({ from, to }, index) =>
      legFrom(from, to, index === border ? 'border' : index < border ? 'before' : 'after'),
    )
  }
}

const DEPARTURE = new Set(['189', '133', '136'])
const ARRIVAL = new Set(['232', '132', '178', '186'])

function legFrom(from: Stop, to: Stop, place: SentLeg['place']): SentLeg {
  const { carrier, number, suffix, flightAsSent, overflight, at } = from.flight
  return {
    carrier,
    number,
    ...(suffix && { suffix }),
    flightAsSent,
    from: from.code,
    to: to.code,
    ...(from.departs && { departs: from.departs }),
    ...(to.arrives && { arrives: to.arrives }),
    place,
    overflight,
    at,
  }
}

/** `0X0812A` → carrier 0X, number 812, suffix A; the carrier may stand apart. Two characters, else three letters. */
export function splitFlight(sent: string, named?: string): { carrier: string; number: string; suffix?: string } {
  const carrier =
    named && sent.startsWith(named)
      ? named
      : (/^([A-Z][A-Z0-9]|[0-9][A-Z])(?=\d)/.exec(sent)?.[1] ?? /^[A-Z]{3}(?=\d)/.exec(sent)?.[0] ?? '')
  const rest = /^0*(\d+?)([A-Z]?)$/.exec(sent.slice(carrier.length))
  const number = rest?.[1] ?? sent.slice(carrier.length)
  return { carrier: carrier || named || '', number, ...(rest?.[2] && { suffix: rest[2] }) }
}
