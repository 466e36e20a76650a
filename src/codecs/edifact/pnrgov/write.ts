import type { SentLeg } from '#domain/leg.ts'
import type { Envelope, PnrgovMessage } from '#domain/message.ts'
import { writeOrg } from './agency.ts'
import { stamp, writeTime } from './dates.ts'
import { paddedFlight } from './itinerary.ts'
import { segment } from './segments.ts'
import { readFlightNumber } from './work.ts'
import { putBack } from './write-kept.ts'
import { writePnr } from './write-pnr.ts'

export interface WriteOptions {
  /** A line break behind each segment, for people; carriers send none. */
  readonly lines?: boolean
}

/**
 * Writes a PNRGOV in its strict form: the interchange around it, groups and segments in the guide's order, counts that
 * add up. What `readPnrgov` reads from it is the message again.
 * Source: PADIS EDIFACT implementation guide, PNRGOV, segment table.
 */
export function writePnrgov(message: PnrgovMessage, options: WriteOptions = {}): Uint8Array {
  const { envelope, version } = message
  const body = [
    segment('UNH', envelope.reference, ['PNRGOV', ...versionOf(version), 'IA'], envelope.access, partOf(envelope)),
    segment('MSG', ['', message.function === 'full' ? '22' : '141']),
    segment('ORG', ...(message.originator ? writeOrg(message.originator) : [message.leg.carrier || envelope.sender])),
    writeLeg(message.leg),
    segment('EQN', String(message.declaredTotal ?? message.pnrs.length)),
  ]
  putBack(body, message.kept)
  for (const pnr of message.pnrs) writePnr(body, pnr, message)
  body.push(segment('UNT', String(body.length + 1), envelope.reference))
  const all = [...opening(message), ...body, ...closing(envelope)]
  return new TextEncoder().encode(all.join(options.lines ? '\r\n' : ''))
}

const versionOf = (version: string): readonly [string, string] => {
  const [major = '', minor = '1'] = version.split(':')
  return [major, minor]
}

function partOf({ part }: Envelope): (string | undefined)[] | undefined {
  if (!part) return undefined
  return [String(part.number).padStart(2, '0'), part.final ? 'F' : part.first ? 'C' : undefined]
}

function writeLeg(leg: SentLeg): string {
  return segment(
    'TVL',
    [...(leg.departs ? stamp(leg.departs) : ['', '']), ...(leg.arrives ? stamp(leg.arrives) : [])],
    leg.from,
    leg.to,
    leg.carrier,
    numberOf(leg),
  )
}

/** TVL element 5, as sent where that says the same; else in four digits. */
export function numberOf(leg: SentLeg): (string | undefined)[] {
  const sent = leg.flightAsSent.startsWith(leg.carrier) ? leg.flightAsSent.slice(leg.carrier.length) : leg.flightAsSent
  const read = readFlightNumber(sent)
  if ((read?.number ?? sent) !== leg.number) return [paddedFlight(leg.number), '', leg.suffix]
  return read?.suffix === undefined ? [sent, '', leg.suffix] : [sent]
}

function opening({ envelope, version, una }: PnrgovMessage): string[] {
  const sender = [envelope.sender, envelope.senderQualifier]
  const recipient = [envelope.recipient, envelope.recipientQualifier]
  const prepared = envelope.prepared ?? ''
  const at = [`${prepared.slice(2, 4)}${prepared.slice(5, 7)}${prepared.slice(8, 10)}`, writeTime(prepared)]
  const { interchange, application } = envelope
  const syntax = [envelope.syntax, envelope.syntaxVersion]
  const test = envelope.test ? '1' : undefined
  const head = [
    ...unaOf(una),
    segment(
      'UNB',
      syntax,
      sender,
      recipient,
      at,
      interchange,
      undefined,
      application,
      ...Array(3).fill(undefined),
      test,
    ),
  ]
  if (envelope.grouped)
    head.push(segment('UNG', 'PNRGOV', sender, recipient, at, interchange, 'IA', versionOf(version)))
  return head
}

/** Written with the usual delimiters; what UNA may say besides is as sent. */
function unaOf(una: string | undefined): string[] {
  if (una === '') return []
  return [`UNA${una !== undefined && /^:\+.\?.'$/.test(una) ? una : ":+.? '"}`]
}

function closing({ grouped, interchange }: Envelope): string[] {
  const end = segment('UNZ', '1', interchange)
  return grouped ? [segment('UNE', '1', interchange), end] : [end]
}
