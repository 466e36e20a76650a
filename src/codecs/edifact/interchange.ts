import type { Envelope } from '#domain/message.ts'
import { type Instant, instant, localDateTime } from '#lib/time.ts'
import type { FindingSink, Tape } from './tape.ts'

/** One message inside an interchange: segments `from` (UNH) to `to` (exclusive; behind UNT). */
export interface MessageRange {
  readonly from: number
  readonly to: number
  /** UNH S009 0065, upper case: `PAXLST`. */
  readonly type: string
  /** 0052 and 0054: `D:12B`, `13:1`. */
  readonly version: string
  readonly envelope: Envelope
  /** UNT is there: nothing was cut off. */
  readonly closed: boolean
}

/** With these a message begins, where its UNH is lost behind another message's UNT. */
const BEGINNINGS = new Set(['BGM', 'MSG', 'UCI'])
/** Segments that stand in no message are one whose UNH is lost. */
const CONTENT = new Set(
  'BGM RFF DTM NAD TDT LOC ATT GEI NAT DOC CNT ERP ERC PDT MSG ORG TVL EQN SRC RCI SSR TIF UCI UCM'.split(' '),
)
const TRAILERS = new Set(['UNT', 'UNE', 'UNZ'])

interface Header {
  sender: string
  senderQualifier?: string
  recipient: string
  recipientQualifier?: string
  interchange: string
  prepared?: Instant
  application?: string
  test: boolean
  syntax: string
  syntaxVersion: string
}

const NO_HEADER: Header = { sender: '', recipient: '', interchange: '', test: false, syntax: '', syntaxVersion: '' }

/**
 * The messages of all interchanges on the tape, each with its headers. Envelopes are read for what they say; where
 * they contradict themselves (counts, references, missing trailers) that is a finding and nothing more.
 *
 * Source: ISO 9735 UNB, UNG, UNH, UNT, UNE, UNZ as the PNRGOV and PAXLST guides use them.
 */
export const readInterchanges = (tape: Tape, sink: FindingSink): readonly MessageRange[] =>
  readPiece(tape, sink, FROM_THE_BEGINNING, true).ranges

/** What was counted in the interchange so far, where its pieces are read one after the other. */
export interface Counted {
  readonly groups: number
  readonly messages: number
  readonly messagesInGroup: number
  /** Segments at the beginning of the tape that were read with an earlier piece: UNB, UNG. */
  readonly repeated: number
}

export const FROM_THE_BEGINNING: Counted = { groups: 0, messages: 0, messagesInGroup: 0, repeated: 0 }

/** The same of one piece of a longer input, which ends between two messages; `last`: nothing follows. */
export function readPiece(
  tape: Tape,
  sink: FindingSink,
  before: Counted,
  last: boolean,
): { readonly ranges: readonly MessageRange[]; readonly counted: Counted } {
  const ranges: MessageRange[] = []
  let header = NO_HEADER
  let grouped = false
  let groups = 0
  let messages = 0
  let messagesInGroup = 0
  let open: number | undefined
  let headless = false
  /** The first segment behind the trailer looked at last that is none. */
  let behind = 0

  const close = (to: number, trailer: number | undefined): void => {
    if (open === undefined) return
    ranges.push(rangeOf(tape, sink, { from: open, to, header, grouped, trailer, headless }))
    open = undefined
    headless = false
  }
  /** A trailer with the rest of its message behind it ends nothing. */
  const misplaced = (at: number): boolean => {
    if (behind <= at) behind = at + 1
    while (behind < tape.segments && TRAILERS.has(tape.tag(behind))) behind++
    const next = behind < tape.segments ? tape.tag(behind) : ''
    if (open === undefined || BEGINNINGS.has(next) || !CONTENT.has(next)) return false
    sink.add('envelope.trailer-misplaced', tape.place(at), tape.tag(at))
    return true
  }

  for (let at = 0; at < tape.segments; at++) {
    if (at === before.repeated) ({ groups, messages, messagesInGroup } = before)
    switch (tape.tag(at)) {
      case 'UNB':
        close(at, undefined)
        header = readUnb(tape, at, at < before.repeated ? DEAF : sink)
        grouped = false
        groups = messages = 0
        break
      case 'UNG':
        close(at, undefined)
        grouped = true
        groups += 1
        messagesInGroup = 0
        break
      case 'UNH':
        close(at, undefined)
        open = at
        messages += 1
        messagesInGroup += 1
        break
      case 'UNT':
        if (misplaced(at)) break
        if (open === undefined) sink.add('envelope.unt-alone', tape.place(at), '')
        close(at + 1, at)
        break
      case 'UNE':
        if (misplaced(at)) break
        close(at, undefined)
        checkCount(tape, at, sink, 'UNE', messagesInGroup)
        break
      case 'UNZ':
        if (misplaced(at)) break
        close(at, undefined)
        checkTrailer(tape, at, sink, header, grouped ? [groups, messages] : [messages])
        header = NO_HEADER
        break
      default:
        if (open !== undefined || at === 0 || !CONTENT.has(tape.tag(at))) break
        sink.add('envelope.unh-missing', tape.place(at), '')
        open = at - 1
        headless = true
        messages += 1
        messagesInGroup += 1
        break
    }
  }
  close(tape.segments, undefined)
  if (last && header !== NO_HEADER) sink.add('envelope.unz-missing', tape.place(Math.max(0, tape.segments - 1)), '')
  return { ranges, counted: { groups, messages, messagesInGroup, repeated: 0 } }
}

