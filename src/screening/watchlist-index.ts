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
  const total = Math.max(FEWEST_NAMES, base.names + recent.names)
  return {
    lists: new Map(lists.map((list) => [list.id, list])),
    base,
    recent,
    changed,
    rarity: (token) => rarityOf(base.count(token) + recent.count(token), total, token),
  }
}

/** A short list says little of how rare its names are: at least so many are taken to stand behind it. */
const FEWEST_NAMES = 1_000

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

const MOST_CANDIDATES = 24
/** Less than this is not worth comparing: no other evidence could make a hit of it. */
const LEAST_PROMISE = 2.5
/** Nor is what promises far less than the best: the right one is seldom far behind. */
const SHARE_OF_BEST = 0.5
/** A token that more names have does not open the list of candidates, it only moves those who are on it … */
const COMMON = 1_500
/** … and one that far more have than there are candidates is not looked through at all. */
const FAR_MORE = 40
/** What the same date of birth is worth when candidates are ranked. */
const BORN_SAME_DAY = 4

function candidatesIn(part: IndexPart, wanted: Wanted, rarity: (token: string) => number): readonly number[] {
  if (part.entries === 0) return []
  const sure = new Set<number>()
  for (const number of wanted.documents) part.eachWithNumber(number, (entry) => void sure.add(entry))
  const promise = part.entryTally
  promise.clear()
  for (const date of wanted.birthDates) {
    for (const form of new Set([date, swapped(date)])) {
      if (form?.length === 10) part.eachBornOn(form, (entry) => promise.raise(entry, BORN_SAME_DAY))
    }
  }
  const born = promise.size
  const bornSameDay = new Set(promise.touched.subarray(0, born))
  for (const tokens of wanted.names) rankByName(part, tokens, rarity, promise, bornSameDay)
  let best = 0
  for (let at = 0; at < promise.size; at++) best = Math.max(best, promise.of(promise.touched[at] ?? 0))
  const least = Math.max(LEAST_PROMISE, best * SHARE_OF_BEST)
  const ranked: number[] = []
  for (let at = 0; at < promise.size; at++) {
    const entry = promise.touched[at] ?? 0
    if (promise.of(entry) >= least && !sure.has(entry)) ranked.push(entry)
  }
  ranked.sort((a, b) => promise.of(b) - promise.of(a) || a - b)
  return [...sure, ...ranked.slice(0, MOST_CANDIDATES)]
}

/** Rare tokens first: they open the list of candidates. */
function rankByName(
  part: IndexPart,
  tokens: readonly string[],
  rarity: (token: string) => number,
  promise: IndexPart['entryTally'],
  bornSameDay: ReadonlySet<number>,
): void {
  const found: { names: Uint32Array; worth: number }[] = []
  for (const token of new Set([...tokens, ...joins(tokens)])) {
    if (isParticle(token)) continue
    const own = rarity(token)
    part.eachAlike(token, (word, names) => {
      const how = likeness(token, word)
      if (how) found.push({ names, worth: WEIGHTS.likeness[how] * Math.min(rarity(word), own) })
    })
  }
  found.sort((a, b) => a.names.length - b.names.length)
  const mine = part.nameTally
  mine.clear()
  for (const { names, worth } of found) {
    const opens = names.length <= COMMON || mine.size === 0
    if (!opens && names.length > FAR_MORE * mine.size + 20_000) continue
    if (opens) for (let at = 0; at < names.length; at++) mine.add(names[at] as number, worth)
    else for (let at = 0; at < names.length; at++) mine.addIfThere(names[at] as number, worth)
  }
  for (let at = 0; at < mine.size; at++) {
    const name = mine.touched[at] ?? 0
    const entry = part.entryOfName(name)
    promise.raise(entry, mine.of(name) + (bornSameDay.has(entry) ? BORN_SAME_DAY : 0))
  }
}

const joins = (tokens: readonly string[]): string[] => tokens.slice(1).flatMap((token, at) => [`${tokens[at]}${token}`])

function swapped(date: string): string | undefined {
  const [year, month, day] = date.split('-')
  return day && Number(day) <= 12 ? `${year}-${day}-${month}` : undefined
}
