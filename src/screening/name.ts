/**
 * Comparison forms of names. What was sent is never changed: these are made beside it, for comparing only. A title
 * glued to the end of a given name gives a second reading, never a replacement: SIRAJ, AMR and ADAMS are names.
 */

import { remembered } from './memo.ts'

const CYRILLIC: Readonly<Record<string, string>> = {
  А: 'A',
  Б: 'B',
  В: 'V',
  Г: 'G',
  Д: 'D',
  Е: 'E',
  Ё: 'E',
  Ж: 'ZH',
  З: 'Z',
  И: 'I',
  Й: 'I',
  К: 'K',
  Л: 'L',
  М: 'M',
  Н: 'N',
  О: 'O',
  П: 'P',
  Р: 'R',
  С: 'S',
  Т: 'T',
  У: 'U',
  Ф: 'F',
  Х: 'KH',
  Ц: 'TS',
  Ч: 'CH',
  Ш: 'SH',
  Щ: 'SHCH',
  Ъ: '',
  Ы: 'Y',
  Ь: '',
  Э: 'E',
  Ю: 'IU',
  Я: 'IA',
  Ә: 'A',
  Ғ: 'GH',
  Ҝ: 'G',
  Ө: 'O',
  Ү: 'U',
  Һ: 'H',
  Ҹ: 'J',
  Ҷ: 'J',
  Қ: 'Q',
  Ң: 'NG',
  Ұ: 'U',
  І: 'I',
  Ї: 'I',
  Є: 'IE',
  Ґ: 'G',
  Ў: 'U',
}

/** Letters that NFKD does not take apart; after ICAO Doc 9303 part 3, section 6. */
const LATIN: Readonly<Record<string, string>> = {
  Ə: 'A',
  ẞ: 'SS',
  ß: 'SS',
  Æ: 'AE',
  Œ: 'OE',
  Ø: 'O',
  Ł: 'L',
  Đ: 'D',
  Ð: 'D',
  Þ: 'TH',
  ı: 'I',
  Ħ: 'H',
  Ŋ: 'N',
  ʻ: '',
  ʼ: '',
  '’': '',
  "'": '',
  '`': '',
}

/** Upper-case A–Z and blanks: `Əliyev-Şah` → `ALIYEV SAH`. */
export const foldName = remembered(50_000, (text) => {
  let folded = ''
  for (const letter of text.toUpperCase()) folded += CYRILLIC[letter] ?? LATIN[letter] ?? letter
  return folded
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Z]+/g, ' ')
    .trim()
})

/** Words between the parts of a name that say little: they neither make nor break a likeness. */
const PARTICLES = new Set([
  'AL',
  'EL',
  'BIN',
  'BINT',
  'IBN',
  'ABU',
  'UL',
  'AD',
  'AS',
  'AR',
  'AN',
  'ASH',
  'DE',
  'DA',
  'DEL',
  'DI',
  'LA',
  'LE',
  'VAN',
  'VON',
  'DER',
  'DEN',
  'OGLU',
  'OGHLU',
  'OGLY',
  'QIZI',
  'GIZI',
  'KIZI',
  'KYZY',
  'BEY',
  'XAN',
  'E',
])

const LONGEST_PARTICLE = 5

export const isParticle = (token: string): boolean => token.length <= LONGEST_PARTICLE && PARTICLES.has(token)

/** Longest first, so that MSTR is not read as MR behind MST. */
const TITLES = ['MISS', 'MSTR', 'PROF', 'CAPT', 'MRS', 'REV', 'SIR', 'MR', 'MS', 'DR']

/** The given names without a title at their end; nothing where there is none, or nothing would be left. */
export function withoutTitle(givenNames: string): string | undefined {
  const text = givenNames.trim()
  const title = TITLES.find((one) => text.toUpperCase().endsWith(one))
  const rest = title && text.slice(0, -title.length).trim()
  return rest ? rest : undefined
}

/** Spellings that one sound gets in several systems of writing it, brought to one letter. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/DZH|DJ|DZ/g, 'J'],
  [/TCH|TSCH|CZ|CH/g, 'C'],
  [/SCH|SH/g, 'S'],
  [/ZH/g, 'J'],
  [/KH|GH/g, 'H'],
  [/PH/g, 'F'],
  [/TH/g, 'T'],
  [/CK|KK|Q|G/g, 'K'],
  [/TS|TZ|Z/g, 'S'],
  [/W/g, 'V'],
  [/OU|OO/g, 'U'],
]

/** `MUHAMMAD`, `MOHAMED` → `MHMD`; `ALIYEV`, `ELIEV` → `ALV`: consonants by family, vowels only at the beginning. */
export function skeletonOf(token: string): string {
  let text = token.includes('X') ? token.replaceAll('X', 'KH') : token
  for (const [spelling, letter] of FAMILIES) text = text.replace(spelling, letter)
  const first = /[AEIOUY]/.test(text[0] ?? '') ? 'A' : (text[0] ?? '')
  return (first + text.slice(1).replace(/[AEIOUY]/g, '')).replace(/(.)\1+/g, '$1')
}

/** X is KH in Azerbaijani and KS elsewhere: a token with one has two skeletons. */
export const skeletonsOf = remembered(50_000, (token): readonly string[] => {
  const skeleton = skeletonOf(token)
  return token.includes('X') ? [skeleton, skeletonOf(token.replaceAll('X', 'KS'))] : [skeleton]
})

/** Pairs that one skeleton would fold together and that are different names. */
const DIFFERENT: readonly (readonly [RegExp, RegExp])[] = [
  [/^HAS+AN$/, /^H[OU]S+[EA]I?[NY]*$/],
  [/^MAHM[OU]+D$/, /^M[OU]H?A?M+[AE]+D$/],
  [/^ABD[UEO]L?$/, /^ABDUL+AH$/],
  [/^AHM[AE]D$/, /^M[OU]H?A?M+[AE]+D$/],
]

export const areDifferentNames = (a: string, b: string): boolean =>
  a !== b && DIFFERENT_BEGIN.has(a[0] ?? '') && DIFFERENT_BEGIN.has(b[0] ?? '') && areSeparated(sidesOf(a), sidesOf(b))

const DIFFERENT_BEGIN = new Set(['A', 'H', 'M'])

/** Of each pair above, a bit for its first side and one for its second. */
const sidesOf = remembered(50_000, (token): number =>
  DIFFERENT.reduce(
    (sides, [one, other], at) =>
      sides | (one.test(token) ? 1 << (2 * at) : 0) | (other.test(token) ? 2 << (2 * at) : 0),
    0,
  ),
)

/** One is on a side of a pair whose other side has the other. */
const areSeparated = (a: number, b: number): boolean =>
  (((a & FIRST_SIDES) << 1) & b) !== 0 || (((b & FIRST_SIDES) << 1) & a) !== 0

const FIRST_SIDES = DIFFERENT.reduce((sides, _, at) => sides | (1 << (2 * at)), 0)

export interface NameTokens {
  readonly tokens: readonly string[]
  /** How many of them, from the front, are the surname's. */
  readonly surnameTokens: number
}

export function tokensOf(surname: string, givenNames: string | undefined): NameTokens {
  const family = foldName(surname).split(' ').filter(Boolean)
  const given = foldName(givenNames ?? '')
    .split(' ')
    .filter(Boolean)
  return { tokens: [...family, ...given].slice(0, 10), surnameTokens: Math.min(10, family.length) }
}
