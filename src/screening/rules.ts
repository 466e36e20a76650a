import type { Found } from '#domain/hit.ts'
import type { Movement } from '#domain/movement.ts'
import type { Rule } from '#domain/rule.ts'
import type { Instant } from '#lib/time.ts'
import { evaluate, type FieldReader } from './rules/evaluate.ts'
import { explain } from './rules/explain.ts'
import { type FieldValue, fieldById } from './rules/fields.ts'
import { sentence } from './rules/sentence.ts'

/** Rules that are live, with their sentences made once. */
export interface RuleSet {
  readonly rules: readonly (Rule & { readonly sentence: { readonly en: string; readonly az: string } })[]
}

export const ruleSet = (rules: readonly Rule[]): RuleSet => ({
  rules: rules.map((rule) => ({ ...rule, sentence: { en: sentence(rule.when, 'en'), az: sentence(rule.when, 'az') } })),
})

/** What the rules in force find on a movement, each with its explanation line by line. */
export function screenAgainstRules(movement: Movement, { rules }: RuleSet, now: Instant): readonly Found[] {
  const read = readerOf(movement, now)
  const found: Found[] = []
  for (const rule of rules) {
    if (now < rule.validFrom || now >= rule.validTo || !evaluate(rule.when, read)) continue
    const lines = explain(rule.when, read)
    found.push({
      cause: `rule ${rule.id}`,
      kind: 'rule',
      source: rule.id,
      version: rule.version,
      owner: rule.owner,
      severity: rule.severity,
      action: rule.action,
      score: 1,
      evidenceCount: lines.filter((line) => line.field !== undefined && line.holds).length,
      why: { kind: 'rule', sentence: rule.sentence, lines },
    })
  }
  return found
}

/** Reads each field of a movement at most once. */
export function readerOf(movement: Movement, now: Instant): FieldReader {
  const values = new Map<string, FieldValue>()
  return (id) => {
    if (values.has(id)) return values.get(id)
    const value = fieldById(id)?.read(movement, now)
    values.set(id, value)
    return value
  }
}
