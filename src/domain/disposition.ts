/** What a person may decide on a hit. There is no outcome that refuses anybody (EU 2016/681 Art. 6(9)). */
export type DispositionOutcome = 'confirmed' | 'not-the-person' | 'no-further-action' | 'needs-more-data'

/** Reasons that a disposition may give, per outcome; the console has their words. A review cannot close without one. */
export const DISPOSITION_REASONS = {
  confirmed: ['document-same', 'identity-same', 'conduct-matches-rule'],
  'not-the-person': ['birth-date-differs', 'document-differs', 'name-only-alike', 'sex-differs', 'known-namesake'],
  'no-further-action': ['explained-by-booking', 'outdated-entry', 'rule-too-wide', 'already-dealt-with'],
  'needs-more-data': ['no-document', 'no-birth-date', 'asked-carrier'],
} as const satisfies Record<DispositionOutcome, readonly string[]>
