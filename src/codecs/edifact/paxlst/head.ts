import type { CrewListing, PaxlstFunction, PaxlstMessage } from '#domain/message.ts'
import type { Contact } from '#domain/traveller.ts'
import type { MessageRange } from '../interchange.ts'
import { codeOf } from './codes.ts'
import { type Keeping, keep, keepRest, keepWhole } from './kept.ts'
import { LegReader } from './legs.ts'
import type { PaxlstProfile } from './profile.ts'
import { contactsOf, isContactsAsWritten, MOST_WAYS } from './references.ts'

/** What stands outside GR4, and where each person begins and ends. */
export interface Head {
  function: PaxlstFunction
  crewList: boolean
  document: string
  documentNumber?: string
  crew?: CrewListing
  masterCrew?: NonNullable<PaxlstMessage['masterCrew']>
  stage?: NonNullable<PaxlstMessage['stage']>
  transaction?: string
  revision?: string
  contact?: NonNullable<PaxlstMessage['contact']>
  declaredTotal?: number
  /** The first CNT. */
  totalAt?: number
  readonly legs: LegReader
  /** NAD, and the segment behind the person, by turns. */
  readonly persons: number[]
}

/** Reads the head's segments wherever they stand; a person ends at the next NAD, TDT, CNT, AUT or UNT. */
export function readHead(keeping: Keeping, range: MessageRange, profile: PaxlstProfile): Head {
  const { tape, sink } = keeping
  const head: Head = { function: 'list', crewList: false, document: '', legs: new LegReader(keeping), persons: [] }
  const ways: number[] = []
  let person = false
  for (let at = range.from + 1; at < range.to; at++) {
    const tag = tape.tag(at)
    if (person && (!endsPerson(tag) || (tag === 'UNT' && at + 1 < range.to))) continue
    if (person) head.persons.push(at)
    person = tag === 'NAD' && codeOf(tape.text(at, 1)) !== 'MS'
    if (person) head.persons.push(at)
    else if (tag === 'COM' && head.contact) ways.push(at)
    else if (tag !== 'UNT' || at + 1 < range.to) readSegment(head, keeping, at, tag, profile)
  }
  if (person) head.persons.push(range.to)
  if (head.document === '') sink.add('paxlst.document', tape.place(range.from), '')
  if (head.contact && ways.length > 0) head.contact = withContacts(head.contact, keeping, ways, profile)
  return head
}

const endsPerson = (tag: string): boolean =>
  tag === 'NAD' || tag === 'TDT' || tag === 'CNT' || tag === 'AUT' || tag === 'UNT'

function readSegment(head: Head, keeping: Keeping, at: number, tag: string, profile: PaxlstProfile): void {
  const { tape } = keeping
  switch (tag) {
    case 'BGM':
      if (head.document === '') readBgm(head, keeping, at, profile)
      else keep(keeping, at)
      break
    case 'RFF':
      if (codeOf(tape.text(at, 1, 1)) === 'TN' && head.transaction === undefined) readTransaction(head, keeping, at)
      else keep(keeping, at)
      break
    case 'NAD':
      if (head.contact) keep(keeping, at)
      else readSender(head, keeping, at)
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
      readTotal(head, keeping, at)
      break
    case 'CTA':
    case 'COM':
    case 'AUT':
      keep(keeping, at)
      break
    default:
      if (!isOfPerson(tag)) keeping.sink.add('paxlst.segment-unknown', tape.place(at), tag.slice(0, 3))
      keep(keeping, at)
  }
}

/** Known segments that stand where there is no person are kept, and nothing more. */
const isOfPerson = (tag: string): boolean => OF_PERSON.has(tag)
const OF_PERSON = new Set(['ATT', 'MEA', 'GEI', 'FTX', 'EMP', 'NAT', 'DOC', 'CPI', 'QTY', 'GID'])

/** `BGM+745+CP'`, `BGM+266+CLOB'`, `BGM+745+DC:1.0'` */
function readBgm(head: Head, keeping: Keeping, at: number, profile: PaxlstProfile): void {
  const { tape } = keeping
  head.document = tape.text(at, 1, 1)?.trim() ?? ''
  const number = tape.joined(at, 2)?.trim()
  if (number) head.documentNumber = number
  head.crewList = head.document === '250' || head.document === '336'
  const known = readSub(head, codeOf(tape.text(at, 2, 1)), profile)
  if (!known && head.document !== '')
    keeping.sink.add('paxlst.document', tape.place(at), codeOf(head.document).slice(0, 3))
  // A writer always says how a flight was closed
  if (head.document === '266' && !number) keepWhole(keeping, at)
  else keepRest(keeping, at, 'BGM')
}

