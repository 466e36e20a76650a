import { airport } from '#domain/airports.ts'
import type { Span } from '#domain/finding.ts'
import type { SentLeg } from '#domain/leg.ts'
import { type Instant, type LocalDateTime, localDateTime } from '#lib/time.ts'
import type { FindingSink, Tape } from '../tape.ts'
import { readFlightTime } from './dates.ts'

interface Flight {
  readonly carrier: string
  readonly number: string
  readonly suffix?: string
  readonly flightAsSent: string
  readonly overflight: boolean
  readonly at?: Span
}

interface Stop {
  readonly code: string
  readonly qualifier: string
  readonly flight: Flight
  readonly segment: number
  departs?: LocalDateTime
  arrives?: LocalDateTime
}

interface Pair {
  readonly from: Stop | undefined
  readonly to: Stop | undefined
}

export interface LegContext {
  readonly receivedAt: Instant
  readonly stateAirports?: (code: string) => boolean
}

/**
 * The legs of GR2 and GR3: `TDT+20+0X812+++0X'LOC+125+FRA'DTM+189:…'LOC+87+GYD'DTM+232:…'`. Airports are taken in
 * order, two by two; it makes no difference whether the pairs stand under one TDT or each under its own.
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
    if (named && !sent.startsWith(named) && /^[A-Z]/.test(sent)) sink.add('paxlst.flight-number', tape.place(at, 2), '')
    this.flight = {
      ...splitFlight(sent, named),
      flightAsSent: sent,
      overflight: tape.text(at, 1) === '34',
      at: tape.span(at, 2),
    }
  }

  /** `LOC+125+FRA'`: 125 last before the border, 87 first behind it, 92 and 130 the others. */
  loc(at: number): void {
    const { tape, sink } = this
    const qualifier = tape.text(at, 1)?.trim() ?? ''
    const sent = (tape.text(at, 2, 1) ?? '').trim().toUpperCase()
    if (!sent || !STOPS.has(qualifier)) return
    const known = airport(sent)
    if (!known) sink.add('paxlst.airport', tape.place(at, 2), sent.slice(0, 5))
    this.stops.push({ code: known?.iata ?? sent, qualifier, flight: this.flight ?? NO_FLIGHT, segment: at })
  }

  /** `DTM+189:2606111015:201'` scheduled departure, 232 scheduled arrival; estimated and actual times in their stead. */
  dtm(at: number): void {
    const { tape, sink } = this
    const stop = this.stops.at(-1)
    const sent = tape.text(at, 1, 2)
    if (!stop || !sent) return
    const time = readFlightTime(sent, tape.text(at, 1, 3))
    const qualifier = tape.text(at, 1, 1) ?? ''
    if (!time) sink.add('paxlst.time', tape.place(at), '')
    else if (DEPARTURE.has(qualifier)) stop.departs ??= time
    else if (ARRIVAL.has(qualifier)) stop.arrives ??= time
  }

  /**
   * The leg between LOC 125 and 87 crosses the border; where none is marked, the first of which one end lies in the
   * receiving State, or else whose ends lie in different countries. A flight whose airports are missing is still a leg,
   * for the sake of the people on it; `access` (UNH 0068) may name one that has no TDT.
   */
  legs(access: string | undefined, context: LegContext): readonly SentLeg[] {
    const pairs = this.pairs()
    if (pairs.length === 0) {
      const flight = this.flight ?? flightOfAccess(access)
      return flight ? [bareLeg(flight, access)] : []
    }
    const border = borderOf(pairs, context.stateAirports)
    const legs = pairs.map((pair, index) =>
      legFrom(pair, this.flight, index === border ? 'border' : index < border ? 'before' : 'after'),
    )
    const gap = pairs.find(({ from }, index) => index > 0 && from?.code !== pairs[index - 1]?.to?.code)?.from
    if (gap) this.sink.add('paxlst.legs-unconnected', this.tape.place(gap.segment), '')
    const odd = legs.findIndex(hasOddDuration)
    if (odd >= 0) this.sink.add('paxlst.duration', this.tape.place(pairs[odd]?.from?.segment ?? 0), '')
    return legs
  }

  /** A place of departure opens a pair, one of arrival closes it; 92 is whatever is wanted. */
  private pairs(): Pair[] {
    const pairs: Pair[] = []
    let open: Stop | undefined
    for (const stop of this.stops) {
      const closes = stop.qualifier === '87' || stop.qualifier === '130' || (stop.qualifier === '92' && open)
      if (closes) {
        pairs.push({ from: open, to: stop })
        open = undefined
      } else {
        if (open) pairs.push({ from: open, to: undefined })
        open = stop
      }
    }
    if (open) pairs.push({ from: open, to: undefined })
    return pairs
  }
}

