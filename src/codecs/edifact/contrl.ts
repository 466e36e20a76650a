import type {
  ContrlAction,
  ContrlFault,
  ContrlMessage,
  ContrlReport,
  ContrlSubject,
  Envelope,
} from '#domain/message.ts'
import type { Instant } from '#lib/time.ts'
import { replyEnvelope } from './reply-envelope.ts'
import { type SegmentTarget, writeWithKept } from './reply-kept.ts'
import { type Element, writeInterchange } from './write.ts'

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

/** 0083. */
export const ACTIONS = { rejected: '4', acknowledged: '7', received: '8' } as const satisfies Partial<
  Record<ContrlAction, string>
>

export type Contrl = Omit<ContrlMessage, 'type' | 'envelope' | 'span'>

export interface ContrlOptions {
  readonly prepared?: Instant
  /** UNB 0020 of the report; the subject's unless told. */
  readonly interchange?: string
}

/**
 * Writes a report on the syntax of an interchange, in syntax version 3 or 4:
 *
 *     UCI+REF1+NORTHAIR:ZZ+NATAPIS:ZZ+7'  UCM+1+PAXLST:D:12B:UN+4'  UCS+12+13'  UCD+12+2:1'
 *
 * Positions count from 1: UNH is segment 1 of its message, the element behind the tag is element 2 (0098 counts the tag),
 * and no component means the whole element. Groups (UCF) come behind the messages that stand in none.
 * Source: ISO 9735 (syntax 3 annex, syntax 4 part 4), message type CONTRL: UCI, UCF, UCM, UCS, UCD.
 */
export function writeContrl(request: Envelope, report: Contrl, options: ContrlOptions = {}): Uint8Array {
  const version = report.version.split(':')
  return writeInterchange(
    { ...replyEnvelope(request, options), grouped: false, reference: request.reference || '1' },
    { id: 'CONTRL', agency: 'UN', version },
    ['CONTRL', ...version, 'UN'],
    (writer) =>
      writeWithKept(writer, report.kept, (target) => {
        if (isNamed(report.subject)) target.segment('UCI', ...subjectElements(report.subject))
        writeReports(target, report.reports)
        for (const group of report.groups) {
          target.segment('UCF', ...subjectElements(group))
          writeReports(target, group.reports)
        }
      }),
    { una: true },
  )
}

const isNamed = ({ reference, sender, recipient }: ContrlSubject): boolean => Boolean(reference || sender || recipient)

function subjectElements(subject: ContrlSubject): readonly Element[] {
  const { reference, sender, senderQualifier, recipient, recipientQualifier, action } = subject
  return [reference, [sender, senderQualifier], [recipient, recipientQualifier], ...faultElements(action, subject)]
}

function writeReports(target: SegmentTarget, reports: readonly ContrlReport[]): void {
  for (const { reference, message, action, segments, ...fault } of reports) {
    target.segment('UCM', reference, message, ...faultElements(action, fault))
    for (const { position, error, elements } of segments) {
      target.segment('UCS', String(position), error)
      for (const one of elements) target.segment('UCD', one.error, place(one))
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
