import type { WEIGHTS } from './weights.ts'

export type BirthDateLikeness = keyof typeof WEIGHTS.birthDate

/** How two dates of birth, whole or partial, meet. Slips of the pen are told apart from other people. */
export function compareBirthDates(a: string | undefined, b: string | undefined): BirthDateLikeness {
  if (!a || !b) return 'missing'
  const [yearA, monthA, dayA] = a.split('-')
  const [yearB, monthB, dayB] = b.split('-')
  const apart = Math.abs(Number(yearA) - Number(yearB))
  if (!dayA || !dayB) return partial(apart, monthA, monthB)
  if (a === b) return 'same'
  if (yearA === yearB && monthA === dayB && dayA === monthB) return 'day-month-swapped'
  if (digitsApart(a, b) === 1) return 'one-digit'
  if (monthA === monthB && dayA === dayB && apart < 15) return 'same-day-and-month'
  if (apart >= 8) return 'far'
  return apart <= 2 ? 'year-near' : 'year-off'
}

function partial(apart: number, monthA: string | undefined, monthB: string | undefined): BirthDateLikeness {
  if (apart === 0) return monthA && monthB ? (monthA === monthB ? 'same-month' : 'year-near') : 'same-year'
  if (apart >= 8) return 'far'
  return apart <= 2 ? 'year-near' : 'year-off'
}

function digitsApart(a: string, b: string): number {
  let count = 0
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) count++
  return a.length === b.length ? count : 99
}

/** The best meeting of any of the traveller's dates with any of the entry's. */
export function bestBirthDate(
  ours: readonly string[],
  theirs: readonly string[],
  points: Readonly<Record<BirthDateLikeness, number>>,
): { readonly likeness: BirthDateLikeness; readonly ours?: string; readonly theirs?: string } {
  let best: { likeness: BirthDateLikeness; ours?: string; theirs?: string } | undefined
  for (const a of ours) {
    for (const b of theirs) {
      const likeness = compareBirthDates(a, b)
      if (!best || points[likeness] > points[best.likeness]) best = { likeness, ours: a, theirs: b }
    }
  }
  const [a, b] = [ours[0], theirs[0]]
  return best ?? { likeness: 'missing', ...(a && { ours: a }), ...(b && { theirs: b }) }
}
