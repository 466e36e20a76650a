/**
 * Names in the letters of a machine-readable zone: A to Z, and `<` between parts. The State of issue may have rules of its
 * own, and its rule wins; these are the recommended ones, with the forms that are met in practice beside them, as data.
 * Source: ICAO Doc 9303 part 3, transliteration. The letter Ə has no recommendation that could be confirmed: it is written
 * as Azerbaijani documents do, `A`.
 */
const LATIN: Readonly<Record<string, readonly string[]>> = {
  Ä: ['AE', 'A'],
  Å: ['AA', 'A'],
  Æ: ['AE'],
  Ç: ['C', 'CH'],
  Č: ['C', 'CH'],
  Đ: ['D', 'DJ'],
  Ð: ['D'],
  Ə: ['A', 'E', ''],
  Ğ: ['G', 'GH'],
  Ħ: ['H'],
  İ: ['I'],
  ı: ['I'],
  Ĳ: ['IJ'],
  Ł: ['L'],
  Ñ: ['N', 'NXX'],
  Ŋ: ['N'],
  Ö: ['OE', 'O'],
  Ø: ['OE', 'O'],
  Œ: ['OE'],
  Š: ['S', 'SH'],
  Ş: ['S', 'SH'],
  Ș: ['S', 'SH'],
  ẞ: ['SS'],
  ß: ['SS'],
  Þ: ['TH'],
  Ŧ: ['T'],
  Ü: ['UE', 'U', 'UXX'],
}

const CYRILLIC: Readonly<Record<string, readonly string[]>> = {
  А: ['A'],
  Б: ['B'],
  В: ['V'],
  Г: ['G', 'H'],
  Ґ: ['G'],
  Д: ['D'],
  Е: ['E'],
  Ё: ['E', 'IO'],
  Є: ['IE'],
  Ж: ['ZH', 'Z'],
  З: ['Z'],
  И: ['I', 'Y'],
  І: ['I'],
  Ї: ['I'],
  Й: ['I'],
  К: ['K'],
  Л: ['L'],
  М: ['M'],
  Н: ['N'],
  О: ['O'],
  П: ['P'],
  Р: ['R'],
  С: ['S'],
  Т: ['T'],
  У: ['U'],
  Ў: ['U'],
  Ф: ['F'],
  Х: ['KH', 'H'],
  Ц: ['TS', 'C'],
  Ч: ['CH', 'C'],
  Ш: ['SH', 'S'],
  Щ: ['SHCH', 'SHT'],
  Ъ: ['IE', 'A'],
  Ы: ['Y'],
  Ь: [''],
  Э: ['E'],
  Ю: ['IU', 'YU'],
  Я: ['IA', 'YA'],
  Ђ: ['D'],
  Ћ: ['C'],
  Ѕ: ['DZ'],
  Ј: ['J'],
  Љ: ['LJ'],
  Њ: ['NJ'],
  Џ: ['DZ', 'DJ'],
  Ѓ: ['G', 'GJ'],
  Ќ: ['K', 'KJ'],
  Ө: ['O', 'OE'],
  Ү: ['U'],
  Ұ: ['U'],
  Ғ: ['G'],
  Қ: ['K', 'Q'],
  Ң: ['N', 'NG'],
  Һ: ['H'],
}

/** Arabic script, letter by letter; vowel marks are not written, and a doubled letter is doubled. */
const ARABIC: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  (
    'ء XE آ XAA أ XAE ؤ U إ I ئ XI ا A ب B ة XTA ت T ث XTH ج J ح XH خ XKH د D ذ XDH ر R ز Z س S ش XSH ص XSS ض XDZ ط XTT ظ XZZ ' +
    'ع E غ G ف F ق Q ك K ل L م M ن N ه H و W ى XAY ي Y ٱ XXA پ P چ XC ژ XJ ٹ XXT ڈ XXD ڑ XXR ک XKK گ XGG ں XNN ھ XDO ہ XXG ی XYA ے XYB'
  )
    .split(' ')
    .flatMap((one, at, all): [string, readonly string[]][] => (at % 2 === 0 ? [[one, [all[at + 1] ?? '']]] : [])),
)

const SHADDA = '\u0651'
const FORMS: Readonly<Record<string, readonly string[]>> = { ...LATIN, ...CYRILLIC, ...ARABIC }

/** The recommended form of a name: words with `<` between, apostrophes gone, hyphens as fillers. */
export const transliterated = (name: string): string => formsOf(name, 1)[0] ?? ''

/** Every form that a name takes in documents, the recommended one first; at most `most` of them. */
export function formsOf(name: string, most = 64): readonly string[] {
  let forms = ['']
  let last: readonly string[] = ['']
  for (const letter of name.toUpperCase().normalize('NFC')) {
    const next = letter === SHADDA ? last : lettersFor(letter)
    last = next
    forms = forms.flatMap((form) => next.map((one) => form + one)).slice(0, most)
  }
  return [...new Set(forms.map((form) => form.replace(/<+/g, '<').replace(/^<|<$/g, '')))]
}

function lettersFor(letter: string): readonly string[] {
  if (/^[A-Z]$/.test(letter)) return [letter]
  const known = FORMS[letter] ?? (letter === 'ẞ' ? ['SS'] : undefined)
  if (known) return known
  if (/^[\s\-‐‑–,<]$/.test(letter)) return ['<']
  const bare = letter.normalize('NFD').replace(/\p{M}/gu, '')
  return /^[A-Z]+$/.test(bare) ? [bare] : ['']
}
