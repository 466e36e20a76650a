import type { SentLeg } from '#domain/leg.ts'
import type { CusresDecision, CusresKind, CusresMessage, CusresStatus, Envelope } from '#domain/message.ts'
import type { Instant } from '#lib/time.ts'
import type { MessageRange } from './interchange.ts'
import { readFlightTime } from './paxlst/dates.ts'
import { splitFlight } from './paxlst/legs.ts'
import { flightTime } from './paxlst/write.ts'
import type { FindingSink, Tape } from './tape.ts'
import { type SegmentWriter, type WriteOptions, writeInterchange } from './write.ts'

/** What we answer; the envelope comes from the request. */
export type Cusres = Omit<CusresMessage, 'type' | 'envelope' | 'span'>

const KINDS = { response: '962', unsolicited: '132', acknowledgement: '312' } as const satisfies Record<
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
    (writer) => writeBody(writer, answer),
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

function writeBody(writer: SegmentWriter, { kind, transaction, revision, legs, header, decisions }: Cusres): void {
  writer.segment('BGM', KINDS[kind])
  if (transaction !== undefined) writer.segment('RFF', ['TN', transaction, undefined, undefined, revision])
  for (const leg of legs) writeLeg(writer, leg)
  for (const status of header) {
    writer.segment('ERP', '1')
    writer.segment('ERC', status.code)
    writeText(writer, status.text)
  }
  for (const { passengerReference, locator, code, text } of decisions) {
    writer.segment('ERP', '2')
    if (locator !== undefined) writer.segment('RFF', ['AVF', locator])
    if (passengerReference !== undefined) writer.segment('RFF', ['ABO', passengerReference])
    writer.segment('ERC', code)
    writeText(writer, text)
  }
}

/** One repetition of the group for each leg; 125 and 87 say which of them crosses the border. */
function writeLeg(writer: SegmentWriter, leg: SentLeg): void {
  const [from, to] = leg.place === 'border' ? ['125', '87'] : ['92', '92']
  writer.segment('RFF', ['AF', leg.flightAsSent])
  if (leg.departs) writer.segment('DTM', ['189', ...flightTime(leg.departs)])
  if (leg.arrives) writer.segment('DTM', ['232', ...flightTime(leg.arrives)])
  if (leg.from) writer.segment('LOC', from, leg.from)
  if (leg.to) writer.segment('LOC', to, leg.to)
}

/** FTX C108: at most five components of 512 characters in one segment. */
function writeText(writer: SegmentWriter, text: readonly string[]): void {
  const parts = text.flatMap((one) => one.match(/.{1,512}/gsu) ?? [])
  for (let at = 0; at < parts.length; at += 5) {
    writer.segment('FTX', 'AAP', undefined, undefined, parts.slice(at, at + 5))
  }
}

/**
 * Reads a CUSRES: our own, as a carrier's system does, or a carrier's acknowledgement (BGM 312). A status in GIS or GEI,
 * as older customs profiles send it, counts like ERC.
 */
export function readCusres(tape: Tape, range: MessageRange, sink: FindingSink): CusresMessage {
  const reading = new Reading()
  for (let at = range.from + 1; at < range.to; at++) reading.take(tape, at)
  if (!reading.kind) sink.add('cusres.document', tape.place(range.from), '')
  reading.close()
  const { transaction, revision } = reading
  return {
    type: 'CUSRES',
    kind: reading.kind ?? 'response',
    version: range.version,
    envelope: range.envelope,
    ...(transaction !== undefined && { transaction }),
    ...(revision !== undefined && { revision }),
    legs: reading.legs.map(legOf),
    header: reading.header,
    decisions: reading.decisions,
    span: [tape.span(range.from)[0], tape.span(range.to - 1)[1]],
  }
}

type OpenLeg = { -readonly [K in keyof SentLeg]?: SentLeg[K] } & { flightAsSent: string }

/** What ERP opened: for the message (1) or one traveller (2); each ERC in it is one status. */
interface OpenGroup {
  readonly level: string
  passengerReference?: string
  locator?: string
  readonly statuses: { readonly code: string; readonly text: string[] }[]
}

