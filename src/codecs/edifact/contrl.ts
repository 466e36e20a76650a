import type { Finding } from '#domain/finding.ts'
import type {
  ContrlAction,
  ContrlFault,
  ContrlMessage,
  ContrlReport,
  Decoded,
  Envelope,
  Message,
} from '#domain/message.ts'
import type { Instant } from '#lib/time.ts'
import { CATALOGUE } from '../catalogue.ts'
import { type MessageRange, readInterchanges } from './interchange.ts'
import { replyEnvelope } from './reply-envelope.ts'
import { type FindingSink, readTape, type Tape } from './tape.ts'
import { type Element, type SegmentWriter, writeInterchange } from './write.ts'

/** 0085, what a CONTRL may say is wrong; the words are ours. */
export const CONTRL_ERRORS: Readonly<Record<string, string>> = {
  '2': 'syntax version or level not supported',
  '7': 'the recipient is not who received it',
  '12': 'invalid value',
  '13': 'missing',
  '14': 'value not supported in this position',
  '15': 'not supported in this position',
  '16': 'too many constituents',
  '17': 'no agreement',
  '18': 'unspecified error',
  '19': 'invalid decimal notation',
  '20': 'character invalid as a service character',
  '21': 'invalid character',
  '22': 'invalid service characters',
  '23': 'unknown sender of the interchange',
  '24': 'too old',
  '25': 'test indicator not supported',
  '26': 'duplicate detected',
  '28': 'references do not match',
  '29': 'the control count is not the number of instances received',
  '30': 'functional groups and messages are mixed',
  '31': 'more than one type of message in a functional group',
  '32': 'the lower level is empty',
  '33': 'occurs outside a message or functional group',
  '35': 'too many repetitions of a segment',
  '36': 'too many repetitions of a segment group',
  '37': 'invalid type of characters',
  '39': 'data element too long',
  '40': 'data element too short',
}

const ACTIONS = { rejected: '4', acknowledged: '7', received: '8' } as const satisfies Partial<
  Record<ContrlAction, string>
>

export type Contrl = Omit<ContrlMessage, 'type' | 'version' | 'envelope' | 'span'>

export interface ContrlOptions {
  readonly prepared?: Instant
  /** UNB 0020 of the report; the subject's unless told. */
  readonly interchange?: string
}

/**
 * Writes a report on the syntax of an interchange, in syntax version 3:
 *
 *     UCI+REF1+NORTHAIR:ZZ+NATAPIS:ZZ+7'  UCM+1+PAXLST:D:12B:UN+4'  UCS+12+13'  UCD+12+2:1'
 *
 * Positions count from 1: UNH is segment 1 of its message, the element behind the tag is element 2 (0098 counts the tag),
 * and no component means the whole element.
 * Source: ISO 9735 syntax 3, message type CONTRL: UCI, UCM, UCS, UCD.
 */
export function writeContrl(request: Envelope, report: Contrl, options: ContrlOptions = {}): Uint8Array {
  return writeInterchange(
    { ...replyEnvelope(request, options), grouped: false, reference: request.reference || '1' },
    { id: 'CONTRL', agency: 'UN', version: ['D', '3'] },
    ['CONTRL', 'D', '3', 'UN'],
    (writer) => writeReports(writer, request, report),
    { una: true },
  )
}

function writeReports(writer: SegmentWriter, request: Envelope, { subject, reports }: Contrl): void {
  const from = [subject.sender, request.senderQualifier]
  const to = [subject.recipient, request.recipientQualifier]
  writer.segment('UCI', subject.reference, from, to, ...faultElements(subject.action, subject))
  for (const { reference, message, action, segments, ...fault } of reports) {
    writer.segment('UCM', reference, message, ...faultElements(action, fault))
    for (const { position, error, elements } of segments) {
      writer.segment('UCS', String(position), error)
      for (const one of elements) writer.segment('UCD', one.error, place(one))
    }
  }
}

/** 0083, 0085, 0013, S011. */
const faultElements = (action: ContrlAction, fault: ContrlFault): readonly Element[] => [
  action === 'other' ? undefined : ACTIONS[action],
  fault.error,
  fault.tag,
  place(fault),
]

const place = ({ element, component }: ContrlFault): Element =>
  element === undefined ? undefined : [String(element), component === undefined ? undefined : String(component)]

/** As many faults as a person reads. */
const MOST_FAULTS = 100

export interface InterchangeReport {
  /** The envelope that the report answers. */
  readonly request: Envelope
  readonly report: Contrl
  /** Something in it is rejected. */
  readonly rejects: boolean
}

/**
 * The reports on what a carrier sent, one for each interchange: a fault is a finding whose catalogue entry names an error
 * of 0085. A message of which nothing can be used is rejected, every other acknowledged with its faults. Reports are never
 * reported on.
 */
