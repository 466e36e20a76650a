const WEIGHTS = [7, 3, 1]

/**
 * The check digit over a field: digits count as themselves, A to Z as 10 to 35, fillers 0; weights 7, 3, 1 from the left;
 * the sum modulo 10. Two characters whose values differ by tens are the same to it: 0 A K U, 6 G, 8 S, M W …
 * Source: ICAO Doc 9303 part 3.
 */
export function checkDigit(field: string): string {
  let sum = 0
  for (let at = 0; at < field.length; at++) sum += valued(field.charCodeAt(at)) * (WEIGHTS[at % 3] ?? 0)
  return String(sum % 10)
}

function valued(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  return code >= 65 && code <= 90 ? code - 55 : 0
}