/** BGM 1001 with 1004; tells whether the first is known. */
function readSub(head: Head, sub: string, profile: PaxlstProfile): boolean {
  const stage = profile.stages.get(sub)
  if (stage) head.stage = stage
  switch (head.document) {
    case '745':
      head.function = profile.lists.get(sub) ?? 'list'
      return true
    case '250': {
      const crew = profile.crews.get(sub)
      if (crew) head.crew = crew
      head.function = crew?.change ? 'change' : 'list'
      return true
    }
    case '266':
      head.function = profile.closings.get(sub) ?? 'close'
      return true
    case '336': {
      const masterCrew = profile.masterCrews.get(sub)
      if (masterCrew) head.masterCrew = masterCrew
      head.function = 'master-crew'
      return true
    }
    case '655':
      head.function = 'gate-pass'
      return true
    default:
      return false
  }
}

/** C506: qualifier, reference, line, version, revision. */
const TRANSACTION = [5]

/** `RFF+TN:BART34567890:::1'` */
function readTransaction(head: Head, keeping: Keeping, at: number): void {
  const { tape } = keeping
  const transaction = tape.text(at, 1, 2)?.trim()
  const revision = tape.text(at, 1, 5)?.trim()
  if (!transaction) {
    keep(keeping, at)
    return
  }
  head.transaction = transaction
  if (revision) head.revision = revision
  if (tape.text(at, 1, 3) || tape.text(at, 1, 4) || !tape.fits(at, TRANSACTION, false)) keepWhole(keeping, at)
}

/** `NAD+MS+++0X APIS DESK'` */
function readSender(head: Head, keeping: Keeping, at: number): void {
  const { tape } = keeping
  const names = [tape.text(at, 4, 1), tape.text(at, 4, 2)].filter((one) => one !== undefined)
  const profiled = tape.text(at, 2)
  const name = profiled ?? names.join(' ')
  head.contact = { ...(name && { name }), phones: [], emails: [] }
  if (profiled || names.length > 1) keepWhole(keeping, at)
  else keepRest(keeping, at, 'NAD')
}

type SenderContact = NonNullable<PaxlstMessage['contact']>

const ORDER: readonly Contact['kind'][] = ['phone', 'fax', 'email']

/** COM behind NAD MS; several, or in another order than a writer has, are kept as well. */
function withContacts(
  contact: SenderContact,
  keeping: Keeping,
  ways: readonly number[],
  profile: PaxlstProfile,
): SenderContact {
  const { tape } = keeping
  const each = ways.map((at) => contactsOf(tape, at, profile))
  const found = each.flat()
  const of = (kind: Contact['kind']): string[] => found.filter((one) => one.kind === kind).map(({ value }) => value)
  const [phones, faxes, emails] = [of('phone'), of('fax'), of('email')]
  const inOrder = found.every(({ kind }, index) => {
    const before = found[index - 1]?.kind ?? 'phone'
    return ORDER.includes(kind) && ORDER.indexOf(kind) >= ORDER.indexOf(before)
  })
  const asWritten = ways.every((at, index) => {
    const own = each[index] ?? []
    return isContactsAsWritten(tape, at, own) && (index === ways.length - 1 || own.length === MOST_WAYS)
  })
  if (!inOrder || !asWritten) for (const at of ways) keepWhole(keeping, at)
  return { ...contact, phones, ...(faxes.length > 0 && { faxes }), emails }
}

/** `CNT+42:160'`, also `CNT+42+160'` */
function readTotal(head: Head, keeping: Keeping, at: number): void {
  const { tape } = keeping
  const written = tape.text(at, 1, 2)
  const sent = written ?? tape.text(at, 2)
  head.totalAt ??= at
  if (head.declaredTotal !== undefined || sent === undefined || !/^\s{0,3}\d{1,7}\s{0,3}$/.test(sent)) {
    keep(keeping, at)
    return
  }
  head.declaredTotal = Number(sent)
  const qualifier = head.crewList ? '41' : '42'
  if (tape.text(at, 1, 1) !== qualifier || written !== String(head.declaredTotal)) keepWhole(keeping, at)
  else keepRest(keeping, at, 'CNT')
}
