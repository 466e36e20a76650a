/** Aligning the tokens of two names: in any order, one to one, or two written as one. */
import { areDifferentNames, isParticle, skeletonsOf } from './name.ts'
import { WEIGHTS } from './weights.ts'

export type TokenLikeness = keyof typeof WEIGHTS.likeness

export interface AlignedToken {
  readonly traveller: string
  readonly entry: string
  readonly how: TokenLikeness
  readonly points: number
}

export interface Alignment {
  readonly tokens: readonly AlignedToken[]
  readonly points: number
  /** Every token of both met, and met exactly. */
  readonly exact: boolean
  readonly unmetTraveller: readonly string[]
  readonly unmetEntry: readonly string[]
}

/** How rare a token is among the names of the lists: points when it meets. */
export type Rarity = (token: string) => number

interface Pair {
  readonly ours: readonly number[]
  readonly theirs: readonly number[]
  readonly how: TokenLikeness
  readonly worth: number
}

export function align(ours: readonly string[], theirs: readonly string[], rarity: Rarity): Alignment {
  const pairs = pairsOf(ours, theirs, rarity)
  const [usedOurs, usedTheirs] = [new Set<number>(), new Set<number>()]
  const chosen: Pair[] = []
  for (const pair of pairs) {
    if (pair.ours.some((at) => usedOurs.has(at)) || pair.theirs.some((at) => usedTheirs.has(at))) continue
    for (const at of pair.ours) usedOurs.add(at)
    for (const at of pair.theirs) usedTheirs.add(at)
    chosen.push(pair)
  }
  const unmetTraveller = ours.filter((token, at) => !usedOurs.has(at) && !isParticle(token))
  const unmetEntry = theirs.filter((token, at) => !usedTheirs.has(at) && !isParticle(token))
  const tokens = chosen.map((pair, rank) => ({
    traveller: pair.ours.map((at) => ours[at]).join(' '),
    entry: pair.theirs.map((at) => theirs[at]).join(' '),
    how: pair.how,
    points: round(pair.worth * (WEIGHTS.saturation[Math.min(rank, WEIGHTS.saturation.length - 1)] ?? 0)),
  }))
  const met = tokens.reduce((sum, one) => sum + one.points, 0)
  const exact =
    chosen.length > 0 &&
    unmetTraveller.length === 0 &&
    unmetEntry.length === 0 &&
    chosen.every((pair) => pair.how === 'same')
  return {
    tokens,
    points: round(met + remainder(unmetTraveller.length, unmetEntry.length, chosen.length)),
    exact,
    unmetTraveller,
    unmetEntry,
  }
}

function remainder(ours: number, theirs: number, met: number): number {
  if (met === 0) return 0
  if (ours > 0 && theirs > 0) return WEIGHTS.unexplainedOnBoth
  if (ours > 0) return WEIGHTS.unexplainedOnTraveller * ours
  if (theirs > 0) return WEIGHTS.unexplainedOnEntry * theirs
  return met > 1 ? WEIGHTS.everyTokenMet : 0
}

/** Every meeting worth something, best first; equal ones in the order of the names, so that the result is always the same. */
function pairsOf(ours: readonly string[], theirs: readonly string[], rarity: Rarity): readonly Pair[] {
  const pairs: Pair[] = []
  for (const [at, a] of ours.entries()) {
    for (const [bt, b] of theirs.entries()) {
      const how = likeness(a, b)
      if (how)
        pairs.push({ ours: [at], theirs: [bt], how, worth: WEIGHTS.likeness[how] * Math.min(rarity(a), rarity(b)) })
      const [next, after] = [ours[at + 1], theirs[bt + 1]]
      if (next && isJoined(a, next, b))
        pairs.push({ ours: [at, at + 1], theirs: [bt], how: 'joined', worth: rarity(b) })
      if (after && isJoined(b, after, a))
        pairs.push({ ours: [at], theirs: [bt, bt + 1], how: 'joined', worth: rarity(a) })
    }
  }
  return pairs.sort(
    (one, other) =>
      other.worth - one.worth ||
      (one.ours[0] ?? 0) - (other.ours[0] ?? 0) ||
      (one.theirs[0] ?? 0) - (other.theirs[0] ?? 0),
  )
}

const isJoined = (a: string, b: string, whole: string): boolean =>
  whole.length > 4 && (a + b === whole || b + a === whole)

/** How two tokens meet; nothing where they do not. */
export function likeness(a: string, b: string): TokenLikeness | undefined {
  if (a === b) return 'same'
  if (a.length === 1 || b.length === 1) return a[0] === b[0] ? 'initial' : undefined
  if (isParticle(a) || isParticle(b)) return undefined
  if (areDifferentNames(a, b)) return undefined
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length <= 3 && haveOneSkeleton(a, b)) return 'transliteration'
  if (short.length >= 6 && long.startsWith(short)) return 'truncated'
  const most = short.length >= 8 ? 2 : short.length >= 4 ? 1 : 0
  return most > 0 && editDistance(a, b, most) <= most ? 'typo' : undefined
}

const haveOneSkeleton = (a: string, b: string): boolean =>
  skeletonsOf(a).some((one) => one.length > 1 && skeletonsOf(b).includes(one))

/** Optimal string alignment (a neighbouring swap counts one), given up beyond `most`. */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let value = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, (before[j - 2] ?? 0) + 1)
      row.push(value)
      if (value < least) least = value
    }
    if (least > most) return most + 1
    before = last
    last = row
  }
  return last[b.length] ?? most + 1
}

const round = (value: number): number => Math.round(value * 100) / 100
