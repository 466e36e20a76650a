import { type Envelope, isPnrgov, type Message } from '#domain/message.ts'
import type { KeptSegment } from '#domain/pnr-as-sent.ts'
import { type Instant, instant } from '#lib/time.ts'
import type { MessageRange } from '../edifact/interchange.ts'
import { Lines } from '../edifact/lines.ts'
import type { PnrgovProfile } from '../edifact/pnrgov/profile.ts'
import { readPnrgov } from '../edifact/pnrgov/read.ts'
import type { FindingSink } from '../edifact/tape.ts'
import type { Limits } from '../limits.ts'
import { readElements, type XmlElement, type XmlLimits } from './elements.ts'
import { XML_NAMES, type XmlNames } from './names.ts'
import { pnrSegments } from './pnr.ts'
import { composite, segmentOf, type XmlSegment, XmlTape } from './tape.ts'
import { unreadBelow } from './unread.ts'
import { append, attribute, child, childrenOf, dayAndTime, said } from './values.ts'

export interface XmlContext {
  readonly receivedAt: Instant
  readonly xmlNames?: XmlNames
  readonly profile?: PnrgovProfile
  readonly limits?: Limits
  readonly xmlLimits?: XmlLimits
}

/**
 * Reads every PNRGOV of an XML document into the same message as its EDIFACT form gives: each element becomes the segment
 * that it stands for, and one reader knows what a PNR means. Elements are matched by local name in whatever namespace and
 * order, attributes without case and `_`; one PNR that is past reading costs its neighbours nothing.
 *
 *     <IATA_PNRGOV_NotifRQ><FlightLeg …/><PNRs><PNR><BookingRefID ID="K7QW2M">…</PNR></PNRs></IATA_PNRGOV_NotifRQ>
 *
 * Spans are bytes of the document; a place's `segment` counts elements. XML knows no parts and no interchange: references
 * come from the root's attributes, where they are sent.
 * Findings: `xml.…` in `catalogue.ts`, `pnrgov.…`.
 * Source: PNRGOV XML 13.1 and 14.1; names that are unsure stand in `names.ts`.
 */
export function readPnrgovXml(bytes: Uint8Array, sink: FindingSink, context: XmlContext): readonly Message[] {
  const names = context.xmlNames ?? XML_NAMES
  const messages: Message[] = []
  const lines = new Lines(bytes)
  let open: OpenMessage | undefined
  const finish = (root: XmlElement): void => {
    if (open) messages.push(messageOf(bytes, root, open, names, sink, context))
    open = undefined
  }
  readElements(
    bytes,
    sink,
    {
      open(element, parents) {
        if (isRoot(element) && !open) open = { depth: parents.length, pnrs: [], kept: new Map() }
      },
      close(element, parents) {
        if (!open) return parents.length === 0
        if (element.name === 'PNR') {
          append(open.pnrs, pnrSegments(element, names))
          const kept = unreadBelow(element)
          if (kept.length > 0) open.kept.set(element.at[0], kept)
          tellUnknown(kept, element, sink, lines)
          return true
        }
        if (parents.length > open.depth) return false
        finish(element)
        return true
      },
    },
    context.xmlLimits,
  )
  if (messages.length === 0) sink.add('xml.no-message', { byte: 0, line: 1, segment: 1 }, '')
  return messages
}

interface OpenMessage {
  readonly depth: number
  readonly pnrs: XmlSegment[]
  /** What nobody read of a PNR, by the byte where it begins. */
  readonly kept: Map<number, readonly KeptSegment[]>
}

const isRoot = ({ name }: XmlElement): boolean => /PNRGOV/i.test(name)

/** Tells of each element that nobody knows, once for all that stand in it. */
function tellUnknown(kept: readonly KeptSegment[], root: XmlElement, sink: FindingSink, lines: Lines): void {
  let told = ''
  for (const { tag, known, path = '', index, at } of kept) {
    if (known || (told !== '' && path.startsWith(told))) continue
    told = `${path}/`
    const place = { byte: at[0], line: lines.of(at[0]), segment: root.number + index }
    sink.add('xml.unknown-element', place, /^[A-Za-z_]{1,30}$/.test(tag) ? tag : '')
  }
}

