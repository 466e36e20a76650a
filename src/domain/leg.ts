import type { LocalDateTime } from '#lib/time.ts'
import type { Span } from './finding.ts'

/** One flight from one airport to the next, as a message names it; times are local at each airport. */
export interface SentLeg {
  /** IATA (two characters) or ICAO (three letters) designator. */
  readonly carrier: string
  /** Digits without leading zeros. */
  readonly number: string
  readonly suffix?: string
  readonly flightAsSent: string
  readonly from: string
  readonly to: string
  readonly departs?: LocalDateTime
  readonly arrives?: LocalDateTime
  /** `border`: crosses into or out of the State; `before`, `after`: other legs of the same flight (PAXLST LOC 92, 130). */
  readonly place: 'border' | 'before' | 'after'
  readonly overflight: boolean
  readonly at?: Span
}

/** What makes a leg the same leg: operating carrier, number, airports and local day of departure. */
export interface LegKey {
  readonly carrier: string
  readonly number: string
  readonly suffix: string
  readonly from: string
  readonly to: string
  /** `2026-06-11` at the airport of departure. */
  readonly date: string
}
