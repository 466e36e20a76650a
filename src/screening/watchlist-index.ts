import type { Entry, Watchlist } from '#domain/watchlist.ts'
import { likeness } from './align.ts'
import { IndexPart, keyOf } from './index-part.ts'
import { isParticle } from './name.ts'
import { WEIGHTS } from './weights.ts'

/** All lists, ready for comparing: a large part, and a small one of what changed since it was built. */
export interface WatchlistIndex {
  readonly lists: ReadonlyMap<string, Watchlist>
  readonly base: IndexPart
  readonly recent: IndexPart
  /** Entries by `list id` that changed or went since the large part was built. */
  readonly changed: ReadonlyMap<string, Entry | undefined>
  /** Which of the large part these are: they are there no more. */
  readonly gone: ReadonlySet<number>
  readonly rarity: (token: string) => number
}

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
  for (const entry of changed) all.set(keyOf(entry), entry)
  for (const entry of removed) all.set(keyOf(entry), undefined)
  return indexOf(lists, index.base, all)
}

function indexOf(
  lists: readonly Watchlist[],
  base: IndexPart,
  changed: ReadonlyMap<string, Entry | undefined>,
): WatchlistIndex {
  const recent = new IndexPart([...changed.values()].filter((entry) => entry !== undefined))
  const gone = new Set([...changed.keys()].flatMap((key) => base.find(key) ?? []))
  const lost = new IndexPart([...gone].map((id) => base.entry(id)))
  const total = Math.max(FEWEST_NAMES, base.names - lost.names + recent.names)
  return {
    lists: new Map(lists.map((list) => [list.id, list])),
    base,
    recent,
    changed,
    gone,
    rarity: (token) => rarityOf(base.count(token) - lost.count(token) + recent.count(token), total, token),
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
  const found = [index.base, index.recent].map((part) => {
    const { sure, promise } = candidatesIn(part, wanted, index.rarity, part === index.base ? index.gone : NONE)
    return { part, sure, promise }
  })
  for (const { part, sure } of found) for (const id of sure) yield part.entry(id)
  const best = Math.max(0, ...found.flatMap(({ promise }) => promise.map((one) => one.points)))
  const least = Math.max(LEAST_PROMISE, best * SHARE_OF_BEST)
  const ranked = found.flatMap(({ part, promise }) =>
    promise.filter(({ points }) => points >= least).map((one) => ({ ...one, part })),
  )
  ranked.sort((a, b) => b.points - a.points || (a.part === b.part ? a.id - b.id : a.part === index.base ? -1 : 1))
  for (const { part, id } of ranked.slice(0, MOST_CANDIDATES)) yield part.entry(id)
}

const NONE: ReadonlySet<number> = new Set()

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

interface Promising {
  /** Those with the same document number. */
  readonly sure: ReadonlySet<number>
  /** Others that may be worth comparing, and how much they promise. */
  readonly promise: readonly { readonly id: number; readonly points: number }[]
}

function candidatesIn(
  part: IndexPart,
  wanted: Wanted,
  rarity: (token: string) => number,
  gone: ReadonlySet<number>,
): Promising {
  const sure = new Set<number>()
  if (part.entries === 0) return { sure, promise: [] }
  for (const number of wanted.documents)
    part.eachWithNumber(number, (entry) => {
      if (!gone.has(entry)) sure.add(entry)
    })
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
  for (let at = 0; at < promise.size; at++) {
    const entry = promise.touched[at] ?? 0
    if (!gone.has(entry)) best = Math.max(best, promise.of(entry))
  }
  const least = Math.max(LEAST_PROMISE, best * SHARE_OF_BEST)
  const promising: { id: number; points: number }[] = []
  for (let at = 0; at < promise.size; at++) {
    const id = promise.touched[at] ?? 0
    const points = promise.of(id)
    if (points >= least && !sure.has(id) && !gone.has(id)) promising.push({ id, points })
  }
  return { sure, promise: promising }
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
