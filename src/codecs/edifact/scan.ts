import { Lines } from './lines.ts'
import {
  DEFAULT_SERVICE,
  declaredService,
  endOfUnb,
  endsWithQuote,
  isAlphanumeric,
  isBlank,
  isQuote,
  isServiceString,
  isTag,
  observedService,
  type ServiceCharacters,
  skipBlanks,
} from './service.ts'
import type { FindingSink } from './tape.ts'

/**
 * What one pass over the bytes leaves. A token is where a value begins, packed as `offset << 3 | marks`; behind the last
 * value of each segment stands one more that ends it, so that every value ends one byte before the next token.
 */
export interface Scanned {
  readonly tokens: Int32Array
  /** The first token of each segment, its tag; one more behind the last. */
  readonly firsts: Int32Array
  /** Three letters of any case, five bits each; 0 for whatever else stands in a tag's place. */
  readonly tags: Int32Array
  readonly stretches: readonly Stretch[]
  readonly lines: Lines
}

/** From this segment on these service characters are in force. */
export interface Stretch {
  readonly fromSegment: number
  readonly service: ServiceCharacters
}

/** The value needs cleaning: a release character, a line break, a byte beyond ASCII. */
export const DIRTY = 1
export const STARTS_ELEMENT = 2
export const ENDS_SEGMENT = 4

/** Larger inputs are refused: offsets are packed into 28 bits. */
export const MOST_BYTES = 128 * 1024 * 1024

/** What a byte does. From COMPONENT on it begins a value, and the lower bits are that token's marks. */
const PLAIN = 0
const TERMINATOR = 1
const RELEASE = 2
const BREAK = 3
const HIGH = 4
const COMPONENT = 8
const ELEMENT = 8 | STARTS_ELEMENT
const MARKS = 7

/** Between UNA and UNB nothing belongs; what somebody put there is shorter. */
const NOT_FAR = 200

/** Interchanges of one input whose characters are looked for. */
const OBSERVED = 200

const CR = 0x0d
const LF = 0x0a
const ETX = 0x03

/** Tags of the messages that are read here: where a terminator is in doubt, one of these settles it. */
const KNOWN_TAGS = new Set(
  (
    'UNB UNG UNH UNT UNE UNZ BGM RFF DTM NAD COM CTA TDT LOC ATT MEA GEI FTX EMP NAT DOC CNT AUT ERP ERC UNS PDT ' +
    'MSG ORG TVL EQN SRC RCI SSR DAT IFT REF EBD TIF FTI FAR TKT MON PTK TXD FOP ADD TRA RPI APD SSD TRI TBD ABI SAC LTS'
  ).split(' '),
)

/** Memory that one message after the other is written to: fresh memory for each costs as much as the scan. */
interface Room {
  readonly tokens: Int32Array
  readonly firsts: Int32Array
  readonly tags: Int32Array
  /** How much of it earlier messages hold. */
  readonly tokensUsed: number
  readonly segmentsUsed: number
}

const ROOM = 1 << 18

function newRoom(bytes: number): Room {
  const tokens = Math.max(ROOM, bytes >>> 2)
  return {
    tokens: new Int32Array(tokens),
    firsts: new Int32Array(tokens >>> 2),
    tags: new Int32Array(tokens >>> 2),
    tokensUsed: 0,
    segmentsUsed: 0,
  }
}

/** Nothing while a scan has it. */
let room: Room | undefined

/** Takes the room where it will most likely do, else a new one. */
function takeRoom(bytes: number): Room {
  const taken = room
  room = undefined
  if (!taken || taken.tokens.length - taken.tokensUsed < (bytes >>> 1) + 64) return newRoom(bytes)
  return taken.firsts.length - taken.segmentsUsed < (bytes >>> 3) + 64 ? newRoom(bytes) : taken
}

export function scan(bytes: Uint8Array, sink: FindingSink): Scanned {
  const scanner = new Scanner(bytes, sink)
  scanner.run()
  return scanner.taken()
}

class Scanner {
  private readonly bytes: Uint8Array
  private readonly sink: FindingSink
  private readonly lines: Lines
  private tokens: Int32Array
  private readonly firstToken: number
  private tokenCount: number
  private firsts: Int32Array
  private tags: Int32Array
  private readonly firstSegment: number
  private segments: number
  private readonly stretches: Stretch[] = []
  private classes = new Uint8Array(256)

  constructor(bytes: Uint8Array, sink: FindingSink) {
    this.bytes = bytes
    this.sink = sink
    this.lines = new Lines(bytes)
    const { tokens, firsts, tags, tokensUsed, segmentsUsed } = takeRoom(Math.min(bytes.length, MOST_BYTES))
    this.tokens = tokens
    this.firsts = firsts
    this.tags = tags
    this.firstToken = tokensUsed
    this.tokenCount = tokensUsed
    this.firstSegment = segmentsUsed
    this.segments = segmentsUsed
  }

