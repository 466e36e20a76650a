import { collectFindings } from './catalogue.ts'
import { type Redacted, type RedactOptions, redact as redactEdifact } from './edifact/redact.ts'
import type { SensitiveJudge } from './edifact/redaction.ts'
import { readTape } from './edifact/tape.ts'
import { changedAlike, narrowed } from './sent-text.ts'
import { redactXml } from './xml/redact.ts'
import { isXml } from './xml/text.ts'

/**
 * Deletes what the law forbids to keep, in place, from whatever a carrier sent: EDIFACT, XML, or neither; in one byte a
 * character or in two, which are judged as UTF-8.
 */
export function redact(bytes: Uint8Array, judge: SensitiveJudge, options: RedactOptions): Redacted {
  const narrow = narrowed(bytes)
  if (!narrow) return redactNarrow(bytes, judge, options)
  const redacted = redactNarrow(narrow.bytes, judge, options)
  return redacted.bytes === narrow.bytes
    ? { bytes, counts: redacted.counts }
    : { bytes: changedAlike(bytes, redacted.bytes), counts: redacted.counts }
}

const redactNarrow = (bytes: Uint8Array, judge: SensitiveJudge, options: RedactOptions): Redacted =>
  isXml(bytes) ? redactXml(bytes, judge, options) : redactEdifact(readTape(bytes, collectFindings()), judge, options)
