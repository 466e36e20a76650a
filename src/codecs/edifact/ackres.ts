import type { AckresMessage, Envelope } from '#domain/message.ts'
import type { Instant } from '#lib/time.ts'
import type { MessageRange } from './interchange.ts'
import { replyEnvelope } from './reply-envelope.ts'
import type { Tape } from './tape.ts'
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
 * 4343: 3 accepted, 7 not. A refusal without a reason says 118. No personal data, ever.
 * Source: PNRGOV implementation guide, ACKRES.
 */
export function writeAckres(answer: Ackres, options: AckresOptions = {}): Uint8Array {
  const { request, accepted } = answer
  const errors = !accepted && answer.errors.length === 0 ? ['118'] : answer.errors
  const [version = '', release = '1'] = answer.version.split(':')
  return writeInterchange(
    replyEnvelope(request, options),
    { id: 'ACKRES', agency: 'IA', version: [version, release] },
    ['ACKRES', version, release, 'IA'],
    (writer) => {
      writer.segment('MSG', [undefined, '23'], accepted ? ACCEPTED : REFUSED)
      for (const code of errors) writer.segment('ERC', code)
    },
    { una: true },
  )
}

/** Reads an ACKRES, as a carrier does. Accepted only if it says so: MSG 4343 is 3 and no ERC follows. */
export function readAckres(tape: Tape, range: MessageRange): AckresMessage {
  let response: string | undefined
  const errors: string[] = []
  for (let segment = range.from + 1; segment < range.to; segment++) {
    const tag = tape.tag(segment)
    if (tag === 'MSG') response = tape.text(segment, 2)?.trim()
    else if (tag === 'ERC') errors.push(tape.text(segment, 1)?.trim() ?? '')
  }
  return {
    type: 'ACKRES',
    version: range.version,
    envelope: range.envelope,
    accepted: response === ACCEPTED && errors.length === 0,
    errors,
    span: [tape.span(range.from)[0], tape.span(range.to - 1)[1]],
  }
}
