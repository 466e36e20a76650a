import type { Entry, Watchlist } from '#domain/watchlist.ts'
import { likeness } from './align.ts'
import { IndexPart } from './index-part.ts'
import { isParticle } from './name.ts'
import { WEIGHTS } from './weights.ts'

/** All lists, ready for comparing: a large part, and a small one of what changed since it was built. */
export interface WatchlistIndex {
  readonly lists: ReadonlyMap<string, Watchlist>
  readonly base: IndexPart
  readonly recent: IndexPart
  /** Entries by `list id` that changed or went since the large part was built. */
  readonly changed: ReadonlyMap<string, Entry | undefined>
  readonly rarity: (token: string) => number
}

const key = (entry: { readonly list: string; readonly id: string }): string => `${entry.list} ${entry.id}`

export function buildIndex(lists: readonly Watchlist[], entries: Iterable<Entry>): WatchlistIndex {
  return indexOf(lists, new IndexPart(entries), new Map())
}

/** The same lists after a change; a few thousand changes cost milliseconds, then building anew is due. */
export function withChanges(
  index: WatchlistIndex,
  lists: readonly Watchlist[],
  changed: readonly Entry[],
  removed: readonly { readonly list: string; readonly id: string }[],
): WatchlistIndex {
  const all = new Map(index.changed)
  for (const entry of changed) all.set(key(entry), entry)
  for (const entry of removed) all.set(key(entry), undefined)
  return indexOf(lists, index.base, all)
}

function indexOf(
  lists: readonly Watchlist[],
  base: IndexPart,
  changed: ReadonlyMap<string, Entry | undefined>,
): WatchlistIndex {
  const recent = new IndexPart([...changed.values()].filter((entry) => entry !== undefined))
  const total = Math.max(50, base.names + recent.names)
  return {
    lists: new Map(lists.map((list) => [list.id, list])),
    base,
    recent,
    changed,
    rarity: (token) => rarityOf(base.count(token) + recent.count(token), total, token),
  }
}

function rarityOf(count: number, total: number, token: string): number {
  if (isParticle(token)) return WEIGHTS.commonestToken / 2
  const { commonestToken, rarestToken } = WEIGHTS
  return Math.min(rarestToken, Math.max(commonestToken, Math.log(total / Math.max(1, count))))
}

/** Whom the traveller may be: entries to compare, the most promising only. */
export function* candidates(index: WatchlistIndex, wanted: Wanted): Generator<Entry> {
  const { base, recent, changed } = index
  for (const id of candidatesIn(base, wanted, index.rarity)) {
    const entry = base.entry(id)
    if (!changed.has(key(entry))) yield entry
  }
  for (const id of candidatesIn(recent, wanted, index.rarity)) yield recent.entry(id)
}

export interface Wanted {
  readonly names: readonly (readonly string[])[]
  readonly birthDates: readonly string[]
  readonly documents: readonly string[]
}

const MOST_CANDIDATES = 40
/** Less than this is not worth comparing: no other evidence could make a hit of it. */
const LEAST_PROMISE = 2.5
/** Names with a token that more have than this are only looked at when something rarer met too. */
const COMMON = 3_000
/** What the same date of birth is worth when candidates are ranked. */
const BORN_SAME_DAY = 4

function candidatesIn(part: IndexPart, wanted: Wanted, rarity: (token: string) => number): readonly number[] {
  if (part.entries === 0) return []
  const sure = new Set<number>()
  for (const number of wanted.documents) part.eachWithNumber(number, (entry) => void sure.add(entry))
  const promise = new Map<number, number>()
  const bornSameDay = new Set<number>()
  for (const date of wanted.birthDates) {
    for (const form of [date, swapped(date)])
      if (form?.length === 10) part.eachBornOn(form, (entry) => void bornSameDay.add(entry))
  }
  for (const entry of bornSameDay) promise.set(entry, BORN_SAME_DAY)
  for (const tokens of wanted.names) rankByName(part, tokens, rarity, promise)
  const ranked = [...promise]
    .filter(([entry, worth]) => worth >= LEAST_PROMISE && !sure.has(entry))
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
  return [...sure, ...ranked.slice(0, MOST_CANDIDATES).map(([entry]) => entry)]
}

/** Rare tokens first: they open the list of candidates, common ones only move those who are on it. */
function rankByName(
  part: IndexPart,
  tokens: readonly string[],
  rarity: (token: string) => number,
  promise: Map<number, number>,
): void {
  const lookups = [...tokens, ...joins(tokens)].filter((token) => !isParticle(token))
  const found: { names: Uint32Array; worth: number }[] = []
  for (const token of new Set(lookups)) {
    part.eachAlike(token, (word, names) => {
      const how = likeness(token, word)
      if (how) found.push({ names, worth: WEIGHTS.likeness[how] * Math.min(rarity(word), rarity(token)) })
    })
  }
  found.sort((a, b) => a.names.length - b.names.length)
  const mine = new Map<number, number>()
  for (const { names, worth } of found) {
    const opens = names.length <= COMMON || mine.size === 0
    for (const name of names) {
      const before = mine.get(name)
      if (before !== undefined || opens) mine.set(name, (before ?? 0) + worth)
    }
  }
  const best = new Map<number, number>()
  for (const [name, worth] of mine) {
    const entry = part.entryOfName(name)
    if ((best.get(entry) ?? 0) < worth) best.set(entry, worth)
  }
  for (const [entry, worth] of best) promise.set(entry, (promise.get(entry) ?? 0) + worth)
}

const joins = (tokens: readonly string[]): string[] => tokens.slice(1).flatMap((token, at) => [`${tokens[at]}${token}`])

function swapped(date: string): string | undefined {
  const [year, month, day] = date.split('-')
  return day && Number(day) <= 12 ? `${year}-${day}-${month}` : undefined
}
