import { isUtf8 } from 'node:buffer'
import type { Place, Span } from '#domain/finding.ts'
import { DIRTY, ENDS_SEGMENT, type Scanned, STARTS_ELEMENT, scan } from './scan.ts'
import { DEFAULT_SERVICE, type ServiceCharacters } from './service.ts'
import { withoutEnd } from './trimmed.ts'

export { DEFAULT_SERVICE, type ServiceCharacters } from './service.ts'

/** Where readers report what they notice; the catalogue gives each code its severity and words. */
export interface FindingSink {
  /** `detail` quotes codes and counts, never a traveller's data. */
  add(code: string, at: Place, detail: string): void
}

/** Where segments, elements and components stand in some bytes; values become strings only when asked for. */
export interface Tape {
  readonly bytes: Uint8Array
  readonly segments: number
  /** Upper-cased, `TVL`. */
  tag(segment: number): string
  /** Elements after the tag. */
  elements(segment: number): number
  components(segment: number, element: number): number
  /** Components of all elements together, empty ones too: where they are few, so are the elements. */
  values(segment: number): number
  /** Element and component from 1, as in the guides; unescaped; nothing when absent or empty. Trims nothing inside. */
  text(segment: number, element: number, component?: number): string | undefined
  /** All components of an element with `:` between: free text whose separators were not released. */
  joined(segment: number, element: number): string | undefined
  /**
   * Whether a segment has no more than a reader takes: `most[0]` components in the first element, and so on; where the
   * last number is for all further elements too, `repeats`. 0: the element must be empty.
   */
  fits(segment: number, most: readonly number[], repeats: boolean): boolean
  /** Bytes of the segment with its tag and without its terminator, of an element, or of a component. */
  span(segment: number, element?: number, component?: number): Span
  place(segment: number, element?: number, component?: number): Place
  /** Where a part of a component's text stands, where text and bytes do not run side by side. */
  spanWithin?(segment: number, element: number, component: number, part: Span): Span
  /** False where no byte of a segment is a terminator or beyond ASCII, a line break or released. */
  isDirty?(segment: number): boolean
  /** False where none of some tags stands before an element but in its own place, at the beginning of a segment. */
  hasGlued?(tags: readonly string[], from?: number, to?: number): boolean
  /** The service characters in force at a segment. */
  service(segment: number): ServiceCharacters
}

/**
 * Reads bytes into a tape: one pass, no strings, never a throw. Finds each interchange by its UNA or UNB whatever
 * stands before it (Type-B header lines, byte order mark, log prefix) and ends it after UNZ. Without UNA the
 * delimiters are read off the UNB itself. Line breaks are noise everywhere; blanks only before a tag.
 *
 * Sources: ISO 9735 service string advice; PNRGOV guide, service characters; what senders really do.
 */
export function readTape(bytes: Uint8Array, sink: FindingSink = DEAF): Tape {
  return new BytesTape(bytes, scan(bytes, sink))
}

const DEAF: FindingSink = { add() {} }

/** The same segments over a copy of the bytes in which values were overwritten in place. */
export function withBytes(tape: Tape, bytes: Uint8Array): Tape {
  if (!(tape instanceof BytesTape) || bytes.length !== tape.bytes.length)
    throw new RangeError('not a copy of the same length')
  return new BytesTape(bytes, tape.scanned)
}

/** Values behind its tag from which on a place in a segment is kept: readers mostly ask for one behind it next. */
const DEEP = 6

const STARTS_OR_ENDS = STARTS_ELEMENT | ENDS_SEGMENT

class BytesTape implements Tape {
  readonly bytes: Uint8Array
  readonly scanned: Scanned
  readonly segments: number
  private readonly tokens: Int32Array
  private readonly firsts: Int32Array
  private readonly tags: Int32Array
  private readonly windows: (string | undefined)[] = []
  /** The value found last that is not near its tag: whoever goes through a segment does not begin at the tag each time. */
  private deepSegment = -1
  private deepElement = 0
  private deepElementToken = 0
  private deepComponent = 1
  private deepToken = 0

  constructor(bytes: Uint8Array, scanned: Scanned) {
    this.bytes = bytes
    this.scanned = scanned
    this.segments = scanned.tags.length
    this.tokens = scanned.tokens
    this.firsts = scanned.firsts
    this.tags = scanned.tags
  }

