import type { Envelope } from '#domain/message.ts'
import type { Instant } from '#lib/time.ts'
import { DEFAULT_SERVICE, type ServiceCharacters } from './tape.ts'

/** A value, or the components of a composite; nothing stands for empty. */
export type Element = string | undefined | readonly (string | undefined)[]

export interface WriteOptions {
  /** Write UNA; without it the service characters must be the default ones. */
  readonly una?: boolean
  readonly service?: ServiceCharacters
  /** A line break behind each segment: for people, not for the wire. */
  readonly lines?: boolean
}

/** Writes segments one after the other: released where needed, without trailing empty elements and components. */
export class SegmentWriter {
  private readonly parts: string[] = []
  private readonly service: ServiceCharacters
  private readonly toRelease: RegExp
  private readonly component: string
  private readonly element: string
  private readonly release: string
  private readonly end: string
  /** Segments written so far. */
  count = 0

  constructor(options: WriteOptions = {}) {
    this.service = options.service ?? DEFAULT_SERVICE
    const { component, element, release, terminator } = this.service
    this.component = String.fromCharCode(component)
    this.element = String.fromCharCode(element)
    this.release = String.fromCharCode(release)
    this.end = String.fromCharCode(terminator) + (options.lines ? '\n' : '')
    this.toRelease = new RegExp(`[${[component, element, release, terminator].map(inClass).join('')}]`, 'g')
    if (options.una) this.parts.push(`UNA${this.serviceString()}${options.lines ? '\n' : ''}`)
  }

  segment(tag: string, ...elements: readonly Element[]): this {
    let text = tag
    const last = elements.findLastIndex((one) => !isEmpty(one))
    for (let index = 0; index <= last; index++) text += this.element + this.elementText(elements[index])
    this.parts.push(text, this.end)
    this.count += 1
    return this
  }

  toBytes(): Uint8Array {
    return Buffer.from(this.parts.join(''), 'utf8')
  }

  private serviceString(): string {
    const { component, element, decimal, release, repetition, terminator } = this.service
    return String.fromCharCode(component, element, decimal, release, repetition, terminator)
  }

  private elementText(element: Element): string {
    if (element === undefined) return ''
    if (typeof element === 'string') return this.released(element)
    const last = element.findLastIndex((one) => one !== undefined && one !== '')
    return element
      .slice(0, last + 1)
      .map((one) => this.released(one ?? ''))
      .join(this.component)
  }

  private released(value: string): string {
    return value.replace(this.toRelease, (found) => this.release + found)
  }
}

const inClass = (code: number): string => `\\x${code.toString(16).padStart(2, '0')}`

const isEmpty = (element: Element): boolean =>
  element === undefined ||
  element === '' ||
  (typeof element !== 'string' && element.every((one) => one === undefined || one === ''))

/** What UNG says where a message stands in a functional group: type, agency and version. */
export interface GroupHeader {
  readonly id: string
  readonly agency: string
  readonly version: readonly string[]
}

/**
 * One interchange around one message: UNB, UNG where the envelope says so, UNH, the body, and trailers that count.
 *
 * `message` is UNH S009: `['PAXLST', 'D', '12B', 'UN', 'IATA']`.
 */
export function writeInterchange(
  envelope: Envelope,
  group: GroupHeader,
  message: readonly string[],
  body: (writer: SegmentWriter) => void,
  options: WriteOptions = {},
): Uint8Array {
  const writer = new SegmentWriter(options)
  const from = [envelope.sender, envelope.senderQualifier]
  const to = [envelope.recipient, envelope.recipientQualifier]
  const prepared = envelope.prepared ? preparedElements(envelope.prepared) : []
  writer.segment(
    'UNB',
    [envelope.syntax, envelope.syntaxVersion],
    from,
    to,
    prepared,
    envelope.interchange,
    undefined,
    envelope.application,
    undefined,
    undefined,
    undefined,
    envelope.test ? '1' : undefined,
  )
  if (envelope.grouped)
    writer.segment('UNG', group.id, from, to, prepared, envelope.interchange, group.agency, group.version)
  const before = writer.count
  const { part } = envelope
  writer.segment(
    'UNH',
    envelope.reference,
    message,
    envelope.access,
    part && [String(part.number).padStart(2, '0'), part.final ? 'F' : part.first ? 'C' : undefined],
  )
  body(writer)
  writer.segment('UNT', String(writer.count - before + 1), envelope.reference)
  if (envelope.grouped) writer.segment('UNE', '1', envelope.interchange)
  writer.segment('UNZ', '1', envelope.interchange)
  return writer.toBytes()
}

/** `['260611', '0858']` */
export const preparedElements = (at: Instant): [string, string] => [
  at.slice(2, 4) + at.slice(5, 7) + at.slice(8, 10),
  at.slice(11, 13) + at.slice(14, 16),
]
