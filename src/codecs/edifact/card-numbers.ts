const LETTER_X = 0x58
const KEPT_FRONT = 6
const KEPT_BACK = 4

/**
 * Masks card numbers (13 to 19 digits that satisfy Luhn's check, in a row or in fours) between two places: the first six
 * and last four digits stay. Gives how many there were; `writable` is asked for only if there is one.
 */
export function maskCards(bytes: Uint8Array, from: number, to: number, writable: () => Uint8Array): number {
  let found = 0
  let digits = 0
  let start = from
  for (let at = from; at <= to; at++) {
    const byte = at < to ? (bytes[at] as number) : 0
    if (byte >= 48 && byte <= 57) {
      if (digits === 0) start = at
      digits++
      continue
    }
    if (digits === 0) continue
    if ((byte === 32 || byte === 45) && digits % 4 === 0 && digits < 16 && isDigit(bytes[at + 1])) continue
    if (digits >= 13 && digits <= 19 && luhn(bytes, start, at)) {
      mask(writable(), start, at, digits)
      found++
    }
    digits = 0
  }
  return found
}

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
