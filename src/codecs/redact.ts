import { collectFindings } from './catalogue.ts'
import { type Redacted, type RedactOptions, redact as redactEdifact } from './edifact/redact.ts'
import type { SensitiveJudge } from './edifact/redaction.ts'
import { readTape } from './edifact/tape.ts'
import { redactXml } from './xml/redact.ts'
import { isXml } from './xml/text.ts'

/** Deletes what the law forbids to keep, in place, from whatever a carrier sent: EDIFACT, XML, or neither. */
export function redact(bytes: Uint8Array, judge: SensitiveJudge, options: RedactOptions): Redacted {
  return isXml(bytes)
    ? redactXml(bytes, judge, options)
    : redactEdifact(readTape(bytes, collectFindings()), judge, options)
}
