import { airport } from '#domain/airports.ts'
import type { Finding } from '#domain/finding.ts'
import type { Decoded, Message, OtherMessage } from '#domain/message.ts'
import type { Instant } from '#lib/time.ts'
import { collectFindings } from './catalogue.ts'
import { readAckres } from './edifact/ackres.ts'
import { readContrl } from './edifact/contrl-read.ts'
import { readCusres } from './edifact/cusres-read.ts'
import { readGovreq } from './edifact/govreq.ts'
import { type MessageRange, readInterchanges } from './edifact/interchange.ts'
import { type PaxlstProfile, paxlstProfile } from './edifact/paxlst/profile.ts'
import { type PaxlstContext, readPaxlst } from './edifact/paxlst/read.ts'
import { transactionIn } from './edifact/paxlst/transaction.ts'
import type { PnrgovProfile } from './edifact/pnrgov/profile.ts'
import { readPnrgov } from './edifact/pnrgov/read.ts'
import { MOST_BYTES } from './edifact/scan.ts'
import { type FindingSink, readTape, type Tape } from './edifact/tape.ts'
import { LIMITS, type Limits } from './limits.ts'
import { movedFinding, movedPlaces } from './moved-places.ts'
import { narrowed, wideEncoding } from './sent-text.ts'
import type { XmlNames } from './xml/names.ts'
import { readPnrgovXml } from './xml/read.ts'
import { isXml } from './xml/text.ts'

export interface DecodeContext {
  /** Two-digit years are read around this moment. */
  readonly receivedAt: Instant
  /** ISO alpha-2 code of the receiving State: tells which leg crosses its border where a message does not. */
  readonly state?: string
  /** What codes mean, and what is asked for, where it was agreed otherwise than is usual in that State. */
  readonly paxlst?: PaxlstProfile
  readonly pnrgov?: PnrgovProfile
  /** Names of XML that are unsure. */
  readonly xmlNames?: XmlNames
  readonly limits?: Limits
}

/**
 * What was understood of some bytes: every message of every interchange, and the findings. Never throws, whatever
 * stands there; time and memory are bounded by the length of the input.
 */
export function decode(bytes: Uint8Array, context: DecodeContext): Decoded {
  if (bytes.length <= MOST_BYTES && wideEncoding(bytes) && !isXml(bytes)) return decodeWide(bytes, context)
  const sink = collectFindings()
  if (isXml(bytes))
    return { messages: readPnrgovXml(bytes, sink, pnrgovContext(context)), findings: inOrder(sink.findings) }
  const tape = readTape(bytes, sink)
  const { messages: most } = context.limits ?? LIMITS
  const ranges = readInterchanges(tape, sink)
  const beyond = ranges[most]
  if (beyond) sink.add('input.too-many', tape.place(beyond.from), `${most} messages`)
  const messages = ranges.slice(0, most).map((range) => readRange(tape, range, sink, context))
  if (messages.length === 0 && tape.segments > 0) sink.add('input.no-message', tape.place(0), '')
  return { messages, findings: inOrder(sink.findings) }
}

/** EDIFACT of two bytes a character: read as UTF-8, its places told in the sender's bytes. */
function decodeWide(bytes: Uint8Array, context: DecodeContext): Decoded {
  const narrow = narrowed(bytes)
  if (!narrow) return { messages: [], findings: [] }
  const { messages, findings } = decode(narrow.bytes, context)
  const sink = collectFindings()
  sink.add('input.utf-16', { byte: 0, line: 1, segment: 1 }, '')
  return {
    messages: messages.map((message) => movedPlaces(message, narrow.toSent)),
    findings: [...sink.findings, ...findings.map((finding) => movedFinding(finding, narrow.toSent))],
  }
}

/** One message of a tape. */
export function readRange(tape: Tape, range: MessageRange, sink: FindingSink, context: DecodeContext): Message {
  const message = readMessage(tape, range, sink, context)
  const known = VERSIONS[message.type]
  if (known && message.version !== '' && !known.test(message.version))
    sink.add('message.unknown-version', tape.place(range.from, 2), '')
  return message
}

/** Versions that the guides know; others are read like them. */
const VERSIONS: Readonly<Record<string, RegExp>> = {
  PAXLST: /^(?:D:(?:02B|05B|12B|15B|16B)|LEGACY)$/i,
  PNRGOV: /^(?:1\d|2[01]):1$/,
}

function readMessage(tape: Tape, range: MessageRange, sink: FindingSink, context: DecodeContext): Message {
  if (range.type === 'PNRGOV') return readPnrgov(tape, range, sink, pnrgovContext(context))
  if (range.type === 'PAXLST') return readList(tape, range, sink, context)
  if (range.type === 'CUSRES') return readCusres(tape, range, sink)
  if (range.type === 'ACKRES') return readAckres(tape, range, sink)
  if (range.type === 'GOVREQ') return readGovreq(tape, range, sink, context)
  if (range.type === 'CONTRL') return readContrl(tape, range, sink)
  sink.add('message.unknown-type', tape.place(range.from, 2), range.type.slice(0, 6))
  return unreadable(tape, range)
}

const readList = (tape: Tape, range: MessageRange, sink: FindingSink, context: DecodeContext): Message =>
  readPaxlst(tape, range, sink, paxlstContext(context)) ?? {
    ...unreadable(tape, range),
    ...transactionIn(tape, range),
  }

function paxlstContext({ receivedAt, state, paxlst, limits }: DecodeContext): PaxlstContext {
  const stateAirports = state && { stateAirports: (code: string) => airport(code)?.country === state }
  return { receivedAt, profile: paxlst ?? paxlstProfile(state), ...(limits && { limits }), ...stateAirports }
}

const pnrgovContext = ({ receivedAt, pnrgov, xmlNames, limits }: DecodeContext) => ({
  receivedAt,
  ...(pnrgov && { profile: pnrgov }),
  ...(xmlNames && { xmlNames }),
  ...(limits && { limits }),
})

const unreadable = (tape: Tape, range: MessageRange): OtherMessage => ({
  type: range.type,
  version: range.version,
  envelope: range.envelope,
  unreadable: true,
  span: [tape.span(range.from)[0], tape.span(range.to - 1)[1]],
})

/** By place, as a person reads the message. */
export const inOrder = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((a, b) => a.at.byte - b.at.byte)
