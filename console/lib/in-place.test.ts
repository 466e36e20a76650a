import { expect, test } from 'vitest'
import { freshRows, inPlace } from './in-place.ts'

const keyOf = (row: { readonly id: string }): string => row.id
const shown = [
  { id: 'a', claimed: false },
  { id: 'b', claimed: false },
  { id: 'c', claimed: false },
]
const now = [
  { id: 'd', claimed: false },
  { id: 'c', claimed: false },
  { id: 'a', claimed: true },
]

test('rows on screen take what is new about them and keep their places', () => {
  expect(inPlace(shown, now, keyOf).rows).toEqual([
    { id: 'a', claimed: true },
    { id: 'b', claimed: false },
    { id: 'c', claimed: false },
  ])
})

test('a row that left stays on screen and is named', () => {
  expect([...inPlace(shown, now, keyOf).gone]).toEqual(['b'])
})

test('only what is not on screen is counted as new', () => {
  expect(freshRows(shown, now, keyOf)).toEqual([{ id: 'd', claimed: false }])
})
