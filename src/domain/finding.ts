/** Where in the sender's bytes: `byte` counts from 0, `line` and `segment` from 1, as a person counts. */
export interface Place {
  readonly byte: number
  readonly line: number
  readonly segment: number
}

/**
 * `info`: statistics only · `warning`: accepted, the carrier should know · `error`: an element, a person or a PNR
 * could not be read in full · `fatal`: the message says nothing usable.
 */
export type Severity = 'info' | 'warning' | 'error' | 'fatal'

/** What a reader noticed in a message. `detail` quotes codes and counts, never a traveller's data. */
export interface Finding {
  readonly severity: Severity
  readonly code: string
  readonly at: Place
  readonly detail: string
}

/** Bytes of a transmission: from `start` up to, not including, `end`. */
export type Span = readonly [start: number, end: number]
