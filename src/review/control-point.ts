/** The moments of a flight at which somebody can still act, and which comes next (console §1.3: the queue's deadline). */
import type { Direction } from '#domain/movement.ts'
import { epochMs, type Instant, instant } from '#lib/time.ts'

export type ControlPointKind = 'door-close' | 'landing' | 'desk'

export interface ControlPoint {
  readonly kind: ControlPointKind
  readonly at: Instant
}

/** Minutes from departure or arrival. At a domestic flight's end there is no border desk. */
export const CONTROL_POINTS: readonly {
  readonly kind: ControlPointKind
  readonly from: 'departure' | 'arrival'
  readonly minutes: number
  readonly directions: readonly Direction[]
}[] = [
  { kind: 'door-close', from: 'departure', minutes: -15, directions: ['in', 'out', 'domestic', 'over'] },
  { kind: 'landing', from: 'arrival', minutes: 0, directions: ['in', 'domestic', 'over'] },
  { kind: 'desk', from: 'arrival', minutes: 20, directions: ['in'] },
]

export interface FlightTimes {
  readonly direction: Direction
  readonly departsAt?: Instant | undefined
  readonly arrivesAt?: Instant | undefined
  readonly cancelledAt?: Instant | undefined
}

/** The next control point after `now`; nothing when all have passed, the flight is cancelled, or no time is known. */
export function nextControlPoint(flight: FlightTimes, now: Instant): ControlPoint | undefined {
  if (flight.cancelledAt) return undefined
  for (const point of CONTROL_POINTS) {
    if (!point.directions.includes(flight.direction)) continue
    const base = point.from === 'departure' ? flight.departsAt : flight.arrivesAt
    if (!base) continue
    const at = instant(epochMs(base) + point.minutes * 60_000)
    if (at > now) return { kind: point.kind, at }
  }
  return undefined
}
