import { CATALOGUE } from '#codecs/catalogue.ts'
import { adviceOn } from '#codecs/conformance/advice.ts'
import type { ScoredMessage } from '#codecs/conformance/score.ts'
import type { Finding } from '#domain/finding.ts'
import type { ReportedFile } from './validate-report.ts'
import { type Language, legWords } from './validate-words.ts'

/** One file in the JSON report. The shape is kept from version to version; keys are only added (docs/conformance.md). */
export function fileJson({ file, bytes, scored, lineAt }: ReportedFile, language: Language): object {
  return {
    file,
    bytes,
    score: rounded(scored.score),
    findings: scored.findings.map((finding) => findingJson(finding, lineAt, language)),
    messages: scored.messages.map((message) => messageJson(message, lineAt, language)),
  }
}

function messageJson(scored: ScoredMessage, lineAt: ReportedFile['lineAt'], language: Language): object {
  const { message, kind, travellers, pnrs, score, scores, timeliness, elements, findings } = scored
  const { envelope } = message
  return {
    type: message.type,
    version: message.version,
    reference: envelope.reference,
    sender: envelope.sender,
    kind,
    flight: legWords(message) || undefined,
    travellers,
    pnrs,
    score: rounded(score),
    scores: Object.fromEntries(Object.entries(scores).map(([dimension, one]) => [dimension, rounded(one)])),
    timeliness,
    elements,
    findings: findings.map((finding) => findingJson(finding, lineAt, language)),
  }
}

function findingJson(
  { severity, code, at, detail }: Finding,
  lineAt: ReportedFile['lineAt'],
  language: Language,
): object {
  const entry = CATALOGUE[code]
  return {
    severity,
    code,
    at: { byte: at.byte, line: at.line, segment: at.segment },
    detail,
    sentence: entry?.[language] ?? code,
    clause: entry?.clause,
    reply: entry?.reply,
    advice: adviceOn(code, language),
    source: lineAt(at),
  }
}

/** Scores are given to one decimal. */
export const rounded = (score: number): number => Math.round(score * 10) / 10
