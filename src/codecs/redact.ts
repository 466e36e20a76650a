import { collectFindings } from './catalogue.ts'
import { type Redacted, type RedactOptions, redact as redactEdifact } from './edifact/redact.ts'
import type { SensitiveJudge } from './edifact/redaction.ts'
import { readTape } from './edifact/tape.ts'
import { changedAlike, narrowed, withoutZeros } from './sent-text.ts'
import { redactXml } from './xml/redact.ts'
import { isXml } from './xml/text.ts'

/**
 * Deletes what the law forbids to keep, in place, from whatever a carrier sent: EDIFACT, XML, or neither; in one byte a
 * character or in two, which are judged as UTF-8.
 */
export function redact(bytes: Uint8Array, judge: SensitiveJudge, options: RedactOptions): Redacted {
  const narrow = narrowed(bytes)
  const once = narrow ? redactWide(bytes, narrow.bytes, judge, options) : redactNarrow(bytes, judge, options)
  if (narrow ? !narrow.mixed : !bytes.includes(0)) return once
  // One byte a character here and two there: without the zero bytes all of it can be read
  const { bytes: dense, places } = withoutZeros(once.bytes)
  const again = redactNarrow(dense, judge, options)
  if (again.bytes === dense) return once
  const out = new Uint8Array(once.bytes)
  for (let at = 0; at < dense.length; at++)
    if (again.bytes[at] !== dense[at]) out[places[at] ?? 0] = again.bytes[at] ?? 0
  return { bytes: out, counts: narrow ? once.counts : again.counts }
}

function redactWide(bytes: Uint8Array, narrow: Uint8Array, judge: SensitiveJudge, options: RedactOptions): Redacted {
  const redacted = redactNarrow(narrow, judge, options)
  if (redacted.bytes === narrow) return { bytes, counts: redacted.counts }
  return { bytes: changedAlike(bytes, redacted.bytes), counts: redacted.counts }
}

const redactNarrow = (bytes: Uint8Array, judge: SensitiveJudge, options: RedactOptions): Redacted =>
  isXml(bytes) ? redactXml(bytes, judge, options) : redactEdifact(readTape(bytes, collectFindings()), judge, options)
