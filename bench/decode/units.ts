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

/** The same, with every value of every PNR looked at: parts that are read later are read then. */
export function touchedPnrsIn(message: Uint8Array): number {
  let count = 0
  for (const one of decode(message, { receivedAt }).messages) {
    if (!isPnrgov(one)) continue
    for (const pnr of one.pnrs) if (valuesIn(pnr) > 0) count++
  }
  return count
}

function valuesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  let count = 0
  for (const part of Object.values(value)) count += valuesIn(part)
  return count
}

/** Redacted on the tape, then decoded from the redacted bytes. */
export const redactedPnrsIn = (message: Uint8Array): number =>
  pnrsIn(redact(readTape(message), sensitiveJudge, { remarks: 'strict' }).bytes)

export const redactedXmlPnrsIn = (message: Uint8Array): number =>
  pnrsIn(redactXml(message, sensitiveJudge, { remarks: 'strict' }).bytes)
