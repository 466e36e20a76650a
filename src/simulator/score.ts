import type { TruthLine } from './truth.ts'

/** A hit as scoring needs it: which entry or rule, and enough of the movement to find it in the truth. */
export interface ScoredHit {
  readonly entry?: string
  readonly rule?: string
  readonly carrier: string
  readonly number: string
  readonly date: string
  readonly from: string
  readonly to: string
  readonly locator?: string
  readonly reference?: string
  readonly document?: string
}

export interface Recall {
  readonly planted: number
  readonly found: number
  /** Found of planted, 0 to 1; 1 where nothing was planted. */
  readonly recall: number
}

export interface Score extends Recall {
  readonly byCorruption: readonly (Recall & { readonly corruption: string })[]
  readonly byRule: readonly (Recall & { readonly rule: string })[]
  /** Hits on list entries, and how many of them are on a traveller planted from that entry. */
  readonly listHits: number
  readonly trueListHits: number
  readonly precision: number
  /** Ids of truth lines that no hit met. */
  readonly missed: readonly string[]
}

/** How many of the planted travellers were found, and how many of the hits on entries are right. */
export function score(truth: readonly TruthLine[], hits: readonly ScoredHit[]): Score {
  const byLeg = Map.groupBy(hits, legOf)
  const isFound = (line: TruthLine): boolean => (byLeg.get(legOf(line)) ?? []).some((hit) => meets(hit, line))
  const missed = truth.filter((line) => !isFound(line))
  const missing = new Set(missed)
  const truthByLeg = Map.groupBy(truth, legOf)
  const listHits = hits.filter(({ entry }) => entry !== undefined)
  const trueListHits = listHits.filter((hit) => (truthByLeg.get(legOf(hit)) ?? []).some((line) => meets(hit, line)))
  const recall = (lines: readonly TruthLine[]): Recall => {
    const found = lines.filter((line) => !missing.has(line)).length
    return { planted: lines.length, found, recall: share(found, lines.length) }
  }
  const entries = truth.filter(({ entry }) => entry !== undefined)
  const rules = truth.filter(({ rule }) => rule !== undefined)
  return {
    ...recall(truth),
    byCorruption: groups(entries, ({ corruption }) => corruption).map(([corruption, lines]) => ({
      corruption,
      ...recall(lines),
    })),
    byRule: groups(rules, ({ rule }) => rule ?? '').map(([rule, lines]) => ({ rule, ...recall(lines) })),
    listHits: listHits.length,
    trueListHits: trueListHits.length,
    precision: share(trueListHits.length, listHits.length),
    missed: missed.map(({ id }) => id),
  }
}

/** The same entry or rule, and the same traveller by any reference that both carry. */
function meets(hit: ScoredHit, line: TruthLine): boolean {
  if (hit.entry !== line.entry || hit.rule !== line.rule) return false
  return (
    (hit.locator !== undefined && hit.locator === line.locator) ||
    (hit.reference !== undefined && hit.reference === line.reference) ||
    (hit.document !== undefined && hit.document === line.document)
  )
}

const legOf = ({ carrier, number, date, from, to }: ScoredHit | TruthLine): string =>
  [carrier, number, date, from, to].join(' ')

const groups = (lines: readonly TruthLine[], key: (line: TruthLine) => string): [string, TruthLine[]][] =>
  [...Map.groupBy(lines, key)].sort(([one], [two]) => (one < two ? -1 : 1))

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole)
