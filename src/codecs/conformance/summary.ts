import type { Finding, Severity } from '#domain/finding.ts'
import { addCounts, type ElementCount } from './completeness.ts'
import type { Dimension } from './profile.ts'
import type { ScoredFile, ScoredMessage } from './score.ts'

export interface FindingCount {
  readonly code: string
  readonly severity: Severity
  readonly count: number
  /** In how many files. */
  readonly files: number
}

export interface SenderSummary {
  readonly sender: string
  readonly messages: number
  readonly travellers: number
  readonly score: number
}

/** What many files say together; its size does not grow with their number. */
export interface Summary {
  readonly files: number
  readonly messages: number
  readonly travellers: number
  readonly pnrs: number
  readonly score: number
  readonly scores: Readonly<Partial<Record<Dimension, number>>>
  readonly timeliness: {
    readonly inTime: number
    readonly late: number
    readonly early: number
    readonly notJudged: number
  }
  readonly senders: readonly SenderSummary[]
  /** Worst first: by severity, then by number. */
  readonly findings: readonly FindingCount[]
  readonly elements: readonly ElementCount[]
}

interface Mean {
  sum: number
  weight: number
}

/** More senders than these share one line. */
const MOST_SENDERS = 200
const RANK: Readonly<Record<Severity, number>> = { fatal: 0, error: 1, warning: 2, info: 3 }

/** Adds up files one by one. */
export class Totals {
  private files = 0
  private messages = 0
  private travellers = 0
  private pnrs = 0
  private readonly score: Mean = { sum: 0, weight: 0 }
  private readonly scores = new Map<Dimension, Mean>()
  private readonly times = { inTime: 0, late: 0, early: 0, notJudged: 0 }
  private readonly senders = new Map<string, { messages: number; travellers: number; mean: Mean }>()
  private readonly findings = new Map<string, { severity: Severity; count: number; files: number }>()
  private elements: readonly ElementCount[] = []

  add({ messages, findings }: ScoredFile): void {
    this.files += 1
    if (messages.length === 0) addTo(this.score, 0, 1)
    const codes = new Set<string>()
    for (const finding of findings) this.addFinding(finding, codes)
    for (const message of messages) {
      this.addMessage(message)
      for (const finding of message.findings) this.addFinding(finding, codes)
    }
  }

  summary(): Summary {
    const { files, messages, travellers, pnrs, elements } = this
    return {
      files,
      messages,
      travellers,
      pnrs,
      score: meanOf(this.score),
      scores: Object.fromEntries([...this.scores].map(([dimension, mean]) => [dimension, meanOf(mean)])),
      timeliness: { ...this.times },
      senders: [...this.senders]
        .map(([sender, one]) => ({
          sender,
          messages: one.messages,
          travellers: one.travellers,
          score: meanOf(one.mean),
        }))
        .sort((a, b) => a.score - b.score || (a.sender < b.sender ? -1 : 1)),
      findings: [...this.findings]
        .map(([code, one]) => ({ code, ...one }))
        .sort((a, b) => RANK[a.severity] - RANK[b.severity] || b.count - a.count || (a.code < b.code ? -1 : 1)),
      elements,
    }
  }

  private addMessage(scored: ScoredMessage): void {
    const { message, travellers, pnrs, score, scores, timeliness, elements } = scored
    const weight = Math.max(1, travellers)
    this.messages += 1
    this.travellers += travellers
    this.pnrs += pnrs
    addTo(this.score, score, weight)
    for (const dimension of ['schema', 'completeness', 'plausibility', 'timeliness'] as const) {
      const one = scores[dimension]
      if (one === undefined) continue
      const mean = this.scores.get(dimension) ?? { sum: 0, weight: 0 }
      addTo(mean, one, weight)
      this.scores.set(dimension, mean)
    }
    if (!timeliness.judged) this.times.notJudged += 1
    else if (timeliness.verdict === 'in-time') this.times.inTime += 1
    else this.times[timeliness.verdict] += 1
    this.elements = addCounts(this.elements, elements)
    const { sender } = message.envelope
    const key = this.senders.has(sender) || this.senders.size < MOST_SENDERS ? sender : '…'
    const known = this.senders.get(key) ?? { messages: 0, travellers: 0, mean: { sum: 0, weight: 0 } }
    known.messages += 1
    known.travellers += travellers
    addTo(known.mean, score, weight)
    this.senders.set(key, known)
  }

  private addFinding({ code, severity }: Finding, codes: Set<string>): void {
    const known = this.findings.get(code) ?? { severity, count: 0, files: 0 }
    known.count += 1
    if (!codes.has(code)) known.files += 1
    codes.add(code)
    this.findings.set(code, known)
  }
}

function addTo(mean: Mean, value: number, weight: number): void {
  mean.sum += value * weight
  mean.weight += weight
}

const meanOf = ({ sum, weight }: Mean): number => (weight === 0 ? 0 : sum / weight)
