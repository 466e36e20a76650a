import type { ContrlAction, ContrlFault, ContrlMessage, ContrlReport, ContrlSubject } from '#domain/message.ts'
import { ACTIONS } from './contrl.ts'
import type { MessageRange } from './interchange.ts'
import { Keeper, type Layouts } from './reply-kept.ts'
import type { FindingSink, Tape } from './tape.ts'

const LAYOUTS: Layouts = {
  UCI: [1, 2, 2, 1, 1, 1, 2],
  UCF: [1, 2, 2, 1, 1, 1, 2],
  UCM: [1, 9, 1, 1, 1, 2],
  UCS: [1, 1],
  UCD: [1, 2],
}

/**
 * Reads a CONTRL of syntax version 3 or 4.
 * Findings: `contrl.subject`: UCI is missing.
 */
export function readContrl(tape: Tape, range: MessageRange, sink: FindingSink): ContrlMessage {
  const reading = new Reading(tape)
  const keeper = new Keeper(tape, range, sink, LAYOUTS)
  for (let at = range.from + 1; at < range.to; at++) {
    const taken = reading.take(at)
    keeper.note(at, taken, !isPlain(tape, at))
  }
  const { subject, reports, groups } = reading
  if (!subject) sink.add('contrl.subject', tape.place(range.from), '')
  return {
    type: 'CONTRL',
    version: range.version,
    envelope: range.envelope,
    subject: subject ?? { reference: '', sender: '', recipient: '', action: 'other' },
    reports,
    groups,
    ...keeper.kept(),
    span: [tape.span(range.from)[0], tape.span(range.to - 1)[1]],
  }
}

interface OpenReport extends ContrlReport {
  readonly segments: { position: number; error?: string; elements: ContrlFault[] }[]
}

class Reading {
  subject: ContrlSubject | undefined
  readonly reports: OpenReport[] = []
  readonly groups: (ContrlSubject & { readonly reports: OpenReport[] })[] = []
  private readonly tape: Tape

  constructor(tape: Tape) {
    this.tape = tape
  }

  /** Whether the segment has its place in the report. */
  take(at: number): boolean {
    const { tape } = this
    const report = (this.groups.at(-1)?.reports ?? this.reports).at(-1)
    switch (tape.tag(at)) {
      case 'UCI':
        if (this.subject) return false
        this.subject = subjectOf(tape, at)
        return true
      case 'UCF':
        this.groups.push({ ...subjectOf(tape, at), reports: [] })
        return true
      case 'UCM':
        ;(this.groups.at(-1)?.reports ?? this.reports).push(reportOf(tape, at))
        return true
      case 'UCS':
        report?.segments.push({ position: numberAt(tape, at, 1) ?? 0, ...errorAt(tape, at, 2), elements: [] })
        return report !== undefined
      case 'UCD': {
        const segment = report?.segments.at(-1)
        segment?.elements.push({ ...errorAt(tape, at, 1), ...placeAt(tape, at, 2) })
        return segment !== undefined
      }
      default:
        return false
    }
  }
}

function subjectOf(tape: Tape, at: number): ContrlSubject {
  const senderQualifier = tape.text(at, 2, 2)
  const recipientQualifier = tape.text(at, 3, 2)
  return {
    reference: tape.text(at, 1)?.trim() ?? '',
    sender: tape.text(at, 2)?.trim() ?? '',
    ...(senderQualifier && { senderQualifier }),
    recipient: tape.text(at, 3)?.trim() ?? '',
    ...(recipientQualifier && { recipientQualifier }),
    action: actionOf(tape.text(at, 4)),
    ...faultAt(tape, at, 5),
  }
}

const reportOf = (tape: Tape, at: number): OpenReport => ({
  reference: tape.text(at, 1)?.trim() ?? '',
  message: componentsOf(tape, at),
  action: actionOf(tape.text(at, 3)),
  ...faultAt(tape, at, 4),
  segments: [],
})

/** S009, without empty ends. */
function componentsOf(tape: Tape, at: number): readonly string[] {
  const all = Array.from({ length: tape.components(at, 2) }, (_, index) => tape.text(at, 2, index + 1) ?? '')
  return all.slice(0, all.findLastIndex((one) => one !== '') + 1)
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

/** Whether actions and positions are such as are known: others stand nowhere in the model. */
function isPlain(tape: Tape, at: number): boolean {
  switch (tape.tag(at)) {
    case 'UCI':
    case 'UCF':
      return isAction(tape, at, 4) && isPlace(tape, at, 7)
    case 'UCM':
      return isAction(tape, at, 3) && isPlace(tape, at, 6)
    case 'UCS':
      return numberAt(tape, at, 1) !== undefined
    case 'UCD':
      return isPlace(tape, at, 2)
    default:
      return true
  }
}

const isAction = (tape: Tape, at: number, element: number): boolean =>
  tape.text(at, element) === undefined || actionOf(tape.text(at, element)) !== 'other'

const isPlace = (tape: Tape, at: number, element: number): boolean =>
  [1, 2].every(
    (component) =>
      tape.text(at, element, component) === undefined || numberAt(tape, at, element, component) !== undefined,
  )

/** 0085, 0013 and S011 from an element on. */
function faultAt(tape: Tape, at: number, first: number): ContrlFault {
  const sent = tape.text(at, first + 1)
  const tag = sent?.trim().toUpperCase()
  return { ...errorAt(tape, at, first), ...(tag && { tag }), ...placeAt(tape, at, first + 2) }
}

function errorAt(tape: Tape, at: number, element: number): { readonly error?: string } {
  const error = tape.text(at, element)?.trim()
  return error ? { error } : {}
}

function placeAt(tape: Tape, at: number, index: number): Pick<ContrlFault, 'element' | 'component'> {
  const element = numberAt(tape, at, index)
  const component = numberAt(tape, at, index, 2)
  return { ...(element !== undefined && { element }), ...(component !== undefined && { component }) }
}

function numberAt(tape: Tape, at: number, element: number, component = 1): number | undefined {
  const digits = tape.text(at, element, component)?.trim()
  return digits !== undefined && /^\d{1,6}$/.test(digits) ? Number(digits) : undefined
}
