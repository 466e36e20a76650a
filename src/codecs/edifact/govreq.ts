import type { SentLeg } from '#domain/leg.ts'
import type { Envelope, GovreqMessage } from '#domain/message.ts'
import type { GovreqProfile } from '#domain/reply-profile.ts'
import type { Instant } from '#lib/time.ts'
import type { MessageRange } from './interchange.ts'
import { readLocal, stamp, todayOf } from './pnrgov/dates.ts'
import { readFlightNumber } from './pnrgov/work.ts'
import { numberOf } from './pnrgov/write.ts'
import { Keeper, type Layouts, writeWithKept } from './reply-kept.ts'
import type { FindingSink, Tape } from './tape.ts'
import { writeInterchange } from './write.ts'

/** What is asked for follows from the locators, and is coded as the profile says; `request` is a code as somebody sent it. */
export type Govreq = Omit<GovreqMessage, 'type' | 'span' | 'request' | 'version'> & { readonly request?: string }

/**
 * Writes a request for a push: of a flight, or of some PNRs on it; nothing where the profile does not allow requests.
 *
 *     MSG+:77'  ORG+XL:OSL'  TVL+100426:1905+DOH+OSL+ZX+0330'  RCI+ZX:7TRX5B'
 *
 * Source: PNRGOV implementation guide, GOVREQ; UNSURE in every detail, see the profile.
 */
export function writeGovreq(govreq: Govreq, profile: GovreqProfile): Uint8Array | undefined {
  if (!profile.allowed) return undefined
  const { envelope, originator, originatorPlace, leg, locators, kept } = govreq
  const [version = '', release = '1'] = profile.version.split(':')
  return writeInterchange(
    envelope,
    { id: 'GOVREQ', agency: 'IA', version: [version, release] },
    ['GOVREQ', version, release, 'IA'],
    (writer) =>
      writeWithKept(writer, kept, (target) => {
        const request = govreq.request ?? (locators.length > 0 ? profile.locator : profile.flight)
        if (request !== '') target.segment('MSG', [undefined, request])
        target.segment('ORG', [originator, originatorPlace])
        if (leg)
          target.segment('TVL', leg.departs && [...stamp(leg.departs)], leg.from, leg.to, leg.carrier, numberOf(leg))
        for (const { company, locator } of locators) target.segment('RCI', [company, locator])
      }),
    { una: true },
  )
}

const LAYOUTS: Layouts = { MSG: [2], ORG: [2], TVL: [2, 1, 1, 1, 3], RCI: [2] }

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
  let organisation: number | undefined
  let leg: SentLeg | undefined
  const locators: { company: string; locator: string }[] = []
  const keeper = new Keeper(tape, range, sink, LAYOUTS)
  const take = (at: number): boolean => {
    switch (tape.tag(at)) {
      case 'MSG':
        if (request !== undefined) return false
        request = tape.text(at, 1, 2)?.trim()
        return request !== undefined
      case 'ORG':
        if (organisation !== undefined) return false
        organisation = at
        return true
      case 'TVL':
        if (leg) return false
        leg = legOf(tape, at, context.receivedAt)
        return true
      case 'RCI': {
        const locator = tape.text(at, 1, 2)?.trim()
        if (locator !== undefined) locators.push({ company: tape.text(at, 1, 1)?.trim() ?? '', locator })
        return locator !== undefined
      }
      default:
        return false
    }
  }
  for (let at = range.from + 1; at < range.to; at++) {
    const taken = take(at)
    keeper.note(at, taken, tape.tag(at) === 'MSG' && tape.text(at, 1, 1) !== undefined)
  }
  const originator = organisation === undefined ? undefined : tape.text(organisation, 1, 1)
  const originatorPlace = organisation === undefined ? undefined : tape.text(organisation, 1, 2)
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
    ...keeper.kept(),
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
