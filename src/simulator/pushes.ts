import { writePaxlst } from '#codecs/edifact/paxlst/write.ts'
import { writePnrgov } from '#codecs/edifact/pnrgov/write.ts'
import { isPnrgov } from '#domain/message.ts'
import { epochMs, type Instant, instant } from '#lib/time.ts'
import { soil } from './dirt.ts'
import { type Manifest, makeManifest } from './manifest.ts'
import { remember } from './memo.ts'
import { makePlanning } from './plans.ts'
import { type Rendered, render } from './render.ts'
import { type MessageKind, type Push, pushesBetween } from './schedule.ts'
import { makeTimetable, type Timetable } from './timetable.ts'
import type { TruthLine } from './truth.ts'

/** One interchange as a carrier sends it. */
export interface CarrierMessage {
  readonly at: Instant
  readonly carrier: string
  readonly bytes: Uint8Array
  readonly kind: MessageKind
  readonly flight: string
  readonly travellers: number
  /** Planted travellers that the push tells of. */
  readonly planted: readonly TruthLine[]
  readonly habit?: string
}

export interface SimulationOptions {
  readonly seed: number
  /** Share of all flights, 1: about 125 international movements a day at Baku. */
  readonly scale?: number
  /** Share of pushes with a dirty habit; 0.03 unless told. */
  readonly dirty?: number
}

/** Carriers at work: a timetable, the people on it, and the messages about them. */
export interface Simulation {
  readonly timetable: Timetable
  readonly dirty: number
  readonly manifest: (push: Push) => Manifest
  readonly render: (push: Push) => Rendered
  readonly messages: (push: Push) => readonly CarrierMessage[]
}

export function makeSimulation({ seed, scale = 1, dirty = 0.03 }: SimulationOptions): Simulation {
  const timetable = makeTimetable(seed, scale)
  const planning = makePlanning(timetable)
  const manifests = remember(24, (key) => {
    const [rotation = '', direction, day = '', leg] = key.split('|')
    const flight = timetable.flight(rotation, direction === 'out' ? 'out' : 'back', day)
    if (!flight) throw new RangeError(`no flight ${key}`)
    return makeManifest(flight, Number(leg), timetable, planning)
  })
  const manifest: Simulation['manifest'] = ({ flight, legIndex }) =>
    manifests(`${flight.rotation}|${flight.direction}|${flight.day}|${legIndex}`)
  const rendered: Simulation['render'] = (push) => render(push, manifest(push), timetable)
  return {
    timetable,
    dirty,
    manifest,
    render: rendered,
    messages: (push) => {
      const { messages, planted } = rendered(push)
      return messages.flatMap((message, index) => {
        const clean = isPnrgov(message) ? writePnrgov(message) : writePaxlst(message)
        const travellers = isPnrgov(message)
          ? message.pnrs.reduce((sum, pnr) => sum + pnr.travellers.length, 0)
          : message.travellers.length
        return (push.habit ? soil(clean, push.habit) : [clean]).map((bytes, copy) => ({
          at: instant(push.at),
          carrier: push.flight.carrier,
          bytes,
          kind: push.kind,
          flight: push.flight.id,
          travellers,
          planted: index === 0 && copy === 0 ? planted : [],
          ...(push.habit && { habit: push.habit }),
        }))
      })
    },
  }
}

/** What all carriers send from `from` up to, not including, `to`, in time order; one push is made at a time. */
export function* messagesBetween(from: Instant, to: Instant, options: SimulationOptions): Generator<CarrierMessage> {
  const simulation = makeSimulation(options)
  for (const push of pushesBetween(epochMs(from), epochMs(to), simulation.timetable, simulation.dirty)) {
    yield* simulation.messages(push)
  }
}
