import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sameContent } from './same-content.ts'

test.each([
  ['fields in another order', { a: 1, b: [{ c: 'x', d: null }] }, { b: [{ d: null, c: 'x' }], a: 1 }, true],
  ['places in the bytes', { a: 1, span: [1, 2], at: { a: 3 } }, { a: 1, span: [9, 9] }, true],
  ['an absent field and an undefined one', { a: 1, b: undefined }, { a: 1 }, true],
  ['a time called at', { at: '2026-06-11' }, { at: '2026-06-12' }, false],
  ['one more field', { a: 1 }, { a: 1, b: 2 }, false],
  ['one less', { a: 1, b: 2 }, { a: 1 }, false],
  ['another order of a list', { a: [1, 2] }, { a: [2, 1] }, false],
  ['a longer list', [1], [1, 2], false],
  ['a list and an object', { a: [] }, { a: {} }, false],
  ['nothing and null', { a: null }, {}, false],
  ['a number and its text', { a: 1 }, { a: '1' }, false],
])('%s', (_what, one, other, same) => {
  expect([sameContent(one, other), sameContent(other, one)]).toEqual([same, same])
})

test('what was written as JSON and read again is the same; what differs in one value is not', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (content) => {
      expect(sameContent(content, JSON.parse(JSON.stringify(content)))).toBe(true)
      expect(sameContent({ content, more: 1 }, { content, more: 2 })).toBe(false)
    }),
  )
})

test('what comes back with its properties in another order is the same; what JSON tells apart is told apart', () => {
  const texts = fc.record({ a: fc.string(), b: fc.array(fc.string()) })
  fc.assert(
    fc.property(texts, texts, (left, right) => {
      expect(sameContent(Object.fromEntries(Object.entries(left).toReversed()), left)).toBe(true)
      expect(sameContent(left, right)).toBe(JSON.stringify(left) === JSON.stringify(right))
    }),
  )
})
