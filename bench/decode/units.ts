/** What the decode bench counts in a message once it is read as at the door. */
import { decode } from '#codecs/decode.ts'
import { redact } from '#codecs/edifact/redact.ts'
import { readTape } from '#codecs/edifact/tape.ts'
import { redactXml } from '#codecs/xml/redact.ts'
import { isPaxlst, isPnrgov } from '#domain/message.ts'
import { type Instant, instant } from '#lib/time.ts'
import { sensitiveJudge } from '#protection/sensitive.ts'

const receivedAt: Instant = instant(Date.parse('2026-06-11T00:00:00Z'))

export function travellersIn(message: Uint8Array): number {
  let count = 0
  for (const one of decode(message, { receivedAt }).messages) if (isPaxlst(one)) count += one.travellers.length
  return count
}

export function pnrsIn(message: Uint8Array): number {
  let count = 0
  for (const one of decode(message, { receivedAt }).messages) if (isPnrgov(one)) count += one.pnrs.length
  return count
}

/** Redacted on the tape, then decoded from the redacted bytes. */
export const redactedPnrsIn = (message: Uint8Array): number =>
  pnrsIn(redact(readTape(message), sensitiveJudge, { remarks: 'strict' }).bytes)

export const redactedXmlPnrsIn = (message: Uint8Array): number =>
  pnrsIn(redactXml(message, sensitiveJudge, { remarks: 'strict' }).bytes)
