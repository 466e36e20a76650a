import type { Sent } from '#domain/leg-state.ts'
import type { Leg } from '#domain/movement.ts'
import type { PnrReport } from '#domain/normalise.ts'
import { missingParts } from '#domain/push-parts.ts'
import type { Instant } from '#lib/time.ts'
import type { Tx } from './db.ts'

/**
 * Notes a part of a push. Gives, once all parts of a full push are there (in whatever order), every locator it named:
 * what it leaves out was cancelled. An update, or a push with parts missing, says nothing of what it leaves out.
 */
export async function completePush(
  tx: Tx,
  leg: Leg,
  { message }: PnrReport,
  sent: Sent,
): Promise<{ readonly locators: ReadonlySet<string>; readonly sentAt: Instant } | undefined> {
  const { envelope } = message
  const push = pushOf(message)
  const part = envelope.part ?? { number: 1, first: true, final: true }
  const named = message.pnrs.map((pnr) => pnr.locator)
  const total = message.declaredTotal ?? null
  // A single message is a push of its own, and is waited for by no other
  if (part.first && part.final) {
    if (message.function !== 'full') return undefined
    return whole([{ part: 1, final: true, locators: named, declared_total: total, sent_at: sent.sentAt }])
  }
  await tx
    .insertInto('push_part')
    .values({
      month: leg.month,
      leg_id: leg.id,
      push,
      part: part.number,
      final: part.final,
      declared_total: total,
      is_full: message.function === 'full',
      sent_at: sent.sentAt,
      locators: named,
    })
    .onConflict((conflict) =>
      conflict.columns(['month', 'leg_id', 'push', 'part']).doUpdateSet((eb) => ({
        final: eb.ref('excluded.final'),
        sent_at: eb.ref('excluded.sent_at'),
        locators: eb.ref('excluded.locators'),
        declared_total: eb.ref('excluded.declared_total'),
      })),
    )
    .execute()
  if (message.function !== 'full') return undefined
  const parts = await tx
    .selectFrom('push_part')
    .select(['part', 'final', 'locators', 'declared_total', 'sent_at'])
    .where('month', '=', leg.month)
    .where('leg_id', '=', leg.id)
    .where('push', '=', push)
    .orderBy('part')
    .execute()
  return whole(parts)
}

/** What the parts of a push have in common: sender, common access reference, function. */
export const pushOf = ({ envelope, function: what }: PnrReport['message']): string =>
  [envelope.sender, envelope.access ?? envelope.interchange, what].join(' ')

interface Part {
  readonly part: number
  readonly final: boolean
  readonly locators: readonly string[]
  readonly declared_total: number | null
  readonly sent_at: string
}

/** All parts 1 to the final one, and, where the sender said how many PNRs there are, all of them. */
function whole(
  parts: readonly Part[],
): { readonly locators: ReadonlySet<string>; readonly sentAt: Instant } | undefined {
  const last = parts.at(-1)
  if (!last || missingParts(parts.map(({ part, final }) => ({ number: part, final })))) return undefined
  const locators = parts.flatMap((one) => one.locators)
  if (last.declared_total !== null && locators.length < last.declared_total) return undefined
  const sentAt = parts.reduce((latest, one) => (one.sent_at > latest ? one.sent_at : latest), '')
  return { locators: new Set(locators), sentAt: sentAt as Instant }
}