export function contrlFor(bytes: Uint8Array, { messages, findings }: Decoded): readonly InterchangeReport[] {
  const ranges = readInterchanges(readTape(bytes), { add() {} })
  const subjects = ranges.flatMap((range, index): Subject[] => {
    const message = messages[index]
    return message && message.type !== 'CONTRL' ? [{ range, message }] : []
  })
  const interchanges = Map.groupBy(subjects, ({ range }) => `${range.envelope.sender} ${range.envelope.interchange}`)
  return [...interchanges.values()].flatMap((ofOne) => {
    const [first] = ofOne
    if (!first) return []
    const { envelope } = first.range
    const reports = ofOne.map((subject) => reportOf(subject, findings))
    const { interchange, sender, recipient } = envelope
    const subject = { reference: interchange, sender, recipient, action: 'acknowledged' as const }
    return [
      { request: envelope, report: { subject, reports }, rejects: reports.some(({ action }) => action === 'rejected') },
    ]
  })
}

interface Subject {
  readonly range: MessageRange
  readonly message: Message
}

function reportOf({ range, message }: Subject, findings: readonly Finding[]): ContrlReport {
  const { from, to, envelope, type, version } = range
  const unusable = 'unreadable' in message
  const faults = new Map<number, string>()
  for (const { code, at } of findings) {
    const error = CATALOGUE[code]?.reply?.contrl
    if (error === undefined || at.segment <= from || at.segment > to) continue
    if (faults.size < MOST_FAULTS) faults.set(at.segment - from, error)
  }
  return {
    reference: envelope.reference,
    message: [type, ...version.split(':').filter((one) => one !== ''), ...(type === 'PAXLST' ? ['UN'] : ['IA'])],
    action: unusable ? 'rejected' : 'acknowledged',
    ...(unusable && { error: '18' }),
    segments: [...faults]
      .sort(([one], [other]) => one - other)
      .map(([position, error]) => ({ position, error, elements: [] })),
  }
}

/**
 * Reads a CONTRL of syntax version 3 or 4. Groups (UCF) are read through: their messages count like the others.
 * Findings: `contrl.subject`: UCI is missing.
 */
export function readContrl(tape: Tape, range: MessageRange, sink: FindingSink): ContrlMessage {
  let subject: ContrlMessage['subject'] | undefined
  const reports: OpenReport[] = []
  for (let at = range.from + 1; at < range.to; at++) {
    const report = reports.at(-1)
    switch (tape.tag(at)) {
      case 'UCI':
        subject = {
          reference: tape.text(at, 1)?.trim() ?? '',
          sender: tape.text(at, 2)?.trim() ?? '',
          recipient: tape.text(at, 3)?.trim() ?? '',
          action: actionOf(tape.text(at, 4)),
          ...faultOf(tape, at, 5),
        }
        break
      case 'UCM':
        reports.push({
          reference: tape.text(at, 1)?.trim() ?? '',
          message: componentsOf(tape, at, 2),
          action: actionOf(tape.text(at, 3)),
          ...faultOf(tape, at, 4),
          segments: [],
        })
        break
      case 'UCS': {
        const error = tape.text(at, 2)?.trim()
        report?.segments.push({ position: numberOf(tape.text(at, 1)) ?? 0, ...(error && { error }), elements: [] })
        break
      }
      case 'UCD': {
        const error = tape.text(at, 1)?.trim()
        report?.segments.at(-1)?.elements.push({ ...(error && { error }), ...placeOf(tape, at, 2) })
        break
      }
      default:
        break
    }
  }
  if (!subject) sink.add('contrl.subject', tape.place(range.from), '')
  return {
    type: 'CONTRL',
    version: range.version,
    envelope: range.envelope,
    subject: subject ?? { reference: '', sender: '', recipient: '', action: 'other' },
    reports,
    span: [tape.span(range.from)[0], tape.span(range.to - 1)[1]],
  }
}

interface OpenReport extends ContrlReport {
  readonly segments: { position: number; error?: string; elements: ContrlFault[] }[]
}

function actionOf(code: string | undefined): ContrlAction {
  switch (code?.trim()) {
    case ACTIONS.rejected:
      return 'rejected'
    case ACTIONS.acknowledged:
      return 'acknowledged'
    case ACTIONS.received:
      return 'received'
    default:
      return 'other'
  }
}

/** 0085, 0013 and S011 from an element on. */
function faultOf(tape: Tape, at: number, first: number): ContrlFault {
  const error = tape.text(at, first)?.trim()
  const tag = tape
    .text(at, first + 1)
    ?.trim()
    .toUpperCase()
  return { ...(error && { error }), ...(tag && { tag }), ...placeOf(tape, at, first + 2) }
}

function placeOf(tape: Tape, at: number, element: number): Pick<ContrlFault, 'element' | 'component'> {
  const position = numberOf(tape.text(at, element, 1))
  const component = numberOf(tape.text(at, element, 2))
  return { ...(position !== undefined && { element: position }), ...(component !== undefined && { component }) }
}

function numberOf(text: string | undefined): number | undefined {
  const digits = text?.trim()
  return digits !== undefined && /^\d{1,6}$/.test(digits) ? Number(digits) : undefined
}

const componentsOf = (tape: Tape, at: number, element: number): string[] =>
  Array.from({ length: tape.components(at, element) }, (_, index) => tape.text(at, element, index + 1) ?? '')
