const LETTER_X = 0x58
const KEPT_FRONT = 6
const KEPT_BACK = 4

/**
 * Masks card numbers (13 to 19 digits that satisfy Luhn's check, in a row, in groups as cards show them, or broken by the
 * end of a line) between two places: the first six and last four digits stay. Gives how many there were; `writable` is asked
 * for only if there is one.
 */
export function maskCards(bytes: Uint8Array, from: number, to: number, writable: () => Uint8Array): number {
  let found = 0
  let digits = 0
  let start = from
  let firstGroup = 0
  for (let at = from; at <= to; at++) {
    const byte = at < to ? (bytes[at] as number) : 0
    if (byte >= 48 && byte <= 57) {
      if (digits === 0) {
        start = at
        firstGroup = 0
      }
      digits++
      continue
    }
    if (digits === 0) continue
    const gap = digits < MOST_DIGITS ? gapAt(bytes, at, to, digits, firstGroup) : 0
    if (gap > 0) {
      if (firstGroup === 0) firstGroup = digits
      at += gap - 1
      continue
    }
    if (mayBeCard(digits, bytes[start] ?? 0) && luhn(bytes, start, at)) {
      mask(writable(), start, at, digits)
      found++
    }
    digits = 0
  }
  return found
}

const MOST_DIGITS = 19
const ZERO = 48

/** By length and first digit, so that tickets (13 digits, or 14 with their check digit) are none. */
function mayBeCard(digits: number, first: number): boolean {
  if (digits === 13) return first === ZERO + 4
  if (digits === 14) return first === ZERO + 3
  return digits >= 15 && digits <= MOST_DIGITS
}

/** How many signs stand between two groups of one number: 4-4-4-4, 4-6-5, or the end of a line anywhere; 0: it ends here. */
function gapAt(bytes: Uint8Array, at: number, to: number, digits: number, firstGroup: number): number {
  let end = at
  let broken = false
  while (end < to && end - at < WIDEST_GAP && isGap(bytes[end] ?? 0)) {
    broken ||= bytes[end] === CR || bytes[end] === LF
    end++
  }
  if (end === at || end >= to || !isDigit(bytes[end])) return 0
  const grouped = (digits % 4 === 0 && digits <= 16) || (digits === 10 && firstGroup === 4)
  return broken || grouped ? end - at : 0
}

const WIDEST_GAP = 2
const CR = 13
const LF = 10

const isGap = (byte: number): boolean => byte === 32 || byte === 45 || byte === 46 || byte === CR || byte === LF

/** Masks an account number, if more than first six and last four of it can be read. Says whether there was anything to do. */
export function maskTail(bytes: Uint8Array, from: number, to: number): boolean {
  let digits = 0
  for (let at = from; at < to; at++) if (isDigit(bytes[at])) digits++
  if (digits <= KEPT_FRONT + KEPT_BACK) return false
  mask(bytes, from, to, digits)
  return true
}

function mask(bytes: Uint8Array, from: number, to: number, digits: number): void {
  let seen = 0
  for (let at = from; at < to; at++) {
    if (!isDigit(bytes[at])) continue
    seen++
    if (seen > KEPT_FRONT && seen <= digits - KEPT_BACK) bytes[at] = LETTER_X
  }
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57

function luhn(bytes: Uint8Array, from: number, to: number): boolean {
  let sum = 0
  let double = false
  for (let at = to - 1; at >= from; at--) {
    const digit = (bytes[at] ?? 0) - 48
    if (digit < 0 || digit > 9) continue
    const value = double ? digit * 2 : digit
    sum += value > 9 ? value - 9 : value
    double = !double
  }
  return sum % 10 === 0 && sum > 0
}