  tag(segment: number): string {
    const code = this.tags[segment] ?? 0
    if (code !== 0) return TAGS[code] ?? newTag(code)
    return this.text(segment, 0)?.toUpperCase() ?? ''
  }

  elements(segment: number): number {
    const first = this.firsts[segment]
    if (first === undefined) return 0
    let count = 0
    for (let token = first + 1; ; token++) {
      const packed = this.tokens[token] ?? ENDS_SEGMENT
      if ((packed & ENDS_SEGMENT) !== 0) return count
      if ((packed & STARTS_ELEMENT) !== 0) count++
    }
  }

  components(segment: number, element: number): number {
    const first = this.find(segment, element, 1)
    if (first < 0) return 0
    let count = 1
    while (((this.tokens[first + count] ?? ENDS_SEGMENT) & STARTS_OR_ENDS) === 0) count++
    return count
  }

  values(segment: number): number {
    const { firsts } = this
    return (firsts[segment + 1] ?? 0) - (firsts[segment] ?? 0) - 2
  }

  text(segment: number, element: number, component = 1): string | undefined {
    const token = this.find(segment, element, component)
    if (token < 0) return undefined
    const { tokens } = this
    const packed = tokens[token] ?? 0
    const from = packed >>> 3
    const to = ((tokens[token + 1] ?? 0) >>> 3) - 1
    if (to <= from) return undefined
    if ((packed & DIRTY) !== 0) return this.cleaned(from, to, this.service(segment).release)
    if (to - from <= 3) return shortText(this.bytes, from, to)
    if (to - from > OVERLAP) return latin1(this.bytes, from, to)
    const latin = this.windows[from >>> WINDOW_BITS] ?? this.window(from >>> WINDOW_BITS)
    const at = from & (WINDOW - 1)
    if (to - from === 4) return fourText(this.bytes, from, latin, at)
    return to - from === 6 ? sixText(this.bytes, from, latin, at) : latin.slice(at, at + to - from)
  }

  private window(number: number): string {
    const from = number << WINDOW_BITS
    const text = latin1(this.bytes, from, Math.min(this.bytes.length, from + WINDOW + OVERLAP))
    while (this.windows.length < number) this.windows.push(undefined)
    this.windows[number] = text
    return text
  }

  joined(segment: number, element: number): string | undefined {
    const count = this.components(segment, element)
    if (count < 2) return this.text(segment, element)
    const parts: string[] = []
    for (let component = 1; component <= count; component++) parts.push(this.text(segment, element, component) ?? '')
    return withoutEnd(parts.join(':'), ':') || undefined
  }

  fits(segment: number, most: readonly number[], repeats: boolean): boolean {
    const { tokens } = this
    let token = (this.firsts[segment] ?? 0) + 1
    let element = -1
    let left = 0
    for (; ; token++) {
      const packed = tokens[token] ?? ENDS_SEGMENT
      if ((packed & ENDS_SEGMENT) !== 0) return true
      if ((packed & STARTS_ELEMENT) !== 0) {
        element++
        if (element < most.length) left = most[element] ?? 0
        else if (repeats) left = most[most.length - 1] ?? 0
        else left = 0
      }
      if (--left < 0 && ((tokens[token + 1] ?? 0) >>> 3) - 1 > packed >>> 3) return false
    }
  }

  isDirty(segment: number): boolean {
    const { tokens } = this
    const end = this.firsts[segment + 1] ?? 0
    for (let token = this.firsts[segment] ?? 0; token < end; token++)
      if (((tokens[token] ?? 0) & DIRTY) !== 0) return true
    return false
  }

