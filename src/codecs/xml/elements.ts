import sax from 'sax'
import type { Place, Span } from '#domain/finding.ts'
import { Lines } from '../edifact/lines.ts'
import type { FindingSink } from '../edifact/tape.ts'
import { type SentText, sentText } from '../sent-text.ts'

/** A value, entities resolved, and the bytes that it was written with. */
export interface XmlValue {
  readonly text: string
  readonly at: Span
  /** Where a text was sent that other elements, comments or CDATA interrupt. */
  readonly pieces?: readonly Span[]
  /** Of an attribute: its name as sent, without prefix. */
  readonly name?: string
  /** A reader asked for it (`values.ts`); what nobody asked for is kept. */
  taken?: boolean
}

export interface XmlElement {
  /** Without its prefix: namespaces are declared here and there, or not at all. */
  readonly name: string
  /** By `attributeKey`: small letters without `_`, as senders vary both. */
  readonly attributes: ReadonlyMap<string, XmlValue>
  readonly children: XmlElement[]
  text: XmlValue | undefined
  /** From `<` to the end of the closing tag. */
  at: Span
  /** Elements counted from 1, as segments are in EDIFACT. */
  readonly number: number
  taken?: boolean
}

/** What is refused, so that no document costs more than its length. */
export interface XmlLimits {
  readonly mostBytes: number
  readonly deepest: number
  readonly mostAttributes: number
  readonly longestValue: number
  /** Elements that are held until the one that they stand in, such as a PNR, is complete */
  readonly mostHeld: number
}

export const XML_LIMITS: XmlLimits = {
  mostBytes: 128 * 1024 * 1024,
  deepest: 64,
  mostAttributes: 100,
  longestValue: 65_536,
  mostHeld: 500_000,
}

export interface XmlVisit {
  /** A root element begins. */
  open?(element: XmlElement, parents: readonly XmlElement[]): void
  /** An element is complete; given back `true` it is let go, which keeps memory small. */
  close(element: XmlElement, parents: readonly XmlElement[]): boolean
}

/** `SSR_Code`, `SSRCode` and `ssrCode` are one attribute. */
export const attributeKey = (name: string): string => localName(name).replaceAll('_', '').toLowerCase()

const localName = (name: string): string => (name.includes(':') ? name.slice(name.indexOf(':') + 1) : name)

/** They hold no elements: what stands in one was sent behind it, and it was not closed. */
const TEXT_ONLY = new Set(['GivenName', 'Surname', 'Text', 'SeatNumber', 'FareCalculation', 'AddressLine', 'CityName'])

const CHUNK = 1 << 16
const FAULTS_TOLD = 50
/** The parser complains of each character that stands where none may: one finding tells of them all. */
const SAME_FAULT = 8

/**
 * Reads elements one by one, whatever state the document is in: what is malformed is a finding, and reading goes on. No
 * document type, no entity of its own and nothing outside the bytes is ever looked at.
 *
 * Findings: `xml.malformed`, `xml.doctype`, `xml.too-deep`, `xml.value-too-long`, `xml.attributes`, `xml.cut-off`,
 * `xml.encoding`.
 */
export function readElements(bytes: Uint8Array, sink: FindingSink, visit: XmlVisit, limits = XML_LIMITS): void {
  if (bytes.length > limits.mostBytes) {
    sink.add('input.too-large', { byte: 0, line: 1, segment: 1 }, `${bytes.length} bytes`)
    return
  }
  const source = sentText(bytes)
  const reader = new ElementReader(bytes, source, sink, visit, limits)
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]{1,40})["']/.exec(source.text.slice(0, 200))?.[1]
  if (declared && !sameEncoding(declared, source.encoding)) reader.note('xml.encoding', 0, source.encoding)
  reader.read()
}

const sameEncoding = (declared: string, found: SentText['encoding']): boolean => {
  const name = declared.toLowerCase().replaceAll('_', '-')
  if (found === 'latin1') return /^(?:iso-8859|windows-|koi8-|latin1$)/.test(name)
  if (found === 'utf-8') return !name.startsWith('utf-16')
  return name.startsWith('utf-16')
}

/** A character that no text may hold. */
const STAND_IN = '\ufdd0'
const BARE_AMPERSAND = /&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos);)/gi
const restored = (value: string): string => (value.includes(STAND_IN) ? value.replaceAll(STAND_IN, '&') : value)

