import type { SentLeg } from '#domain/leg.ts'
import type { Envelope, GovreqMessage } from '#domain/message.ts'
import type { GovreqProfile } from '#domain/reply-profile.ts'
import type { Instant } from '#lib/time.ts'
import type { MessageRange } from './interchange.ts'
import { readLocal, stamp, todayOf } from './pnrgov/dates.ts'
import { readFlightNumber } from './pnrgov/work.ts'
import type { FindingSink, Tape } from './tape.ts'
import { writeInterchange } from './write.ts'

export type Govreq = Omit<GovreqMessage, 'type' | 'span' | 'request' | 'version'>

/**
 * Writes a request for a push: of a flight, or of some PNRs on it; nothing where the profile does not allow requests.
 *
 *     MSG+:77'  ORG+XL:OSL'  TVL+100426:1905+DOH+OSL+ZX+0330'  RCI+ZX:7TRX5B'
 *
 * Source: PNRGOV implementation guide, GOVREQ; UNSURE in every detail, see the profile.
 */
export function writeGovreq(govreq: Govreq, profile: GovreqProfile): Uint8Array | undefined {
  if (!profile.allowed) return undefined
  const { envelope, originator, originatorPlace, leg, locators } = govreq
  const [version = '', release = '1'] = profile.version.split(':')
  return writeInterchange(
    envelope,
    { id: 'GOVREQ', agency: 'IA', version: [version, release] },
    ['GOVREQ', version, release, 'IA'],
    (writer) => {
      writer.segment('MSG', [undefined, locators.length > 0 ? profile.locator : profile.flight])
      writer.segment('ORG', [originator, originatorPlace])
      if (leg)
        writer.segment('TVL', leg.departs && [...stamp(leg.departs)], leg.from, leg.to, leg.carrier, [
          leg.number.padStart(4, '0'),
          undefined,
          leg.suffix,
        ])
      for (const { company, locator } of locators) writer.segment('RCI', [company, locator])
    },
    { una: true },
  )
}

/**
 * Reads a GOVREQ, as a carrier does.
 * Findings: `govreq.request`: MSG does not say what is asked for.
 */
export function readGovreq(
  tape: Tape,
  range: MessageRange,
  sink: FindingSink,
  context: { readonly receivedAt: Instant },
): GovreqMessage {
  let request: string | undefined
  let originator: string | undefined
  let originatorPlace: string | undefined
  let leg: SentLeg | undefined
  const locators: { company: string; locator: string }[] = []
  for (let at = range.from + 1; at < range.to; at++) {
    switch (tape.tag(at)) {
      case 'MSG':
        request = tape.text(at, 1, 2)?.trim()
        break
      case 'ORG':
        originator = tape.text(at, 1, 1)
        originatorPlace = tape.text(at, 1, 2)
        break
      case 'TVL':
        leg = legOf(tape, at, context.receivedAt)
        break
      case 'RCI': {
        const locator = tape.text(at, 1, 2)
        if (locator !== undefined) locators.push({ company: tape.text(at, 1, 1) ?? '', locator })
        break
      }
      default:
        break
    }
  }
  if (request === undefined) sink.add('govreq.request', tape.place(range.from), '')
  return {
    type: 'GOVREQ',
    version: range.version,
    envelope: range.envelope,
    request: request ?? '',
    ...(originator !== undefined && { originator }),
    ...(originatorPlace !== undefined && { originatorPlace }),
    ...(leg && { leg }),
    locators,
    span: [tape.span(range.from)[0], tape.span(range.to - 1)[1]],
  }
}

function legOf(tape: Tape, at: number, receivedAt: Instant): SentLeg {
  const sent = tape.text(at, 5) ?? ''
  const carrier = tape.text(at, 4) ?? ''
  const number = readFlightNumber(sent)
  const suffix = tape.text(at, 5, 3) ?? number?.suffix
  const departs = readLocal(tape.text(at, 1), tape.text(at, 1, 2), todayOf(receivedAt))
  return {
    carrier,
    number: number?.number ?? sent,
    ...(suffix !== undefined && { suffix }),
    flightAsSent: `${carrier}${sent}`,
    from: tape.text(at, 2) ?? '',
    to: tape.text(at, 3) ?? '',
    ...(departs && { departs }),
    place: 'border',
    overflight: false,
    at: tape.span(at),
  }
}

/** The envelope of a request to a carrier: ours, with a reference of ours that his push will quote. */
export const govreqEnvelope = (
  parties: { readonly sender: string; readonly recipient: string },
  reference: string,
  prepared: Instant,
): Envelope => ({
  ...parties,
  interchange: reference,
  prepared,
  test: false,
  syntax: 'IATA',
  syntaxVersion: '1',
  grouped: false,
  reference: '1',
  access: reference,
})