  hasGlued(tags: readonly string[], from = 0, to = this.segments): boolean {
    const { bytes, tokens, firsts } = this
    if (this.scanned.stretches.length > 1) return true // what parts elements here may be data there
    const ends = new Uint8Array(256)
    for (const tag of tags) ends[tag.charCodeAt(2)] = 1
    for (let segment = from; segment < to; segment++) {
      const first = firsts[segment] ?? 0
      const end = (firsts[segment + 1] ?? 0) - 1
      const begin = (tokens[first] ?? 0) >>> 3
      for (let token = first + 1; token < end; token++) {
        const packed = tokens[token] ?? 0
        if ((packed & STARTS_ELEMENT) === 0) continue
        const at = (packed >>> 3) - 4
        if (at <= begin || ends[bytes[at + 2] ?? 0] === 0) continue
        if (tags.includes(String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0))) return true
      }
    }
    return false
  }

  span(segment: number, element?: number, component?: number): Span {
    const { tokens } = this
    const first = element === undefined ? (this.firsts[segment] ?? -1) : this.find(segment, element, component ?? 1)
    if (first < 0) {
      const end = this.endOf(segment)
      return [end, end]
    }
    const from = (tokens[first] ?? 0) >>> 3
    if (element === undefined) return [from, this.endOf(segment)]
    let next = first + 1
    if (component === undefined) while (((tokens[next] ?? ENDS_SEGMENT) & STARTS_OR_ENDS) === 0) next++
    return [from, Math.max(from, ((tokens[next] ?? 0) >>> 3) - 1)]
  }

  place(segment: number, element?: number, component?: number): Place {
    const [byte] = this.span(segment, element, component)
    return { byte, line: this.scanned.lines.of(byte), segment: segment + 1 }
  }

  service(segment: number): ServiceCharacters {
    const { stretches } = this.scanned
    let low = 0
    let high = stretches.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((stretches[middle]?.fromSegment ?? 0) <= segment) low = middle + 1
      else high = middle
    }
    return stretches[low - 1]?.service ?? DEFAULT_SERVICE
  }

  /** The token of an element's component, -1 when there is none; element 0 is the tag. */
  private find(segment: number, element: number, component: number): number {
    const { tokens } = this
    const first = this.firsts[segment] ?? -1
    if (first < 0) return -1
    let token = first
    let left = element
    if (segment === this.deepSegment && element >= this.deepElement) {
      if (element === this.deepElement) return this.component(component)
      token = this.deepElementToken
      left = element - this.deepElement
    }
    while (left > 0) {
      const packed = tokens[++token] ?? ENDS_SEGMENT
      if ((packed & ENDS_SEGMENT) !== 0) return -1
      if ((packed & STARTS_ELEMENT) !== 0) left--
    }
    if (token - first > DEEP || component > DEEP) {
      this.deepSegment = segment
      this.deepElement = element
      this.deepElementToken = token
      this.deepComponent = 1
      this.deepToken = token
      return this.component(component)
    }
    for (left = component; left > 1; left--) {
      if (((tokens[++token] ?? ENDS_SEGMENT) & STARTS_OR_ENDS) !== 0) return -1
    }
    return token
  }

  /** The token of a component of the element that was found last. */
  private component(component: number): number {
    const { tokens } = this
    let token = this.deepToken
    if (component < this.deepComponent) return token - this.deepComponent + component
    for (let left = component - this.deepComponent; left > 0; left--) {
      if (((tokens[++token] ?? ENDS_SEGMENT) & STARTS_OR_ENDS) !== 0) return -1
    }
    this.deepComponent = component
    this.deepToken = token
    return token
  }

  private endOf(segment: number): number {
    const after = this.firsts[segment + 1]
    if (after === undefined || this.firsts[segment] === undefined) return 0
    return ((this.tokens[after - 1] ?? 0) >>> 3) - 1
  }

  /** Without release characters and line breaks; UTF-8 where it is, else Latin-1. */
  private cleaned(from: number, to: number, release: number): string | undefined {
    const { bytes } = this
    const kept = Buffer.allocUnsafe(to - from)
    let length = 0
    for (let at = from; at < to; at++) {
      const byte = bytes[at] ?? 0
      if (byte === release && release !== BLANK) {
        if (at + 1 < to) kept[length++] = bytes[++at] ?? 0
      } else if (byte !== CR && byte !== LF) kept[length++] = byte
    }
    if (length === 0) return undefined
    const value = kept.subarray(0, length)
    return isUtf8(value) ? value.toString('utf8') : value.toString('latin1')
  }
}

/** `Tape.values` of tapes that have no bytes of their own in order. */
export function valuesWithin(tape: Pick<Tape, 'elements' | 'components'>, segment: number): number {
  let count = 0
  for (let element = 1; element <= tape.elements(segment); element++) count += tape.components(segment, element)
  return count
}

