import type { Found } from '#domain/hit.ts'
import type { Movement } from '#domain/movement.ts'
import type { Instant } from '#lib/time.ts'
import { type RuleSet, screenAgainstRules } from './rules.ts'
import type { WatchlistIndex } from './watchlist-index.ts'
import { screenAgainstLists } from './watchlists.ts'

/** Everything that lists and rules in force find on a movement; the same input gives the same, in the same order. */
export function screen(
  movement: Movement,
  { index, rules, now }: { readonly index: WatchlistIndex; readonly rules: RuleSet; readonly now: Instant },
): readonly Found[] {
  return [...screenAgainstLists(movement, index), ...screenAgainstRules(movement, rules, now)].sort((a, b) =>
    a.cause < b.cause ? -1 : 1,
  )
}
