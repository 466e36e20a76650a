import type { Place, Span } from '#domain/finding.ts'

/** Where readers report what they notice; the catalogue gives each code its severity and words. */
export interface FindingSink {
  /** `detail` quotes codes and counts, never a traveller's data. */
  add(code: string, at: Place, detail: string): void
}

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

export const DEFAULT_SERVICE: ServiceCharacters = {
  component: 0x3a,
  element: 0x2b,
  decimal: 0x2e,
  release: 0x3f,
  repetition: 0x20,
  terminator: 0x27,
  declared: false,
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
  /** Element and component from 1, as in the guides; unescaped; nothing when absent or empty. Trims nothing inside. */
  text(segment: number, element: number, component?: number): string | undefined
  /** All components of an element with `:` between: free text whose separators were not released. */
  joined(segment: number, element: number): string | undefined
  /** Bytes of the segment with its tag and without its terminator, of an element, or of a component. */
  span(segment: number, element?: number, component?: number): Span
  place(segment: number, element?: number, component?: number): Place
  /** The service characters in force at a segment. */
  service(segment: number): ServiceCharacters
}

const TAGS = new Map<number, string>()
const MOST_TAGS = 1_000

/** Larger inputs are refused: offsets are packed into 28 bits. */
export const MOST_BYTES = 128 * 1024 * 1024

const PLAIN = 0
const COMPONENT = 1
const ELEMENT = 2
const TERMINATOR = 3
const RELEASE = 4
const BREAK = 5
const HIGH = 6

const CR = 0x0d
const LF = 0x0a
const BLANK = 0x20

/** A token is packed as offset << 3 | element? << 1 | dirty?: where a value begins, whether an element does, whether it needs cleaning. */
const STARTS_ELEMENT = 2
const DIRTY = 1

function classesOf(service: ServiceCharacters): Uint8Array {
  const classes = new Uint8Array(256)
  classes.fill(HIGH, 0x80)
  classes[CR] = BREAK
  classes[LF] = BREAK
  classes[service.release] = RELEASE
  classes[service.component] = COMPONENT
  classes[service.element] = ELEMENT
  classes[service.terminator] = TERMINATOR
  return classes
}

/** Tags of the messages that are read here: where a terminator is in doubt, one of these settles it. */
const KNOWN_TAGS = new Set(
  (
    'UNB UNG UNH UNT UNE UNZ BGM RFF DTM NAD COM CTA TDT LOC ATT MEA GEI FTX EMP NAT DOC CNT AUT ERP ERC UNS PDT ' +
    'MSG ORG TVL EQN SRC RCI SSR DAT IFT REF EBD TIF FTI FAR TKT MON PTK TXD FOP ADD TRA RPI APD SSD TRI TBD ABI SAC LTS'
  ).split(' '),
)

class Growing {
  items = new Uint32Array(1024)
  length = 0
  push(value: number): void {
    if (this.length === this.items.length) {
      const larger = new Uint32Array(this.length * 2)
      larger.set(this.items)
      this.items = larger
    }
    this.items[this.length++] = value
  }
}

/**
 * Reads bytes into a tape: one pass, no strings, never a throw. Finds each interchange by its UNA or UNB whatever
 * stands before it (Type-B header lines, byte order mark, log prefix) and ends it after UNZ. Without UNA the
 * delimiters are read off the UNB itself. Line breaks are noise everywhere; blanks only before a tag.
 *
 * Sources: ISO 9735 service string advice; PNRGOV guide, service characters; what senders really do.
 */
export function readTape(bytes: Uint8Array, sink: FindingSink = DEAF): Tape {
  return new BytesTape(bytes, sink)
}

const DEAF: FindingSink = { add() {} }

/** The same segments over a copy of the bytes in which values were overwritten in place. */
export function withBytes(tape: Tape, bytes: Uint8Array): Tape {
  if (!(tape instanceof BytesTape) || bytes.length !== tape.bytes.length)
    throw new RangeError('not a copy of the same length')
  return tape.over(bytes)
}