  run(): void {
    const { bytes, sink } = this
    if (bytes.length > MOST_BYTES) {
      sink.add('input.too-large', { byte: 0, line: 1, segment: 1 }, `${bytes.length} bytes`)
      return
    }
    for (let from = 0; from >= 0; ) {
      const start = this.nextInterchange(from)
      from = start < 0 ? -1 : this.readInterchange(start)
    }
    if (this.stretches.length === 0)
      sink.add('input.no-interchange', { byte: 0, line: 1, segment: 1 }, `${bytes.length} bytes`)
  }

  taken(): Scanned {
    const { segments, tokenCount } = this
    if (segments === this.firsts.length) this.firsts = grown(this.firsts)
    this.firsts[segments] = tokenCount - this.firstToken
    const { tokens, firsts, tags, firstToken, firstSegment } = this
    if (tokens.length <= ROOM * 4) room = { tokens, firsts, tags, tokensUsed: tokenCount, segmentsUsed: segments + 1 }
    return {
      tokens: tokens.subarray(firstToken, tokenCount),
      firsts: firsts.subarray(firstSegment, segments + 1),
      tags: tags.subarray(firstSegment, segments),
      stretches: this.stretches,
      lines: this.lines,
    }
  }

  /** The next UNA or UNB that begins an interchange, or UNH where UNB is lost, in any case of letters; -1 when there is none. */
  private nextInterchange(from: number): number {
    const { bytes } = this
    const first = from === 0 ? skipBlanks(bytes, 0) : 0
    if (from === 0 && this.isSegment(first, DEFAULT_SERVICE.element, undefined) && !isTag(bytes, first, 'UN'))
      return first
    for (let at = from; at + 3 < bytes.length; at++) {
      if (((bytes[at] ?? 0) | 0x20) === 0x75 && (this.beginsInterchange(at) || this.beginsMessage(at))) return at
    }
    return -1
  }

  /** UNH as a word of its own, with elements. */
  private beginsMessage(at: number): boolean {
    const { bytes } = this
    const next = bytes[at + 3]
    if (!isTag(bytes, at, 'UNH') || isAlphanumeric(next) || isBlank(next) || isAlphanumeric(bytes[at - 1])) return false
    return bytes.indexOf(next ?? 0, at + 4) > 0
  }

  private beginsInterchange(at: number): boolean {
    const { bytes } = this
    if (((bytes[at] ?? 0) | 0x20) !== 0x75 || !isTag(bytes, at, 'UN')) return false
    if (isTag(bytes, at, 'UNB')) return bytes[at + 3] !== undefined && !isAlphanumeric(bytes[at + 3])
    return isTag(bytes, at, 'UNA') && this.unbAfter(at) !== undefined
  }

  /** What a sender puts first behind a UNA that is whole, even where it is not UNB; behind another, UNB close to it. */
  private unbAfter(una: number): number | undefined {
    const { bytes } = this
    const { [una + 4]: element, [una + 8]: terminator } = bytes
    const whole = isServiceString(bytes, una + 3)
    const first = skipBlanks(bytes, una + (isQuote(bytes, una + 8) ? 11 : 9))
    if (whole && this.isSegment(first, element, terminator) && this.unbWithin(first, element) !== undefined)
      return first
    for (let at = una + 3; at < una + 15; at++) {
      if (isTag(bytes, at, 'UNB') && !isAlphanumeric(bytes[at + 3])) return at
    }
    if (!whole) return undefined
    return this.isSegment(first, element, terminator) || this.unbWithin(first, element) !== undefined
      ? first
      : undefined
  }

  /** Where UNB with the element separator that UNA declares stands not far off. */
  private unbWithin(from: number, element: number | undefined): number | undefined {
    const { bytes } = this
    for (let at = from; at < from + NOT_FAR; at++) if (isTag(bytes, at, 'UNB') && bytes[at + 3] === element) return at
    return undefined
  }

