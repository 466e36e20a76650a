import { segmentLine } from '#codecs/conformance/layout.ts'
import { placesIn, segmentAt } from '#codecs/conformance/places.ts'
import { type ScoreContext, type ScoredFile, scoreFile } from '#codecs/conformance/score.ts'
import { decode } from '#codecs/decode.ts'
import { readTape, type Tape } from '#codecs/edifact/tape.ts'
import type { Place } from '#domain/finding.ts'
import type { Instant } from '#lib/time.ts'

/** One file as every kind of report sees it; nothing sensitive is in its bytes any more. */
export interface ReportedFile {
  readonly file: string
  readonly tape: Tape
  readonly scored: ScoredFile
  /** The segment at a place, masked unless data shall be shown. */
  readonly lineAt: (at: Place) => string
  readonly data: boolean
}

interface Judging {
  readonly context: Omit<ScoreContext, 'placeOf'>
  /** Years of two digits are read around this moment. */
  readonly now: Instant
  readonly data: boolean
}

/** Longer segments are cut in reports. */
const LONGEST = 300

/** Reads and judges one file. */
export function judge(file: string, bytes: Uint8Array, { context, now, data }: Judging): ReportedFile {
  const tape = readTape(bytes)
  const decoded = decode(bytes, { receivedAt: context.receivedAt ?? now })
  const scored = scoreFile(decoded, { ...context, placeOf: placesIn(bytes, tape) })
  const lineAt = ({ byte }: Place): string => {
    if (tape.segments === 0) return ''
    const line = segmentLine(tape, Math.min(segmentAt(tape, byte), tape.segments - 1), { data })
    return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
  }
  return { file, tape, scored, lineAt, data }
}