interface Stretch {
  readonly fromSegment: number
  readonly service: ServiceCharacters
}

class BytesTape implements Tape {
  readonly bytes: Uint8Array
  private starts = new Growing()
  private ends = new Growing()
  private firsts = new Growing()
  private tokens = new Growing()
  private stretches: Stretch[] = []
  private lines: Uint32Array | undefined
  private latin: string | undefined

  constructor(bytes: Uint8Array, sink: FindingSink) {
    this.bytes = bytes
    if (bytes.length > MOST_BYTES) {
      sink.add('input.too-large', { byte: 0, line: 1, segment: 1 }, `${bytes.length} bytes`)
      return
    }
    let from = 0
    for (;;) {
      const start = this.findInterchange(from)
      if (start === undefined) break
      const next = this.readInterchange(start, sink)
      if (next <= from) break
      from = next
    }
    if (this.stretches.length === 0)
      sink.add('input.no-interchange', { byte: 0, line: 1, segment: 1 }, `${bytes.length} bytes`)
  }

  over(bytes: Uint8Array): Tape {
    const copy: BytesTape = Object.create(BytesTape.prototype, Object.getOwnPropertyDescriptors(this))
    Object.assign(copy, { bytes, latin: undefined })
    return copy
  }

  get segments(): number {
    return this.starts.length
  }

  // Reading ----------------------------------------------------------------------------------------------------------

  /** The next UNA or UNB that begins an interchange, in any case of letters. */
  private findInterchange(from: number): number | undefined {
    const { bytes } = this
    for (let at = from; at + 3 < bytes.length; at++) {
      if ((bytes[at] ?? 0) !== 0x55 && (bytes[at] ?? 0) !== 0x75) continue
      const tag = this.ascii(at, at + 3).toUpperCase()
      if (tag === 'UNB' && isNoLetter(bytes[at + 3])) return at
      if (tag === 'UNA' && this.unbAfter(at + 3, 12) !== undefined) return at
    }
    return undefined
  }

  /** Where UNB stands within `reach` bytes after a UNA. */
  private unbAfter(from: number, reach: number): number | undefined {
    for (let at = from; at < from + reach; at++) {
      if (this.ascii(at, at + 3).toUpperCase() === 'UNB' && isNoLetter(this.bytes[at + 3])) return at
    }
    return undefined
  }

  private readInterchange(start: number, sink: FindingSink): number {
    const { bytes } = this
    let at = start
    let service: ServiceCharacters | undefined
    if (this.ascii(start, start + 3).toUpperCase() === 'UNA') {
      const unb = this.unbAfter(start + 3, 12) ?? start
      service = this.declared(start + 3, unb)
      if (service && bytes[unb + 3] !== service.element) service = undefined
      if (!service) sink.add('una.damaged', this.placeOf(start), '')
      at = unb
    }
    service ??= this.readOff(at)
    this.stretches.push({ fromSegment: this.segments, service })
    return this.readSegments(at, service, sink)
  }

  /** Six characters, then only line breaks before UNB; else the declaration is not to be trusted. */
  private declared(from: number, unb: number): ServiceCharacters | undefined {
    for (let at = from + 6; at < unb; at++) if (!isBlank(this.bytes[at] ?? 0)) return undefined
    if (unb < from + 6) return undefined
    const [component = 0, element = 0, decimal = 0, release = 0, repetition = 0, terminator = 0] = this.bytes.subarray(
      from,
      from + 6,
    )
    const distinct = new Set([component, element, terminator])
    if (distinct.size < 3 || [component, element, terminator].some((one) => isLetterOrDigit(one) || one === BLANK))
      return undefined
    return { component, element, decimal, release, repetition, terminator, declared: true }
  }

