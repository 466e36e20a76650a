import type { Severity } from '#domain/finding.ts'

export type Dimension = 'schema' | 'completeness' | 'plausibility' | 'timeliness'

/** `required`: lowers the score where it is missing · `if-used`, `option`: counted and shown only. */
export type Obligation = 'required' | 'if-used' | 'option'

/** What a message is to its deadline. */
export type MessageKind =
  | 'passenger-list'
  | 'crew-list'
  | 'interactive'
  | 'close-out'
  | 'pnr-full'
  | 'pnr-update'
  | 'other'

/** Minutes from the scheduled departure; negative ones are before it. */
export interface Deadline {
  /** Not wanted before; without it there is no such moment. */
  readonly opens?: number
  readonly latest: number
  /** So long after `latest` nothing is left of the score. */
  readonly worthless: number
}

/** Everything that States ask differently, and how much it counts. */
export interface ConformanceProfile {
  readonly name: string
  /** Shares of the score; what cannot be judged leaves its share to the others. */
  readonly weights: Readonly<Record<Dimension, number>>
  /** What a finding costs at most, of 100. */
  readonly points: Readonly<Record<Severity, number>>
  /** By element (A1 to D1 of PAXLST, 1 to 19 of PNRGOV), where it differs from the guideline's own column. */
  readonly obligations: Readonly<Record<string, Obligation>>
  readonly deadlines: Readonly<Partial<Record<MessageKind, Deadline>>>
  /** From so many persons on a value that this share of them has is taken for a default. */
  readonly defaults: { readonly least: number; readonly share: number }
  /** Years that a document is valid at most. */
  readonly longestDocument: number
  readonly longestFlightHours: number
  /** In names of nobody. */
  readonly placeholders: readonly string[]
}

/**
 * Weights and points are our judgement. Deadlines are the widest of the published ones: a list by departure, a close-out
 * within half an hour, a push until flight closure. A State that asks more says so in its own profile.
 */
export const DEFAULT_PROFILE: ConformanceProfile = {
  name: 'default',
  weights: { schema: 30, completeness: 30, plausibility: 25, timeliness: 15 },
  points: { info: 2, warning: 10, error: 30, fatal: 100 },
  obligations: {},
  deadlines: {
    'passenger-list': { latest: 0, worthless: 120 },
    'crew-list': { latest: 0, worthless: 120 },
    interactive: { latest: 0, worthless: 30 },
    'close-out': { latest: 30, worthless: 120 },
    'pnr-full': { latest: 60, worthless: 240 },
    'pnr-update': { latest: 60, worthless: 240 },
  },
  defaults: { least: 30, share: 0.95 },
  longestDocument: 20,
  longestFlightHours: 20,
  placeholders: ['UNK', 'UNKNOWN', 'XXX', 'TBA', 'NONAME', 'TEST', 'NAME'],
}
