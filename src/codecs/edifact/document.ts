import { isUtf8 } from 'node:buffer'
import type { Span } from '#domain/finding.ts'
import { DEFAULT_SERVICE, readTape, type ServiceCharacters, type Tape } from './tape.ts'

/**
 * Bytes of EDIFACT laid out without loss and without judgement: what a viewer shows and a validator counts. Whatever
 * stands between the interchanges is no part of it, and line breaks are none of any value.
 */
export interface EdifactDocument {
  /** `latin1` where the bytes are no UTF-8: each byte then is a character, and none is lost. */
  readonly encoding: 'utf8' | 'latin1'
  readonly interchanges: readonly DocumentInterchange[]
}

export interface DocumentInterchange {
  readonly service: ServiceCharacters
  /** UNB and UNZ, where they are there. */
  readonly header?: DocumentSegment
  readonly groups: readonly DocumentGroup[]
  readonly trailer?: DocumentSegment
}

/** A functional group; without UNG the messages of an interchange are one that has neither header nor trailer. */
export interface DocumentGroup {
  readonly header?: DocumentSegment
  readonly messages: readonly DocumentMessage[]
  readonly trailer?: DocumentSegment
}

/** UNH to UNT; segments that stand outside such a pair are a message without the one or the other. */
export interface DocumentMessage {
  readonly segments: readonly DocumentSegment[]
}

export interface DocumentSegment {
  /** Upper-cased. */
  readonly tag: string
  /** Explicit indication of nesting, `RFF:1:2`. */
  readonly nesting?: readonly string[]
  /** Elements after the tag, each its components: one that is empty is `['']`. Released characters are released. */
  readonly elements: readonly (readonly string[])[]
  /** Bytes of the segment without its terminator. Writing takes no notice of it. */
  readonly span: Span
}

export function readDocument(bytes: Uint8Array): EdifactDocument {
  const tape = readTape(bytes)
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1'
  const interchanges: Open<DocumentInterchange>[] = []
  let groups: Open<DocumentGroup>[] = []
  let messages: DocumentMessage[] = []
  let segments: DocumentSegment[] | undefined
  let service: ServiceCharacters | undefined

  const beginGroup = (header?: DocumentSegment): void => {
    segments = undefined
    messages = []
    groups.push({ ...(header && { header }), messages })
  }
  const beginInterchange = (header?: DocumentSegment): void => {
    groups = []
    interchanges.push({ service: service ?? DEFAULT_SERVICE, ...(header && { header }), groups })
    segments = undefined
    messages = []
  }

  for (let at = 0; at < tape.segments; at++) {
    const segment = segmentAt(tape, at, encoding)
    const open = interchanges.at(-1)
    const inForce = tape.service(at)
    const begins = inForce !== service || segment.tag === 'UNB'
    service = inForce
    if (begins) beginInterchange(segment.tag === 'UNB' ? segment : undefined)
    else if (open?.trailer) beginInterchange()
    const interchange = interchanges.at(-1)
    if (!interchange || segment.tag === 'UNB') continue
    if (segment.tag === 'UNZ') interchange.trailer = segment
    else if (segment.tag === 'UNG') beginGroup(segment)
    else {
      const group = groups.at(-1)
      if (!group || group.trailer) beginGroup()
      if (segment.tag === 'UNE') {
        const last = groups.at(-1)
        if (last) last.trailer = segment
        continue
      }
      if (!segments || segment.tag === 'UNH') {
        segments = []
        messages.push({ segments })
      }
      segments.push(segment)
      if (segment.tag === 'UNT') segments = undefined
    }
  }
  return { encoding, interchanges }
}

type Open<T> = { -readonly [K in keyof T]: T[K] }

function segmentAt(tape: Tape, at: number, encoding: 'utf8' | 'latin1'): DocumentSegment {
  const { release } = tape.service(at)
  const element = (index: number): string[] =>
    Array.from({ length: tape.components(at, index) }, (_, component) =>
      released(tape.bytes, tape.span(at, index, component + 1), release, encoding),
    )
  const [tag = '', ...nesting] = element(0)
  const elements = Array.from({ length: tape.elements(at) }, (_, index) => element(index + 1))
  return { tag: tag.toUpperCase(), ...(nesting.length > 0 && { nesting }), elements, span: tape.span(at) }
}

