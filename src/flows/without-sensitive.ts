import { collectFindings } from '#codecs/catalogue.ts'
import { redact } from '#codecs/edifact/redact.ts'
import { readTape } from '#codecs/edifact/tape.ts'
import { sensitiveJudge } from '#protection/sensitive.ts'

/** The bytes as they would be archived: what must not be kept is overwritten in place, every position stays true. */
export const withoutSensitive = (bytes: Uint8Array): Uint8Array =>
  redact(readTape(bytes, collectFindings()), sensitiveJudge, { remarks: 'strict' }).bytes
