import type { Finding } from '#domain/finding.ts'
import type { ContrlFault, ContrlReport, Decoded, Envelope, Message } from '#domain/message.ts'
import { replyCodes } from '../catalogue.ts'
import type { Contrl } from './contrl.ts'
import { type MessageRange, readInterchanges } from './interchange.ts'
import { readTape, type Tape } from './tape.ts'

/** As many faulty segments of a message, and elements of a segment, as a person reads. */
const MOST_FAULTS = 100
const MOST_IN_SEGMENT = 10

export interface InterchangeReport {
  /** The envelope that the report answers. */
  readonly request: Envelope
  readonly report: Contrl
  /** Something in it is rejected. */
  readonly rejects: boolean
}

/**
 * The reports on what a carrier sent, one for each interchange: a fault is a finding whose catalogue entry names an error
 * of 0085. A message of which nothing can be used is rejected, every other acknowledged with its faults; of faults of the
 * envelope the first is told. Reports are never reported on.
 */
export function contrlFor(bytes: Uint8Array, { messages, findings }: Decoded): readonly InterchangeReport[] {
  const tape = readTape(bytes)
  const ranges = readInterchanges(tape, { add() {} })
  const starts = interchangeStarts(tape)
  const faults = Map.groupBy(findings.filter(isFault), ({ at }) => at.segment)
  let latest = -1
  const subjects = ranges.flatMap((range, index): Subject[] => {
    while ((starts[latest + 1] ?? tape.segments) <= range.from) latest += 1
    const message = messages[index]
    return message && message.type !== 'CONTRL' && latest >= 0 ? [{ interchange: latest, range, message }] : []
  })
  return [...Map.groupBy(subjects, ({ interchange }) => interchange)].flatMap(([interchange, ofOne]) => {
    const request = ofOne[0]?.range.envelope
    if (!request) return []
    const reports = ofOne.map((subject) => reportOf(tape, subject, faults))
    const [start = 0, end = tape.segments] = starts.slice(interchange, interchange + 2)
    const report: Contrl = {
      version: request.syntaxVersion === '4' ? '4:1' : 'D:3',
      subject: { ...partiesOf(request), action: 'acknowledged', ...envelopeFault(tape, start, end, faults) },
      reports,
      groups: [],
    }
    return [{ request, report, rejects: reports.some(({ action }) => action === 'rejected') }]
  })
}

interface Subject {
  /** Which UNB it stands behind, from 0. */
  readonly interchange: number
  readonly range: MessageRange
  readonly message: Message
}

type Faults = ReadonlyMap<number, readonly Finding[]>

const isFault = (finding: Finding): boolean => replyCodes(finding).contrl !== undefined

const interchangeStarts = (tape: Tape): readonly number[] =>
  Array.from({ length: tape.segments }, (_, at) => at).filter((at) => tape.tag(at) === 'UNB')

function partiesOf({ interchange, sender, senderQualifier, recipient, recipientQualifier }: Envelope) {
  return {
    reference: interchange,
    sender,
    ...(senderQualifier && { senderQualifier }),
    recipient,
    ...(recipientQualifier && { recipientQualifier }),
  }
}

const SERVICE: ReadonlySet<string> = new Set(['UNB', 'UNG', 'UNE', 'UNZ'])

/** The first fault of a service segment of the interchange: UCI has room for one. */
function envelopeFault(tape: Tape, start: number, end: number, faults: Faults): ContrlFault {
  for (let at = start; at < end; at++) {
    const [finding] = faults.get(at + 1) ?? []
    if (!finding || !SERVICE.has(tape.tag(at))) continue
    const error = replyCodes(finding).contrl
    return { ...(error && { error }), tag: tape.tag(at), ...elementAt(tape, at, finding.at.byte) }
  }
  return {}
}

function reportOf(tape: Tape, { range, message }: Subject, faults: Faults): ContrlReport {
  const { from, to, envelope, type, version } = range
  const segments: ContrlReport['segments'][number][] = []
  let fatal: string | undefined
  for (let at = from; at < to; at++) {
    const found = faults.get(at + 1)
    if (!found) continue
    fatal ??= found.filter(({ severity }) => severity === 'fatal').map((one) => replyCodes(one).contrl)[0]
    if (segments.length < MOST_FAULTS) segments.push(segmentFaults(tape, at, from, found))
  }
  const rejected = 'unreadable' in message
  const sent = tape.tag(from) === 'UNH' ? componentsOf(tape, from, 2) : []
  return {
    reference: envelope.reference,
    message: sent.length > 0 ? sent : [type, ...version.split(':').filter((one) => one !== '')],
    action: rejected ? 'rejected' : 'acknowledged',
    ...(rejected && { error: fatal ?? '18' }),
    segments,
  }
}

/** A fault of the whole segment stands in UCS, those of its elements in UCD. */
function segmentFaults(tape: Tape, at: number, from: number, found: readonly Finding[]) {
  let whole: string | undefined
  const elements: ContrlFault[] = []
  for (const finding of found) {
    const error = replyCodes(finding).contrl
    const place = elementAt(tape, at, finding.at.byte)
    if (place.element === undefined) whole ??= error
    else if (elements.length < MOST_IN_SEGMENT) elements.push({ ...(error && { error }), ...place })
  }
  return { position: at - from + 1, ...(whole && { error: whole }), elements }
}

/** Positions of up to two digits; longer segments are no longer segments of anybody's guide. */
const FURTHEST = 99

/** S011: the tag is element 1. Nothing for a fault of the whole segment, and no component for one of the whole element. */
function elementAt(tape: Tape, at: number, byte: number): Pick<ContrlFault, 'element' | 'component'> {
  const [start, end] = tape.span(at)
  if (byte <= start || byte > end || tape.elements(at) > FURTHEST) return {}
  for (let element = tape.elements(at); element > 0; element--) {
    if (byte < tape.span(at, element)[0]) continue
    const components = tape.components(at, element)
    let component = Math.min(FURTHEST, components)
    while (component > 1 && byte < tape.span(at, element, component)[0]) component--
    return { element: element + 1, ...(component > 1 && { component }) }
  }
  return {}
}

const componentsOf = (tape: Tape, at: number, element: number): string[] =>
  Array.from({ length: tape.components(at, element) }, (_, index) => tape.text(at, element, index + 1) ?? '')
