import { fold } from './sensitive-fold.ts'
import { type Category, PLACE_WORDS, SENSITIVE_WORDS, SURNAME_ENDINGS } from './sensitive-words.ts'

/** One word of an entry: as it is, a beginning, or a beginning that no surname ending may follow. */
interface Wanted {
  readonly word: string
  readonly kind: 'whole' | 'beginning' | 'no-surname'
}

/** An entry is looked up by its longest word that is not an everyday one; the others stand before and behind it. */
export interface Entry {
  readonly row: readonly Wanted[]
  readonly anchor: number
  readonly category: Category
}

/** How many letters beginnings are looked up by: the shortest beginning has as many. */
export const KEY = 4

const EXACT = new Map<string, Entry[]>()
const BEGINNINGS = new Map<string, Entry[]>()
const PLACES: ReadonlySet<string> = new Set(PLACE_WORDS.split(' ').map(fold))
const SURNAMES: ReadonlySet<string> = new Set(SURNAME_ENDINGS.split(' ').map(fold))

/** Words of every second remark are no good to look entries up by. */
const EVERYDAY: ReadonlySet<string> = new Set(
  'PAX IS ARE OF NO NOT CAN CHANGE CHANGEMENT GROUP GROUPE PARTY'.split(' '),
)

for (const [category, lists] of Object.entries(SENSITIVE_WORDS)) {
  for (const list of Object.values(lists)) {
    for (const text of list.split(',')) enter(text, category as Category)
  }
}

function enter(text: string, category: Category): void {
  const row = text.trim().split(/\s+/).map(wanted)
  const anchor = row.reduce((best, one, at) => (weight(one) > weight(row[best]) ? at : best), 0)
  const first = row[anchor]
  if (!first || first.word === '') return
  const [map, key] = first.kind === 'whole' ? [EXACT, first.word] : [BEGINNINGS, first.word.slice(0, KEY)]
  const entries = map.get(key)
  const entry = { row, anchor, category }
  if (entries) entries.push(entry)
  else map.set(key, [entry])
}

function weight(one: Wanted | undefined): number {
  return !one || EVERYDAY.has(one.word) ? -1 : one.word.length
}

function wanted(text: string): Wanted {
  const word = fold(text.replace(/[*~]$/, ''))
  return { word, kind: text.endsWith('*') ? 'beginning' : text.endsWith('~') ? 'no-surname' : 'whole' }
}

const beginnings = [...BEGINNINGS.values()].flat().map(({ row, anchor }) => row[anchor]?.word ?? '')

/** How the words begin that entries are looked up by, in ASCII letters. */
export const KEYS: readonly string[] = [...EXACT.keys(), ...beginnings].filter((key) => /^[A-Z0-9]+$/.test(key))

/** The category of an entry that stands in folded words, with its anchor at `at`. */
export function entryAt(words: readonly string[], at: number): Category | undefined {
  const word = words[at] ?? ''
  return among(EXACT.get(word), words, at) ?? among(BEGINNINGS.get(word.slice(0, KEY)), words, at)
}

/** The category of an entry of one word only. */
export const entryOf = (word: string): Category | undefined => entryAt([word], 0)

function among(entries: readonly Entry[] | undefined, words: readonly string[], at: number): Category | undefined {
  if (!entries) return undefined
  for (const { row, anchor, category } of entries) {
    const from = at - anchor
    if (from < 0 || from + row.length > words.length) continue
    if (!row.every((one, index) => isMet(one, words[from + index] ?? ''))) continue
    if (!PLACES.has(words[from + row.length] ?? '')) return category
  }
  return undefined
}

function isMet({ word, kind }: Wanted, found: string): boolean {
  if (kind === 'whole') return found === word
  return found.startsWith(word) && (kind === 'beginning' || !SURNAMES.has(found.slice(word.length)))
}
