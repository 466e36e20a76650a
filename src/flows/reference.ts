import type { RuleSet } from '#screening/rules.ts'
import { buildIndex, type WatchlistIndex, withChanges } from '#screening/watchlist-index.ts'
import type { Db } from '#store/db.ts'
import { allWatchlists, currentEpoch, entriesInForce, entriesSince, listEpoch, liveRules } from '#store/reference.ts'
