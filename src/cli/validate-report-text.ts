import { CATALOGUE } from '#codecs/catalogue.ts'
import { adviceOn } from '#codecs/conformance/advice.ts'
import type { ElementCount } from '#codecs/conformance/completeness.ts'
import { elementOf } from '#codecs/conformance/elements.ts'
import type { ScoredMessage } from '#codecs/conformance/score.ts'
import type { Summary } from '#codecs/conformance/summary.ts'
import type { Finding } from '#domain/finding.ts'
import type { ReportedFile } from './validate-report.ts'
import { type Language, legWords, scoreWords, shown, WORDS } from './validate-words.ts'

/** Places that are shown of one code in one message; the others are counted. */
const PLACES = 3

/** One file for the terminal: its messages, what is wrong with each, where, which clause, and what to do. */
export function fileText({ file, scored, lineAt }: ReportedFile, language: Language): string {
  const words = WORDS[language]
  const lines = [`${file}: ${scored.messages.length} ${words.messages}, ${words.score} ${shown(scored.score)}`]
  lines.push(...findingLines(scored.findings, lineAt, language))
  for (const message of scored.messages) {
    lines.push(`  ${headOf(message, language)}`, `    ${scoreWords(message, language)}`)
    lines.push(...missingLines(message.elements, language))
    lines.push(...findingLines(message.findings, lineAt, language))
  }
  return `${lines.join('\n')}\n`
}

function headOf({ message, travellers, pnrs }: ScoredMessage, language: Language): string {
  const words = WORDS[language]
  const counts = [pnrs > 0 ? `${pnrs} PNR` : '', `${travellers} ${words.travellers}`].filter(Boolean).join(', ')
  return [`${message.type} ${message.version}`, legWords(message), message.envelope.reference, counts]
    .filter(Boolean)
    .join(' · ')
}

function missingLines(elements: readonly ElementCount[], language: Language): readonly string[] {
  return elements
    .filter(({ obligation, has, of }) => obligation === 'required' && has < of)
    .map(
      ({ id, has, of }) =>
        `    ${id} ${elementOf(id)?.[language] ?? ''}: ${has}/${of}  (${elementOf(id)?.place ?? ''})`,
    )
}

function findingLines(
  findings: readonly Finding[],
  lineAt: ReportedFile['lineAt'],
  language: Language,
): readonly string[] {
  const words = WORDS[language]
  const byCode = Map.groupBy(findings, ({ code }) => code)
  return [...byCode].flatMap(([code, all]) => {
    const entry = CATALOGUE[code]
    const [first] = all
    const head = `    ${(first?.severity ?? '').padEnd(8)}${entry?.[language] ?? code}  [${code}]${entry?.clause ? ` ${entry.clause}` : ''}`
    const places = all
      .slice(0, PLACES)
      .flatMap(({ at, detail }) => [
        `            ${words.line} ${at.line}, ${words.byte} ${at.byte}, ${words.segment} ${at.segment}${detail ? `: ${detail}` : ''}`,
        `              ${lineAt(at)}`,
      ])
    const rest = all.length > PLACES ? [`            ${words.andMore(all.length - PLACES)}`] : []
    return [head, ...places, ...rest, `            → ${adviceOn(code, language)}`]
  })
}

/** All files together. */
export function summaryText(summary: Summary, language: Language): string {
  const words = WORDS[language]
  const { files, messages, travellers, findings, elements, senders, timeliness } = summary
  const lines = [
    '',
    `${files} ${words.files}, ${messages} ${words.messages}, ${travellers} ${words.travellers}`,
    `${words.score} ${shown(summary.score)}  ${scoreWords(summary, language)}`,
    `${words.timeliness}: ${timeliness.inTime} ${words.inTime}, ${timeliness.late} ${words.late}, ${timeliness.early} ${words.early}, ${timeliness.notJudged} ${words.notJudged}`,
  ]
  if (senders.length > 1) {
    lines.push('', words.senders)
    for (const one of senders) {
      lines.push(
        `  ${String(shown(one.score)).padStart(3)}  ${one.sender || '?'}: ${one.messages} ${words.messages}, ${one.travellers} ${words.travellers}`,
      )
    }
  }
  if (findings.length > 0) lines.push('', words.worst)
  for (const { code, severity, count, files: inFiles } of findings) {
    lines.push(
      `  ${severity.padEnd(8)}${String(count).padStart(6)} × ${CATALOGUE[code]?.[language] ?? code}  [${code}] ${words.inFiles(inFiles)}`,
    )
  }
  lines.push('', words.elements)
  for (const { id, obligation, has, of } of elements) {
    if (of === 0) continue
    const share = `${((100 * has) / of).toFixed(0)} %`.padStart(6)
    lines.push(
      `  ${id.padEnd(4)}${share}  ${`${has}/${of}`.padEnd(12)} ${elementOf(id)?.[language] ?? ''} (${words[obligation]})`,
    )
  }
  return `${lines.join('\n')}\n`
}
