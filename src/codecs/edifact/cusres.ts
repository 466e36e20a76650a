import type { SentLeg } from '#domain/leg.ts'
import type { CusresDecision, CusresKind, CusresMessage, CusresStatus, Envelope } from '#domain/message.ts'
import type { Instant } from '#lib/time.ts'
import { flightTime } from './paxlst/dates.ts'
import { type SegmentTarget, writeWithKept } from './reply-kept.ts'
import { type WriteOptions, writeInterchange } from './write.ts'

/** What we answer; the envelope comes from the request. */
export type Cusres = Omit<CusresMessage, 'type' | 'envelope' | 'span'>

/** BGM 1001. */
export const KINDS = { response: '962', unsolicited: '132', acknowledgement: '312' } as const satisfies Record<
  CusresKind,
  string
>

export interface CusresOptions extends WriteOptions {
  /** When the reply is made (UNB S004); the request's own time unless given. */
  readonly prepared?: Instant
  /** UNB 0020 of the reply; the request's unless given. */
  readonly interchange?: string
}

/**
 * Answers a PAXLST: sender and recipient swapped, the request's references echoed (UNH 0068, RFF TN, AVF, ABO).
 *
 *     BGM+962'  RFF+TN:0004711'  RFF+AF:N70812'  DTM+189:…'  LOC+125+FRA'  ERP+2'  RFF+ABO:…'  ERC+0Z'  FTX+AAP+++…'
 *
 * Source: WCO/IATA/ICAO API response message (CUSRES) implementation guide.
 */
export function writeCusres(request: Envelope, answer: Cusres, options: CusresOptions = {}): Uint8Array {
  const version = answer.version === 'LEGACY' ? ['D', '05B'] : answer.version.split(':')
  return writeInterchange(
    replyEnvelope(request, options),
    { id: 'CUSRES', agency: 'UN', version },
    ['CUSRES', ...version, 'UN', 'IATA'],
    (writer) => writeWithKept(writer, answer.kept, (target) => writeBody(target, answer)),
    { una: true, ...options },
  )
}

function replyEnvelope(request: Envelope, options: CusresOptions): Envelope {
  const { senderQualifier, recipientQualifier, prepared: _, part: __, ...kept } = request
  const prepared = options.prepared ?? request.prepared
  return {
    ...kept,
    sender: request.recipient,
    recipient: request.sender,
    ...(recipientQualifier && { senderQualifier: recipientQualifier }),
    ...(senderQualifier && { recipientQualifier: senderQualifier }),
    ...(prepared && { prepared }),
    ...(request.access && { part: { number: 1, first: true, final: true } }),
    interchange: options.interchange ?? request.interchange,
  }
}

function writeBody(target: SegmentTarget, { kind, transaction, revision, legs, header, decisions }: Cusres): void {
  target.segment('BGM', KINDS[kind])
  if (transaction !== undefined) target.segment('RFF', ['TN', transaction, undefined, undefined, revision])
  for (const leg of legs) writeLeg(target, leg)
  if (header.length > 0) target.segment('ERP', '1')
  for (const status of header) writeStatus(target, status)
  decisions.forEach((decision, index) => {
    if (!isAboutTheSame(decision, decisions[index - 1])) writeTraveller(target, decision)
    writeStatus(target, decision)
  })
}

/** Several statuses of one traveller stand in one group; who is named by nothing is nobody's neighbour. */
const isAboutTheSame = (one: CusresDecision, other: CusresDecision | undefined): boolean =>
  (one.passengerReference ?? one.locator) !== undefined &&
  one.passengerReference === other?.passengerReference &&
  one.locator === other?.locator

function writeTraveller(target: SegmentTarget, { passengerReference, locator }: CusresDecision): void {
  target.segment('ERP', '2')
  if (locator !== undefined) target.segment('RFF', ['AVF', locator])
  if (passengerReference !== undefined) target.segment('RFF', ['ABO', passengerReference])
}

function writeStatus(target: SegmentTarget, { code, text, detail = [], via }: CusresStatus): void {
  if (via === 'GEI') target.segment('GEI', '4', code)
  else if (code !== '' || via) target.segment(via ?? 'ERC', code)
  writeText(target, 'AAP', text)
  writeText(target, 'AHN', detail)
}

/** One repetition of the group for each leg; 125 and 87 say which of them crosses the border. */
function writeLeg(target: SegmentTarget, leg: SentLeg): void {
  const [from, to] = leg.place === 'border' ? ['125', '87'] : ['92', '92']
  target.segment('RFF', ['AF', leg.flightAsSent])
  if (leg.departs) target.segment('DTM', ['189', ...flightTime(leg.departs)])
  if (leg.arrives) target.segment('DTM', ['232', ...flightTime(leg.arrives)])
  if (leg.from) target.segment('LOC', from, leg.from)
  if (leg.to) target.segment('LOC', to, leg.to)
}

/** FTX C108: at most five components of 512 characters in one segment. */
function writeText(target: SegmentTarget, kind: string, text: readonly string[]): void {
  const parts = text.flatMap((one) => one.match(/.{1,512}/gsu) ?? [])
  for (let at = 0; at < parts.length; at += 5) {
    target.segment('FTX', kind, undefined, undefined, parts.slice(at, at + 5))
  }
}
