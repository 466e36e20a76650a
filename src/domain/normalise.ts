import { createHash } from 'node:crypto'
import { epochMs, type Instant, instantAt, localDate } from '#lib/time.ts'
import { airport } from './airports.ts'
import type { LegKey, SentLeg } from './leg.ts'
import { isPaxlst, isPnrgov, type Message, type PaxlstMessage, type PnrgovMessage } from './message.ts'
import type { Direction, Leg } from './movement.ts'
import type { Pnr } from './pnr.ts'
import type { ApiTraveller } from './traveller.ts'

/** What one message says about one leg. */
export type LegReport = ApiReport | PnrReport

export interface ApiReport {
  readonly source: 'api'
  readonly leg: Leg
  readonly message: PaxlstMessage
  readonly persons: readonly ApiTraveller[]
}

export interface PnrReport {
  readonly source: 'pnr'
  readonly leg: Leg
  readonly message: PnrgovMessage
  readonly pnrs: readonly Pnr[]
}

export interface NormaliseContext {
  /** ISO alpha-2 code of the receiving State. */
  readonly state: string
  readonly receivedAt: Instant
}

/** Legs further away than this from the day of receipt are a mistake in the date. */
const PLAUSIBLE_DAYS = 400

/**
 * What the messages of a transmission say, leg by leg. Of a flight with several legs only those that touch the State
 * count, and each person counts on those between which he travels; a flight that seems not to touch it at all is
 * kept on its border leg, so that nobody is dropped.
 */
export function normalise(messages: readonly Message[], context: NormaliseContext): readonly LegReport[] {
  const reports: LegReport[] = []
  for (const message of messages) {
    if (isPnrgov(message)) {
      const leg = legOf(message.leg, context)
      reports.push({ source: 'pnr', leg, message, pnrs: message.pnrs.map(withoutTexts) })
    } else if (isPaxlst(message)) {
      for (const report of apiReports(message, context)) reports.push(report)
    }
  }
  return reports
}

/** What was read from the texts stays; the texts themselves are the message's, which lies sealed in the archive. */
function withoutTexts({ sent: _, ...pnr }: Pnr): Pnr {
  return pnr
}

function apiReports(message: PaxlstMessage, context: NormaliseContext): ApiReport[] {
  const route = message.legs.map((sent) => ({ sent, leg: legOf(sent, context) }))
  const touching = route.filter(({ leg }) => leg.direction !== 'over')
  const kept = touching.length > 0 ? touching : route.filter(({ sent }) => sent.place === 'border').slice(0, 1)
  const legs = kept.length > 0 ? kept : route.slice(0, 1)
  return legs.map(({ leg }) => ({
    source: 'api' as const,
    leg,
    message,
    persons: message.travellers.filter((person) =>
      travelsOn(
        person,
        leg,
        legs.map((one) => one.leg),
      ),
    ),
  }))
}

/** By embarkation and destination where both lie on the route; whoever's do not is on every leg of it. */
function travelsOn(person: ApiTraveller, leg: Leg, route: readonly Leg[]): boolean {
  if (route.length < 2) return true
  const at = route.indexOf(leg)
  const on = route.findIndex((one) => one.from === person.embark)
  const off = route.findLastIndex((one) => one.to === person.disembark)
  return (on < 0 || at >= on) && (off < 0 || at <= off)
}

export function legOf(sent: SentLeg, context: NormaliseContext): Leg {
  const from = airport(sent.from)
  const to = airport(sent.to)
  const key: LegKey = {
    carrier: sent.carrier,
    number: sent.number,
    suffix: sent.suffix ?? '',
    from: from?.iata ?? sent.from,
    to: to?.iata ?? sent.to,
    date: localDate(sent.departs ?? sent.arrives ?? (context.receivedAt.slice(0, 10) as never)),
  }
  const departsAt = sent.departs && from ? instantAt(sent.departs, from.zone) : undefined
  const arrivesAt = sent.arrives && to ? instantAt(sent.arrives, to.zone) : undefined
  return {
    ...key,
    id: legId(key),
    month: monthOf(legId(key)),
    direction: directionOf(from?.country === context.state, to?.country === context.state),
    ...(sent.departs && { departs: sent.departs }),
    ...(sent.arrives && { arrives: sent.arrives }),
    ...(departsAt && { departsAt }),
    ...(arrivesAt && { arrivesAt }),
  }
}

const directionOf = (fromState: boolean, toState: boolean): Direction =>
  fromState ? (toState ? 'domestic' : 'out') : toState ? 'in' : 'over'

/** `202606-1f…`: the month of departure and a digest of what makes the leg this leg. */
export function legId(key: LegKey): string {
  const text = [key.carrier, key.number, key.suffix, key.from, key.to, key.date].join('|')
  return `${key.date.slice(0, 4)}${key.date.slice(5, 7)}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
}

/** The partition of a leg or transmission, from its id: `202606-…` → `2026-06-01`. */
export const monthOf = (id: string): string => `${id.slice(0, 4)}-${id.slice(4, 6)}-01`

/** Whether the day of departure can be meant: within about a year of receipt. */
export function isPlausibleDay(leg: Leg, receivedAt: Instant): boolean {
  return Math.abs(Date.parse(`${leg.date}T12:00:00Z`) - epochMs(receivedAt)) < PLAUSIBLE_DAYS * 86_400_000
}
