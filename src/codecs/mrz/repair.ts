import { checkDigit } from './check-digit.ts'

/** Characters that readers of print take for one another. Pairs of equal check value (6 G, 8 S) slip through any digit. */
const CONFUSED = ['0ODQCU', '1ILT', '2Z', '5S', '6GC', '8BS', '9P', '4A', 'UV', 'MNHW', 'KX<', 'EF'] as const

/** What a letter must have been where only digits can stand. */
const TO_DIGIT: Readonly<Record<string, string>> = {
  O: '0',
  D: '0',
  Q: '0',
  I: '1',
  L: '1',
  Z: '2',
  A: '4',
  S: '5',
  G: '6',
  T: '7',
  B: '8',
}

/** Letters where digits must stand, read as the digits that they look like; what is no such letter stays. */
export const asDigits = (field: string): string =>
  [...field].map((character) => TO_DIGIT[character] ?? character).join('')

/** How many other readings are looked for before a field is given up as unreadable. */
const MOST = 12

/**
 * Other readings of a document number under which its check digit is right: one character taken for one that looks like it.
 * One reading is a suggestion, several are a doubt; none is ever put in place by itself.
 */
export function otherReadings(field: string, digit: string): readonly string[] {
  const found: string[] = []
  for (let at = 0; at < field.length && found.length < MOST; at++) {
    for (const like of alike(field[at] ?? '')) {
      const other = field.slice(0, at) + like + field.slice(at + 1)
      if (checkDigit(other) === digit && !found.includes(other)) found.push(other)
    }
  }
  return found
}

function alike(character: string): Set<string> {
  const group = CONFUSED.filter((one) => one.includes(character)).join('')
  return new Set([...group].filter((one) => one !== character && one !== '<'))
}
