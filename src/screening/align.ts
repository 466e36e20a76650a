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
  for (let at = 0; at < ours.length; at++) {
    for (let bt = 0; bt < theirs.length; bt++) {
      const [a, b] = [ours[at] ?? '', theirs[bt] ?? '']
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
  return most > 0 && mayBeWithin(a, b, most) && editDistance(a, b, most) <= most ? 'typo' : undefined
}

function haveOneSkeleton(a: string, b: string): boolean {
  const [ours, theirs] = [skeletonsOf(a), skeletonsOf(b)]
  if (ours.length === 1 && theirs.length === 1) return ours[0] === theirs[0] && (ours[0]?.length ?? 0) > 1
  return ours.some((one) => one.length > 1 && theirs.includes(one))
}

/** A slip changes at most two of the letters that a token is made of: most pairs are told apart by that alone. */
function mayBeWithin(a: string, b: string, most: number): boolean {
  let differing = lettersOf(a) ^ lettersOf(b)
  let count = 0
  for (; differing !== 0; differing &= differing - 1) count += 1
  return count <= 2 * most
}

/** One bit for each letter A–Z. */
function lettersOf(token: string): number {
  let letters = 0
  for (let at = 0; at < token.length; at++) letters |= 1 << (token.charCodeAt(at) - 65)
  return letters
}

/** Three rows of the table below, used again and again. */
let rows = [new Uint16Array(64), new Uint16Array(64), new Uint16Array(64)] as const

/** Optimal string alignment (a neighbouring swap counts one), given up beyond `most`. */
export function editDistance(a: string, b: string, most: number): number {
  const width = b.length + 1
  if (Math.abs(a.length - b.length) > most) return most + 1
  if (width > rows[0].length) rows = [new Uint16Array(width), new Uint16Array(width), new Uint16Array(width)]
  let [before, last, row] = rows as readonly [Uint16Array, Uint16Array, Uint16Array]
  for (let at = 0; at < width; at++) last[at] = at
  for (let i = 1; i <= a.length; i++) {
    row[0] = i
    let least = i
    const letter = a.charCodeAt(i - 1)
    for (let j = 1; j < width; j++) {
      const other = b.charCodeAt(j - 1)
      let value = (last[j - 1] as number) + (letter === other ? 0 : 1)
      const more = Math.min(last[j] as number, row[j - 1] as number) + 1
      if (more < value) value = more
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other) {
        const swapped = (before[j - 2] as number) + 1
        if (swapped < value) value = swapped
      }
      row[j] = value
      if (value < least) least = value
    }
    if (least > most) return most + 1
    ;[before, last, row] = [last, row, before]
  }
  return last[b.length] as number
}

const round = (value: number): number => Math.round(value * 100) / 100
