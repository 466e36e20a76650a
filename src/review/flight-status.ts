import type { Instant } from '#lib/time.ts'

export type FlightStatus = 'expected' | 'closed' | 'departed' | 'arrived' | 'cancelled'

/** What can be said of a flight from its times and its close-out. Times are as scheduled or as the carrier last sent. */
export function flightStatus(
  flight: {
    readonly departsAt?: Instant | undefined
    readonly arrivesAt?: Instant | undefined
    readonly closedAt?: Instant | undefined
    readonly cancelledAt?: Instant | undefined
  },
  now: Instant,
): FlightStatus {
  if (flight.cancelledAt) return 'cancelled'
  if (flight.arrivesAt && flight.arrivesAt <= now) return 'arrived'
  if (flight.departsAt && flight.departsAt <= now) return 'departed'
  return flight.closedAt ? 'closed' : 'expected'
}
