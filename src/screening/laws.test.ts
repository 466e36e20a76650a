import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Expression, Literal, Rule } from '#domain/rule.ts'
import { checkRule } from './rules/check.ts'
import { evaluate, glob } from './rules/evaluate.ts'
import { explain } from './rules/explain.ts'
import { FIELDS } from './rules/fields.ts'
import { sentence } from './rules/sentence.ts'
import { readerOf, ruleSet } from './rules.ts'
import { screen } from './screen.ts'
import { entry, list, movement, NOW, type Person } from './testing/cases.ts'
import { buildIndex, withChanges } from './watchlist-index.ts'
import { screenAgainstLists } from './watchlists.ts'

const field = fc.constantFrom(...FIELDS.map((one) => one.id), 'no.such.field')
const literal: fc.Arbitrary<Literal> = fc.oneof(fc.string(), fc.double(), fc.integer(), fc.boolean())
const operand = fc.oneof(
  field.map((id) => ({ field: id })),
  literal.map((value) => ({ value })),
)
const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.record({ op: fc.constantFrom('eq', 'ne', 'lt', 'lte', 'gt', 'gte'), left: operand, right: operand }),
  fc.record({ op: fc.constant('between'), field, lo: fc.double(), hi: fc.double() }),
  fc.record({
    op: fc.constantFrom('in', 'anyOf', 'allOf', 'noneOf'),
    field,
    values: fc.array(literal, { maxLength: 4 }),
  }),
  fc.record({ op: fc.constantFrom('startsWith', 'endsWith', 'contains', 'glob'), field, value: fc.string() }),
  fc.record({ op: fc.constantFrom('isMissing', 'isPresent'), field }),
)
/** Any condition, sensible or not. */
const expression = fc.letrec<{ node: Expression }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.record({ op: fc.constantFrom('and', 'or'), args: fc.array(tie('node'), { maxLength: 3 }) }),
    fc.record({ op: fc.constant('not'), arg: tie('node') }),
  ),
})).node

const word = fc.constantFrom(
  'TARLAVI',
  'QORESHKI',
  'BENDULA',
  'ABDUL',
  'RAHMAN',
  'ABDULRAHMAN',
  'MÜNZLER',
  'ƏLİ',
  'X',
  '',
  'Жук',
)
const born = fc.constantFrom(undefined, '1985-04-12', '1985-12-04', '1985', '1985-04', '2005-01-01')
const someone: fc.Arbitrary<Partial<Person>> = fc.record({
  surname: fc.oneof(word, fc.string()),
  given: fc.option(
    fc.tuple(word, word).map((both) => both.join(' ')),
    { nil: undefined },
  ),
  born,
  documents: fc.array(fc.record({ number: fc.constantFrom('C01817263', 'C0I8I7Z63', 'X1', '99887766') }), {
    maxLength: 2,
  }),
})
const entries = fc
  .array(someone, { maxLength: 30 })
  .map((people) => people.map((one, n) => entry({ ...one, id: `e${n}`, list: `l${n % 2}` })))
const LISTS = [list('l0'), list('l1')]

const ruleOf = (when: Expression): Rule => ({
  id: 'rule',
  version: 1,
  owner: 'unit',
  title: { en: 'r', az: 'r' },
  when,
  severity: 'low',
  action: 'observe',
  purpose: 'none',
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2030-01-01T00:00:00.000Z',
})

test('the same movement, lists and rules always give the same, byte for byte', () => {
  fc.assert(
    fc.property(entries, someone, fc.array(expression, { maxLength: 3 }), (all, person, conditions) => {
      const once = () =>
        JSON.stringify(
          screen(movement(person), {
            index: buildIndex(LISTS, all),
            rules: ruleSet(conditions.map(ruleOf)),
            now: NOW,
          }),
        )
      const index = buildIndex(LISTS, all)
      const rules = ruleSet(conditions.map(ruleOf))
      const first = JSON.stringify(screen(movement(person), { index, rules, now: NOW }))
      screen(movement({ surname: 'SOMEBODY ELSE' }), { index, rules, now: NOW }) // leaves nothing behind
      expect(JSON.stringify(screen(movement(person), { index, rules, now: NOW }))).toBe(first)
      expect(once()).toBe(first)
    }),
    { numRuns: 60 },
  )
})

