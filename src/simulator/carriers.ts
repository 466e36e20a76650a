import { type Clock, epochMs } from '#lib/time.ts'
import { type CarrierMessage, makeSimulation, type SimulationOptions } from './pushes.ts'
import { EARLIEST, LATEST, type Push, pushesAbout, pushesBetween } from './schedule.ts'
import { flightsOf, reportedLegs, type Timetable } from './timetable.ts'
import type { TruthLine } from './truth.ts'

export interface Answer {
  readonly status: number
  /** Seconds to wait before the next try, where the receiver names them. */
  readonly retryAfter?: number
}

export interface RunOptions extends SimulationOptions {
  readonly send: (carrier: string, bytes: Uint8Array) => Promise<Answer>
  readonly clock: Clock
  /** Resolves after so many milliseconds, or as soon as the signal aborts. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
  readonly signal: AbortSignal
  /** Simulated seconds in a real one; 1: real time. */
  readonly speed?: number
  /** Flights that leave within so many hours are told of at once, the next first. */
  readonly backlogHours?: number
  readonly onSent?: (message: CarrierMessage, answer: Answer) => void
  readonly onPlanted?: (line: TruthLine) => void
}

const HOUR = 3_600_000
const LONGEST_WAIT = 60_000
const TRIES = 5

/**
 * Carriers that never stop: first everything that is already known about the flights of the next hours, near flights
 * first, then in simulated time from now on.
 */
export async function runCarriers(options: RunOptions): Promise<void> {
  const { clock, signal, wait, speed = 1, backlogHours = 12 } = options
  const simulation = makeSimulation(options)
  const started = epochMs(clock())
  const simulatedNow = (): number => started + (epochMs(clock()) - started) * speed
  const deliver = async (push: Push): Promise<void> => {
    for (const message of simulation.messages(push)) {
      for (const line of message.planted) options.onPlanted?.(line)
      await deliverOne(message, options)
      if (signal.aborted) return
    }
  }

  for (const push of backlog(simulation.timetable, started, backlogHours, simulation.dirty)) {
    await deliver(push)
    if (signal.aborted) return
  }

  for (const push of pushesBetween(started, Number.POSITIVE_INFINITY, simulation.timetable, simulation.dirty)) {
    while (push.at > simulatedNow() && !signal.aborted) {
      await wait(Math.min(LONGEST_WAIT, Math.max(1, (push.at - simulatedNow()) / speed)), signal)
    }
    if (signal.aborted) return
    await deliver(push)
  }
}

/** What would have been sent before now about flights still of interest: the latest word on each, near flights first. */
export function backlog(timetable: Timetable, now: number, hours: number, dirty: number): readonly Push[] {
  const from = now - Math.min(LATEST, HOUR) - 24 * HOUR
  const legs = flightsOf(timetable, from, now + Math.min(EARLIEST, hours * HOUR)).flatMap((flight) =>
    reportedLegs(flight).map((legIndex) => ({ flight, legIndex, departsAt: flight.legs[legIndex]?.departsAt ?? 0 })),
  )
  return legs
    .filter(({ departsAt }) => departsAt > now - HOUR && departsAt <= now + hours * HOUR)
    .sort((one, two) => Math.abs(one.departsAt - now) - Math.abs(two.departsAt - now))
    .flatMap(({ flight, legIndex }) =>
      latestWord(pushesAbout(flight, legIndex, timetable, dirty).filter(({ at }) => at < now)),
    )
}

/** Earlier PNR pushes say nothing that the last full one does not; all API messages count. */
function latestWord(pushes: readonly Push[]): readonly Push[] {
  const full = pushes.findLast(({ kind }) => kind.startsWith('pnr') && kind !== 'pnr-24h')
  return pushes.filter((push) => !push.kind.startsWith('pnr') || push === full || push.at > (full?.at ?? 0))
}

/** Sends one message, and again after the time that a busy receiver asks for. */
export async function deliverOne(
  message: CarrierMessage,
  options: Pick<RunOptions, 'send' | 'wait' | 'signal' | 'onSent'>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const answer = await options.send(message.carrier, message.bytes)
    const busy = answer.status === 429 || answer.status === 503
    if (!busy || attempt >= TRIES || options.signal.aborted) {
      options.onSent?.(message, answer)
      return
    }
    await options.wait(Math.min(LONGEST_WAIT, (answer.retryAfter ?? 2 ** attempt) * 1000), options.signal)
  }
}
