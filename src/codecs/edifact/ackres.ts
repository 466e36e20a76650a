import type { AckresMessage, Envelope } from '#domain/message.ts'
import type { KeptSegment } from '#domain/pnr-as-sent.ts'
import type { Instant } from '#lib/time.ts'
import type { MessageRange } from './interchange.ts'
import { replyEnvelope } from './reply-envelope.ts'
import { Keeper, type Layouts, writeWithKept } from './reply-kept.ts'
import type { FindingSink, Tape } from './tape.ts'
import { writeInterchange } from './write.ts'

/** 4343. */
const ACCEPTED = '3'
const REFUSED = '7'

export interface Ackres {
  /** Envelope of the PNRGOV that is answered; its access reference ties answer and push together. */
  readonly request: Envelope
  /** `13:1`, as received. */
  readonly version: string
  /** Received and readable; says nothing about what stands in it. */
  readonly accepted: boolean
  /** ERC 9321, of the profile's table. */
  readonly errors: readonly string[]
  readonly kept?: readonly KeptSegment[]
}

export interface AckresOptions {
  readonly prepared?: Instant
  /** Our interchange reference; the request's unless told. */
  readonly interchange?: string
}

/**
 * Writes the answer to one PNRGOV, or to one part of it:
 *
 *     UNH+1+ACKRES:14:1:IA+ZX0330/100426/1850'MSG+:23+7'ERC+118'UNT+4+1'
 *
 * 4343: 3 accepted, 7 not. No personal data, ever.
 * Source: PNRGOV implementation guide, ACKRES.
 */
export function writeAckres(answer: Ackres, options: AckresOptions = {}): Uint8Array {
  const { request, accepted, errors, kept } = answer
  const [version = '', release = '1'] = answer.version.split(':')
  return writeInterchange(
    replyEnvelope(request, options),
    { id: 'ACKRES', agency: 'IA', version: [version, release] },
    ['ACKRES', version, release, 'IA'],
    (writer) =>
      writeWithKept(writer, kept, (target) => {
        target.segment('MSG', [undefined, '23'], accepted ? ACCEPTED : REFUSED)
        for (const code of errors) target.segment('ERC', code)
      }),
    { una: true },
  )
}

const LAYOUTS: Layouts = { MSG: [2, 1], ERC: [1] }

/** Reads an ACKRES, as a carrier does. Accepted only if it says so: MSG 4343 is 3 and no ERC follows. */
export function readAckres(tape: Tape, range: MessageRange, sink: FindingSink): AckresMessage {
  let message: number | undefined
  const errors: string[] = []
  const keeper = new Keeper(tape, range, sink, LAYOUTS)
  for (let at = range.from + 1; at < range.to; at++) {
    const tag = tape.tag(at)
    if (tag === 'MSG' && message === undefined) message = at
    else if (tag === 'ERC') errors.push(tape.text(at, 1)?.trim() ?? '')
  }
  const response = message === undefined ? undefined : tape.text(message, 2)?.trim()
  const accepted = response === ACCEPTED && errors.length === 0
  const usual = accepted || response === REFUSED
  for (let at = range.from + 1; at < range.to; at++) {
    const partly = at === message && !(usual && tape.text(at, 1, 2) === '23' && tape.text(at, 1, 1) === undefined)
    keeper.note(at, at === message || tape.tag(at) === 'ERC', partly)
  }
  return {
    type: 'ACKRES',
    version: range.version,
    envelope: range.envelope,
    accepted,
    errors,
    ...keeper.kept(),
    span: [tape.span(range.from)[0], tape.span(range.to - 1)[1]],
  }
}