  /** Without UNA: UNB and what follows it show their own delimiters, `UNB+IATA:1+…'UNH`. */
  private readOff(unb: number): ServiceCharacters {
    const { bytes } = this
    const element = bytes[unb + 3] ?? DEFAULT_SERVICE.element
    const component = [unb + 8, unb + 7, unb + 9]
      .map((at) => bytes[at] ?? 0)
      .find((one) => !isLetterOrDigit(one) && one !== element)
    const service = { ...DEFAULT_SERVICE, element, component: component ?? DEFAULT_SERVICE.component }
    const next = this.segmentAfterUnb(unb, element)
    const before = next === undefined ? undefined : bytes[this.lastBefore(next)]
    if (before === undefined || before >= 0x80 || isLetterOrDigit(before)) return service
    return { ...service, terminator: before }
  }

  /** Where UNG or UNH stands, near UNB. */
  private segmentAfterUnb(unb: number, element: number): number | undefined {
    const { bytes } = this
    for (let at = unb + 4; at < Math.min(bytes.length, unb + 500); at++) {
      if (bytes[at + 3] === element && /^UN[GH]$/i.test(this.ascii(at, at + 3))) return at
    }
    return undefined
  }

  private lastBefore(at: number): number {
    let before = at - 1
    while (before > 0 && isBlank(this.bytes[before] ?? 0)) before--
    return before
  }

  /** Whether this sender's word processor made all his terminators typographic: UNB ends with one. */
  private endsWithQuote(unb: number, service: ServiceCharacters): boolean {
    const next = this.segmentAfterUnb(unb, service.element)
    if (next === undefined) return false
    const last = this.lastBefore(next)
    return this.isQuote(last - 2)
  }

  /** Segments from `from` to the end of UNZ, of the framing (ETX) or of the bytes. Gives where to look on. */
  private readSegments(from: number, service: ServiceCharacters, sink: FindingSink): number {
    const { bytes, tokens } = this
    const classes = classesOf(service)
    const quoted = this.endsWithQuote(from, service)
    const { length } = bytes
    let at = from
    while (at < length) {
      at = skipBlanks(bytes, at)
      if (at >= length || bytes[at] === 0x03) break
      if (this.segments > 0 && at > from && this.beginsInterchange(at)) return at
      this.starts.push(at)
      this.firsts.push(tokens.length)
      tokens.push((at << 3) | STARTS_ELEMENT)
      let width = 0
      for (; at < length; at++) {
        const kind = classes[bytes[at] as number]
        if (kind === PLAIN) continue
        if (kind === COMPONENT) tokens.push((at + 1) << 3)
        else if (kind === ELEMENT) tokens.push(((at + 1) << 3) | STARTS_ELEMENT)
        else if (kind === TERMINATOR) {
          width = 1
          if (this.endsSegment(at + 1, service)) break
          this.markDirty()
          width = 0
          sink.add('segment.terminator-in-data', this.placeOf(at), '')
        } else {
          this.markDirty()
          if (kind === RELEASE) at++
          else if (kind === HIGH && this.isQuoteTerminator(at, service, quoted)) {
            width = 3
            sink.add('segment.typographic-terminator', this.placeOf(at), '')
            break
          }
        }
      }
      if (at > length) at = length
      this.ends.push(this.trimmedEnd(at, width === 0))
      if (width === 0) sink.add('segment.unterminated', this.placeOf(at), '')
      at += width
      if (this.isUnz()) return at
    }
    return length
  }

  private isUnz(): boolean {
    const start = this.starts.items[this.segments - 1] ?? 0
    return ((this.bytes[start] ?? 0) | 0x20) === 0x75 && this.tag(this.segments - 1) === 'UNZ'
  }

  private beginsInterchange(at: number): boolean {
    if (((this.bytes[at] ?? 0) | 0x20) !== 0x75) return false
    const tag = this.ascii(at, at + 3).toUpperCase()
    return (
      (tag === 'UNB' && isNoLetter(this.bytes[at + 3])) || (tag === 'UNA' && this.unbAfter(at + 3, 12) !== undefined)
    )
  }

  private trimmedEnd(at: number, open: boolean): number {
    let end = at
    if (open) while (end > 0 && isBlank(this.bytes[end - 1] ?? 0)) end--
    return end
  }

