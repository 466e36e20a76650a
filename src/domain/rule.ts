import type { ActionCode, HitSeverity } from './hit.ts'

export type Literal = string | number | boolean

/** A field of the catalogue (`screening/rules/fields.ts`), or a value written into the rule. */
export type Operand = { readonly field: string } | { readonly value: Literal }

export type Comparison = 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte'
export type Membership = 'in' | 'anyOf' | 'allOf' | 'noneOf'
export type TextTest = 'startsWith' | 'endsWith' | 'contains' | 'glob'

/**
 * A condition, closed and typed: the one form in which a rule is kept. It is evaluated, explained, said in a sentence
 * and, later, turned into SQL from this alone. A leaf that touches a missing value is false, so its negation is true.
 */
export type Expression =
  | { readonly op: 'and'; readonly args: readonly Expression[] }
  | { readonly op: 'or'; readonly args: readonly Expression[] }
  | { readonly op: 'not'; readonly arg: Expression }
  | Leaf

export type Leaf = ComparisonLeaf | FieldLeaf

export interface ComparisonLeaf {
  readonly op: Comparison
  readonly left: Operand
  readonly right: Operand
}

export type FieldLeaf =
  | { readonly op: 'between'; readonly field: string; readonly lo: number; readonly hi: number }
  | { readonly op: Membership; readonly field: string; readonly values: readonly Literal[] }
  /** `glob` knows `*` and `?`; all compare without regard to case. */
  | { readonly op: TextTest; readonly field: string; readonly value: string }
  | { readonly op: 'isMissing' | 'isPresent'; readonly field: string }

/** A rule in the version that is in force. */
export interface Rule {
  readonly id: string
  readonly version: number
  readonly owner: string
  readonly title: { readonly en: string; readonly az: string }
  readonly when: Expression
  readonly severity: HitSeverity
  readonly action: ActionCode
  /** The offence or purpose that it serves. */
  readonly purpose: string
  readonly validFrom: string
  readonly validTo: string
}
