/** Another way to read given names: what would be left if the end of them were a title or a suffix. */
export interface NameReading {
  readonly given: string
  readonly title?: string
  readonly suffix?: string
}

/** Longer ones first, so that MSTR is not read as MS with a TR before it. */
const TITLES = ['MISS', 'MSTR', 'PROF', 'CAPT', 'MRS', 'REV', 'SIR', 'MR', 'MS', 'DR']
/** A generation, not a title; only as a word of its own: AMIR and YASSER end with these letters as well. */
const SUFFIXES = new Set(['JR', 'SR', 'II', 'III', 'IV'])

/**
 * How given names may also be read: with a title at their end, glued (`ANNAMRS`) or apart (`ANNA MRS`), and with a suffix
 * (`JOHN JR`). It is an alternative to compare by, beside what was sent and never instead of it: `SIRAJ` has none, `MRSIC`
 * neither, and of `AMIR MR` the first word stays. At least two letters are left of a name that a title was glued to, one
 * where it stands apart. Nothing where there is no other reading. Titles of the front (`MR ANNA`) count as well.
 *
 * Source: AIRIMP, names; PNRGOV guide, TIF 9942.
 */
export function titleIn(given: string): NameReading | undefined {
  const text = given.trim()
  const words = text.toUpperCase().split(/\s+/)
  let title: string | undefined
  let suffix: string | undefined
  let from = 0
  let to = text.length
  while (words.length > 1) {
    const last = words.at(-1) ?? ''
    if (suffix === undefined && SUFFIXES.has(last)) suffix = last
    else if (title === undefined && TITLES.includes(last)) title = last
    else break
    words.pop()
    to = text.slice(0, to - last.length).trimEnd().length
  }
  const first = words[0] ?? ''
  if (title === undefined && words.length > 1 && TITLES.includes(first)) {
    title = first
    from = text.slice(first.length).search(/\S/) + first.length
  }
  if (title === undefined) {
    const last = words.at(-1) ?? ''
    title = TITLES.find((one) => last.endsWith(one) && last.length > one.length + 1)
    if (title !== undefined) to -= title.length
  }
  if (title === undefined && suffix === undefined) return undefined
  const reading = { given: text.slice(from, to) }
  return { ...reading, ...(title !== undefined && { title }), ...(suffix !== undefined && { suffix }) }
}

/** How a surname may also be read: `KING JR` as KING, the younger. */
export function suffixIn(surname: string): { readonly surname: string; readonly suffix: string } | undefined {
  const match = /^(.*[^\s,])[\s,]+(JR|SR|II|III|IV)\.?$/i.exec(surname.trim())
  return match?.[1] && match[2] ? { surname: match[1], suffix: match[2].toUpperCase() } : undefined
}

const PLACEHOLDERS = new Set([
  'TBA',
  'TBN',
  'TBD',
  'NONAME',
  'NO NAME',
  'TO BE ADVISED',
  'TO BE ANNOUNCED',
  'NOT AVAILABLE',
  'UNKNOWN',
  'LNU',
  'FNU',
  'NFN',
  'NLN',
])

/** A word that stands where a name is not known yet, or not at all: flagged, never dropped, for it may be somebody's name. */
export function isPlaceholderName(name: string): boolean {
  return MAY_BEGIN.has(name.charCodeAt(0) & 0xdf) && PLACEHOLDERS.has(name.trim().toUpperCase())
}

/** First letters of the placeholders: most names need no look-up. */
const MAY_BEGIN = new Set([...PLACEHOLDERS].map((word) => word.charCodeAt(0)))
