/**
 * PAXLST → message: lists of travellers and crew, changes, cancellations, close-outs; one reader for D.02B to D.16B,
 * and for the older US form (PDT lines). Total: whatever stands there, something is given and findings say the rest.
 *
 * Source: WCO/IATA/ICAO API Guidelines, PAXLST implementation guide.
 */
import type { PaxlstFunction, PaxlstMessage } from '#domain/message.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import type { Instant } from '#lib/time.ts'
import type { MessageRange } from '../interchange.ts'
import type { FindingSink, Tape } from '../tape.ts'
import { dayOf } from './dates.ts'
import { isLegacy, readLegacy } from './legacy.ts'
import { LegReader } from './legs.ts'
import { contactsOf, readPerson } from './person.ts'

export interface PaxlstContext {
  readonly receivedAt: Instant
}

interface Kind {
  readonly function: PaxlstFunction
  readonly crewList: boolean
}

/** BGM 1001 with 1004. */
function kindOf(document: string, number: string | undefined): Kind | undefined {
  const sub = (number ?? '').toUpperCase()
  if (document === '745')
    return {
      function: sub === 'CP' ? 'change' : sub === 'XR' ? 'cancel' : sub === 'RP' ? 'reduce' : 'list',
      crewList: false,
    }
  if (document === '250') return { function: 'list', crewList: true }
  if (document === '336') return { function: 'master-crew', crewList: true }
  if (document === '655') return { function: 'gate-pass', crewList: false }
  if (document === '266') return { function: CLOSING[sub] ?? 'close', crewList: false }
  return undefined
}

const CLOSING: Readonly<Record<string, PaxlstFunction>> = {
  CL: 'close',
  CLNB: 'close-not-on-board',
  CLOB: 'close-on-board',
  XF: 'cancel-flight',
  CF: 'change-flight',
}

/** Nothing only where no flight at all can be made out: then the findings say so. */
export function readPaxlst(
  tape: Tape,
  range: MessageRange,
  sink: FindingSink,
  context: PaxlstContext,
): PaxlstMessage | undefined {
  if (isLegacy(tape, range)) return readLegacy(tape, range, sink, context)
  const head = readHead(tape, range, sink)
  const legs = head.legs.legs()
  if (legs.length === 0) {
    sink.add('paxlst.leg-missing', tape.place(range.from), '')
    return undefined
  }
  if (!legs.some((leg) => leg.departs)) sink.add('paxlst.departure-missing', tape.place(range.from), '')
  const referencesOnly =
    head.kind.function.startsWith('close') || head.kind.function === 'cancel' || head.kind.function === 'reduce'
  const travellers = readPersons(tape, range, sink, {
    day: dayOf(legs, context.receivedAt),
    crewList: head.kind.crewList,
    referencesOnly,
  })
  checkTotals(tape, range, sink, travellers, head.declaredTotal)
  return {
    type: 'PAXLST',
    version: range.version,
    envelope: range.envelope,
    function: head.kind.function,
    crewList: head.kind.crewList,
    document: head.document,
    ...(head.documentNumber && { documentNumber: head.documentNumber }),
    ...(head.transaction && { transaction: head.transaction }),
    ...(head.revision && { revision: head.revision }),
    ...(head.contact && { contact: head.contact }),
    legs,
    travellers,
    ...(head.declaredTotal !== undefined && { declaredTotal: head.declaredTotal }),
    span: [tape.span(range.from)[0], tape.span(range.to - 1)[1]],
  }
}

interface Head {
  kind: Kind
  document: string
  documentNumber?: string
  transaction?: string
  revision?: string
  contact?: NonNullable<PaxlstMessage['contact']>
  declaredTotal?: number
  readonly legs: LegReader
}

