/** Letters and figures that machines and people take for each other, brought to one. */
const CONFUSED: Readonly<Record<string, string>> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  Z: '2',
  S: '5',
  G: '6',
  B: '8',
}

export const plainNumber = (number: string): string => number.toUpperCase().replace(/[^0-9A-Z]/g, '')

/** `C0I817Z63` and `C01817263` become the same. */
export function readableNumber(number: string): string {
  let text = ''
  for (const letter of plainNumber(number)) text += CONFUSED[letter] ?? letter
  return text
}

/** Shorter ones say too little to be taken for one another. */
export const LEAST_DOCUMENT_LENGTH = 5