const DEAF: FindingSink = { add() {} }

/** `UNB+IATA:1+0X+AZPRECLEAR+260611:0858+REF1++APIS'` with 0035, the test indicator, as element 11. */
function readUnb(tape: Tape, at: number, sink: FindingSink): Header {
  const senderQualifier = tape.text(at, 2, 2)
  const recipientQualifier = tape.text(at, 3, 2)
  const prepared = preparedAt(tape.text(at, 4, 1), tape.text(at, 4, 2))
  const application = tape.text(at, 7)
  if (!prepared) sink.add('envelope.prepared', tape.place(at, 4), '')
  if (!tape.text(at, 2)) sink.add('envelope.sender', tape.place(at), '')
  return {
    sender: (tape.text(at, 2) ?? '').trim(),
    recipient: (tape.text(at, 3) ?? '').trim(),
    interchange: (tape.text(at, 5) ?? '').trim(),
    test: tape.text(at, 11) === '1',
    syntax: tape.text(at, 1, 1) ?? '',
    syntaxVersion: tape.text(at, 1, 2) ?? '',
    ...(senderQualifier && { senderQualifier }),
    ...(recipientQualifier && { recipientQualifier }),
    ...(prepared && { prepared }),
    ...(application && { application }),
  }
}

/** S004: YYMMDD or CCYYMMDD, and HHMM; UTC by practice. */
function preparedAt(date: string | undefined, time: string | undefined): Instant | undefined {
  const day = /^(\d{2})?(\d{2})(\d{2})(\d{2})$/.exec(date ?? '')
  if (!day) return undefined
  const clock = /^(\d{2})(\d{2})/.exec(time ?? '0000')
  const [year, month, dayOfMonth] = [Number(`${day[1] ?? '20'}${day[2]}`), Number(day[3]), Number(day[4])]
  const [hour, minute] = [Number(clock?.[1] ?? 0), Number(clock?.[2] ?? 0)]
  const local = localDateTime(year, month, dayOfMonth, hour, minute)
  return local && instant(Date.UTC(year, month - 1, dayOfMonth, hour, minute))
}

interface Opened {
  readonly from: number
  readonly to: number
  readonly header: Header
  readonly grouped: boolean
  readonly trailer: number | undefined
  /** UNH is lost: `from` is whatever segment stands before the message. */
  readonly headless: boolean
}

function rangeOf(tape: Tape, sink: FindingSink, opened: Opened): MessageRange {
  const { from, to, header, grouped, trailer, headless } = opened
  if (headless) return headlessRange(tape, opened)
  const reference = (tape.text(from, 1) ?? '').trim()
  const access = tape.text(from, 3)?.trim()
  const part = partOf(tape, from)
  if (header === NO_HEADER) sink.add('envelope.unb-missing', tape.place(from), '')
  if (trailer === undefined) sink.add('envelope.unt-missing', tape.place(Math.max(from, to - 1)), '')
  else {
    const counted = Number(tape.text(trailer, 1))
    if (counted !== to - from)
      sink.add('envelope.unt-count', tape.place(trailer, 1), `${countSaid(tape, trailer)} for ${to - from}`)
    if ((tape.text(trailer, 2) ?? '').trim() !== reference)
      sink.add('envelope.unt-reference', tape.place(trailer, 2), '')
  }
  const release = tape.text(from, 2, 3)
  return {
    from,
    to,
    type: typeOf(tape, sink, from, to),
    version: [tape.text(from, 2, 2) ?? '', release].filter((one) => one !== undefined).join(':'),
    envelope: { ...header, grouped, reference, ...(access && { access }), ...(part && { part }) },
    closed: trailer !== undefined,
  }
}

