/**
 * Lists and rules in force, as one process holds them: loaded whole once, then brought up to date by what changed.
 * Swapped at once: whoever screens works with one state from beginning to end.
 */
import type { Rule } from '#domain/rule.ts'
import { type RuleSet, ruleSet } from '#screening/rules.ts'
import { buildIndex, type WatchlistIndex, withChanges } from '#screening/watchlist-index.ts'
import type { Db } from '#store/db.ts'
import { allWatchlists, currentEpoch, entriesInForce, entriesSince, listEpoch, liveRules } from '#store/reference.ts'

export interface ReferenceState {
  readonly index: WatchlistIndex
  readonly rules: RuleSet
  /** Grows with every change of a list or rule. */
  readonly epoch: number
  /** What a hit on a list or rule is called. */
  readonly title: (source: string) => { readonly en: string; readonly az: string }
}

export interface Reference {
  current(): ReferenceState
  /** Takes up what was published since; gives whether anything was. */
  refresh(): Promise<boolean>
}

/** So many changed entries are looked through beside the index; more, and it is built anew. */
const CHANGES_BESIDE = 2_000

export async function openReference(db: Db): Promise<Reference> {
  let lists = await listEpoch(db)
  let state = await load(db)

  return {
    current: () => state,
    async refresh() {
      const epoch = await currentEpoch(db)
      if (epoch === state.epoch) return false
      const newest = await listEpoch(db)
      const { changed, removed } = await entriesSince(db, lists)
      state =
        state.index.changed.size + changed.length + removed.length > CHANGES_BESIDE
          ? await load(db)
          : await stateOf(db, epoch, async (watchlists) => withChanges(state.index, watchlists, changed, removed))
      lists = newest
      return true
    },
  }
}

async function load(db: Db): Promise<ReferenceState> {
  const epoch = await currentEpoch(db)
  return stateOf(db, epoch, async (watchlists) => {
    const entries = []
    for await (const entry of entriesInForce(db)) entries.push(entry)
    return buildIndex(watchlists, entries)
  })
}

async function stateOf(
  db: Db,
  epoch: number,
  indexOf: (watchlists: Awaited<ReturnType<typeof allWatchlists>>) => Promise<WatchlistIndex>,
): Promise<ReferenceState> {
  const watchlists = await allWatchlists(db)
  const rules = (await liveRules(db)).map(({ id, version, owner, content }) => ({
    ...(content as Rule),
    id,
    version,
    owner,
  }))
  const titles = new Map([
    ...watchlists.map((list) => [list.id, { en: list.name, az: list.name }] as const),
    ...rules.map((rule) => [rule.id, rule.title] as const),
  ])
  return {
    epoch,
    index: await indexOf(watchlists),
    rules: ruleSet(rules),
    title: (source) => titles.get(source) ?? { en: source, az: source },
  }
}
