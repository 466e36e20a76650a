/** The six characters that UNA declares. Position 5 (repetition) is never split on: neither PAXLST nor PNRGOV uses it. */
export interface ServiceCharacters {
  readonly component: number
  readonly element: number
  readonly decimal: number
  readonly release: number
  readonly repetition: number
  readonly terminator: number
  /** UNA was there. */
  readonly declared: boolean
}

/** `:+.? '` */
export const DEFAULT_SERVICE: ServiceCharacters = {
  component: 0x3a,
  element: 0x2b,
  decimal: 0x2e,
  release: 0x3f,
  repetition: 0x20,
  terminator: 0x27,
  declared: false,
}

/** How far behind UNB its end is looked for. */
const REACH = 500

/**
 * What UNA at `from - 3` declares for the UNB at `unb`: six characters, then only blanks to the `first` segment, and the
 * element separator that UNB shows; nothing when the declaration is not to be trusted.
 */
export function declaredService(
  bytes: Uint8Array,
  from: number,
  first: number,
  unb: number,
): ServiceCharacters | undefined {
  if (first < from + 6) return undefined
  for (let at = from + 6; at < first; at++) if (!isBlank(bytes[at])) return undefined
  if (!isServiceString(bytes, from)) return undefined
  const [component = 0, element = 0, decimal = 0, release = 0, repetition = 0, terminator = 0] = bytes.subarray(
    from,
    from + 6,
  )
  if (bytes[unb + 3] !== element && bytes[unb + 3] !== terminator) return undefined
  return { component, element, decimal, release, repetition, terminator, declared: true }
}

/** Whether six bytes can be what UNA declares: what splits is none of letters, digits and blanks, and no two are the same. */
export function isServiceString(bytes: Uint8Array, from: number): boolean {
  const splitting = [bytes[from], bytes[from + 1], bytes[from + 5]]
  return (
    new Set(splitting).size === 3 && !splitting.some((one) => one === undefined || isAlphanumeric(one) || isBlank(one))
  )
}

/**
 * Without UNA, UNB and what follows it show their own delimiters: `UNB+IATA:1+…'UNH`. Where UNB is lost, UNH shows the
 * element separator, and the component separator is as usual; where either is lost, most segments show what ends them.
 */
export function observedService(bytes: Uint8Array, unb: number): ServiceCharacters {
  const shown = bytes[unb + 3] ?? DEFAULT_SERVICE.terminator
  const element = shown === DEFAULT_SERVICE.terminator || isBlank(shown) ? DEFAULT_SERVICE.element : shown
  const component = observedComponent(bytes, unb, element) ?? DEFAULT_SERVICE.component
  const end = endOfUnb(bytes, unb, element)
  const terminator = end === undefined ? usualEnd(bytes, unb, element, component) : bytes[end]
  if (terminator === undefined || terminator >= 0x80 || isAlphanumeric(terminator) || terminator === component)
    return { ...DEFAULT_SERVICE, element, component }
  const usual = segmentsEnded(bytes, unb, element, DEFAULT_SERVICE.terminator)
  if (usual > segmentsEnded(bytes, unb, element, terminator)) return { ...DEFAULT_SERVICE, element, component }
  return { ...DEFAULT_SERVICE, element, component, terminator }
}

/** What parts the syntax identifier from its version, a digit: `UNOA:4`. */
function observedComponent(bytes: Uint8Array, unb: number, element: number): number | undefined {
  for (const at of [unb + 8, unb + 7, unb + 9]) {
    const one = bytes[at] ?? 0
    const next = bytes[at + 1] ?? 0
    if (one > 0x20 && one < 0x80 && !isAlphanumeric(one) && one !== element && next >= 0x30 && next <= 0x39) return one
  }
  return undefined
}

/** What stands before most tags that have an element, blanks apart, and parts nothing within a segment. */
function usualEnd(bytes: Uint8Array, from: number, element: number, component: number): number | undefined {
  const counts = new Uint16Array(0x80)
  let most = DEFAULT_SERVICE.terminator
  const last = Math.min(bytes.length, from + REACH * 4)
  for (let at = from + 4; at < last; at++) {
    if (bytes[at] !== element || !isLetter(bytes[at - 1]) || !isLetter(bytes[at - 2]) || !isLetter(bytes[at - 3]))
      continue
    let before = at - 4
    while (before > from && isBlank(bytes[before])) before--
    const end = bytes[before] ?? 0
    if (end >= 0x80 || isAlphanumeric(end) || end === element || end === component) continue
    counts[end] = (counts[end] ?? 0) + 1
    if ((counts[end] ?? 0) > (counts[most] ?? 0)) most = end
  }
  return most
}

/** How many segments a byte would end in the next kilobytes: a tag and an element separator follow. */
function segmentsEnded(bytes: Uint8Array, from: number, element: number, terminator: number): number {
  const last = Math.min(bytes.length, from + REACH * 4)
  let count = 0
  for (let at = from; at < last; at++) {
    if (bytes[at] !== terminator) continue
    const next = skipBlanks(bytes, at + 1)
    if (bytes[next + 3] === element && isAlphanumeric(bytes[next])) count++
  }
  return count
}

/** Whether this sender's word processor made his terminators typographic: UNB ends with U+2019. */
export function endsWithQuote(bytes: Uint8Array, unb: number, service: ServiceCharacters): boolean {
  if (service.terminator !== DEFAULT_SERVICE.terminator) return false
  const end = endOfUnb(bytes, unb, service.element)
  return end !== undefined && isQuote(bytes, end - 2)
}

/** The last byte before UNG or UNH, blanks apart; nothing where neither follows soon. */
export function endOfUnb(bytes: Uint8Array, unb: number, element: number): number | undefined {
  const last = Math.min(bytes.length - 3, unb + REACH)
  for (let at = unb + 4; at < last; at++) {
    if (bytes[at + 3] !== element || !isTag(bytes, at, 'UN')) continue
    const third = (bytes[at + 2] ?? 0) | 0x20
    if (third !== 0x67 && third !== 0x68) continue
    let before = at - 1
    while (before > unb && isBlank(bytes[before])) before--
    return before
  }
  return undefined
}

/** Whether the letters stand at `at`, in any case. */
export function isTag(bytes: Uint8Array, at: number, tag: string): boolean {
  for (let index = 0; index < tag.length; index++) {
    const byte = bytes[at + index] ?? 0
    if ((byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte) !== tag.charCodeAt(index)) return false
  }
  return true
}

/** U+2019 in UTF-8. */
export const isQuote = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0xe2 && bytes[at + 1] === 0x80 && bytes[at + 2] === 0x99

/** Blank, CR, LF, tab, NUL, STX. */
export const isBlank = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0d || byte === 0x0a || byte === 0x09 || byte === 0x00 || byte === 0x02

export const isAlphanumeric = (byte: number | undefined): boolean =>
  byte !== undefined &&
  ((byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a))

const isLetter = (byte: number | undefined): boolean =>
  byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a

export function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && isBlank(bytes[at])) at++
  return at
}
