import type { Finding } from '#domain/finding.ts'
import type { Decoded, Message } from '#domain/message.ts'
import { collectFindings } from './catalogue.ts'
import { type DecodeContext, decode, inOrder, readRange } from './decode.ts'
import { type Counted, FROM_THE_BEGINNING, readPiece } from './edifact/interchange.ts'
import { MOST_BYTES } from './edifact/scan.ts'
import { isBlank, isTag } from './edifact/service.ts'
import { readTape, type Tape } from './edifact/tape.ts'
import { movedPlaces } from './moved-places.ts'
import { wideEncoding } from './sent-text.ts'
import { isXml } from './xml/text.ts'

/** So much is read before messages are looked for; memory needed is a small multiple of it, or of the largest message. */
const WINDOW = 4_000_000
const LF = 0x0a

/**
 * The messages of an input of any length, some at a time, each with the findings in it: what `decode` says of the whole,
 * places counted from the beginning of the input, in memory that does not grow with it. EDIFACT is cut between two
 * messages; one message, an XML document, and UTF-16 are held as a whole.
 */
export async function* decodeStream(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  context: DecodeContext,
  window = WINDOW,
): AsyncGenerator<Decoded> {
  const stream = new Stream(context)
  let kept: Uint8Array[] = []
  let size = 0
  let wanted = window
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue
    kept.push(chunk)
    size += chunk.length
    if (size < wanted) continue
    const all = kept.length === 1 ? chunk : Buffer.concat(kept)
    const read = size > MOST_BYTES || isXml(all) || wideEncoding(all) ? undefined : stream.piece(all)
    kept = read ? [all.subarray(read.length)] : [all]
    size = kept[0]?.length ?? 0
    if (size > MOST_BYTES) break
    wanted = read ? window : size * 2
    if (read) yield read.decoded
  }
  yield stream.rest(kept.length === 1 && kept[0] ? kept[0] : Buffer.concat(kept))
}

/** Where the stream stands: behind what was read, inside which interchange. */
class Stream {
  private readonly context: DecodeContext
  private byte = 0
  private line = 0
  private segment = 0
  private counted: Counted = FROM_THE_BEGINNING
  /** UNA, UNB and UNG of the interchange that goes on, as they were sent. */
  private header: Uint8Array = new Uint8Array()
  private started = false

  constructor(context: DecodeContext) {
    this.context = context
  }

  /** Reads up to the last place between two messages; nothing where there is none. */
  piece(bytes: Uint8Array): { readonly decoded: Decoded; readonly length: number } | undefined {
    const { element, terminator } = readTape(this.behindHeader(bytes.subarray(0, 4_096))).service(0)
    for (
      let cut = lastCut(bytes, bytes.length, element, terminator);
      cut > 0;
      cut = lastCut(bytes, cut, element, terminator)
    ) {
      const decoded = this.read(bytes.subarray(0, cut), false)
      if (decoded) return { decoded, length: cut }
    }
    return undefined
  }

  rest(bytes: Uint8Array): Decoded {
    if (!this.started) return decode(bytes, this.context)
    return this.read(bytes, true) ?? { messages: [], findings: [] }
  }

  private behindHeader(bytes: Uint8Array): Uint8Array {
    return this.header.length === 0 ? bytes : Buffer.concat([this.header, bytes])
  }

  /** Nothing where the piece does not end with a trailer: then the cut went through a message. */
  private read(bytes: Uint8Array, last: boolean): Decoded | undefined {
    const { header, counted, context } = this
    const sink = collectFindings()
    const tape = readTape(this.behindHeader(bytes), sink)
    const repeated = header.length === 0 ? 0 : segmentsBefore(tape, header.length)
    const end = tape.segments - 1
    if (!last && (end < repeated || !/^UN[TEZ]$/.test(tape.tag(end)))) return undefined
    const { ranges, counted: after } = readPiece(tape, sink, { ...counted, repeated }, last)
    const messages = ranges.map((range) => further(readRange(tape, range, sink, context), this.byte - header.length))
    const shift = {
      byte: this.byte - header.length,
      line: this.line - linesIn(header),
      segment: this.segment - repeated,
    }
    const findings = sink.findings
      .filter(({ at, code }) => at.byte >= header.length && !(last && code === 'input.no-interchange'))
      .map((finding) => shifted(finding, shift))
    this.started = true
    this.counted = after
    this.header = last ? header : headerAt(tape)
    this.byte += bytes.length
    this.line += linesIn(bytes)
    this.segment += tape.segments - repeated
    return { messages, findings: inOrder(findings) }
  }
}

/** The last UNH, UNB or UNA before `until` that stands behind a terminator, with blanks between at most. */
function lastCut(bytes: Uint8Array, until: number, element: number, terminator: number): number {
  for (let at = until - 4; at > 0; at--) {
    if (((bytes[at] ?? 0) | 0x20) !== 0x75 || !isTag(bytes, at, 'UN')) continue
    const message = bytes[at + 3] === element && (isTag(bytes, at, 'UNH') || isTag(bytes, at, 'UNB'))
    if (!message && !isTag(bytes, at, 'UNA')) continue
    let before = at - 1
    while (before > 0 && isBlank(bytes[before])) before--
    // UNA ends with the terminator as well, and belongs to the UNB behind it
    if (bytes[before] === terminator && !isTag(bytes, before - 8, 'UNA')) return at
  }
  return 0
}

function segmentsBefore(tape: Tape, byte: number): number {
  let count = 0
  while (count < tape.segments && tape.span(count)[0] < byte) count++
  return count
}

/** UNA, UNB and UNG in force behind the last segment of a tape; nothing where the interchange has ended. */
function headerAt(tape: Tape): Uint8Array {
  let group: number | undefined
  for (let segment = tape.segments - 1; segment >= 0; segment--) {
    const tag = tape.tag(segment)
    if (tag === 'UNZ') break
    if (tag === 'UNG') group ??= segment
    if (tag !== 'UNB') continue
    const parts = [tape.bytes.subarray(unaBefore(tape, segment), endOf(tape, segment))]
    if (group !== undefined) parts.push(tape.bytes.subarray(tape.span(group)[0], endOf(tape, group)))
    return Buffer.concat(parts)
  }
  return new Uint8Array()
}

const endOf = (tape: Tape, segment: number): number =>
  segment + 1 < tape.segments ? tape.span(segment + 1)[0] : tape.bytes.length

/** Where UNA begins that stands right before a UNB; UNB itself where none does. */
function unaBefore(tape: Tape, unb: number): number {
  const [start] = tape.span(unb)
  for (let at = start - 9; at >= Math.max(0, start - 20); at--) if (isTag(tape.bytes, at, 'UNA')) return at
  return start
}

function linesIn(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) count++
  return count
}

const shifted = (
  finding: Finding,
  by: { readonly byte: number; readonly line: number; readonly segment: number },
): Finding => ({
  ...finding,
  at: { byte: finding.at.byte + by.byte, line: finding.at.line + by.line, segment: finding.at.segment + by.segment },
})

/** A message whose places are counted from further back. */
const further = (message: Message, by: number): Message =>
  by === 0 ? message : movedPlaces(message, (byte) => byte + by)
