import { decode } from '#codecs/decode.ts'
import { normalise } from '#domain/normalise.ts'
import { epochMs } from '#lib/time.ts'
import type { Urgency } from '#store/work.ts'
import type { Deps } from './deps.ts'

/** What the head of a message says of the way it should take. */
export interface Head {
  readonly urgency: Urgency
  /** The same for messages about one flight; where the head names none, for those of one carrier. */
  readonly spread: number
}

/** The flight stands at the head of a message. */
const HEAD_BYTES = 4_096
/** From check-in to the desk: what comes meanwhile is worth nothing later. */
const SOON_MS = { before: 4 * 3_600_000, after: 2 * 3_600_000 }

export function headOf(bytes: Uint8Array, carrier: string, { clock, site }: Pick<Deps, 'clock' | 'site'>): Head {
  const context = { receivedAt: clock(), state: site.state }
  const { messages } = decode(bytes.subarray(0, HEAD_BYTES), context)
  const leg = normalise(messages, context)[0]?.leg
  const spread = spreadOf(leg?.id ?? carrier)
  if (!leg?.departsAt) return { urgency: 2, spread }
  const ahead = epochMs(leg.departsAt) - epochMs(context.receivedAt)
  return { urgency: ahead <= SOON_MS.before && ahead >= -SOON_MS.after ? 1 : 2, spread }
}

function spreadOf(text: string): number {
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = (hash * 31 + text.charCodeAt(at)) % 1_000_003
  return hash
}
