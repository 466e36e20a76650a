import type { PaxlstFunction, PaxlstMessage } from '#domain/message.ts'
import type { MessageRange } from '../interchange.ts'
import type { FindingSink, Tape } from '../tape.ts'
import { LegReader } from './legs.ts'
import { contactsOf } from './references.ts'

/** What stands outside GR4, and where each person begins and ends. */
export interface Head {
  function: PaxlstFunction
  crewList: boolean
  document: string
  documentNumber?: string
  transaction?: string
  revision?: string
  contact?: NonNullable<PaxlstMessage['contact']>
  declaredTotal?: number
  readonly legs: LegReader
  /** NAD, and the segment behind the person, by turns. */
  readonly persons: number[]
}

/** Reads the head's segments wherever they stand; a person ends at the next NAD, TDT, CNT, AUT or UNT. */
export function readHead(tape: Tape, range: MessageRange, sink: FindingSink): Head {
  const head: Head = { function: 'list', crewList: false, document: '', legs: new LegReader(tape, sink), persons: [] }
  let person = false
  for (let at = range.from + 1; at < range.to; at++) {
    const tag = tape.tag(at)
    if (person && (!endsPerson(tag) || (tag === 'UNT' && at + 1 < range.to))) continue
    if (person) head.persons.push(at)
    person = tag === 'NAD' && !isSender(tape, at)
    if (person) head.persons.push(at)
    else readSegment(head, tape, at, tag, sink)
  }
  if (person) head.persons.push(range.to)
  if (head.document === '') sink.add('paxlst.document', tape.place(range.from), '')
  return head
}

const endsPerson = (tag: string): boolean =>
  tag === 'NAD' || tag === 'TDT' || tag === 'CNT' || tag === 'AUT' || tag === 'UNT'

function isSender(tape: Tape, at: number): boolean {
  const code = tape.text(at, 1)
  return code === 'MS' || code?.trim().toUpperCase() === 'MS'
}

function readSegment(head: Head, tape: Tape, at: number, tag: string, sink: FindingSink): void {
  switch (tag) {
    case 'BGM':
      readBgm(head, tape, at, sink)
      break
    case 'RFF':
      if (tape.text(at, 1, 1) === 'TN') readTransaction(head, tape, at)
      break
    case 'NAD':
      head.contact = { ...nameOf(tape, at), phones: [], emails: [] }
      break
    case 'COM':
      if (head.contact) head.contact = withContacts(head.contact, tape, at)
      break
    case 'TDT':
      head.legs.tdt(at)
      break
    case 'LOC':
      head.legs.loc(at)
      break
    case 'DTM':
      head.legs.dtm(at)
      break
    case 'CNT':
      readTotal(head, tape, at)
      break
    default:
      break
  }
}

/** `BGM+745+CP'`, `BGM+266+CLOB'`, `BGM+745+DC:1.0'` */
function readBgm(head: Head, tape: Tape, at: number, sink: FindingSink): void {
  head.document = tape.text(at, 1, 1)?.trim() ?? ''
  const number = tape.joined(at, 2)?.trim()
  if (number) head.documentNumber = number
  const known = functionOf(head.document, number?.toUpperCase() ?? '')
  head.function = known ?? 'list'
  head.crewList = head.document === '250' || head.document === '336'
  if (!known && head.document !== '') sink.add('paxlst.document', tape.place(at), head.document.slice(0, 3))
}

/** BGM 1001 with 1004. */
function functionOf(document: string, sub: string): PaxlstFunction | undefined {
  switch (document) {
    case '745':
      return LISTS.get(sub) ?? 'list'
    case '250':
      return 'list'
    case '266':
      return CLOSINGS.get(sub) ?? 'close'
    case '336':
      return 'master-crew'
    case '655':
      return 'gate-pass'
    default:
      return undefined
  }
}

const LISTS: ReadonlyMap<string, PaxlstFunction> = new Map([
  ['CP', 'change'],
  ['XR', 'cancel'],
  ['RP', 'reduce'],
])
const CLOSINGS: ReadonlyMap<string, PaxlstFunction> = new Map([
  ['CL', 'close'],
  ['CLNB', 'close-not-on-board'],
  ['CLOB', 'close-on-board'],
  ['XF', 'cancel-flight'],
  ['CF', 'change-flight'],
])

/** `RFF+TN:BART34567890:::1'` */
function readTransaction(head: Head, tape: Tape, at: number): void {
  const transaction = tape.text(at, 1, 2)?.trim()
  const revision = tape.text(at, 1, 5)?.trim()
  if (transaction) head.transaction = transaction
  if (revision) head.revision = revision
}

/** `NAD+MS+++0X APIS DESK'` */
function nameOf(tape: Tape, at: number): { name?: string } {
  const names = [tape.text(at, 4, 1), tape.text(at, 4, 2)].filter((one) => one !== undefined)
  const name = tape.text(at, 2) ?? names.join(' ')
  return name ? { name } : {}
}

type SenderContact = NonNullable<PaxlstMessage['contact']>

function withContacts(contact: SenderContact, tape: Tape, at: number): SenderContact {
  const found = contactsOf(tape, at)
  const values = (kind: string): string[] => found.filter((one) => one.kind === kind).map((one) => one.value)
  return {
    ...contact,
    phones: [...contact.phones, ...values('phone')],
    emails: [...contact.emails, ...values('email')],
  }
}

/** `CNT+42:160'`, also `CNT+42+160'` */
function readTotal(head: Head, tape: Tape, at: number): void {
  const sent = tape.text(at, 1, 2) ?? tape.text(at, 2)
  if (sent !== undefined && /^\s*\d{1,7}\s*$/.test(sent)) head.declaredTotal = Number(sent)
}