/** What begins something that is no element, and what ends it. */
const ENDED = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const

const CLOSING_TAG = /<\/[^<>]*>/

/** The events of one document, as elements. */
class ElementReader {
  private readonly source: SentText
  private readonly sink: FindingSink
  private readonly visit: XmlVisit
  private readonly limits: XmlLimits
  private readonly lines: Lines
  private readonly parser: sax.SAXParser
  private readonly stack: XmlElement[] = []
  private attributes = new Map<string, XmlValue>()
  private attributesSent = 0
  private count = 0
  private faults = 0
  private lastFault = Number.NEGATIVE_INFINITY
  /** Elements below the deepest that is read, or beyond those that are held. */
  private leftOut = 0
  private held = 0
  private toldOfMany = false
  private textFrom = 0
  /** A closing tag that fits nothing stands in the text that comes next: the parser leaves it there. */
  private unmatched = false
  private ended = false
  /** Whose text was cut, and told. */
  private cut: XmlElement | undefined
  private readonly piecesOf = new WeakMap<XmlElement, Span[]>()

  constructor(bytes: Uint8Array, source: SentText, sink: FindingSink, visit: XmlVisit, limits: XmlLimits) {
    this.source = source
    this.sink = sink
    this.visit = visit
    this.limits = limits
    this.lines = new Lines(bytes)
    this.parser = sax.parser(true, { position: true, lowercase: false, trim: false, normalize: false })
  }

  read(): void {
    const { parser, source } = this
    parser.onerror = ({ message }) => {
      if (message.startsWith('Unmatched closing tag')) this.unmatched = true
      this.malformed()
      parser.resume()
    }
    parser.ondoctype = () => this.note('xml.doctype', parser.startTagPosition - 1, '')
    parser.onattribute = ({ name, value }) => this.attribute(name, value)
    parser.onopentag = ({ name }) => this.open(name)
    parser.onclosetag = () => this.close()
    parser.ontext = (text) => this.text(text)
    parser.oncdata = (text) => this.cdata(text)
    // A comment is told before its `>`
    parser.oncomment = () => this.interrupted(parser.position + 1)
    parser.onprocessinginstruction = () => this.interrupted(parser.position)
    const text = this.withoutBareAmpersands(this.withoutOpenEnds(source.text))
    for (let at = 0; at < text.length; at += CHUNK) parser.write(text.slice(at, at + CHUNK))
    this.ended = true
    parser.flush()
    if (this.stack.length > 0) this.note('xml.cut-off', source.text.length, '')
    while (this.stack.length > 0) this.close()
  }

  /** A comment, CDATA or instruction that nothing ends would swallow all that follows: its beginning is left out. */
  private withoutOpenEnds(text: string): string {
    let whole = text
    for (const [open, close] of ENDED) {
      const last = whole.lastIndexOf(close)
      const at = whole.indexOf(open, last < 0 ? 0 : last + close.length)
      if (at < 0) continue
      this.note('xml.malformed', at, 'unclosed')
      whole = whole.slice(0, at) + ' '.repeat(open.length) + whole.slice(at + open.length)
    }
    return whole
  }

  /** An ampersand that begins no known entity would swallow what follows it: another character stands in for it meanwhile. */
  private withoutBareAmpersands(text: string): string {
    if (!text.includes('&')) return text
    return text.replace(BARE_AMPERSAND, (_, at: number) => {
      if (this.faults++ < FAULTS_TOLD) this.note('xml.malformed', at, 'ampersand')
      return STAND_IN
    })
  }

  note(code: string, character: number, detail: string): void {
    this.sink.add(code, this.place(character), detail)
  }

  private malformed(): void {
    const at = Math.max(0, this.parser.position - 1)
    const again = at - this.lastFault <= SAME_FAULT
    this.lastFault = at
    if (!again && this.faults++ < FAULTS_TOLD) this.note('xml.malformed', at, '')
  }

  private place(character: number): Place {
    const byte = this.source.byteOf(Math.max(0, character))
    return { byte, line: this.lines.of(byte), segment: Math.max(1, this.count) }
  }

  private span(from: number, to: number): Span {
    return [this.source.byteOf(from), this.source.byteOf(Math.max(from, to))]
  }

