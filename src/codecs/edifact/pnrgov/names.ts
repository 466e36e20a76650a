import { suffixIn, titleIn } from '#domain/name-as-sent.ts'
import { withoutEnd } from '../trimmed.ts'

/**
 * Names for comparing inside one PNR only: which DOCS, INFT or check-in line is about which traveller. What is stored
 * stays as the carrier sent it, titles and all.
 */
export interface SlashedName {
  readonly surname: string
  readonly givenNames?: string
}

/** `OKAFOR/REMIMR` */
export function readSlashed(text: string): SlashedName | undefined {
  const slash = text.indexOf('/')
  const surname = (slash < 0 ? text : text.slice(0, slash)).trim()
  const rest = slash < 0 ? '' : text.slice(slash + 1).trim()
  const givenNames = withoutEnd(rest, '/').replaceAll('/', ' ')
  if (!surname) return givenNames ? { surname: givenNames } : undefined
  return givenNames ? { surname, givenNames } : { surname }
}

/** Capitals, letters only. */
export function squeeze(text: string | undefined): string {
  if (text === undefined) return ''
  return PLAIN.test(text) ? text : text.toUpperCase().replace(/[^\p{L}]+/gu, '')
}

/** Given names for comparing: squeezed, a title that is glued to the end cut off if a letter remains. */
export function withoutTitle(givenNames: string | undefined): string {
  const squeezed = squeeze(givenNames)
  return squeezed ? squeeze(titleIn(givenNames ?? '')?.given) || squeezed : squeezed
}

/**
 * 2: the same names, titles aside; 1: same surname and one given name begins like the other; 0: other names.
 */
export function sameName(
  surname: string | undefined,
  givenNames: string | undefined,
  otherSurname: string | undefined,
  otherGivenNames: string | undefined,
): 0 | 1 | 2 {
  if (squeeze(surname) !== squeeze(otherSurname) && !sameButSuffix(surname, otherSurname)) return 0
  const given = withoutTitle(givenNames)
  const other = withoutTitle(otherGivenNames)
  if (given === other || squeeze(givenNames) === squeeze(otherGivenNames)) return 2
  if (!given || !other) return 1
  return given.startsWith(other) || other.startsWith(given) ? 1 : 0
}

/** Whether two names have a word in common, or one that begins like the other's: a slip, or a name changed by marriage. */
export function isAkin(
  { surname, givenNames }: { readonly surname: string; readonly givenNames?: string },
  otherSurname: string,
  otherGivenNames: string | undefined,
): boolean {
  const others = wordsOf(otherSurname, otherGivenNames)
  return wordsOf(surname, givenNames).some((word) =>
    others.some((other) => word.startsWith(other) || other.startsWith(word)),
  )
}

const wordsOf = (surname: string, givenNames: string | undefined): readonly string[] =>
  [...surname.split(/[^\p{L}]+/u).map(squeeze), withoutTitle(givenNames)].filter((word) => word !== '')

/** `KING JR` and `KING`. */
function sameButSuffix(surname: string | undefined, other: string | undefined): boolean {
  if (surname === undefined || other === undefined) return false
  const [short, long] = surname.length < other.length ? [surname, other] : [other, surname]
  const bare = short && long.startsWith(short) ? suffixIn(long)?.surname : undefined
  return bare !== undefined && squeeze(bare) === squeeze(short)
}

const PLAIN = /^[A-Z]*$/
