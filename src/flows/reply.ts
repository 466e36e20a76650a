import type { Finding } from '#domain/finding.ts'
import { monthOf } from '#domain/normalise.ts'
import type { Db } from '#store/db.ts'
import { keptOf, type Settlement, transmissionAnswer } from '#store/transmissions.ts'

/** What a sender is told: always which transmission and how it stands; the message's own answer where there is one. */
export interface Reply {
  readonly status: 'received' | 'accepted' | 'accepted-with-findings' | 'rejected' | 'parked'
  readonly transmission: string
  readonly duplicate: boolean
  readonly travellers: number
  readonly findings: readonly Finding[]
  readonly findingCount: number
  readonly cause?: string
  readonly body?: Uint8Array
  readonly bodyType?: string
}

/** The answer to a transmission that was settled just now: what was stored of it. */
export function replyFrom(transmission: string, settlement: Settlement): Reply {
  const { state, travellers, findings, cause, reply, replyType } = settlement
  return {
    status: state,
    transmission,
    duplicate: false,
    travellers,
    findings: keptOf(findings),
    findingCount: findings.length,
    ...(cause && { cause }),
    ...(reply && { body: reply, bodyType: replyType ?? 'application/edifact' }),
  }
}

/** It is safe with us; more is not known yet. */
export const receivedOnly = (transmission: string): Reply => ({
  status: 'received',
  transmission,
  duplicate: false,
  travellers: 0,
  findings: [],
  findingCount: 0,
})

/** The answer to a transmission (on its way to the archive it is `received`), or, to one that repeats it (`repeated`), the same answer again. */
export async function replyOf(db: Db, transmission: string, repeated?: string): Promise<Reply> {
  const row = await transmissionAnswer(db, monthOf(transmission), transmission)
  if (!row) return receivedOnly(repeated ?? transmission)
  if (row.duplicate_of) return replyOf(db, row.duplicate_of, transmission)
  return {
    status: row.state,
    transmission: repeated ?? transmission,
    duplicate: repeated !== undefined,
    travellers: row.travellers,
    findings: row.findings,
    findingCount: row.finding_count,
    ...(row.cause && { cause: row.cause }),
    ...(row.reply && { body: row.reply, bodyType: row.reply_type ?? 'application/edifact' }),
  }
}