/** `Tape.fits` of tapes that have no bytes of their own in order. */
export function fitsWithin(
  tape: Pick<Tape, 'elements' | 'components' | 'text'>,
  segment: number,
  most: readonly number[],
  repeats: boolean,
): boolean {
  const elements = tape.elements(segment)
  for (let element = 1; element <= elements; element++) {
    const allowed = most[element - 1] ?? (repeats ? (most.at(-1) ?? 0) : 0)
    const components = tape.components(segment, element)
    for (let component = allowed + 1; component <= components; component++)
      if (tape.text(segment, element, component) !== undefined) return false
  }
  return true
}

const BLANK = 0x20
const CR = 0x0d
const LF = 0x0a

/**
 * Values are cut out of texts of so many bytes, made when the first of theirs is asked for: small enough for the young
 * generation, and whoever keeps a value keeps no more than this. A longer value than the overlap has a text of its own.
 */
const WINDOW_BITS = 15
const WINDOW = 1 << WINDOW_BITS
const OVERLAP = 512

const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1')

/** Tags by their packed letters, each string made once, so that comparing them is quick. */
const TAGS: (string | undefined)[] = new Array(1 << 15).fill(undefined)

function newTag(code: number): string {
  const made = String.fromCharCode(64 + (code >> 10), 64 + ((code >> 5) & 31), 64 + (code & 31))
  const [tag = made] = Object.keys({ [made]: 0 }) // the engine keeps one copy of a property's name
  TAGS[code] = tag
  return tag
}

/** Values of up to three bytes are mostly codes: a few strings, made again and again. */
const SHORT_SLOTS = 1 << 13
const shortKeys = new Int32Array(SHORT_SLOTS)
const shortTexts: string[] = new Array(SHORT_SLOTS).fill('')

function shortText(bytes: Uint8Array, from: number, to: number): string {
  const width = to - from
  const first = bytes[from] ?? 0
  const second = width > 1 ? (bytes[from + 1] ?? 0) : 0
  const third = width > 2 ? (bytes[from + 2] ?? 0) : 0
  const key = (width << 24) | (first << 16) | (second << 8) | third
  const slot = Math.imul(key, 0x9e3779b1) >>> 19
  if (shortKeys[slot] === key) return shortTexts[slot] ?? ''
  const text =
    width === 1
      ? String.fromCharCode(first)
      : width === 2
        ? String.fromCharCode(first, second)
        : String.fromCharCode(first, second, third)
  shortKeys[slot] = key
  shortTexts[slot] = text
  return text
}

/** Values of four bytes likewise: codes of requests, flight numbers, times. */
const fourKeys = new Int32Array(SHORT_SLOTS)
const fourTexts: (string | undefined)[] = new Array(SHORT_SLOTS).fill(undefined)

function fourText(bytes: Uint8Array, from: number, latin: string, at: number): string {
  const key =
    ((bytes[from] ?? 0) << 24) | ((bytes[from + 1] ?? 0) << 16) | ((bytes[from + 2] ?? 0) << 8) | (bytes[from + 3] ?? 0)
  const slot = Math.imul(key, 0x9e3779b1) >>> 19
  const known = fourTexts[slot]
  if (fourKeys[slot] === key && known !== undefined) return known
  const text = latin.slice(at, at + 4)
  fourKeys[slot] = key
  fourTexts[slot] = text
  return text
}

/** Values of six bytes: days. */
const sixKeys = new Int32Array(SHORT_SLOTS)
const sixRests = new Int32Array(SHORT_SLOTS)
const sixTexts: (string | undefined)[] = new Array(SHORT_SLOTS).fill(undefined)

function sixText(bytes: Uint8Array, from: number, latin: string, at: number): string {
  const key =
    ((bytes[from] ?? 0) << 24) | ((bytes[from + 1] ?? 0) << 16) | ((bytes[from + 2] ?? 0) << 8) | (bytes[from + 3] ?? 0)
  const rest = ((bytes[from + 4] ?? 0) << 8) | (bytes[from + 5] ?? 0)
  const slot = Math.imul(Math.imul(key, 0x9e3779b1) ^ rest, 0x9e3779b1) >>> 19
  const known = sixTexts[slot]
  if (sixKeys[slot] === key && sixRests[slot] === rest && known !== undefined) return known
  const text = latin.slice(at, at + 6)
  sixKeys[slot] = key
  sixRests[slot] = rest
  sixTexts[slot] = text
  return text
}