/** A message without its UNH: its type can be told from what stands in it, its references cannot. */
function headlessRange(tape: Tape, { from, to, header, grouped, trailer }: Opened): MessageRange {
  return {
    from,
    to,
    type: guessedType(tape, from + 1, to) ?? '',
    version: '',
    envelope: { ...header, grouped, reference: '' },
    closed: trailer !== undefined,
  }
}

/** UNH 0065; where that is no name of a message, what the segments tell. */
function typeOf(tape: Tape, sink: FindingSink, from: number, to: number): string {
  const sent = (tape.text(from, 2, 1) ?? '').trim().toUpperCase()
  if (/^[A-Z]{6}$/.test(sent)) return sent
  const guessed = guessedType(tape, from + 1, to)
  if (guessed === undefined) return sent
  sink.add('envelope.type-guessed', tape.place(from, 2), guessed)
  return guessed
}

/** How far into a message its type is looked for. */
const TELLING = 40

/** By the first segment that only one type of message has. */
function guessedType(tape: Tape, from: number, to: number): string | undefined {
  for (let at = from; at < Math.min(to, from + TELLING); at++) {
    switch (tape.tag(at)) {
      case 'SRC':
      case 'TIF':
      case 'EQN':
      case 'RCI':
        return 'PNRGOV'
      case 'MSG':
        return MSG_TYPES.get(tape.text(at, 1, 2) ?? '') ?? 'PNRGOV'
      case 'UCI':
        return 'CONTRL'
      case 'ERP':
        return 'CUSRES'
      case 'BGM':
        return CUSRES_DOCUMENTS.has(tape.text(at, 1) ?? '') ? 'CUSRES' : 'PAXLST'
      case 'NAD':
      case 'TDT':
      case 'PDT':
        return 'PAXLST'
      default:
        break
    }
  }
  return undefined
}

const MSG_TYPES: ReadonlyMap<string, string> = new Map([
  ['23', 'ACKRES'],
  ['43', 'GOVREQ'],
  ['77', 'GOVREQ'],
])
const CUSRES_DOCUMENTS: ReadonlySet<string> = new Set(['132', '312', '962'])

/** S010: `01:C` first, `02` between, `03:F` last; `01:F` stands alone. */
function partOf(tape: Tape, from: number): Envelope['part'] {
  const number = Number(tape.text(from, 4, 1))
  const flag = tape.text(from, 4, 2)?.toUpperCase()
  if (!Number.isInteger(number) || number < 1) return undefined
  return { number, first: flag === 'C' || number === 1, final: flag === 'F' }
}

function checkCount(tape: Tape, at: number, sink: FindingSink, tag: string, found: number): void {
  if (Number(tape.text(at, 1)) !== found)
    sink.add('envelope.count', tape.place(at, 1), `${tag} says ${countSaid(tape, at)} for ${found}`)
}

/** UNZ counts groups where there are some, messages else; senders also count messages then. */
function checkTrailer(tape: Tape, at: number, sink: FindingSink, header: Header, counts: readonly number[]): void {
  if (header === NO_HEADER) return
  const said = Number(tape.text(at, 1))
  if (!counts.includes(said))
    sink.add('envelope.count', tape.place(at, 1), `UNZ says ${countSaid(tape, at)} for ${counts[0]}`)
  if ((tape.text(at, 2) ?? '').trim() !== header.interchange) sink.add('envelope.unz-reference', tape.place(at, 2), '')
}

/** Only a number is quoted: what else stands there may be anybody's data. */
function countSaid(tape: Tape, at: number): string {
  const said = tape.text(at, 1) ?? ''
  return /^\d{1,10}$/.test(said) ? said : 'no number'
}
