/**
 * What evidence counts for, in one table that a policy officer can read. Points are added; the logistic curve below
 * turns them into a score from 0 to 1. A changed number is a new version: old hits keep the version that raised them.
 */
export const SCORER_VERSION = '2026.1'

export const WEIGHTS = {
  /** A token's points are its rarity (natural logarithm of names per name with it), up to this much … */
  rarestToken: 9,
  commonestToken: 1.5,
  /** … of which the second, third and fourth token that agree count less: surnames travel together. */
  saturation: [0.85, 0.6, 0.35, 0.2],
  likeness: {
    same: 1,
    joined: 1,
    transliteration: 0.9,
    truncated: 0.85,
    typo: 0.8,
    initial: 0.35,
  },
  everyTokenMet: 3,
  unexplainedOnBoth: -4,
  unexplainedOnTraveller: -1.2,
  unexplainedOnEntry: -0.4,
  birthDate: {
    same: 7.5,
    'day-month-swapped': 6,
    'one-digit': 4,
    'same-day-and-month': 2,
    'same-month': 4.5,
    'same-year': 3.7,
    'year-near': -1.5,
    'year-off': -6,
    far: -9,
    missing: 0,
  },
  nationality: { same: 1, differs: -0.5, missing: 0 },
  sex: { same: 0.3, differs: -2, missing: 0 },
  /** Names of one entry that are marked weak (noms de guerre) count so much of their points. */
  weakName: 0.5,
} as const

/** Points at which the score is one half, and how steep the curve is there. */
const MIDDLE = 11
const SLOPE = 1.6

export const scoreOf = (points: number): number =>
  Math.round((1 / (1 + Math.exp(-(points - MIDDLE) / SLOPE))) * 10_000) / 10_000