  private markDirty(): void {
    const last = this.tokens.length - 1
    this.tokens.items[last] = (this.tokens.items[last] ?? 0) | DIRTY
  }

  /**
   * Whether a terminator really ends the segment: a tag, blanks, framing or the end follow. `NAD+FL+++O'NEILL:SEAN'`
   * lacks a release character: what follows is no tag but goes on in letters, so it is data.
   */
  private endsSegment(next: number, service: ServiceCharacters): boolean {
    const { bytes } = this
    const first = bytes[next]
    if (first === undefined || !isLetterOrDigit(first)) return true
    let at = next
    let letters = 0
    for (; at < bytes.length && letters < 4; at++) {
      const byte = bytes[at] ?? 0
      if (byte === CR || byte === LF) continue
      if (!isLetterOrDigit(byte)) break
      letters++
    }
    const after = bytes[at]
    return (
      letters === 3 &&
      (after === undefined ||
        after === service.element ||
        after === service.terminator ||
        after === service.component ||
        isBlank(after))
    )
  }

  private isQuote(at: number): boolean {
    return this.bytes[at] === 0xe2 && this.bytes[at + 1] === 0x80 && this.bytes[at + 2] === 0x99
  }

  /**
   * U+2019 in place of the apostrophe. Names hold it too (`JO’ANN`): so a tag or the end must follow, and where UNB ends
   * properly, a tag that the messages know, with an element.
   */
  private isQuoteTerminator(at: number, service: ServiceCharacters, quoted: boolean): boolean {
    const { bytes } = this
    if (service.terminator !== DEFAULT_SERVICE.terminator || !this.isQuote(at)) return false
    const next = skipBlanks(bytes, at + 3)
    if (next >= bytes.length || bytes[next] === 0x03) return true
    const tag = this.ascii(next, next + 3).toUpperCase()
    const known = KNOWN_TAGS.has(tag)
    if (bytes[next + 3] === service.element) return known || (quoted && /^[A-Z]{3}$/.test(tag))
    if (!quoted || !known) return false
    return bytes[next + 3] === service.terminator || this.isQuote(skipBlanks(bytes, next + 3))
  }

  // Asking -------------------------------------------------------------------------------------------------------------

