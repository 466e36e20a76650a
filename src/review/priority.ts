/** The order of the triage queue: minutes left to the next control point × severity, never the time of creation. */
import type { HitSeverity } from '#domain/hit.ts'
import { epochMs, type Instant } from '#lib/time.ts'
import type { ControlPoint } from './control-point.ts'

/** A hit of high severity due in 40 minutes comes level with a low one due in 10. */
export const SEVERITY_WEIGHT: Readonly<Record<HitSeverity, number>> = { high: 4, medium: 2, low: 1 }

/** A flight whose times are not known is treated as if due in a day; one that has passed every point waits behind all. */
const UNKNOWN_MINUTES = 24 * 60

/** Higher is more urgent, above 0. `timesKnown` tells a flight that is over from one whose times were never sent. */
export function queuePriority(
  severity: HitSeverity,
  next: ControlPoint | undefined,
  timesKnown: boolean,
  now: Instant,
): number {
  const weight = SEVERITY_WEIGHT[severity]
  if (!next && timesKnown) return weight / 1000
  const minutes = next ? (epochMs(next.at) - epochMs(now)) / 60_000 : UNKNOWN_MINUTES
  return Math.round((weight * 100_000) / Math.max(minutes, 1)) / 100
}

const ORDER: readonly HitSeverity[] = ['high', 'medium', 'low']

export const highestSeverity = (severities: Iterable<HitSeverity>): HitSeverity | undefined => {
  const present = new Set(severities)
  return ORDER.find((one) => present.has(one))
}
