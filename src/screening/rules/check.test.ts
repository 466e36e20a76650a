import { describe, expect, test } from 'vitest'
import type { Expression } from '#domain/rule.ts'
import { checkRule } from './check.ts'
import { FIELDS } from './fields.ts'
import { sentence } from './sentence.ts'

const cash: Expression = { op: 'eq', left: { field: 'pnr.cash' }, right: { value: true } }
const nest = (depth: number): Expression => (depth === 0 ? cash : { op: 'not', arg: nest(depth - 1) })
const told = (expression: Expression) => checkRule(expression).map((one) => [one.path, one.code])

describe('what is wrong is told on its own node', () => {
  test.each<[string, Expression, readonly [string, string][]]>([
    ['nothing', cash, []],
    ['a field that is not there', { op: 'isPresent', field: 'pnr.meal' }, [['field', 'rule.field-unknown']]],
    [
      'deep inside',
      { op: 'and', args: [cash, { op: 'not', arg: { op: 'isMissing', field: 'x' } }] },
      [['args.1.arg.field', 'rule.field-unknown']],
    ],
    ['an empty and', { op: 'and', args: [] }, [['', 'rule.empty']]],
    ['an empty list', { op: 'in', field: 'leg.from', values: [] }, [['values', 'rule.empty']]],
    ['an empty text', { op: 'contains', field: 'leg.from', value: '' }, [['value', 'rule.empty']]],
    ['another type', { op: 'eq', left: { field: 'leg.from' }, right: { value: 3 } }, [['right', 'rule.type']]],
    ['one of other types', { op: 'in', field: 'leg.from', values: ['IST', 3] }, [['values.1', 'rule.type']]],
    ['text in order', { op: 'lt', left: { field: 'leg.from' }, right: { value: 'M' } }, [['', 'rule.type']]],
    ['text tests on numbers', { op: 'glob', field: 'leg.departureHour', value: '1*' }, [['', 'rule.type']]],
    ['sets of what is no list', { op: 'anyOf', field: 'leg.from', values: ['IST'] }, [['', 'rule.type']]],
    ['between on text', { op: 'between', field: 'leg.from', lo: 1, hi: 2 }, [['', 'rule.type']]],
    ['an upside-down range', { op: 'between', field: 'leg.departureHour', lo: 5, hi: 2 }, [['', 'rule.range']]],
    [
      'a range without an end',
      { op: 'between', field: 'leg.departureHour', lo: 5, hi: Number.POSITIVE_INFINITY },
      [['', 'rule.range']],
    ],
    [
      'a number that is none',
      { op: 'lt', left: { field: 'leg.departureHour' }, right: { value: Number.NaN } },
      [['right', 'rule.number']],
    ],
    ['no field at all', { op: 'eq', left: { value: 1 }, right: { value: 1 } }, [['', 'rule.no-field']]],
    [
      'too many values',
      { op: 'in', field: 'leg.from', values: Array(1_001).fill('IST') },
      [['values', 'rule.too-many-values']],
    ],
    ['too deep', nest(6), [['arg.arg.arg.arg.arg.arg', 'rule.too-deep']]],
    ['too large', { op: 'or', args: Array(200).fill(cash) }, [['', 'rule.too-large']]],
  ])('%s', (_what, expression, wanted) => {
    expect(told(expression)).toEqual(wanted)
  })
})

describe('traits of birth are never the only ground', () => {
  const nationality: Expression = { op: 'in', field: 'traveller.nationality', values: ['XXA'] }

  test('a rule on nationality, age, sex or birthplace alone is refused, however it is wrapped', () => {
    for (const when of [
      nationality,
      { op: 'not', arg: nationality },
      { op: 'or', args: [nationality, { op: 'gt', left: { field: 'traveller.ageYears' }, right: { value: 30 } }] },
      { op: 'and', args: [nationality, { op: 'eq', left: { field: 'traveller.sex' }, right: { value: 'M' } }] },
      { op: 'isPresent', field: 'traveller.birthCountry' },
    ] satisfies Expression[])
      expect(told(when)).toContainEqual(['', 'rule.only-traits'])
  })

  test('beside another ground they may stand', () => {
    expect(told({ op: 'and', args: [nationality, cash] })).toEqual([])
  })

  test('what the law calls sensitive is not in the catalogue', () => {
    const words = FIELDS.flatMap((one) => [one.id, one.label.en]).join(' ')
    expect(words).not.toMatch(/meal|religio|ethnic|health|wheelchair|union|sexual|politic|biometric/i)
  })
})

test('every operator and every field is said in both languages, and not in the same words', () => {
  const leaves: Expression[] = [
    ...(['eq', 'ne', 'lt', 'lte', 'gt', 'gte'] as const).map((op) => ({
      op,
      left: { field: 'leg.departureHour' },
      right: { value: 7 },
    })),
    { op: 'between', field: 'leg.departureHour', lo: 1, hi: 7 },
    ...(['in', 'anyOf', 'allOf', 'noneOf'] as const).map((op) => ({ op, field: 'leg.from', values: ['QQQ'] })),
    ...(['startsWith', 'endsWith', 'contains', 'glob'] as const).map((op) => ({ op, field: 'leg.from', value: 'QQQ' })),
    { op: 'isMissing', field: 'leg.from' },
    { op: 'isPresent', field: 'leg.from' },
    { op: 'not', arg: cash },
    { op: 'and', args: [cash, cash] },
    { op: 'or', args: [cash, cash] },
  ]
  const said = { en: new Set<string>(), az: new Set<string>() }
  for (const one of leaves) {
    const [en, az] = [sentence(one, 'en'), sentence(one, 'az')]
    expect(en).not.toBe(az)
    expect(`${en}${az}`).not.toMatch(/undefined|leg\.|pnr\./)
    if ('values' in one || 'value' in one) expect(`${en} ${az}`).toMatch(/QQQ.*QQQ/)
    said.en.add(en)
    said.az.add(az)
  }
  expect(said.en.size).toBe(leaves.length)
  expect(said.az.size).toBe(leaves.length)
  for (const { id, label } of FIELDS) {
    expect(label.en, id).not.toBe('')
    expect(label.az, id).not.toBe('')
  }
})
