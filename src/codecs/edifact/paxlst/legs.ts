import { airport } from '#domain/airports.ts'
import type { Span } from '#domain/finding.ts'
import type { SentLeg } from '#domain/leg.ts'
import { type Instant, instant, type LocalDateTime, localAt, localDateTime } from '#lib/time.ts'
import { codeOf } from './codes.ts'
import { flightTime, readFlightTime } from './dates.ts'
import { type Keeping, keep, keepRest, keepUnknown, keepWhole } from './kept.ts'

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
  /** Where the time of departure stands. */
  departsIn?: number
}

interface Pair {
  readonly from: Stop | undefined
  readonly to: Stop | undefined
  /** An airport of this pair is named once, and belongs to the pair beside as well. */
  readonly once: boolean
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
  private flights = 0
  private readonly keeping: Keeping

  constructor(keeping: Keeping) {
    this.keeping = keeping
  }

  /** All pairs of airports stood under one TDT, and there are several. */
  get oneFlight(): boolean {
    return this.flights === 1 && this.stops.length > 2
  }

  /** `TDT+20+0X812+++0X'`; 34: overflight. */
  tdt(at: number): void {
    const { tape, sink } = this.keeping
    const written = tape.text(at, 2) ?? ''
    const sent = written.replace(/\s/g, '').toUpperCase()
    const named = codeOf(tape.text(at, 5, 1))
    const kind = tape.text(at, 1)
    if (named && !sent.startsWith(named) && /^[A-Z]/.test(sent)) sink.add('paxlst.flight-number', tape.place(at, 2), '')
    this.flights++
    this.flight = {
      ...splitFlight(sent, named),
      flightAsSent: sent,
      overflight: kind === '34',
      at: tape.span(at, 2),
    }
    const asWritten =
      written === sent && (kind === '20' || kind === '34') && tape.text(at, 5, 1) === this.flight.carrier
    if (asWritten) keepRest(this.keeping, at, 'TDT')
    else keepWhole(this.keeping, at)
  }

  /** `LOC+125+FRA'`: 125 last before the border, 87 first behind it, 92 and 130 the others. */
  loc(at: number): void {
    const { tape, sink } = this.keeping
    const qualifier = codeOf(tape.text(at, 1))
    const written = tape.text(at, 2, 1)
    const sent = (written ?? '').trim().toUpperCase()
    if (!sent || !STOPS.has(qualifier)) {
      if (!OF_HEAD.has(qualifier)) keepUnknown(this.keeping, at, 'LOC', qualifier)
      else keep(this.keeping, at)
      return
    }
    const known = airport(sent)
    if (!known) sink.add('paxlst.airport', tape.place(at, 2), sent.slice(0, 5))
    const code = known?.iata ?? sent
    this.stops.push({ code, qualifier, flight: this.flight ?? NO_FLIGHT, segment: at })
    if (written === code) keepRest(this.keeping, at, 'LOC')
    else keepWhole(this.keeping, at)
  }

  /** `DTM+189:2606111015:201'` scheduled departure, 232 scheduled arrival; estimated and actual times in their stead. */
  dtm(at: number): void {
    const { tape, sink } = this.keeping
    const stop = this.stops.at(-1)
    const sent = tape.text(at, 1, 2)
    if (!stop || !sent) {
      keep(this.keeping, at)
      return
    }
    const format = tape.text(at, 1, 3)
    const time = readFlightTime(sent, format) ?? this.fromUtc(sent, stop, at)
    const qualifier = codeOf(tape.text(at, 1, 1))
    const departs = DEPARTURE.has(qualifier)
    if (!time) sink.add('paxlst.time', tape.place(at), '')
    else if (!departs && !ARRIVAL.has(qualifier)) {
      keepUnknown(this.keeping, at, 'DTM', qualifier)
      return
    }
    if (!time || (departs ? stop.departs : stop.arrives)) {
      keep(this.keeping, at)
      return
    }
    if (departs) {
      stop.departs = time
      stop.departsIn = at
    } else stop.arrives = time
    const [digits, code] = flightTime(time)
    if (sent !== digits || format !== code || qualifier !== (departs ? '189' : '232')) keepWhole(this.keeping, at)
    else keepRest(this.keeping, at, 'DTM')
  }

