import type { CivilDate } from '#lib/time.ts'
import type { ActionCode, EvidenceClass, HitSeverity } from './hit.ts'
import type { Sex } from './traveller.ts'

/** A named list: whose it is, on what ground, and what a hit on it asks for. */
export interface Watchlist {
  readonly id: string
  readonly name: string
  readonly owner: string
  readonly purpose: string
  readonly legalBasis: string
  readonly severity: HitSeverity
  readonly action: ActionCode
  /** Lowest score that raises a hit, per class of evidence, 0 to 1. */
  readonly thresholds: Readonly<Record<EvidenceClass, number>>
  readonly version: number
}

/** Somebody, or only a document, that an agency is looking for. */
export interface Entry {
  readonly id: string
  readonly list: string
  readonly version: number
  readonly names: readonly { readonly surname: string; readonly givenNames?: string; readonly weak?: boolean }[]
  readonly birthDates: readonly CivilDate[]
  readonly sex?: Sex
  readonly nationalities: readonly string[]
  readonly documents: readonly { readonly type?: string; readonly number: string; readonly issuer?: string }[]
  readonly reason?: string
}
