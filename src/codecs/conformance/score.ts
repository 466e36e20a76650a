import type { Finding, Place, Severity, Span } from '#domain/finding.ts'
import type { Decoded, Message } from '#domain/message.ts'
import { isPnrgov } from '#domain/message.ts'
import { CATALOGUE } from '../catalogue.ts'
import type { Tape } from '../edifact/tape.ts'
import { completenessScore, countElements, type ElementCount } from './completeness.ts'
import { dimensionOf } from './dimensions.ts'
import { travellersOf } from './manifest.ts'
import { segmentAt } from './places.ts'
import { checkPlausibility, type Seen } from './plausibility.ts'
import type { ConformanceProfile, Dimension, MessageKind } from './profile.ts'
import { checkSyntax } from './syntax.ts'
import { messageKind, type TimeContext, type Timeliness, timeliness } from './timeliness.ts'

export interface ScoredMessage {
  readonly message: Message
  readonly kind: MessageKind
  readonly travellers: number
  readonly pnrs: number
  /** 0 to 100. */
  readonly score: number
  /** 0 to 100 each; what could not be judged is absent. */
  readonly scores: Readonly<Partial<Record<Dimension, number>>>
  readonly elements: readonly ElementCount[]
  readonly timeliness: Timeliness
  /** The reader's and the checks', by place. */
  readonly findings: readonly Finding[]
}

export interface ScoredFile {
  /** The mean of its messages, by the number of their travellers; 0 without a message. */
  readonly score: number
  readonly messages: readonly ScoredMessage[]
  /** What stands outside any message; it lowers the score of each message of the file. */
  readonly findings: readonly Finding[]
}

export interface ScoreContext extends TimeContext {
  readonly profile: ConformanceProfile
  /** The same bytes, where they are EDIFACT. */
  readonly tape?: Tape
  /** Line and segment of a byte. */
  readonly placeOf: (byte: number) => Place
}

/** Judges what was understood of some bytes as a receiving State would. */
export function scoreFile({ messages, findings }: Decoded, context: ScoreContext): ScoredFile {
  const { inside, outside } = byMessage(messages, findings)
  const lists = new Map<string, Seen>()
  const scored = messages.map((message, index) =>
    scoreMessage(message, inside[index] ?? [], outside, context, seenOf(message, lists)),
  )
  return { score: meanScore(scored), messages: scored, findings: outside }
}

/** The parts of one list share what was seen; every other message stands for itself. */
function seenOf({ type, envelope: { sender, access, part } }: Message, lists: Map<string, Seen>): Seen {
  if (!part || !access) return new Map()
  const key = `${type}/${sender}/${access}`
  const known = lists.get(key)
  if (known && part.number > 1) return known
  const seen: Seen = new Map()
  lists.set(key, seen)
  return seen
}

/** Findings of each message, and those that stand in none; both lists are in the order of the bytes. */
function byMessage(messages: readonly Message[], findings: readonly Finding[]) {
  const inside: Finding[][] = messages.map(() => [])
  const outside: Finding[] = []
  let current = 0
  for (const finding of findings) {
    while (current < messages.length && finding.at.byte > (messages[current]?.span[1] ?? 0)) current += 1
    const span = messages[current]?.span
    if (span && finding.at.byte >= span[0]) inside[current]?.push(finding)
    else outside.push(finding)
  }
  return { inside, outside }
}

/** The weight of a message is the number of its travellers, at least one. */
export function meanScore(scored: readonly { readonly score: number; readonly travellers: number }[]): number {
  const weight = scored.reduce((sum, { travellers }) => sum + Math.max(1, travellers), 0)
  if (weight === 0) return 0
  return scored.reduce((sum, { score, travellers }) => sum + score * Math.max(1, travellers), 0) / weight
}

