import { redact } from '#codecs/redact.ts'
import { sensitiveJudge } from '#protection/sensitive.ts'

/** The bytes as they would be archived: what must not be kept is overwritten in place, every position stays true. */
export const withoutSensitive = (bytes: Uint8Array): Uint8Array =>
  redact(bytes, sensitiveJudge, { remarks: 'strict' }).bytes