test('an index that took up changes finds what one built anew finds', () => {
  const changes = fc.array(fc.tuple(fc.nat(39), fc.option(someone, { nil: undefined })), { maxLength: 20 })
  fc.assert(
    fc.property(
      entries,
      fc.array(changes, { maxLength: 3 }),
      fc.array(someone, { minLength: 1, maxLength: 5 }),
      (all, rounds, people) => {
        const now = new Map(all.map((one) => [one.id, one]))
        let index = buildIndex(LISTS, all)
        for (const round of rounds) {
          const last = new Map(round)
          const changed = [...last].flatMap(([n, person]) =>
            person ? [entry({ ...person, id: `e${n}`, list: `l${n % 2}`, version: 2 })] : [],
          )
          const removed = [...last].flatMap(([n, person]) => (person ? [] : [{ list: `l${n % 2}`, id: `e${n}` }]))
          for (const one of changed) now.set(one.id, one)
          for (const one of removed) now.delete(one.id)
          index = withChanges(index, LISTS, changed, removed)
        }
        const anew = buildIndex(LISTS, now.values())
        for (const person of people) {
          const [found, wanted] = [index, anew].map((one) => {
            const hits = screenAgainstLists(movement(person), one)
            return hits.map((hit) => [hit.cause, hit.version]).sort()
          })
          expect(found).toEqual(wanted)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('every condition on every movement is true or false, and its explanation agrees, root and every node', () => {
  fc.assert(
    fc.property(expression, someone, (condition, person) => {
      const read = readerOf(movement(person), NOW)
      const holds = evaluate(condition, read)
      const lines = explain(condition, read)
      expect(typeof holds).toBe('boolean')
      expect(lines[0]).toMatchObject({ path: '', depth: 0, holds })
      expect(new Set(lines.map((line) => line.path)).size).toBe(lines.length)
      expect(evaluate({ op: 'not', arg: condition }, read)).toBe(!holds)
      for (const language of ['en', 'az'] as const) expect(sentence(condition, language)).toMatch(/\.$/)
      expect(Array.isArray(checkRule(condition))).toBe(true)
    }),
    { numRuns: 400 },
  )
})

test('and, or as in logic; an empty and holds, an empty or does not', () => {
  fc.assert(
    fc.property(fc.array(expression, { maxLength: 4 }), someone, (args, person) => {
      const read = readerOf(movement(person), NOW)
      expect(evaluate({ op: 'and', args }, read)).toBe(args.every((arg) => evaluate(arg, read)))
      expect(evaluate({ op: 'or', args }, read)).toBe(args.some((arg) => evaluate(arg, read)))
    }),
    { numRuns: 100 },
  )
})

test('a leaf that touches what is missing is false, whatever it asks, but for isMissing', () => {
  fc.assert(
    fc.property(leaf, (one) => {
      const holds = evaluate(one, () => undefined)
      const asksAField = !('left' in one) || 'field' in one.left || 'field' in one.right
      if (asksAField) expect(holds).toBe(one.op === 'isMissing')
    }),
  )
})

test('glob agrees with a regular expression, and a hostile pattern takes no time', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 })
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), letters, (text, pattern) => {
      const wanted = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text)
      expect(glob(text, pattern)).toBe(wanted)
    }),
    { numRuns: 300 },
  )
  const began = performance.now()
  expect(glob('a'.repeat(20_000), `${'*a'.repeat(40)}b`)).toBe(false)
  expect(performance.now() - began).toBeLessThan(1_000)
})