  /** One string for each tag, so that readers compare and look up by identity. */
  tag(segment: number): string {
    const token = this.firsts.items[segment] ?? 0
    const packed = this.tokens.items[token] ?? 0
    const from = packed >>> 3
    if ((packed & DIRTY) !== 0 || this.endOf(token, segment) - from !== 3)
      return (this.value(token, segment) ?? '').toUpperCase()
    const { bytes } = this
    const key = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0)
    const known = TAGS.get(key)
    if (known !== undefined) return known
    const tag = this.ascii(from, from + 3).toUpperCase()
    if (TAGS.size < MOST_TAGS) TAGS.set(key, tag)
    return tag
  }

  elements(segment: number): number {
    let count = -1
    for (let token = this.firsts.items[segment] ?? 0; token < this.lastToken(segment); token++) {
      if (((this.tokens.items[token] ?? 0) & STARTS_ELEMENT) !== 0) count++
    }
    return count
  }

  components(segment: number, element: number): number {
    const first = this.find(segment, element, 1)
    if (first < 0) return 0
    const end = this.lastToken(segment)
    let count = 1
    while (first + count < end && ((this.tokens.items[first + count] ?? 0) & STARTS_ELEMENT) === 0) count++
    return count
  }

  text(segment: number, element: number, component = 1): string | undefined {
    const token = this.find(segment, element, component)
    return token < 0 ? undefined : this.value(token, segment)
  }

  joined(segment: number, element: number): string | undefined {
    const count = this.components(segment, element)
    if (count === 0) return undefined
    const parts: string[] = []
    for (let component = 1; component <= count; component++) parts.push(this.text(segment, element, component) ?? '')
    const text = parts.join(':').replace(/:+$/, '')
    return text === '' ? undefined : text
  }

  span(segment: number, element?: number, component?: number): Span {
    const end = this.ends.items[segment] ?? 0
    if (element === undefined) return [this.starts.items[segment] ?? 0, end]
    const first = this.find(segment, element, component ?? 1)
    if (first < 0) return [end, end]
    const last = component === undefined ? first + this.components(segment, element) - 1 : first
    return [(this.tokens.items[first] ?? 0) >>> 3, this.endOf(last, segment)]
  }

  place(segment: number, element?: number, component?: number): Place {
    const [byte] = this.span(segment, element, component)
    return { byte, line: this.lineOf(byte), segment: segment + 1 }
  }

  service(segment: number): ServiceCharacters {
    return this.stretches.findLast((stretch) => stretch.fromSegment <= segment)?.service ?? DEFAULT_SERVICE
  }

  private lastToken(segment: number): number {
    return segment + 1 < this.firsts.length ? (this.firsts.items[segment + 1] ?? 0) : this.tokens.length
  }

  /** The token of an element's component; element 0 is the tag. */
  private find(segment: number, element: number, component: number): number {
    const { items } = this.tokens
    const end = this.lastToken(segment)
    let token = this.firsts.items[segment] ?? 0
    for (let left = element; left > 0; ) {
      token++
      if (token >= end) return -1
      if (((items[token] as number) & STARTS_ELEMENT) !== 0) left--
    }
    for (let left = component; left > 1; left--) {
      token++
      if (token >= end || ((items[token] as number) & STARTS_ELEMENT) !== 0) return -1
    }
    return token < end ? token : -1
  }

  private endOf(token: number, segment: number): number {
    return token + 1 < this.lastToken(segment)
      ? ((this.tokens.items[token + 1] ?? 0) >>> 3) - 1
      : (this.ends.items[segment] ?? 0)
  }

  private value(token: number, segment: number): string | undefined {
    const packed = this.tokens.items[token] ?? 0
    const from = packed >>> 3
    const to = this.endOf(token, segment)
    if (to <= from) return undefined
    if ((packed & DIRTY) === 0) {
      this.latin ??= Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length).toString('latin1')
      return this.latin.slice(from, to)
    }
    return this.cleaned(from, to, this.service(segment).release)
  }

  /** Without release characters and line breaks; UTF-8 where it is, else Latin-1. */
  private cleaned(from: number, to: number, release: number): string | undefined {
    const kept = Buffer.alloc(to - from)
    let length = 0
    for (let at = from; at < to; at++) {
      const byte = this.bytes[at] ?? 0
      if (byte === release && release !== BLANK && at + 1 < to) {
        at++
        kept[length++] = this.bytes[at] ?? 0
      } else if (byte !== CR && byte !== LF && byte !== release) kept[length++] = byte
      else if (byte === release && release === BLANK) kept[length++] = byte
    }
    const value = kept.subarray(0, length)
    if (length === 0) return undefined
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(value)
    } catch {
      return value.toString('latin1')
    }
  }

  private ascii(from: number, to: number): string {
    let text = ''
    for (let at = from; at < to; at++) text += String.fromCharCode(this.bytes[at] ?? 0)
    return text
  }

  private placeOf(byte: number): Place {
    return { byte, line: this.lineOf(byte), segment: Math.max(1, this.segments) }
  }

  private lineOf(byte: number): number {
    this.lines ??= lineStarts(this.bytes)
    let low = 0
    let high = this.lines.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.lines[middle] ?? 0) <= byte) low = middle + 1
      else high = middle
    }
    return low
  }
}

function lineStarts(bytes: Uint8Array): Uint32Array {
  const starts = new Growing()
  starts.push(0)
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) starts.push(at + 1)
  return starts.items.subarray(0, starts.length)
}

const isBlank = (byte: number): boolean =>
  byte === BLANK || byte === CR || byte === LF || byte === 0x09 || byte === 0x00 || byte === 0x02

const isLetterOrDigit = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)

const isNoLetter = (byte: number | undefined): boolean => byte === undefined || !isLetterOrDigit(byte)

function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && isBlank(bytes[at] ?? 0)) at++
  return at
}
