import type { Severity } from '#domain/finding.ts'

/** How a code reads to a carrier's desk, in the console's languages, and which clause it stands on. */
export interface CatalogueEntry {
  readonly severity: Severity
  readonly en: string
  readonly az: string
  readonly clause: string
  /** What the code becomes in an answer, where a profile lets findings be answered. */
  readonly reply?: ReplyCodes
  /** The smallest piece of a message that shows it, made up. */
  readonly example: string
}

/** 9321 in CUSRES and in ACKRES, 0085 in CONTRL. */
export interface ReplyCodes {
  readonly cusres?: string
  readonly ackres?: string
  readonly contrl?: string
}
