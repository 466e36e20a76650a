/**
 * The plain form of a text, in which words are compared: capitals without accents; ə, ı, ø and their likes as plain letters;
 * Arabic letters in one form; no signs that nobody sees. ASCII becomes its capitals.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(UNSEEN, '')
    .replace(ODD, (letter) => PLAIN.get(letter) ?? letter)
    .toUpperCase()
}

/** Accents and vowel marks, joiners and soft hyphens, the stroke that stretches Arabic words. */
const UNSEEN = /[\p{M}\p{Cf}ـ]+/gu

const PLAIN: ReadonlyMap<string, string> = new Map(
  'əE ƏE ıI øO ØO đD ĐD łL ŁL æAE ÆAE œOE ŒOE یي ىي کك ةه ۀه ٱا ےي'.split(' ').map((pair) => {
    const [letter = '', ...plain] = pair
    return [letter, plain.join('')]
  }),
)
const ODD = new RegExp(`[${[...PLAIN.keys()].join('')}]`, 'gu')

const LATIN_LIKE = 'ABCEHIJKMOPSTXY'
const CYRILLIC_LIKE = 'АВСЕНІЈКМОРЅТХУ'

const toLatin = new Map([...CYRILLIC_LIKE].map((letter, at) => [letter, LATIN_LIKE[at] ?? letter]))
const toCyrillic = new Map([...LATIN_LIKE].map((letter, at) => [letter, CYRILLIC_LIKE[at] ?? letter]))

const mapped = (word: string, by: ReadonlyMap<string, string>): string =>
  [...word].map((letter) => by.get(letter) ?? letter).join('')

/** A folded word in one script, both ways, where letters of two scripts that look alike stand in it. */
export function inOneScript(word: string): readonly string[] {
  if (!/[A-Z]/.test(word) || !/[Ѐ-ӿ]/.test(word)) return [word]
  return [word, mapped(word, toLatin), mapped(word, toCyrillic)]
}

const DECODERS = ['windows-1251', 'iso-8859-5', 'windows-1254', 'windows-1256', 'iso-8859-6', 'ibm866', 'koi8-r'].map(
  (name) => new TextDecoder(name),
)

/** What a text says in other sets of eight bits, if it was read as Latin-1 and has anything but ASCII in it. */
export function otherReadings(text: string): readonly string[] {
  if (!/[\u0080-\u00ff]/.test(text) || /[\u0100-\uffff]/.test(text)) return []
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0))
  return DECODERS.map((decoder) => decoder.decode(bytes))
}