class Reading {
  kind: CusresKind | undefined
  transaction: string | undefined
  revision: string | undefined
  readonly legs: OpenLeg[] = []
  readonly header: CusresStatus[] = []
  readonly decisions: CusresDecision[] = []
  private group: OpenGroup | undefined

  take(tape: Tape, at: number): void {
    const { group } = this
    switch (tape.tag(at)) {
      case 'BGM':
        this.kind = kindOf(tape.text(at, 1))
        break
      case 'RFF':
        this.takeReference(tape, at)
        break
      case 'DTM':
        this.takeTime(tape, at)
        break
      case 'LOC':
        this.takePlace(tape.text(at, 1), tape.text(at, 2))
        break
      case 'ERP':
        this.close()
        this.group = { level: tape.text(at, 1)?.trim() ?? '', statuses: [] }
        break
      case 'ERC':
      case 'GIS':
        group?.statuses.push({ code: tape.text(at, 1)?.trim() ?? '', text: [] })
        break
      case 'GEI':
        group?.statuses.push({ code: tape.text(at, 2)?.trim() ?? '', text: [] })
        break
      case 'FTX':
        for (const text of textOf(tape, at)) group?.statuses.at(-1)?.text.push(text)
        break
      default:
        break
    }
  }

  close(): void {
    const { group } = this
    this.group = undefined
    if (!group) return
    if (group.level === '1') {
      for (const status of group.statuses) this.header.push(status)
      return
    }
    const { passengerReference, locator } = group
    const about = { ...(passengerReference && { passengerReference }), ...(locator && { locator }) }
    for (const status of group.statuses) this.decisions.push({ ...about, ...status })
  }

  private takeReference(tape: Tape, at: number): void {
    const value = tape.text(at, 1, 2)?.trim()
    if (value === undefined) return
    switch (tape.text(at, 1, 1)) {
      case 'TN':
        this.transaction = value
        this.revision = tape.text(at, 1, 5)
        break
      case 'AF':
        this.legs.push({ flightAsSent: value, at: tape.span(at) })
        break
      case 'AVF':
        if (this.group) this.group.locator = value
        break
      case 'ABO':
        if (this.group) this.group.passengerReference = value
        break
      default:
        break
    }
  }

  private takeTime(tape: Tape, at: number): void {
    const leg = this.legs.at(-1)
    const sent = tape.text(at, 1, 2)
    const time = sent === undefined ? undefined : readFlightTime(sent, tape.text(at, 1, 3))
    if (!leg || !time) return
    const qualifier = tape.text(at, 1, 1)
    if (qualifier === '189') leg.departs = time
    if (qualifier === '232') leg.arrives = time
  }

  /** 125 and 87 are ends of the border leg; of two 92 the first is the departure. */
  private takePlace(qualifier: string | undefined, code: string | undefined): void {
    const leg = this.legs.at(-1)
    if (!leg || code === undefined) return
    if (qualifier === '125') Object.assign(leg, { from: code, place: 'border' })
    else if (qualifier === '87') Object.assign(leg, { to: code, place: 'border' })
    else if (leg.from === undefined) leg.from = code
    else leg.to = code
  }
}

const kindOf = (code: string | undefined): CusresKind | undefined =>
  code === KINDS.response
    ? 'response'
    : code === KINDS.unsolicited
      ? 'unsolicited'
      : code === KINDS.acknowledgement
        ? 'acknowledgement'
        : undefined

function textOf(tape: Tape, at: number): string[] {
  return Array.from({ length: tape.components(at, 4) }, (_, index) => tape.text(at, 4, index + 1)).filter(
    (one) => one !== undefined,
  )
}

/** Legs before the border leg come before it in the message, those after it behind it. */
function legOf(leg: OpenLeg, index: number, all: readonly OpenLeg[]): SentLeg {
  const border = all.findIndex((one) => one.place === 'border')
  const { carrier, number, suffix } = splitFlight(leg.flightAsSent.toUpperCase())
  return {
    from: '',
    to: '',
    overflight: false,
    place: border < 0 || index === border ? 'border' : index < border ? 'before' : 'after',
    ...leg,
    carrier,
    number,
    ...(suffix && { suffix }),
  }
}
