import { airport } from '#domain/airports.ts'
import type { SentLeg } from '#domain/leg.ts'
import type { Message } from '#domain/message.ts'
import { isPaxlst, isPnrgov } from '#domain/message.ts'
import { epochMs, type Instant, instantAt } from '#lib/time.ts'
import { borderLeg } from './elements.ts'
import type { ConformanceProfile, Deadline, MessageKind } from './profile.ts'

export type NotJudged = 'no-deadline' | 'no-departure-time' | 'unknown-airport' | 'no-time-of-preparation'

/** How a message stands to its deadline; `minutes` from the scheduled departure, negative before it. */
export type Timeliness =
  | {
      readonly judged: true
      readonly minutes: number
      readonly deadline: Deadline
      readonly verdict: 'in-time' | 'late' | 'early'
      readonly score: number
    }
  | { readonly judged: false; readonly because: NotJudged }

export interface TimeContext {
  /** When it was received; without it the sender's own time of preparation stands for it. */
  readonly receivedAt?: Instant
  /** What somebody who knows better says of a leg's departure: a timetable, the command line. */
  readonly departureOf?: (leg: SentLeg) => Instant | undefined
}

export function messageKind(message: Message): MessageKind {
  if (isPnrgov(message)) return message.function === 'update' ? 'pnr-update' : 'pnr-full'
  if (!isPaxlst(message)) return 'other'
  const { function: kind, transaction, crewList } = message
  if (kind.startsWith('close')) return 'close-out'
  if (kind === 'master-crew' || kind === 'gate-pass' || kind.includes('flight')) return 'other'
  return crewList ? 'crew-list' : transaction ? 'interactive' : 'passenger-list'
}

/** Scores 100 up to the deadline; then less by the minute, until nothing is left. What is not known is not judged. */
export function timeliness(message: Message, profile: ConformanceProfile, context: TimeContext): Timeliness {
  const deadline = profile.deadlines[messageKind(message)]
  const leg = legOf(message)
  if (!deadline || !leg) return { judged: false, because: 'no-deadline' }
  const departs = context.departureOf?.(leg) ?? departureOf(leg)
  if (typeof departs !== 'string') return departs
  const sentAt = context.receivedAt ?? message.envelope.prepared
  if (!sentAt) return { judged: false, because: 'no-time-of-preparation' }
  const minutes = Math.round((epochMs(sentAt) - epochMs(departs)) / 60_000)
  const late = minutes - deadline.latest
  if (late > 0) {
    const score = 100 * Math.max(0, 1 - late / deadline.worthless)
    return { judged: true, minutes, deadline, verdict: 'late', score }
  }
  const early = deadline.opens !== undefined && minutes < deadline.opens
  return { judged: true, minutes, deadline, verdict: early ? 'early' : 'in-time', score: 100 }
}

function legOf(message: Message): SentLeg | undefined {
  if (isPnrgov(message)) return message.leg
  return isPaxlst(message) ? borderLeg(message) : undefined
}

function departureOf({ from, departs }: SentLeg): Instant | Timeliness {
  const zone = airport(from)?.zone
  const at = departs && zone ? instantAt(departs, zone) : undefined
  if (at) return at
  return { judged: false, because: departs && departs.length >= 16 ? 'unknown-airport' : 'no-departure-time' }
}