const HOUR = 3_600_000

/** More than 20 hours, or less than none, even where clocks are as far apart as they can be. */
function hasOddDuration({ departs, arrives }: SentLeg): boolean {
  if (departs?.length !== 16 || arrives?.length !== 16) return false
  const hours = (Date.parse(`${arrives}Z`) - Date.parse(`${departs}Z`)) / HOUR
  return hours < -24 || hours > 20 + 24
}

const STOPS: ReadonlySet<string> = new Set(['125', '87', '92', '130'])
const DEPARTURE: ReadonlySet<string> = new Set(['189', '133', '136'])
const ARRIVAL: ReadonlySet<string> = new Set(['232', '132', '178', '186'])
const NO_FLIGHT: Flight = { carrier: '', number: '', flightAsSent: '', overflight: false }

function borderOf(pairs: readonly Pair[], stateAirports: LegContext['stateAirports']): number {
  const marked = pairs.findIndex(({ from, to }) => from?.qualifier === '125' || to?.qualifier === '87')
  if (marked >= 0) return marked
  const state = stateAirports ? pairs.findIndex(({ from, to }) => ends(from, to, stateAirports)) : -1
  if (state >= 0) return state
  const country = (stop: Stop | undefined): string | undefined => stop && airport(stop.code)?.country
  return Math.max(
    0,
    pairs.findIndex(({ from, to }) => country(from) !== country(to)),
  )
}

const ends = (from: Stop | undefined, to: Stop | undefined, inState: (code: string) => boolean): boolean =>
  inState(from?.code ?? '') !== inState(to?.code ?? '')

function legFrom({ from, to }: Pair, otherwise: Flight | undefined, place: SentLeg['place']): SentLeg {
  const named = from?.flight ?? to?.flight
  const { carrier, number, suffix, flightAsSent, overflight, at } =
    (named === NO_FLIGHT ? otherwise : named) ?? NO_FLIGHT
  return {
    carrier,
    number,
    ...(suffix && { suffix }),
    flightAsSent,
    from: from?.code ?? '',
    to: to?.code ?? '',
    ...(from?.departs && { departs: from.departs }),
    ...(to?.arrives && { arrives: to.arrives }),
    place,
    overflight,
    ...(at && { at }),
  }
}

/** A flight without airports; its day from the access reference where that tells one. */
function bareLeg(flight: Flight, access: string | undefined): SentLeg {
  const { carrier, number, suffix, flightAsSent, overflight, at } = flight
  const arrives = arrivalOfAccess(access)
  return {
    carrier,
    number,
    ...(suffix && { suffix }),
    flightAsSent,
    from: '',
    to: '',
    ...(arrives && { arrives }),
    place: 'border',
    overflight,
    ...(at && { at }),
  }
}

/** `0X812/260611/1655`: flight, day and time of arrival. */
const ACCESS = /^([A-Z0-9]{2,3}\d{1,4}[A-Z]?)\/(\d{2})(\d{2})(\d{2})\/(\d{2})(\d{2})/

function flightOfAccess(access: string | undefined): Flight | undefined {
  const sent = ACCESS.exec(access ?? '')?.[1]
  return sent ? { ...splitFlight(sent), flightAsSent: sent, overflight: false } : undefined
}

function arrivalOfAccess(access: string | undefined): LocalDateTime | undefined {
  const [, , year, month, day, hour, minute] = ACCESS.exec(access ?? '') ?? []
  return year ? localDateTime(2000 + Number(year), Number(month), Number(day), Number(hour), Number(minute)) : undefined
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