  /** Times are local; one that says that it is UTC is turned into what clocks at the airport show. */
  private fromUtc(sent: string, stop: Stop, at: number): LocalDateTime | undefined {
    const time = sent.length < 20 ? /^([\d ]+)(?:Z|UTC|GMT)$/i.exec(sent.trim())?.[1] : undefined
    const utc = time === undefined ? undefined : readFlightTime(time, undefined)
    if (!utc) return undefined
    this.keeping.sink.add('paxlst.time-utc', this.keeping.tape.place(at), '')
    const zone = airport(stop.code)?.zone
    return zone && utc.length === 16 ? localAt(instant(Date.parse(`${utc}Z`)), zone) : utc
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
    this.keepUnlike(pairs, legs)
    const gap = pairs.find(({ from }, index) => index > 0 && from?.code !== pairs[index - 1]?.to?.code)?.from
    if (gap) this.keeping.sink.add('paxlst.legs-unconnected', this.keeping.tape.place(gap.segment), '')
    const odd = legs.findIndex(hasOddDuration)
    if (odd >= 0) this.keeping.sink.add('paxlst.duration', this.keeping.tape.place(pairs[odd]?.from?.segment ?? 0), '')
    return legs
  }

  /** A writer says by 125, 87, 92 and 130 what part of the flight a leg is: places that said it otherwise are kept. */
  private keepUnlike(pairs: readonly Pair[], legs: readonly SentLeg[]): void {
    if (pairs.some(({ once }) => once)) return
    pairs.forEach(({ from, to }, index) => {
      const leg = legs[index]
      if (!leg) return
      const [first, second] = legQualifiers(leg, index === legs.length - 1)
      if (from && from.qualifier !== first) keepWhole(this.keeping, from.segment)
      if (to && to.qualifier !== second) keepWhole(this.keeping, to.segment)
      if (to?.departsIn !== undefined && from?.departs) keep(this.keeping, to.departsIn)
    })
  }

  /**
   * A place of departure opens a pair, one of arrival closes it; 92 is whatever is wanted. Where an airport is named once
   * only, `125 FRA, 87 GYD, 130 GNJ`, it ends one leg and begins the next.
   */
  private pairs(): Pair[] {
    const pairs: Pair[] = []
    let open: Stop | undefined
    let once: Stop | undefined
    for (const stop of this.stops) {
      const closes = stop.qualifier === '87' || stop.qualifier === '130' || (stop.qualifier === '92' && open)
      if (closes) {
        pairs.push({
          from: open ?? pairs.at(-1)?.to,
          to: stop,
          once: once !== undefined || (!open && pairs.length > 0),
        })
        open = undefined
        once = undefined
      } else {
        const between = open?.qualifier === '92' && open.code !== stop.code
        if (open) pairs.push({ from: open, to: between ? stop : undefined, once: between })
        once = between ? stop : undefined
        open = stop
      }
    }
    if (open) pairs.push({ from: open, to: undefined, once: once !== undefined })
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

/** LOC 3227 at the ends of a leg. */
export const legQualifiers = ({ place }: SentLeg, last: boolean): readonly [string, string] =>
  place === 'border' ? ['125', '87'] : ['92', place === 'after' && last ? '130' : '92']

/** Filing, reporting and gate pass location of the head. */
const OF_HEAD: ReadonlySet<string> = new Set(['188', '172', '91', '125', '87', '92', '130'])
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

function legFrom({ from, to, once }: Pair, otherwise: Flight | undefined, place: SentLeg['place']): SentLeg {
  const named = from?.flight ?? to?.flight
  const { carrier, number, suffix, flightAsSent, overflight, at } =
    (named === NO_FLIGHT ? otherwise : named) ?? NO_FLIGHT
  // Where both times stand behind both airports
  const departs = from?.departs ?? (once ? undefined : to?.departs)
  return {
    carrier,
    number,
    ...(suffix && { suffix }),
    flightAsSent,
    from: from?.code ?? '',
    to: to?.code ?? '',
    ...(departs && { departs }),
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
