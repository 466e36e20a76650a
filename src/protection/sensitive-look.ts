import { SENSITIVE_CODES } from './sensitive-codes.ts'
import { KEY, KEYS } from './sensitive-index.ts'

/**
 * False where the words would surely find nothing in these bytes: one look at each, and no string made of them. True for
 * anything beyond ASCII, for words that begin like one of ours, alone or put together from parts with signs between, and
 * for letters that stand one by one.
 */
export function suspects(bytes: Uint8Array, from: number, to: number): boolean {
  const parts: Parts = { one: 0, oneRun: 0, two: 0, twoRun: 0 }
  let single = 0
  let at = from
  for (;;) {
    let gap = 0
    while (at < to && SIGNS[bytes[at] ?? 0] === 0) {
      gap++
      if (JOINTS[bytes[at++] ?? 0] === 0 || gap > WIDEST_JOINT) parts.oneRun = parts.twoRun = 0
    }
    if (at < to && SIGNS[bytes[at] ?? 0] === DIGIT) {
      parts.oneRun = parts.twoRun = 0
      while (at < to && SIGNS[bytes[at] ?? 0] === DIGIT) at++ // they may stand before a code
    }
    if (at >= to) return false
    const start = at
    let hash = 0
    let run = 0
    let near = false
    let letter = SIGNS[bytes[at] ?? 0] ?? 0
    while (letter > 1 && run < LOOKED_AT) {
      if (letter === BEYOND) return true
      hash = (Math.imul(hash, 33) + letter) | 0
      run++
      if (run === KEY) near = mayBeKnown(hash)
      if (near && isKnown(hash)) return true
      at++
      letter = at < to ? (SIGNS[bytes[at] ?? 0] ?? 0) : 0
      if (letter === DIGIT) letter = bytes[at] ?? 0
    }
    if (run < KEY && isKnown(hash)) return true
    if (near && run < LOOKED_AT && at < to && JOINTS[bytes[at] ?? 0] === 1) return true // it may go on behind a sign
    if (parts.oneRun > 0 && isNear(parts.one, parts.oneRun, bytes, start, at)) return true
    if (parts.twoRun > 0 && isNear(parts.two, parts.twoRun, bytes, start, at)) return true
    addPart(parts, hash, run)
    while (at < to && letter !== 0) {
      letter = SIGNS[bytes[at] ?? 0] ?? 0
      if (letter === BEYOND) return true
      if (letter !== 0) at++
    }
    single = run === 1 ? single + 1 : 0
    if (single >= FEWEST_SPELLED) return true
  }
}

/** The last word that only a sign parts from the next, and the last two together: hashes of their first letters. */
interface Parts {
  one: number
  oneRun: number
  two: number
  twoRun: number
}

/** Whether a word put together from what stood before and letters from here on begins, in four letters, like one of ours. */
function isNear(before: number, length: number, bytes: Uint8Array, from: number, to: number): boolean {
  if (length >= KEY) return false // its own first letters have been looked at
  let hash = before
  let run = length
  for (let at = from; at < to && run < KEY; at++, run++) {
    const sign = SIGNS[bytes[at] ?? 0] ?? 0
    hash = (Math.imul(hash, 33) + (sign === DIGIT ? (bytes[at] ?? 0) : sign)) | 0
  }
  return run === KEY && mayBeKnown(hash)
}

function addPart(parts: Parts, hash: number, run: number): void {
  if (parts.oneRun === 0) {
    parts.one = hash
    parts.oneRun = run
    return
  }
  parts.two = parts.oneRun < KEY && run < KEY ? (Math.imul(parts.one, POWERS[run] ?? 0) + hash) | 0 : 0
  parts.twoRun = parts.oneRun < KEY && run < KEY ? parts.oneRun + run : 0
  parts.one = hash
  parts.oneRun = run
}

/** 33 to the power of as many letters as stand behind. */
const POWERS = [1, 33, 33 ** 2, 33 ** 3]

/** As few letters as are taken for a word that was spelled. */
export const FEWEST_SPELLED = 3

/** So many letters at most tell whether a word may be one of ours. */
const LOOKED_AT = 6
/** Signs and line breaks inside a word: so many at most, some of them released. */
const WIDEST_JOINT = 4

const DIGIT = 1
const BEYOND = 255

/** By byte: 0 between words, 1 for a digit, the capital for a letter, 255 for what is no ASCII. */
const SIGNS = Uint8Array.from({ length: 256 }, (_, code) => {
  if (code > 0x7f) return BEYOND
  const char = String.fromCharCode(code)
  if (/\d/.test(char)) return DIGIT
  return /[A-Za-z]/.test(char) ? char.toUpperCase().charCodeAt(0) : 0
})

/** Signs, separators of a message and line breaks: a word may run over its lines. */
const JOINTS = Uint8Array.from({ length: 256 }, (_, code) =>
  code === 10 || code === 13 || (code > 32 && code < 127 && SIGNS[code] === 0) ? 1 : 0,
)

/** A bit for each of a million hashes of first letters (all of a short word): hardly any other word falls on one of ours. */
const FIRST_LETTERS = new Int32Array(1 << 15)

/** By four letters only, in a table that a processor keeps at hand: lets nearly every word pass. */
const FOUR_LETTERS = new Uint8Array(1 << 13)

const mayBeKnown = (hash: number): boolean => (((FOUR_LETTERS[(hash >>> 3) & 0x1fff] ?? 0) >>> (hash & 7)) & 1) === 1

const isKnown = (hash: number): boolean => (((FIRST_LETTERS[(hash >>> 5) & 0x7fff] ?? 0) >>> (hash & 31)) & 1) === 1

function note(word: string): void {
  let hash = 0
  for (let at = 0; at < Math.min(LOOKED_AT, word.length); at++) {
    hash = (Math.imul(hash, 33) + word.charCodeAt(at)) | 0
    if (at === KEY - 1)
      FOUR_LETTERS[(hash >>> 3) & 0x1fff] = (FOUR_LETTERS[(hash >>> 3) & 0x1fff] ?? 0) | (1 << (hash & 7))
  }
  const slot = (hash >>> 5) & 0x7fff
  FIRST_LETTERS[slot] = (FIRST_LETTERS[slot] ?? 0) | (1 << (hash & 31))
}

for (const key of KEYS) note(key)
const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
for (const code of SENSITIVE_CODES.keys()) {
  note(code)
  note(`SR${code}`)
}
for (const letter of ALPHANUMERIC) {
  note(`SSR${letter}`)
  note(`WCH${letter}`)
  for (const other of ALPHANUMERIC) note(`${letter}${other}ML`)
}
