import type { PaxlstMessage, PnrgovMessage } from '#domain/message.ts'
import type { ApiTraveller, TravelDocument } from '#domain/traveller.ts'
import { type Airline, airlineOf } from './airlines.ts'
import { checkedInAt, crewTraveller, type Present, paxlstMessage, referenceOnly } from './api-message.ts'
import { envelopeFor } from './envelope.ts'
import type { Manifest, OnLeg } from './manifest.ts'
import { pnrgovMessage, pnrsAt } from './pnr-message.ts'
import type { Push } from './schedule.ts'
import type { Timetable } from './timetable.ts'
import { type TruthLine, truthOf } from './truth.ts'

/** The messages of one push, one interchange each, and the planted travellers that they tell of. */
export interface Rendered {
  readonly messages: readonly (PaxlstMessage | PnrgovMessage)[]
  readonly planted: readonly TruthLine[]
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const SLOT = 10 * MINUTE

export function render(push: Push, manifest: Manifest, timetable: Timetable): Rendered {
  const airline = airlineOf(push.flight.carrier)
  const made = push.kind.startsWith('pnr')
    ? pnrPush(push, manifest, airline, timetable)
    : apiPush(push, manifest, airline, timetable)
  return { messages: made, planted: plantedIn(push, manifest) }
}

function pnrPush(push: Push, manifest: Manifest, airline: Airline, timetable: Timetable): readonly PnrgovMessage[] {
  const at = contentTime(push)
  const changes = push.kind === 'pnr-24h' && airline.update === 'changes'
  const pnrs = pnrsAt(manifest, at, timetable, changes ? manifest.leg.departsAt - 48 * HOUR : undefined)
  const size = airline.partSize > 0 ? airline.partSize : Math.max(1, pnrs.length)
  const count = Math.max(1, Math.ceil(pnrs.length / size))
  return Array.from({ length: count }, (_, index) =>
    pnrgovMessage(
      manifest,
      pnrs.slice(index * size, (index + 1) * size),
      changes ? 'update' : 'full',
      envelopeFor(airline, 'PNR', push.label, at, timetable, { number: index + 1, of: count }),
      airline.pnrgovVersion,
      pnrs.length,
    ),
  )
}

function apiPush(push: Push, manifest: Manifest, airline: Airline, timetable: Timetable): readonly PaxlstMessage[] {
  const at = contentTime(push)
  const one = (
    kind: PaxlstMessage['function'],
    travellers: readonly ApiTraveller[],
    label = push.label,
  ): PaxlstMessage =>
    paxlstMessage(
      manifest,
      airline,
      kind,
      travellers,
      envelopeFor(airline, 'API', label, at, timetable),
      travellers.length,
    )
  if (push.kind === 'crew')
    return [
      one(
        'list',
        manifest.crew.map((member, index) => crewTraveller(member, index, manifest)),
      ),
    ]
  const after = push.since === undefined ? undefined : push.since - SLOT
  const present = checkedInAt(manifest, at, timetable, after)
  const aboard = present.filter(({ attendance }) => attendance.boards)
  switch (push.kind) {
    case 'check-in':
      return [one('list', travellersOf(present))]
    case 'final':
      return [one('list', travellersOf(aboard))]
    case 'interactive':
      return interactive(push, present, one, timetable)
    default: {
      if (airline.closeOut === 'close-on-board') return [one('close-on-board', travellersOf(aboard).map(referenceOnly))]
      const left = present.filter(({ attendance }) => !attendance.boards)
      return [one('close-not-on-board', travellersOf(left).map(referenceOnly))]
    }
  }
}

/** Each traveller in a message of his own; a few documents are mistyped at first and put right in the next slot. */
function interactive(
  push: Push,
  present: readonly Present[],
  one: (kind: PaxlstMessage['function'], travellers: readonly ApiTraveller[], label: string) => PaxlstMessage,
  timetable: Timetable,
): readonly PaxlstMessage[] {
  const since = push.since ?? push.at
  const until = since + SLOT
  return present.flatMap(({ traveller, checkInAt, target }) => {
    const label = `${push.label} ${traveller.passengerReference}`
    const mistyped = !target && timetable.random.split(`mistyped ${traveller.passengerReference}`).chance(0.03)
    if (checkInAt > since && checkInAt <= until)
      return [one('list', [mistyped ? withWrongNumber(traveller) : traveller], label)]
    const corrected = checkInAt > since - SLOT && checkInAt <= since
    return mistyped && corrected ? [one('change', [traveller], label)] : []
  })
}

function withWrongNumber(traveller: ApiTraveller): ApiTraveller {
  const wrong = (number: string): string => `${number.slice(0, -2)}${number.slice(-1)}${number.slice(-2, -1)}`
  const documents = traveller.documents.map(
    (document, index): TravelDocument =>
      index === 0 ? { ...document, number: wrong(document.number), numberAsSent: wrong(document.number) } : document,
  )
  return { ...traveller, documents, verified: false }
}

const travellersOf = (present: readonly Present[]): readonly ApiTraveller[] => present.map(({ traveller }) => traveller)

/** A delayed message still says what was true when it should have been sent. */
const contentTime = ({ at, habit }: Push): number => (habit === 'late' ? at - 150 * MINUTE : at)

function plantedIn(push: Push, manifest: Manifest): readonly TruthLine[] {
  if (push.kind === 'crew' || push.kind === 'close-out') return []
  const at = contentTime(push)
  const told = (on: OnLeg): boolean =>
    push.kind.startsWith('pnr')
      ? on.booking.createdAt <= at
      : [...on.attendance.values()].some(({ checkInAt }) => checkInAt !== undefined && checkInAt <= at)
  return manifest.bookings.flatMap((on) => {
    const line = on.booking.plan.target && told(on) ? truthOf(on, manifest) : undefined
    return line ? [line] : []
  })
}
