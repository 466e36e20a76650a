/**
 * Whether two senders may mean the same name: only for linking one traveller's API and PNR on one leg, and only ever
 * together with other evidence. Screening compares names with far more care (`screening/name.ts`).
 */

const SPECIAL: Readonly<Record<string, string>> = {
  Ə: 'E',
  I: 'I',
  Ø: 'O',
  Ł: 'L',
  Đ: 'D',
  ẞ: 'SS',
  ß: 'SS',
  Æ: 'AE',
  Œ: 'OE',
  Þ: 'TH',
}

/** Letters only, upper case, without marks: `Ağa-zadə ` → `AGAZADE`. */
export function foldLetters(text: string): string {
  return text
    .toUpperCase()
    .replace(/[ƏØŁĐẞßÆŒÞ]/g, (letter) => SPECIAL[letter] ?? letter)
    .normalize('NFKD')
    .replace(/[^\p{L}]/gu, '')
}

const startsAlike = (a: string, b: string, least: number): boolean =>
  a === b || (Math.min(a.length, b.length) >= least && (a.startsWith(b) || b.startsWith(a)))

/** A name reduced to letters, ready for many comparisons. */
export interface FoldedName {
  readonly surname: string
  readonly given: string
}

export const foldName = (name: SentName): FoldedName => ({
  surname: foldLetters(name.surname ?? ''),
  given: foldLetters(name.givenNames ?? ''),
})

/**
 * Surnames alike to the end or to where one was cut; given names alike as far as the shorter goes, so that a title
 * glued on (`ANNAMRS`), a dropped middle name or a cut name does not part them. A missing given name parts nobody.
 */
export function mayBeSameName(a: FoldedName, b: FoldedName): boolean {
  if (!a.surname || !b.surname) return false
  return startsAlike(a.surname, b.surname, 8) && (!a.given || !b.given || startsAlike(a.given, b.given, 1))
}

export interface SentName {
  readonly surname?: string | undefined
  readonly givenNames?: string | undefined
}
