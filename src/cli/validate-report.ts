import { type Layout, layoutSegments, lineOf } from '#codecs/conformance/layout.ts'
import { layoutMarkup } from '#codecs/conformance/layout-markup.ts'
import { placesIn } from '#codecs/conformance/places.ts'
import { type ScoreContext, type ScoredFile, scoreFile } from '#codecs/conformance/score.ts'
import { decode } from '#codecs/decode.ts'
import { readTape } from '#codecs/edifact/tape.ts'
import type { Finding, Place } from '#domain/finding.ts'
import type { Instant } from '#lib/time.ts'

/** One file as every kind of report sees it; nothing sensitive is in its bytes any more. */
export interface ReportedFile {
  readonly file: string
  readonly bytes: number
  readonly layout: Layout
  readonly scored: ScoredFile
  /** The row at a place, masked unless data shall be shown. */
  readonly lineAt: (at: Place) => string
}

export interface Judging {
  readonly context: Omit<ScoreContext, 'placeOf' | 'tape'>
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
  const scored = scoreFile(decoded, { ...context, tape, placeOf: placesIn(bytes, tape) })
  const layout = tape.segments > 0 ? layoutSegments(tape, { data }) : layoutMarkup(bytes, { data })
  const lineAt = (at: Place): string => {
    if (layout.rows === 0) return ''
    const line = lineOf(layout.show(layout.rowAt(at) - 1)).trim()
    return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
  }
  return { file, bytes: bytes.length, layout, scored, lineAt }
}

/** A file that is larger than messages may be: it is not even opened. */
export function tooLarge(file: string, bytes: number): ReportedFile {
  const at: Place = { byte: 0, line: 1, segment: 1 }
  const finding: Finding = { severity: 'fatal', code: 'input.too-large', at, detail: `${bytes} bytes` }
  const layout = layoutMarkup(new Uint8Array(), { data: false })
  return { file, bytes, layout, scored: { score: 0, messages: [], findings: [finding] }, lineAt: () => '' }
}
