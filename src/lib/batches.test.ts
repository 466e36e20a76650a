import { expect, test } from 'vitest'
import { batches } from './batches.ts'

/** Batches whose work ends when it is told to. */
function held(settings: { most: number; heaviest?: number; beside: number; apart?: (item: string) => string }) {
  const begun: { items: readonly string[]; end: (problem?: Error) => void }[] = []
  const made = batches<string, string>({
    ...settings,
    weigh: (item) => item.length,
    work: (items) =>
      new Promise((done, failed) => {
        begun.push({
          items,
          end: (problem) => (problem ? failed(problem) : done(items.map((one) => one.toUpperCase()))),
        })
      }),
  })
  return { begun, add: made.add }
}

const settled = () => new Promise((done) => setImmediate(done))

test('one that comes alone is done at once; what comes meanwhile is done together, and each gets his own result', async () => {
  const { begun, add } = held({ most: 10, beside: 1 })
  const results = ['a', 'b', 'c'].map((item) => add(item))
  expect(begun.map(({ items }) => items)).toEqual([['a']])
  begun[0]?.end()
  await settled()
  expect(begun.map(({ items }) => items)).toEqual([['a'], ['b', 'c']])
  begun[1]?.end()
  expect(await Promise.all(results)).toEqual(['A', 'B', 'C'])
})

test('a batch has no more items and weight than it may; what is heavier than that goes alone', async () => {
  const { begun, add } = held({ most: 2, heaviest: 5, beside: 1 })
  for (const item of ['first', 'aa', 'bb', 'cc', 'heavyheavy', 'd']) void add(item)
  for (let at = 0; at < 5; at++) {
    begun[at]?.end()
    await settled()
  }
  expect(begun.map(({ items }) => items)).toEqual([['first'], ['aa', 'bb'], ['cc'], ['heavyheavy'], ['d']])
})

test('so many are under way side by side', async () => {
  const { begun, add } = held({ most: 10, beside: 2 })
  const results = ['a', 'b', 'c'].map((item) => add(item))
  expect(begun).toHaveLength(2)
  for (const at of [0, 1, 2]) {
    begun[at]?.end()
    await settled()
  }
  expect(await Promise.all(results)).toEqual(['A', 'B', 'C'])
})

test('a batch that fails is done again one by one: only what fails by itself fails', async () => {
  const { add } = batches<string, string>({
    most: 10,
    beside: 1,
    work: async (items) => {
      if (items.includes('bad')) throw new Error(`no: ${items.join(' ')}`)
      return items.map((one) => one.toUpperCase())
    },
  })
  const results = await Promise.allSettled(['first', 'good', 'bad', 'fine'].map((item) => add(item)))
  expect(results.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))).toEqual([
    'FIRST',
    'GOOD',
    'Error: no: bad',
    'FINE',
  ])
})

test('items that belong apart are never in two batches at once; others do not wait for them', async () => {
  const { begun, add } = held({ most: 10, beside: 2, apart: (item) => item[0] ?? '' })
  const results = ['a1', 'b1', 'a2', 'b2', 'c1', 'a3'].map((item) => add(item))
  expect(begun.map(({ items }) => items)).toEqual([['a1'], ['b1']])
  begun[1]?.end()
  await settled()
  expect(begun.map(({ items }) => items)).toEqual([['a1'], ['b1'], ['b2', 'c1']])
  begun[0]?.end()
  await settled()
  expect(begun.map(({ items }) => items)).toEqual([['a1'], ['b1'], ['b2', 'c1'], ['a2', 'a3']])
  begun[2]?.end()
  begun[3]?.end()
  expect(await Promise.all(results)).toEqual(['A1', 'B1', 'A2', 'B2', 'C1', 'A3'])
})
