/** Higher is more urgent; order in the queue is minutes left × severity. */
export type HitSeverity = 'high' | 'medium' | 'low'

/** `document`: a document number met; else how much of the dates of birth could be compared. */
export type EvidenceClass = 'document' | 'full-date' | 'partial-date' | 'no-date'

/** What an officer is asked to do, decided beforehand by the owner of the list or rule. Never "refuse". */
export type ActionCode = 'check-document' | 'interview' | 'search-baggage' | 'inform-owner' | 'observe'

/** One line of the table that explains a list hit: what was compared, how it met, what it counted for. */
export interface EvidenceLine {
  readonly feature:
    | 'surname'
    | 'given-names'
    | 'name'
    | 'birth-date'
    | 'document'
    | 'nationality'
    | 'sex'
    | 'birth-place'
  readonly traveller: string
  readonly entry: string
  /** How they met: a key of the console's catalogue, e.g. `same`, `same-folded`, `transliteration`, `typo`, `ocr`, `missing`. */
  readonly how: string
  readonly points: number
  /** 0 to 1, where a likeness can be given. */
  readonly likeness?: number
  /** Token by token, in the order of the traveller's name. */
  readonly tokens?: readonly {
    readonly traveller: string
    readonly entry: string
    readonly how: string
    readonly points: number
  }[]
  readonly source?: 'api' | 'pnr'
}

export interface WatchlistWhy {
  readonly kind: 'watchlist'
  readonly evidence: EvidenceClass
  readonly lines: readonly EvidenceLine[]
  readonly threshold: number
  readonly listVersion: number
  readonly scorerVersion: string
}

/** A condition of a rule as it was met: `path` names the node in the expression (`args.0.left`). */
export interface RuleLine {
  readonly path: string
  readonly depth: number
  readonly holds: boolean
  readonly operator: string
  readonly field?: string
  readonly label?: { readonly en: string; readonly az: string }
  readonly actual?: string
  readonly wanted?: string
}

export interface RuleWhy {
  readonly kind: 'rule'
  readonly sentence: { readonly en: string; readonly az: string }
  readonly lines: readonly RuleLine[]
}

/** What screening found: the same stored input, list version and rule version always give the same. */
export interface Found {
  /** Stable over versions of the movement: which entry, or which rule, on which traveller. */
  readonly cause: string
  readonly kind: 'watchlist' | 'rule'
  /** Id of the list or rule, of the entry where there is one, and the version of entry or rule. */
  readonly source: string
  readonly entry?: string
  readonly version: number
  /** Agency that owns the list or rule: the hit goes to its queue. */
  readonly owner: string
  readonly severity: HitSeverity
  readonly action: ActionCode
  /** 0 to 1; a rule's is 1. */
  readonly score: number
  /** How many independent features support it; kept apart from the score. */
  readonly evidenceCount: number
  readonly why: WatchlistWhy | RuleWhy
}
