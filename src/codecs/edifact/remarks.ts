/** 9980 of texts that are no general remarks: contact, agency, payer, ticket and fare. */
const TYPES = new Set([
  '3',
  '4',
  '5',
  '6',
  '9',
  '10',
  '11',
  '12',
  '15',
  '16',
  '17',
  '18',
  '23',
  '24',
  '27',
  '34',
  '39',
  '43',
  '45',
  '61',
  '733',
])

export const passesByType = (type: string): boolean => TYPES.has(type)

/**
 * Whether a remark (OSI, special remark, line of history) is about what the law lists: contact, payer, ticket and fare,
 * an unaccompanied minor, a split of the PNR, a no-show. Everything else is a general remark that may not be kept
 * (Directive (EU) 2016/681, annex I, as read in C-817/19).
 */
export const passesAsRemark = (text: string): boolean => PATTERN.test(text)

/**
 * False where no text in these bytes would pass, told by how words begin, signs of an address and long numbers. Values in
 * which characters are released must be read instead.
 */
export function mayPassAsRemark(bytes: Uint8Array, from: number, to: number): boolean {
  let digits = 0
  let inWord = false
  for (let at = from; at < to; at++) {
    const code = bytes[at] ?? 0
    if (code >= 48 && code <= 57) {
      digits++
      inWord = true
      continue
    }
    if (digits === TICKET_DIGITS) return true
    digits = 0
    const letter = code & ~SMALL
    if (letter >= 65 && letter <= 90) {
      if (!inWord && BEGINNINGS[keyOf(letter, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0)] === 1) return true
      inWord = true
    } else {
      if (code === AT || (code === SLASH && (bytes[at + 1] === SLASH || isAp(bytes, at)))) return true
      inWord = code === UNDERSCORE
    }
  }
  return digits === TICKET_DIGITS
}

const isAp = (bytes: Uint8Array, at: number): boolean =>
  ((bytes[at + 1] ?? 0) & ~SMALL) === 65 && ((bytes[at + 2] ?? 0) & ~SMALL) === 80

/** By the low five bits of three characters: letters in either case; what else collides is left to the pattern. */
const keyOf = (one: number, two: number, three: number): number => ((one & 31) << 10) | ((two & 31) << 5) | (three & 31)

const BEGINNINGS = new Uint8Array(1 << 15)
for (const word of 'CTC PCT UNA TKN TKT TKO TIC ETK ETI E-T FAR FOP PAY PAI NON NO_ NOS GO_ GOS SPL'.split(' ')) {
  const [one = '', two = '', three = ''] = word.replace('_', ' ')
  BEGINNINGS[keyOf(one.charCodeAt(0), two.charCodeAt(0), three.charCodeAt(0))] = 1
}
/** Two letters that anything may follow. */
for (const word of ['FP', 'UM']) {
  const key = keyOf(word.charCodeAt(0), word.charCodeAt(1), 0)
  BEGINNINGS.fill(1, key, key + 32)
}

const SMALL = 0x20
const AT = 0x40
const SLASH = 0x2f
const UNDERSCORE = 0x5f
const TICKET_DIGITS = 13

const PATTERN = new RegExp(
  [
    '^(?:[A-Z0-9]{2} )?P?CTC(?: ?[A-Z])?(?![A-Z])',
    '/AP[EM]\\b',
    '[A-Z0-9.](?:@|//)[A-Z0-9-]+\\.',
    '\\bUM(?:NR|[01]\\d)\\b|\\bUNACC(?:OMPANIED)?\\.? MINOR',
    '\\bTK(?:N[EAMR]|TL?|O)\\b|\\bE?-?T(?:KT|ICKET)',
    '(?<!\\d)\\d{13}(?!\\d)',
    '\\bFARE\\b|\\bFOP\\b|\\bFP\\b|\\bPAYER\\b|\\bPAID BY\\b|\\bNON-?(?:REF|END)',
    '^SPLIT PTY \\d* ?(?:TO|FROM) [A-Z0-9]{5,8}$',
    '^(?:[A-Z0-9]{2} )?(?:NO|GO) ?SHO[W ]?',
  ].join('|'),
  'i',
)
