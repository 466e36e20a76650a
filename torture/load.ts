/** What carriers send: everything about one flight after the other, many flights at a time. */
import { setTimeout as pause } from 'node:timers/promises'
import { epochMs, type Instant } from '#lib/time.ts'
import { type CarrierMessage, makeSimulation, type Simulation } from '#simulator/pushes.ts'
import { randomOf } from '#simulator/random.ts'
import { pushesAbout } from '#simulator/schedule.ts'
import { flightsOf, reportedLegs, type ScheduledFlight } from '#simulator/timetable.ts'

/** All messages about one flight, each sent when the one before has its final answer, and how many of them were sent. */
export interface Lane {
  readonly flight: ScheduledFlight
  sent: number
}

export interface Load {
  /** Flights of which a message was sent. */
  readonly lanes: readonly Lane[]
  /** Sends until told to stop; what is under way then is brought to its end. */
  run(signal: AbortSignal): Promise<void>
}

export interface LoadSettings {
  readonly simulation: Simulation
  readonly seed: number
  /** Flights that leave within the day before this are told of. */
  readonly until: Instant
  readonly atOnce: number
  /** Messages a second at most. */
  readonly rate: number
  /** Messages in all. */
  readonly messages?: number
  readonly deliver: (message: CarrierMessage) => Promise<void>
}

const DAY = 86_400_000

export const simulationOf = (seed: number): Simulation => makeSimulation({ seed, dirty: 0.05 })

export function newLoad({ simulation, seed, until, atOnce, rate, messages: most, deliver }: LoadSettings): Load {
  const lanes: Lane[] = []
  let count = 0
  const flights = flightsBefore(simulation, until, seed)
  return {
    lanes,
    async run(signal) {
      const pace = metronome(rate)
      const sendFlights = async (): Promise<void> => {
        while (!signal.aborted && count !== most) {
          const flight = flights.next().value
          if (!flight) return
          const lane = { flight, sent: 0 }
          lanes.push(lane)
          for (const message of messagesOf(simulation, flight)) {
            await pace()
            if (signal.aborted || count === most) return
            count += 1
            lane.sent += 1
            await deliver(message)
          }
        }
      }
      await Promise.all(Array.from({ length: atOnce }, sendFlights))
    },
  }
}

/** Sends the same again, flight by flight in the same order, as fast as it is taken. */
export async function sendAgain(
  lanes: readonly Lane[],
  { simulation, atOnce, deliver }: Pick<LoadSettings, 'simulation' | 'atOnce' | 'deliver'>,
): Promise<void> {
  const rest = lanes.values()
  const sendFlights = async (): Promise<void> => {
    for (const { flight, sent } of rest) {
      for (const message of messagesOf(simulation, flight).slice(0, sent)) await deliver(message)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, sendFlights))
}

/** The flights of the last days, newest day first, each day's in an order by chance; they end when there are no more. */
function* flightsBefore({ timetable }: Simulation, until: Instant, seed: number): Generator<ScheduledFlight> {
  for (let day = 0; day < 300; day++) {
    const to = epochMs(until) - day * DAY
    yield* randomOf(seed)
      .split(`flights ${day}`)
      .shuffled(flightsOf(timetable, to - DAY, to))
  }
}

function messagesOf({ timetable, dirty, messages }: Simulation, flight: ScheduledFlight): readonly CarrierMessage[] {
  return reportedLegs(flight)
    .flatMap((leg) => pushesAbout(flight, leg, timetable, dirty).flatMap(messages))
    .toSorted((one, other) => epochMs(one.at) - epochMs(other.at))
}

function metronome(rate: number): () => Promise<void> {
  let next = performance.now()
  return async () => {
    const now = performance.now()
    next = Math.max(next, now - 1_000) + 1_000 / rate
    if (next > now) await pause(next - now)
  }
}