function messageOf(
  bytes: Uint8Array,
  root: XmlElement,
  { pnrs, kept }: OpenMessage,
  names: XmlNames,
  sink: FindingSink,
  context: XmlContext,
): Message {
  const originator = child(root, 'Originator')
  const carrier = attribute(originator, 'AirlineCode', 'SystemCode')
  const flight = child(root, 'FlightLeg')
  const [pnrList] = childrenOf(root, 'PNRs')
  const total = attribute(pnrList, 'NumberOfPnrs')
  const sent = attribute(root, ...names.function)
  const update = sent && names.updates.includes(sent.text.toLowerCase())
  const list: XmlSegment[] = [
    segmentOf('UNH', root),
    segmentOf('MSG', root, composite(undefined, said(update ? '141' : '22'))),
  ]
  if (originator) list.push(segmentOf('ORG', originator, carrier))
  if (flight) list.push(legSegment(flight))
  if (total) list.push(segmentOf('EQN', root, total))
  const end: XmlSegment = { ...segmentOf('UNT', root), at: [root.at[1], root.at[1]] }
  const tape = new XmlTape(bytes, [...list, ...pnrs, end])
  const message = readPnrgov(tape, rangeOf(root, originator, tape.segments), sink, context)
  const ofRoot = unreadBelow(root, ({ name }) => name === 'PNR')
  tellUnknown(ofRoot, root, sink, new Lines(bytes))
  const whole = { ...message, span: root.at, ...(ofRoot.length > 0 && { kept: ofRoot }) }
  if (!isPnrgov(whole)) return whole
  const withUnread = whole.pnrs.map((pnr) => {
    const unread = kept.get(pnr.span[0])
    return unread ? { ...pnr, kept: unread } : pnr
  })
  return { ...whole, pnrs: withUnread }
}

function legSegment(flight: XmlElement): XmlSegment {
  return segmentOf(
    'TVL',
    flight,
    composite(
      ...dayAndTime(attribute(flight, 'DepartureDateTime')),
      ...dayAndTime(attribute(flight, 'ArrivalDateTime')),
    ),
    attribute(child(flight, 'DepartureAirport'), 'LocationCode'),
    attribute(child(flight, 'ArrivalAirport'), 'LocationCode'),
    attribute(flight, 'CarrierCode'),
    composite(attribute(flight, 'FlightNumber'), undefined, attribute(flight, 'OperationalSuffix', 'Suffix')),
  )
}

/** The envelope that a document has none of: who sends, and the references of the root (`EchoToken` and the like). */
function rangeOf(root: XmlElement, originator: XmlElement | undefined, segments: number): MessageRange {
  const text = (...list: string[]): string | undefined => attribute(root, ...list)?.text.trim()
  const stamp = text('TimeStamp')
  const prepared =
    stamp && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?/.test(stamp) ? Date.parse(utc(stamp)) : Number.NaN
  const access = text('CorrelationID', 'AccessReference')
  const sender = attribute(originator, 'SystemCode', 'AirlineCode')?.text.trim() ?? ''
  const version = text('Version') ?? ''
  const reference = text('TransactionIdentifier', 'EchoToken') ?? ''
  const envelope: Envelope = {
    sender,
    recipient: '',
    interchange: reference,
    ...(Number.isFinite(prepared) && { prepared: instant(prepared) }),
    test: text('Target')?.toLowerCase() === 'test',
    syntax: 'XML',
    syntaxVersion: version,
    grouped: false,
    reference: text('SequenceNmbr') ?? '',
    ...(access && { access }),
  }
  return { from: 0, to: segments, type: 'PNRGOV', version, envelope, closed: true }
}

/** Times without a zone are UTC, as everywhere in the envelope. */
const utc = (stamp: string): string => (/(Z|[+-]\d\d:\d\d)$/.test(stamp) ? stamp : `${stamp}Z`)
