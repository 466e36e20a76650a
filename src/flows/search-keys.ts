/**
 * Keyed hashes of what a traveller is found by: who has the database but not the master key can neither read them nor
 * try a list of numbers against them. Another master key finds nothing of what was stored under this one.
 */
import { createHmac, hkdfSync } from 'node:crypto'
import type { Pnr } from '#domain/pnr.ts'
import { apiTerms, bookingTerms, type Forms, pnrTerms } from '#domain/search-terms.ts'
import { LEAST_DOCUMENT_LENGTH, readableNumber } from '#screening/document-number.ts'
import { remembered } from '#screening/memo.ts'
import { foldName, isParticle, skeletonsOf, withoutTitle } from '#screening/name.ts'
import type { SearchKeysOf } from '#store/save-search-keys.ts'
import type { Keys } from './seal.ts'

export interface SearchKeys {
  /** The 64 bits that a term is stored as: a decimal number with its sign. */
  keyOf(term: string): string
  readonly of: SearchKeysOf
}

/** Terms repeat: names among people, contacts and cards from push to push. */
const REMEMBERED = 100_000

const made = new WeakMap<Keys, SearchKeys>()

export function searchKeysOf(keys: Keys): SearchKeys {
  const known = made.get(keys)
  if (known) return known
  const secret = Buffer.from(hkdfSync('sha256', keys.master, '', 'preclear search keys', 32))
  const keyOf = remembered(REMEMBERED, (term) =>
    createHmac('sha256', secret).update(term).digest().readBigInt64BE(0).toString(),
  )
  const bookings = new WeakMap<Pnr, readonly string[]>()
  const keysOfBooking = (booking: Pnr): readonly string[] => {
    const before = bookings.get(booking) ?? bookingTerms(booking).map(keyOf)
    bookings.set(booking, before)
    return before
  }
  const inOrder = (keys: readonly string[]): string[] => [...new Set(keys)].sort()
  const searchKeys: SearchKeys = {
    keyOf,
    of: ({ api, pnr }, booking) => ({
      ...(api && { api: inOrder(apiTerms(api.content, FORMS).map(keyOf)) }),
      ...(pnr && {
        pnr: inOrder([...pnrTerms(pnr.content, FORMS).map(keyOf), ...(booking ? keysOfBooking(booking) : [])]),
      }),
    }),
  }
  made.set(keys, searchKeys)
  return searchKeys
}

export const FORMS: Forms = {
  name: (surname, given) => {
    const family = wordsOf(surname ?? '')
    const forenames = wordsOf(given ?? '')
    const untitled = wordsOf(withoutTitle(given ?? '') ?? '')
    const words = [
      ...family,
      ...forenames,
      ...untitled,
      ...joined(family),
      ...joined(untitled.length > 0 ? untitled : forenames),
    ]
    return [...new Set(words.flatMap(formsOfWord))]
  },
  slips: (surname, given) => [
    ...new Set([...wordsOf(surname ?? ''), ...wordsOf(withoutTitle(given ?? '') ?? given ?? '')].flatMap(slipsOfWord)),
  ],
  document: (number) => {
    const form = readableNumber(number)
    return form.length < LEAST_DOCUMENT_LENGTH ? undefined : form
  },
}

/** The words of a name that tell people apart: without particles, unless there is nothing else. */
export function wordsOf(name: string): readonly string[] {
  const words = foldName(name).split(' ').filter(Boolean)
  const telling = words.filter((word) => !isParticle(word))
  return telling.length > 0 ? telling : words
}

/** ALI ZADE is ALIZADE with another sender. */
const joined = (words: readonly string[]): readonly string[] => (words.length > 1 ? [words.join('')] : [])

/** A word of one consonant is found as it is written: its skeleton would find everybody. */
export function formsOfWord(word: string): readonly string[] {
  const skeletons = skeletonsOf(word).filter((skeleton) => skeleton.length > 1)
  return skeletons.length > 0 ? skeletons : [`=${word}`]
}

/**
 * A skeleton, and what is left of it without one of its letters: whatever one slip makes of a word (a letter too many,
 * too few, another, two changed places) has one of these with it in common. The shortest have themselves alone.
 */
export const slipsOfWord = remembered(REMEMBERED, (word): readonly string[] =>
  formsOfWord(word).flatMap((form) => {
    if (form.startsWith('=') || form.length < 3) return [form]
    return [form, ...Array.from(form, (_, at) => form.slice(0, at) + form.slice(at + 1))]
  }),
)