  /** The parser stands behind the closing quote: the value lies before it, as it was written. */
  private attribute(name: string, value: string): void {
    const { parser, source, limits } = this
    if (++this.attributesSent > limits.mostAttributes) {
      if (this.attributesSent === limits.mostAttributes + 1) this.note('xml.attributes', parser.position, '')
      return
    }
    if (/^(xmlns(:|$)|xml:|xsi:)/.test(name)) return
    const end = parser.position - 1
    const quote = source.text[end] ?? ''
    const from = quote === '"' || quote === "'" ? source.text.lastIndexOf(quote, end - 1) + 1 : end - value.length
    const key = attributeKey(name)
    if (this.attributes.has(key)) return
    const text = this.kept(restored(value), from)
    this.attributes.set(key, { text, at: this.span(from, end), name: localName(name) })
  }

  private kept(value: string, at: number): string {
    if (value.length <= this.limits.longestValue) return value
    this.note('xml.value-too-long', at, `${value.length} characters`)
    return value.slice(0, this.limits.longestValue)
  }

  private open(sent: string): void {
    const { parser, stack, limits, visit } = this
    const start = parser.startTagPosition - 1
    const attributes = this.attributes
    this.attributes = new Map()
    this.attributesSent = 0
    this.textFrom = parser.position
    if (stack.length >= limits.deepest || this.held >= limits.mostHeld) {
      if (this.leftOut++ === 0) this.leaveOut(start)
      return
    }
    this.count += 1
    this.held += 1
    const name = localName(sent)
    const at = this.span(start, parser.position)
    const element: XmlElement = { name, attributes, children: [], text: undefined, at, number: this.count }
    visit.open?.(element, stack)
    stack.push(element)
  }

  private leaveOut(start: number): void {
    if (this.stack.length >= this.limits.deepest) this.note('xml.too-deep', start, `${this.limits.deepest}`)
    else if (!this.toldOfMany) {
      this.toldOfMany = true
      this.note('input.too-many', start, `${this.limits.mostHeld} elements`)
    }
  }

  private close(): void {
    const { parser, stack, visit, source } = this
    this.textFrom = parser.position
    if (this.leftOut > 0) {
      this.leftOut--
      return
    }
    const element = stack.pop()
    if (!element) return
    element.at = [element.at[0], Math.max(element.at[1], source.byteOf(parser.position))]
    if (visit.close(element, stack)) {
      this.held = Math.max(0, this.held - (this.count - element.number + 1))
      return
    }
    stack.findLast(({ name }) => !TEXT_ONLY.has(name))?.children.push(element)
  }

  private text(sent: string): void {
    const element = this.stack.at(-1)
    const from = this.textFrom
    const next = this.ended ? this.source.text.length : Math.max(from, this.parser.startTagPosition - 1)
    this.textFrom = next
    const closing = this.unmatched ? sent.search(CLOSING_TAG) : -1
    this.unmatched = false
    const text = closing < 0 ? sent : sent.slice(0, closing)
    const end = closing < 0 ? next : Math.max(from, this.source.text.indexOf('</', from))
    const value = text.trim()
    if (value === '' || !element) return
    const lead = text.length - text.trimStart().length
    const tail = text.length - text.trimEnd().length
    this.join(element, value, from + lead, end - tail)
  }

  private interrupted(until: number): void {
    this.textFrom = until
  }

  private cdata(text: string): void {
    const element = this.stack.at(-1)
    const end = Math.max(0, this.parser.position - 3)
    this.textFrom = this.parser.position
    if (element && text.trim() !== '') this.join(element, text.trim(), Math.max(0, end - text.length), end)
  }

  private join(element: XmlElement, value: string, from: number, to: number): void {
    const { text } = element
    const piece = this.span(from, to)
    if (!text) {
      if (value.length > this.limits.longestValue) this.cut = element
      element.text = { text: this.kept(restored(value), from), at: piece }
      return
    }
    const room = this.limits.longestValue - text.text.length
    if (value.length > room) {
      if (this.cut !== element) this.note('xml.value-too-long', from, '')
      this.cut = element
      if (room <= 0) return
    }
    const pieces = this.piecesOf.get(element) ?? [text.at]
    pieces.push(piece)
    this.piecesOf.set(element, pieces)
    element.text = { text: text.text + restored(value).slice(0, room), at: [text.at[0], piece[1]], pieces }
  }
}
