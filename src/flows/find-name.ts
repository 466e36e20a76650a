/** A name as somebody heard or typed it: which keys may have it, and how alike a traveller's name is. */
import { birthDateTerm } from '#domain/search-terms.ts'
import { type CivilDate, readCivilDate } from '#lib/time.ts'
import { likeness, type TokenLikeness } from '#screening/align.ts'
import { type BirthDateLikeness, compareBirthDates } from '#screening/birth-date.ts'
import { foldName, isParticle, withoutTitle } from '#screening/name.ts'
import { WEIGHTS } from '#screening/weights.ts'
import type { Wanted } from '#store/find.ts'
import { formsOfWord, type SearchKeys, slipsOfWord, wordsOf } from './search-keys.ts'

export interface Likeness {
  /** For ordering only: 1 where every word is the same, and nothing more is there. */
  readonly score: number
  /** The least alike of the words. */
  readonly how: 'same' | 'spelling' | 'slip'
}

export interface NameQuestion {
  /** Words as they are, with the date of birth where one is given; the words alone; then with a slip in each. */
  readonly wanted: readonly (readonly Wanted[])[]
  /** The best of several names; nothing where none has every word that was asked for, or the date of birth is another. */
  likeness(names: readonly Name[], birthDate: string | undefined): Likeness | undefined
}

const MOST_WORDS = 6

/** Words in any order; an initial alone finds nobody. Nothing where no word is left. */
export function nameQuestion(text: string, born: CivilDate | undefined, keys: SearchKeys): NameQuestion | undefined {
  const words = wordsOf(text).slice(0, MOST_WORDS)
  const telling = words.filter((word) => word.length > 1)
  if (telling.length === 0) return undefined
  const keysOf = (forms: readonly string[]): string[] => forms.map((form) => keys.keyOf(`name ${form}`))
  const exact = readings(telling).map((reading) => reading.map((word) => keysOf(formsOfWord(word))))
  const dates = born && datesLike(born)
  const dated = dates && [...new Set(dates)].map((date) => keys.keyOf(birthDateTerm(date)))
  const slipped = [telling.map((word) => slipsOfWord(word).map((form) => keys.keyOf(`slip ${form}`)))]
  const meets = rememberedLikeness()
  return {
    wanted: [
      ...(dated ? [exact.map((reading) => [...reading, dated]), slipped.map((reading) => [...reading, dated])] : []),
      exact,
      slipped,
    ],
    likeness: (names, birthDate) => {
      const met = born && birthDate ? DATES[compareBirthDates(born, birthDate)] : 0
      if (met === undefined) return undefined
      const found = best(names.map((name) => likenessOf(words, name, meets)))
      return found && { ...found, score: found.score + met }
    },
  }
}

/** As they stand, and with two neighbours as one word: what one sender parts, another writes together. */
function readings(words: readonly string[]): readonly (readonly string[])[] {
  const all = [words]
  for (let at = 0; at + 1 < words.length; at++)
    all.push([...words.slice(0, at), `${words[at]}${words[at + 1]}`, ...words.slice(at + 2)])
  return all
}

/** What a date of birth adds to the order; whoever's is not here was born on another day. */
const DATES: Readonly<Partial<Record<BirthDateLikeness, number>>> = {
  same: 1,
  'day-month-swapped': 0.8,
  'one-digit': 0.7,
  'same-month': 0.6,
  'same-year': 0.5,
  missing: 0,
}

/** The day, the day with day and month exchanged, and every day of this century or the last that differs by one figure. */
function datesLike(born: CivilDate): readonly string[] | undefined {
  if (born.length !== 10) return undefined
  const [year, month, day] = born.split('-')
  const dates = [born as string, `${year}-${day}-${month}`]
  for (let at = 0; at < born.length; at++)
    if (born[at] !== '-')
      for (let digit = 0; digit < 10; digit++) dates.push(`${born.slice(0, at)}${digit}${born.slice(at + 1)}`)
  return dates.filter((date) => /^(19|20)/.test(date) && readCivilDate(date) !== undefined)
}

const UNMET = 0.03

export type Name = readonly [surname: string | null | undefined, givenNames: string | null | undefined]

/** How a word that was asked for meets a word of a name: looked up once, for words repeat among those who are found. */
type Meets = (word: string, theirs: string) => TokenLikeness | undefined

function rememberedLikeness(): Meets {
  const known = new Map<string, TokenLikeness | undefined>()
  return (word, theirs) => {
    const pair = `${word} ${theirs}`
    if (known.has(pair)) return known.get(pair)
    const met = likeness(word, theirs)
    known.set(pair, met)
    return met
  }
}

/** Word by word; then with words put together on one side or the other. */
function likenessOf(words: readonly string[], [surname, givenNames]: Name, meets: Meets): Likeness | undefined {
  const family = foldName(surname ?? '')
    .split(' ')
    .filter(Boolean)
  const untitled = withoutTitle(givenNames ?? '')
  const forenames = [givenNames ?? '', ...(untitled === undefined ? [] : [untitled])].map((given) =>
    foldName(given).split(' ').filter(Boolean),
  )
  const plain = best(forenames.map((given) => meeting(words, [...family, ...given], meets)))
  if (plain) return plain
  const asked = readings(words)
  return best(
    forenames.flatMap((given) => [
      ...asked.slice(1).map((reading) => meeting(reading, [...family, ...given], meets)),
      ...(family.length > 1 ? [meeting(words, [family.join(''), ...given], meets)] : []),
      ...(given.length > 1 ? [meeting(words, [...family, given.join('')], meets)] : []),
    ]),
  )
}

/** Each word with the unmet word that is most like it. */
function meeting(words: readonly string[], theirs: readonly string[], meets: Meets): Likeness | undefined {
  const met = new Set<number>()
  const hows: TokenLikeness[] = []
  for (const word of words) {
    let most: { readonly at: number; readonly how: TokenLikeness } | undefined
    for (const [at, one] of theirs.entries()) {
      const how = met.has(at) ? undefined : meets(word, one)
      if (how && (!most || WEIGHTS.likeness[how] > WEIGHTS.likeness[most.how])) most = { at, how }
    }
    if (!most) return undefined
    met.add(most.at)
    hows.push(most.how)
  }
  const unmet = theirs.filter((one, at) => !met.has(at) && !isParticle(one)).length
  const mean = hows.reduce((total, how) => total + WEIGHTS.likeness[how], 0) / hows.length
  const how = hows.includes('typo') ? 'slip' : hows.some((one) => one !== 'same') ? 'spelling' : 'same'
  return { score: mean - UNMET * unmet, how }
}

const best = (some: readonly (Likeness | undefined)[]): Likeness | undefined =>
  some.reduce((most, one) => (one && (!most || one.score > most.score) ? one : most), undefined)
