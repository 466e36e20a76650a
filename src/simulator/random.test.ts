import { expect, test } from 'vitest'
import { randomOf } from './random.ts'

const draws = (count: number, random = randomOf(7)): number[] => Array.from({ length: count }, () => random.next())

test('the same seed gives the same numbers, another seed others', () => {
  expect(draws(5)).toEqual(draws(5))
  expect(draws(5)).not.toEqual(draws(5, randomOf(8)))
})

test('a part does not depend on what was drawn before it', () => {
  const one = randomOf(7)
  const two = randomOf(7)
  two.next()
  expect(one.split('flight').next()).toBe(two.split('flight').next())
  expect(one.split('flight').next()).not.toBe(one.split('flighu').next())
})

test('numbers are spread evenly, and close labels give unrelated parts', () => {
  const parts = Array.from({ length: 4000 }, (_, at) => randomOf(7).split(`flight ${at}`).next())
  for (const sample of [draws(4000), parts]) {
    const tenths = Array.from({ length: 10 }, (_, at) => sample.filter((one) => Math.floor(one * 10) === at).length)
    for (const count of tenths) expect(count).toBeGreaterThan(310)
    for (const count of tenths) expect(count).toBeLessThan(490)
  }
})

test('weights are kept and patterns filled', () => {
  const random = randomOf(3)
  const picked = Array.from({ length: 1000 }, () => random.weighted([['often', 9] as const, ['seldom', 1] as const]))
  expect(picked.filter((one) => one === 'seldom').length).toBeGreaterThan(60)
  expect(random.pattern('C####@@')).toMatch(/^C\d{4}[A-Z]{2}$/)
  expect(random.shuffled([1, 2, 3, 4]).sort()).toEqual([1, 2, 3, 4])
})