/** Everything outside GR4, wherever it stands. */
function readHead(tape: Tape, range: MessageRange, sink: FindingSink): Head {
  const head: Head = { kind: { function: 'list', crewList: false }, document: '', legs: new LegReader(tape, sink) }
  let inPersons = false
  let bgmSeen = false
  for (let at = range.from + 1; at < range.to; at++) {
    switch (tape.tag(at)) {
      case 'BGM':
        bgmSeen = true
        readBgm(tape, at, sink, head)
        break
      case 'RFF':
        if (!inPersons && tape.text(at, 1, 1) === 'TN') readTransaction(tape, at, head)
        break
      case 'NAD':
        inPersons = tape.text(at, 1)?.toUpperCase() !== 'MS'
        if (!inPersons) head.contact = senderContact(tape, at)
        break
      case 'COM':
        if (!inPersons && head.contact) head.contact = withContacts(head.contact, tape, at)
        break
      case 'TDT':
        inPersons = false
        head.legs.tdt(at)
        break
      case 'LOC':
        if (!inPersons) head.legs.loc(at)
        break
      case 'DTM':
        if (!inPersons) head.legs.dtm(at)
        break
      case 'CNT': {
        const total = Number(tape.text(at, 1, 2) ?? tape.text(at, 2))
        if (Number.isInteger(total)) head.declaredTotal = total
        break
      }
      default:
        break
    }
  }
  if (!bgmSeen) sink.add('paxlst.document', tape.place(range.from), '')
  return head
}

function readBgm(tape: Tape, at: number, sink: FindingSink, head: Head): void {
  head.document = tape.text(at, 1, 1)?.trim() ?? ''
  const number = [tape.text(at, 2, 1), tape.text(at, 2, 2)]
    .filter((one) => one !== undefined)
    .join(':')
    .trim()
  if (number) head.documentNumber = number
  const kind = kindOf(head.document, number)
  if (kind) head.kind = kind
  else sink.add('paxlst.document', tape.place(at), head.document.slice(0, 3))
}

function readTransaction(tape: Tape, at: number, head: Head): void {
  const transaction = tape.text(at, 1, 2)?.trim()
  const revision = tape.text(at, 1, 5)?.trim()
  if (transaction) head.transaction = transaction
  if (revision) head.revision = revision
}

/** `NAD+MS+++0X APIS DESK'` */
function senderContact(tape: Tape, at: number): NonNullable<PaxlstMessage['contact']> {
  const name =
    tape.text(at, 2) ?? [tape.text(at, 4, 1), tape.text(at, 4, 2)].filter((one) => one !== undefined).join(' ')
  return { ...(name && { name }), phones: [], emails: [] }
}

function withContacts(
  contact: NonNullable<PaxlstMessage['contact']>,
  tape: Tape,
  at: number,
): NonNullable<PaxlstMessage['contact']> {
  const found = contactsOf(tape, at)
  return {
    ...contact,
    phones: [...contact.phones, ...found.filter((one) => one.kind === 'phone').map((one) => one.value)],
    emails: [...contact.emails, ...found.filter((one) => one.kind === 'email').map((one) => one.value)],
  }
}

const ENDS_PERSON = new Set(['NAD', 'TDT', 'CNT', 'AUT', 'UNT'])

function readPersons(
  tape: Tape,
  range: MessageRange,
  sink: FindingSink,
  how: { readonly day: string; readonly crewList: boolean; readonly referencesOnly: boolean },
): readonly ApiTraveller[] {
  const persons: ApiTraveller[] = []
  for (let at = range.from + 1; at < range.to; at++) {
    if (tape.tag(at) !== 'NAD' || tape.text(at, 1)?.toUpperCase() === 'MS') continue
    let end = at + 1
    while (end < range.to && !ENDS_PERSON.has(tape.tag(end))) end++
    persons.push(readPerson({ tape, sink, ...how }, at, end))
    at = end - 1
  }
  return persons
}

function checkTotals(
  tape: Tape,
  range: MessageRange,
  sink: FindingSink,
  travellers: readonly ApiTraveller[],
  declared: number | undefined,
): void {
  const whole = range.envelope.part === undefined || (range.envelope.part.number === 1 && range.envelope.part.final)
  if (whole && declared !== undefined && declared !== travellers.length) {
    sink.add('paxlst.total', tape.place(range.to - 1), `${declared} for ${travellers.length}`)
  }
  const seen = new Set<string>()
  for (const { passengerReference } of travellers) {
    if (passengerReference && seen.has(passengerReference))
      sink.add('paxlst.reference-repeated', tape.place(range.from), '')
    if (passengerReference) seen.add(passengerReference)
  }
}