  /** A tag that the messages know, with an element or its end behind it. */
  private isSegment(at: number, element: number | undefined, terminator: number | undefined): boolean {
    const { bytes } = this
    const after = bytes[at + 3]
    if (after === undefined || (after !== element && after !== terminator)) return false
    return KNOWN_TAGS.has(String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0).toUpperCase())
  }

  /** Gives where to look for the next interchange. */
  private readInterchange(start: number): number {
    const { bytes } = this
    const declares = isTag(bytes, start, 'UNA')
    const first = (declares ? this.unbAfter(start) : undefined) ?? start
    // What stands before UNB, by mistake, does not show the characters: UNB does
    const unb = (declares && !isTag(bytes, first, 'UNB') && this.unbWithin(first, bytes[start + 4])) || first
    const declared = declares ? declaredService(bytes, start + 3, first, unb) : undefined
    if (declares && !declared) this.note('una.damaged', start)
    const service = declared ?? this.asMostly(unb) ?? this.carried(observedService(bytes, unb), unb)
    this.stretches.push({ fromSegment: this.segments - this.firstSegment, service })
    this.setClasses(service)
    const quoted = this.stretches.length <= OBSERVED && endsWithQuote(bytes, unb, service)
    return this.readSegments(first, service, quoted)
  }

  /** Behind so many interchanges nobody looks anew for what one more shows: that would cost far more than its length. */
  private asMostly(unb: number): ServiceCharacters | undefined {
    if (this.stretches.length < OBSERVED) return undefined
    const shown = this.bytes[unb + 3] ?? DEFAULT_SERVICE.element
    const before = this.stretches.at(-1)?.service
    if (before?.element === shown) return { ...before, declared: false }
    return shown === DEFAULT_SERVICE.terminator || isBlank(shown)
      ? DEFAULT_SERVICE
      : { ...DEFAULT_SERVICE, element: shown }
  }

  /**
   * A sender who declared his characters once keeps to them, the release character too, where he leaves UNA out; and the
   * terminator, where a UNB in the wrong place does not show it.
   */
  private carried(observed: ServiceCharacters, unb: number): ServiceCharacters {
    const before = this.stretches.at(-1)?.service
    const same =
      before?.declared === true &&
      before.element === observed.element &&
      before.component === observed.component &&
      (before.terminator === observed.terminator || endOfUnb(this.bytes, unb, observed.element) === undefined)
    return same ? { ...before, declared: false } : observed
  }

  private setClasses(service: ServiceCharacters): void {
    const { classes } = this
    classes.fill(PLAIN)
    classes.fill(HIGH, 0x80)
    classes[CR] = BREAK
    classes[LF] = BREAK
    classes[service.release] = RELEASE
    classes[service.component] = COMPONENT
    classes[service.element] = ELEMENT
    classes[service.terminator] = TERMINATOR
  }

  /** Segments from UNB to the end of UNZ, of the framing (ETX), of the bytes, or to the next interchange. */
  private readSegments(unb: number, service: ServiceCharacters, quoted: boolean): number {
    const { bytes, classes } = this
    const { length } = bytes
    const { element } = service
    let { tokens, tokenCount: count } = this
    let roof = tokens.length - 3
    let at = unb
    while (at < length) {
      if (isBlank(bytes[at])) at = skipBlanks(bytes, at)
      const start = at
      if (at >= length || bytes[at] === ETX) break
      if (at > unb && ((bytes[at] ?? 0) | 0x20) === 0x75 && this.beginsInterchange(at)) {
        this.tokenCount = count
        return at
      }
      if (count >= roof) {
        tokens = this.tokens = grown(tokens)
        roof = tokens.length - 3
      }
      const first = count
      tokens[count++] = (at << 3) | STARTS_ELEMENT
      const code = bytes[at + 3] === element ? lettersAt(bytes, at) : 0
      if (code !== 0) {
        at += 4
        tokens[count++] = (at << 3) | STARTS_ELEMENT
      }
      let width = 0
      for (;;) {
        at = pass(bytes, at, classes, tokens, count)
        count = passed
        if (at >= length) break
        const kind = classes[bytes[at] ?? 0] ?? PLAIN
        if (kind === TERMINATOR) {
          if ((bytes[at + 4] === element && lettersAt(bytes, at + 1) !== 0) || this.endsSegment(at + 1, service)) {
            width = 1
            break
          }
          tokens[count - 1] = (tokens[count - 1] ?? 0) | DIRTY
          this.note('segment.terminator-in-data', at)
        } else if (kind === HIGH) {
          tokens[count - 1] = (tokens[count - 1] ?? 0) | DIRTY
          if (this.isQuoteTerminator(at, service, quoted)) {
            width = 3
            this.note('segment.typographic-terminator', at)
            break
          }
        } else if (count >= roof) {
          tokens = this.tokens = grown(tokens)
          roof = tokens.length - 3
          continue
        }
        at++
      }
      if (at > length) at = length
      let end = at
      if (width === 0) {
        while (end > start && isBlank(bytes[end - 1])) end--
        this.note('segment.unterminated', end)
      }
      tokens[count++] = ((end + 1) << 3) | ENDS_SEGMENT | STARTS_ELEMENT
      at += width
      const tag = code !== 0 ? code : end - start === 3 ? lettersAt(bytes, start) : 0
      this.endSegment(first, tag)
      if (tag === UNZ && !this.goesOn(at, service)) break
    }
    this.tokenCount = count
    return at < length ? at : -1
  }

  /** Whether a message goes on behind UNZ, or behind several trailers, which somebody put in its middle. */
  private goesOn(from: number, { element, terminator }: ServiceCharacters): boolean {
    const { bytes } = this
    const at = skipBlanks(bytes, from)
    if (!this.isSegment(at, element, terminator)) return false
    return !isTag(bytes, at, 'UN') || ['UNT', 'UNE', 'UNZ'].some((tag) => isTag(bytes, at, tag))
  }

  private endSegment(first: number, tag: number): void {
    const { segments } = this
    if (segments === this.tags.length) {
      this.tags = grown(this.tags)
      this.firsts = grown(this.firsts)
    }
    this.firsts[segments] = first - this.firstToken
    this.tags[segments] = tag
    this.segments = segments + 1
  }

  /**
   * Whether a terminator really ends the segment: a tag, blanks, framing or the end follow. `NAD+FL+++O'NEILL:SEAN'`
   * lacks a release character: what follows is no tag but goes on in letters, so it is data.
   */
  private endsSegment(next: number, service: ServiceCharacters): boolean {
    const { bytes } = this
    if (!isAlphanumeric(bytes[next]) || this.beginsInterchange(next)) return true
    let at = next
    let letters = 0
    for (; at < bytes.length && letters < 4; at++) {
      const byte = bytes[at]
      if (byte === CR || byte === LF) continue
      if (!isAlphanumeric(byte)) break
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

  /**
   * U+2019 in place of the apostrophe. Names hold it too (`JO’ANN`): so a tag or the end must follow, and where UNB ends
   * properly, a tag that the messages know, with an element.
   */
  private isQuoteTerminator(at: number, service: ServiceCharacters, quoted: boolean): boolean {
    const { bytes } = this
    if (service.terminator !== 0x27 || !isQuote(bytes, at)) return false
    const next = skipBlanks(bytes, at + 3)
    if (next >= bytes.length || bytes[next] === ETX) return true
    const tag = String.fromCharCode(bytes[next] ?? 0, bytes[next + 1] ?? 0, bytes[next + 2] ?? 0).toUpperCase()
    const known = KNOWN_TAGS.has(tag)
    if (bytes[next + 3] === service.element) return known || (quoted && /^[A-Z]{3}$/.test(tag))
    if (!quoted || !known) return false
    return bytes[next + 3] === service.terminator || isQuote(bytes, skipBlanks(bytes, next + 3))
  }

  private note(code: string, byte: number): void {
    this.sink.add(code, { byte, line: this.lines.of(byte), segment: this.segments - this.firstSegment + 1 }, '')
  }
}

function grown(items: Int32Array): Int32Array {
  const larger = new Int32Array(items.length * 2)
  larger.set(items)
  return larger
}

const UNZ = (21 << 10) | (14 << 5) | 26

/** How many tokens there are after `pass`. */
let passed = 0

/** Enters the values from `at` on, up to a byte that needs a closer look, or until there is no room left. */
function pass(bytes: Uint8Array, from: number, classes: Uint8Array, tokens: Int32Array, before: number): number {
  const { length } = bytes
  const roof = tokens.length - 3
  let count = before
  let at = from
  for (; at < length; at++) {
    const kind = classes[bytes[at] ?? 0] ?? PLAIN
    if (kind === PLAIN) continue
    if (kind >= COMPONENT) {
      if (count >= roof) break
      tokens[count++] = ((at + 1) << 3) | (kind & MARKS)
    } else if (kind === RELEASE || kind === BREAK) {
      tokens[count - 1] = (tokens[count - 1] ?? 0) | DIRTY
      if (kind === RELEASE) at++
    } else break
  }
  passed = count
  return at
}

/** Three letters of any case, packed; 0 where something else stands. */
function lettersAt(bytes: Uint8Array, at: number): number {
  const first = LETTERS[bytes[at] ?? 0] ?? 0
  const second = LETTERS[bytes[at + 1] ?? 0] ?? 0
  const third = LETTERS[bytes[at + 2] ?? 0] ?? 0
  return first !== 0 && second !== 0 && third !== 0 ? (first << 10) | (second << 5) | third : 0
}

/** 1 to 26 for letters of either case. */
const LETTERS = new Uint8Array(256)
for (let letter = 1; letter <= 26; letter++) {
  LETTERS[0x40 + letter] = letter
  LETTERS[0x60 + letter] = letter
}
