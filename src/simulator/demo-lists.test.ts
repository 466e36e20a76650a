import { expect, test } from 'vitest'
import { readCivilDate } from '#lib/time.ts'
import { demoEntries } from './demo-lists.ts'

test('the demo lists are the same for a seed, about two thousand entries, each on one of the lists', () => {
  const { lists, entries } = demoEntries(7)
  expect(demoEntries(7).entries).toEqual(entries)
  expect(entries.length).toBeGreaterThan(1900)
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
  const ids = new Set(lists.map(({ id }) => id))
  for (const entry of entries) {
    expect(ids.has(entry.list)).toBe(true)
    expect(entry.names.length + entry.documents.length).toBeGreaterThan(0)
    for (const born of entry.birthDates) expect(readCivilDate(born)).toBe(born)
  }
})