const BLANK = 0x20
const CR = 0x0d
const LF = 0x0a

/** A value without release characters and line breaks. */
function released(bytes: Uint8Array, [from, to]: Span, release: number, encoding: 'utf8' | 'latin1'): string {
  const kept = Buffer.allocUnsafe(to - from)
  let length = 0
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0
    if (byte === release && release !== BLANK) {
      if (at + 1 < to) kept[length++] = bytes[++at] ?? 0
    } else if (byte !== CR && byte !== LF) kept[length++] = byte
  }
  return kept.toString(encoding, 0, length)
}

export interface WriteDocumentOptions {
  /** UNT, UNE and UNZ count what is there, whatever they said. */
  readonly counts?: boolean
  /** A line break behind each segment: for people, not for the wire. */
  readonly lines?: boolean
}

/** Writes a document strictly: every service character in a value released, every segment ended, UNA where it is needed. */
export function writeDocument(document: EdifactDocument, options: WriteDocumentOptions = {}): Uint8Array {
  const { encoding, interchanges } = options.counts ? counted(document) : document
  // Readers keep to what an earlier UNA declared: behind one, every interchange says its own
  const una = interchanges.findIndex(({ service }) => service.declared)
  const text = interchanges
    .map((one, at) => interchangeText(one, una >= 0 && at >= una, options.lines ? '\n' : ''))
    .join('')
  return Buffer.from(text, encoding)
}

function interchangeText(
  { service, header, groups, trailer }: DocumentInterchange,
  declares: boolean,
  line: string,
): string {
  const { component, element, decimal, release, repetition, terminator } = service
  const sign = String.fromCharCode
  const special = new RegExp(`[${[component, element, release, terminator].map(inClass).join('')}]`, 'g')
  const value = (text: string): string => text.replace(special, (found) => sign(release) + found)
  const composite = (parts: readonly string[]): string => parts.map(value).join(sign(component))
  const write = ({ tag, nesting = [], elements }: DocumentSegment): string =>
    [composite([tag, ...nesting]), ...elements.map(composite)].join(sign(element)) + sign(terminator) + line
  const una = declares || !isUsual(service)
  const parts = una ? [`UNA${sign(component, element, decimal, release, repetition, terminator)}${line}`] : []
  if (header) parts.push(write(header))
  for (const group of groups) {
    if (group.header) parts.push(write(group.header))
    for (const message of group.messages) for (const segment of message.segments) parts.push(write(segment))
    if (group.trailer) parts.push(write(group.trailer))
  }
  if (trailer) parts.push(write(trailer))
  return parts.join('')
}

const inClass = (code: number): string => `\\x${code.toString(16).padStart(2, '0')}`

const isUsual = ({ component, element, release, terminator }: ServiceCharacters): boolean =>
  component === DEFAULT_SERVICE.component &&
  element === DEFAULT_SERVICE.element &&
  release === DEFAULT_SERVICE.release &&
  terminator === DEFAULT_SERVICE.terminator

/** The same document with right counts in its trailers. */
function counted({ encoding, interchanges }: EdifactDocument): EdifactDocument {
  return {
    encoding,
    interchanges: interchanges.map((interchange) => {
      const groups = interchange.groups.map((group) => ({
        ...group,
        messages: group.messages.map(({ segments }) => ({
          segments: segments.map((one) => (one.tag === 'UNT' ? withCount(one, segments.length) : one)),
        })),
        ...(group.trailer && { trailer: withCount(group.trailer, group.messages.length) }),
      }))
      const grouped = groups.filter(({ header }) => header).length
      const messages = groups.reduce((sum, group) => sum + group.messages.length, 0)
      const { trailer } = interchange
      return { ...interchange, groups, ...(trailer && { trailer: withCount(trailer, grouped || messages) }) }
    }),
  }
}

const withCount = (segment: DocumentSegment, count: number): DocumentSegment => ({
  ...segment,
  elements: [[String(count)], ...segment.elements.slice(1)],
})