function scoreMessage(
  message: Message,
  read: readonly Finding[],
  outside: readonly Finding[],
  context: ScoreContext,
  seen: Seen,
): ScoredMessage {
  const { profile } = context
  const travellers = travellersOf(message)
  const pnrs = isPnrgov(message) ? message.pnrs.length : 0
  const time = timeliness(message, profile, context)
  const counts = countCodes([...read, ...outside])
  const own = checked(message, time, context, counts, seen)
  const findings = [...read, ...own].sort((a, b) => a.at.byte - b.at.byte)
  const elements = countElements(message, profile)
  const subjects = Math.max(1, travellers, pnrs)
  const completeness = completenessScore(elements)
  const scores: Partial<Record<Dimension, number>> = {
    schema: lossScore(counts, 'schema', subjects, profile),
    ...(completeness !== undefined && { completeness }),
    ...(travellers > 0 && { plausibility: lossScore(counts, 'plausibility', subjects, profile) }),
    ...(time.judged && { timeliness: time.score }),
  }
  const useless = 'unreadable' in message || [...counts.values()].some(({ severity }) => severity === 'fatal')
  return {
    message,
    kind: messageKind(message),
    travellers,
    pnrs,
    score: useless ? 0 : weighted(scores, profile),
    scores,
    elements,
    timeliness: time,
    findings,
  }
}

/** How often each code was found. */
export type CodeCounts = Map<string, { readonly severity: Severity; count: number }>

export function countCodes(findings: readonly Finding[]): CodeCounts {
  const counts: CodeCounts = new Map()
  for (const { code, severity } of findings) countCode(counts, code, severity)
  return counts
}

function countCode(counts: CodeCounts, code: string, severity: Severity): void {
  const known = counts.get(code)
  if (known) known.count += 1
  else counts.set(code, { severity, count: 1 })
}

/** Places of the checks that are kept of one message; all are counted. */
const MOST_PLACES = 1_000

function checked(
  message: Message,
  time: Timeliness,
  { profile, placeOf, tape }: ScoreContext,
  counts: CodeCounts,
  seen: Seen,
): readonly Finding[] {
  const found: Finding[] = []
  const [start] = message.span
  const note = (code: string, at: Span | undefined, detail = ''): void => {
    const severity = CATALOGUE[code]?.severity ?? 'warning'
    countCode(counts, code, severity)
    if (found.length < MOST_PLACES) found.push({ severity, code, at: placeOf(at?.[0] ?? start), detail })
  }
  if (message.envelope.test) note('check.test-indicator', undefined)
  if (time.judged && time.verdict === 'late')
    note('check.late', undefined, `${time.minutes - time.deadline.latest} min`)
  if (time.judged && time.verdict === 'early') note('check.early', undefined)
  if (tape && tape.segments > 0) {
    const [from, to] = [segmentAt(tape, start), segmentAt(tape, message.span[1])]
    checkSyntax(tape, from, Math.min(to, tape.segments - 1), message.envelope.syntax, note)
  }
  checkPlausibility(message, profile, note, seen)
  return found
}

/**
 * 100 less what each code costs: half its points when it is there at all, the other half by the share of travellers
 * (or PNRs) it was found at. Not below 0.
 */
export function lossScore(
  counts: CodeCounts,
  dimension: Dimension,
  subjects: number,
  { points }: ConformanceProfile,
): number {
  let score = 100
  for (const [code, { severity, count }] of counts) {
    if (dimensionOf(code) === dimension) score -= points[severity] * (0.5 + 0.5 * Math.min(1, count / subjects))
  }
  return Math.max(0, score)
}

/** By the profile's weights; the weight of what could not be judged goes to the others. */
function weighted(scores: Readonly<Partial<Record<Dimension, number>>>, { weights }: ConformanceProfile): number {
  let [sum, weight] = [0, 0]
  for (const dimension of ['schema', 'completeness', 'plausibility', 'timeliness'] as const) {
    const score = scores[dimension]
    if (score === undefined) continue
    sum += score * weights[dimension]
    weight += weights[dimension]
  }
  return weight === 0 ? 0 : sum / weight
}
