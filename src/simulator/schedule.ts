import { airlineOf } from './airlines.ts'
import { type DirtyHabit, habitFor } from './dirt.ts'
import { flightsOf, inState, reportedLegs, type ScheduledFlight, type Timetable } from './timetable.ts'

export type MessageKind =
  | 'pnr-48h'
  | 'pnr-24h'
  | 'pnr-2h'
  | 'pnr-0h'
  | 'crew'
  | 'check-in'
  | 'interactive'
  | 'final'
  | 'close-out'

/** Something a carrier is going to send about one leg; what it holds is made when it is sent. */
export interface Push {
  readonly at: number
  readonly kind: MessageKind
  readonly flight: ScheduledFlight
  readonly legIndex: number
  /** Interactive messages: the travellers who checked in after this moment, up to `at`. */
  readonly since?: number
  readonly habit?: DirtyHabit
  readonly label: string
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const SLOT_MINUTES = 10

/** From the first push about a leg to the last. */
export const EARLIEST = 48.5 * HOUR
export const LATEST = 4 * HOUR

/** Every push about one leg of a flight, in time order but for those that a dirty habit delays. */
export function pushesAbout(
  flight: ScheduledFlight,
  legIndex: number,
  timetable: Timetable,
  dirty: number,
): readonly Push[] {
  const leg = flight.legs[legIndex]
  if (!leg) return []
  const airline = airlineOf(flight.carrier)
  const chance = timetable.random.split(`pushes ${flight.id} ${legIndex}`)
  const about = (kind: MessageKind, minutes: number, since?: number): Push => {
    const label = `${flight.id} ${legIndex} ${kind}${since ?? ''}`
    const part = timetable.random.split(label)
    const habit = part.chance(dirty) ? habitFor(kind, part) : undefined
    const late = habit === 'late' ? 150 * MINUTE : 0
    const at = leg.departsAt + minutes * MINUTE + part.int(0, 90) * 1000 + late
    return { at, kind, flight, legIndex, label, ...(since !== undefined && { since }), ...(habit && { habit }) }
  }
  const pushes = [
    about('pnr-48h', -48 * 60 + chance.int(0, 12)),
    about('pnr-24h', -24 * 60 + chance.int(0, 12)),
    about('pnr-2h', -120 + chance.int(0, 6)),
    about('pnr-0h', chance.int(1, 5)),
  ]
  if (inState(leg.from) && inState(leg.to)) return pushes
  pushes.push(about('crew', -60 + chance.int(0, 5)))
  if (airline.interactive) {
    for (let before = 24 * 60; before > 40; before -= SLOT_MINUTES) {
      pushes.push(about('interactive', SLOT_MINUTES - before, leg.departsAt - before * MINUTE))
    }
  } else {
    pushes.push(about('check-in', -30 + chance.int(0, 4)), about('final', 4 + chance.int(0, 4)))
  }
  if (airline.closeOut !== 'none') pushes.push(about('close-out', 10 + chance.int(0, 8)))
  return pushes
}

/** What is sent from `from` up to, not including, `to`: in time order, an hour held in memory at a time. */
export function* pushesBetween(from: number, to: number, timetable: Timetable, dirty: number): Generator<Push> {
  for (let start = from; start < to; start += HOUR) {
    const end = Math.min(to, start + HOUR)
    const due = flightsOf(timetable, start - LATEST - 24 * HOUR, end + EARLIEST).flatMap((flight) =>
      reportedLegs(flight).flatMap((legIndex) => {
        const leaves = flight.legs[legIndex]?.departsAt ?? 0
        if (leaves < start - LATEST || leaves > end + EARLIEST) return []
        return pushesAbout(flight, legIndex, timetable, dirty).filter(({ at }) => at >= start && at < end)
      }),
    )
    yield* due.sort((one, two) => one.at - two.at || (one.label < two.label ? -1 : 1))
  }
}
