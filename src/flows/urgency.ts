import { decode } from '#codecs/decode.ts'
import { normalise } from '#domain/normalise.ts'
import { epochMs } from '#lib/time.ts'
import type { Urgency } from '#store/work.ts'
import type { Deps } from './deps.ts'

/** The flight stands at the head of a message. */
const HEAD_BYTES = 4_096
/** From check-in to the desk: what comes meanwhile is worth nothing later. */
const SOON_MS = { before: 4 * 3_600_000, after: 2 * 3_600_000 }

/** How urgent a message is, by when its flight departs; one whose head does not say waits with the others. */
export function urgencyOf(bytes: Uint8Array, { clock, site }: Pick<Deps, 'clock' | 'site'>): Urgency {
  const context = { receivedAt: clock(), state: site.state }
  const { messages } = decode(bytes.subarray(0, HEAD_BYTES), context)
  const departs = normalise(messages, context)[0]?.leg.departsAt
  if (!departs) return 2
  const ahead = epochMs(departs) - epochMs(context.receivedAt)
  return ahead <= SOON_MS.before && ahead >= -SOON_MS.after ? 1 : 2
}
