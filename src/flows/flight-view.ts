/** A leg as every page shows it: local times with their airport's zone, what state it is in, and what comes next. */
import { airport } from '#domain/airports.ts'
import { given } from '#lib/given.ts'
import { epochMs, type Instant } from '#lib/time.ts'
import { type FlightTimes, nextControlPoint } from '#review/control-point.ts'
import { flightStatus } from '#review/flight-status.ts'
import type { BoardLeg } from '#store/board.ts'
import type { PushNote } from '#store/tables.ts'

export function flightView(leg: BoardLeg, now: Instant) {
  return {
    id: leg.id,
    flight: `${leg.carrier} ${leg.number}${leg.suffix}`,
    carrier: leg.carrier,
    from: airportView(leg.origin),
    to: airportView(leg.destination),
    direction: leg.direction,
    status: flightStatus(timesOf(leg), now),
    ...given({
      carrierName: leg.carrier_name,
      departsLocal: leg.departs_local,
      arrivesLocal: leg.arrives_local,
      departsAt: leg.departs_at,
      arrivesAt: leg.arrives_at,
      controlPoint: nextControlPoint(timesOf(leg), now),
    }),
  }
}

/** An airport that is not in our table keeps its code; its times are shown as UTC. */
export function airportView(code: string) {
  const known = airport(code)
  return { code, city: known?.city ?? code, zone: known?.zone ?? 'UTC' }
}

type Times = Pick<BoardLeg, 'direction' | 'departs_at' | 'arrives_at' | 'cancelled_at'> & {
  readonly closed_at?: string | null
}

/** Our columns are instants, written by us. */
export const timesOf = (leg: Times): FlightTimes & { closedAt?: Instant | undefined } => ({
  direction: leg.direction,
  departsAt: (leg.departs_at ?? undefined) as Instant | undefined,
  arrivesAt: (leg.arrives_at ?? undefined) as Instant | undefined,
  closedAt: (leg.closed_at ?? undefined) as Instant | undefined,
  cancelledAt: (leg.cancelled_at ?? undefined) as Instant | undefined,
})

export function pushView(push: PushNote, departsAt: string | null) {
  const hours = departsAt
    ? (epochMs(departsAt as Instant) - epochMs(push.receivedAt as Instant)) / 3_600_000
    : undefined
  return {
    kind: push.kind,
    transmission: push.transmission,
    receivedAt: push.receivedAt,
    state: push.state,
    travellers: push.travellers,
    findings: push.findings,
    ...given({ hoursBefore: hours === undefined ? undefined : Math.round(hours * 4) / 4 }),
  }
}

const WORST: readonly PushNote['state'][] = ['parked', 'rejected', 'accepted-with-findings', 'received', 'accepted']

/** For the board: what came of one kind in the same quarter of an hour is one dot, in the worst state of them. */
export function pushDots(pushes: readonly PushNote[], departsAt: string | null) {
  const views = pushes.map((push) => pushView(push, departsAt))
  return [...Map.groupBy(views, ({ kind, hoursBefore }) => `${kind} ${hoursBefore}`).values()].flatMap((group) => {
    const [first] = group
    const states = new Set(group.map((one) => one.state))
    const state = WORST.find((one) => states.has(one))
    return first && state ? [{ kind: first.kind, state, ...given({ hoursBefore: first.hoursBefore }) }] : []
  })
}

/** Whole years at the day of the flight; nothing where the day or month of birth is unknown. */
export function ageOn(birthDate: string | null | undefined, day: string): number | undefined {
  if (birthDate?.length !== 10) return undefined
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return Math.max(0, day.slice(5, 10) < birthDate.slice(5) ? years - 1 : years)
}
