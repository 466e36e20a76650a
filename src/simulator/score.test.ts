import { expect, test } from 'vitest'
import { readHit, readTruthLine } from './read-truth.ts'
import { score } from './score.ts'
import type { TruthLine } from './truth.ts'

const leg = { carrier: '0X', number: '101', date: '2026-06-11', from: 'GYD', to: 'IST' }
const line = (id: string, change: Partial<TruthLine>): TruthLine => ({
  id,
  entry: 'sought-0001',
  list: 'persons-sought',
  corruption: 'exact',
  locator: `L${id}`,
  ...leg,
  ...change,
})

test('recall is told by corruption and by rule, precision for entries', () => {
  const truth = [
    line('1', {}),
    line('2', { corruption: 'swapped', entry: 'sought-0002' }),
    { ...leg, id: '3', rule: 'many-bags', corruption: 'behaviour', locator: 'L3' } as const,
  ]
  const hits = [
    { ...leg, entry: 'sought-0001', locator: 'L1' },
    { ...leg, entry: 'sought-0099', locator: 'L2' },
    { ...leg, rule: 'many-bags', locator: 'L3' },
  ]
  const result = score(truth, hits)
  expect(result).toMatchObject({ planted: 3, found: 2, listHits: 2, trueListHits: 1, precision: 0.5, missed: ['2'] })
  expect(result.byCorruption).toEqual([
    { corruption: 'exact', planted: 1, found: 1, recall: 1 },
    { corruption: 'swapped', planted: 1, found: 0, recall: 0 },
  ])
  expect(result.byRule).toEqual([{ rule: 'many-bags', planted: 1, found: 1, recall: 1 }])
})

test('a hit counts by any reference that both carry, on the same leg only', () => {
  const truth = [line('1', { reference: 'GYD1', document: 'C0000001' })]
  const found = (hit: object): number => score(truth, [{ ...leg, entry: 'sought-0001', ...hit }]).found
  expect(found({ reference: 'GYD1' })).toBe(1)
  expect(found({ document: 'C0000001' })).toBe(1)
  expect(found({ locator: 'OTHER' })).toBe(0)
  expect(found({})).toBe(0)
  expect(found({ locator: 'L1', date: '2026-06-12' })).toBe(0)
})

test('nothing planted and nothing hit is perfect', () => {
  expect(score([], [])).toMatchObject({ recall: 1, precision: 1, missed: [] })
})

test('lines that are not truth or hits are not read', () => {
  const truth = line('1', { document: 'C0000001' })
  expect(readTruthLine({ ...truth })).toEqual(truth)
  expect(readTruthLine({ ...truth, corruption: 'unheard-of' })).toBeUndefined()
  expect(readHit({ ...leg, entry: 'e', locator: '' })).toEqual({ ...leg, entry: 'e' })
  expect(readHit({ carrier: '0X' })).toBeUndefined()
})
