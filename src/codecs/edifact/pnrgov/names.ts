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
  const givenNames = rest.replace(/\/+$/, '').replaceAll('/', ' ')
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
  for (const title of TITLES) {
    if (squeezed.length > title.length && squeezed.endsWith(title)) return squeezed.slice(0, -title.length)
  }
  return squeezed
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
  if (squeeze(surname) !== squeeze(otherSurname)) return 0
  const given = withoutTitle(givenNames)
  const other = withoutTitle(otherGivenNames)
  if (given === other || squeeze(givenNames) === squeeze(otherGivenNames)) return 2
  if (!given || !other) return 1
  return given.startsWith(other) || other.startsWith(given) ? 1 : 0
}

/** Placeholders of seats that nobody has been named for yet. */
export function isPlaceholder(surname: string): boolean {
  const first = surname.charCodeAt(0) & 0xdf
  return (first === LETTER_T || first === LETTER_N) && PLACEHOLDERS.has(surname.toUpperCase())
}

const LETTER_N = 0x4e
const LETTER_T = 0x54

const PLAIN = /^[A-Z]*$/
/** Longer titles first, so that MSTR is not read as an MST with an R. */
const TITLES = ['MISS', 'MSTR', 'PROF', 'CAPT', 'MRS', 'REV', 'SIR', 'MR', 'MS', 'DR']
const PLACEHOLDERS = new Set(['TBA', 'TBN', 'NONAME', 'NO NAME', 'TO BE ADVISED'])
