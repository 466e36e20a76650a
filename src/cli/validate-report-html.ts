import { createHash } from 'node:crypto'
import { CATALOGUE } from '#codecs/catalogue.ts'
import { adviceOn } from '#codecs/conformance/advice.ts'
import type { ElementCount } from '#codecs/conformance/completeness.ts'
import { elementOf } from '#codecs/conformance/elements.ts'
import type { ScoredMessage } from '#codecs/conformance/score.ts'
import type { Summary } from '#codecs/conformance/summary.ts'
import type { Timeliness } from '#codecs/conformance/timeliness.ts'
import type { Finding, Place } from '#domain/finding.ts'
import { type Html, html, trusted } from './html.ts'
import type { ReportedFile } from './validate-report.ts'
import { sourceHtml } from './validate-report-source.ts'
import { SCRIPT, STYLE } from './validate-report-style.ts'
import { severityTag } from './validate-severity.ts'
import { DIMENSIONS, type Language, legWords, SEVERITIES, shown, WORDS } from './validate-words.ts'

/** More is counted only: a page must stay one that a browser can show. */
const MOST_MESSAGES = 300
const MOST_CLEAN = 10
const MOST_ROWS = 2_000
/** Findings listed of one code in one message; of all codes; and in one file. */
const MOST_OF_CODE = 20
const MOST_FINDINGS = 400
const MOST_LISTED = 4_000

/**
 * One page that holds everything: no request leaves it, and no script is needed to read it. Whatever comes from a message
 * is escaped; the policy in its head lets nothing else run.
 */
export class HtmlReport {
  private readonly language: Language
  private readonly profile: string
  private readonly data: boolean
  private readonly sections: string[] = []
  private readonly rows: {
    readonly file: string
    readonly messages: number
    readonly score: number
    readonly id?: string
  }[] = []
  private shown = 0
  private clean = 0
  private left = 0

  constructor(language: Language, profile: string, data: boolean) {
    this.language = language
    this.profile = profile
    this.data = data
  }

  /** Files in which something was found are laid out as long as there is room; of clean ones the first few. */
  add(report: ReportedFile): void {
    const { file, scored } = report
    const { score, messages } = scored
    const found = scored.findings.length > 0 || messages.some(({ findings }) => findings.length > 0)
    const room = found || this.clean < MOST_CLEAN ? Math.max(0, MOST_MESSAGES - this.shown) : 0
    const laidOut = messages.slice(0, room)
    this.left += messages.length - laidOut.length
    this.shown += laidOut.length
    if (!found && room > 0) this.clean += 1
    const id = room > 0 ? `f${this.sections.length + 1}` : undefined
    if (id) this.sections.push(fileSection(report, laidOut, id, this.language).markup)
    if (this.rows.length < MOST_ROWS) this.rows.push({ file, messages: messages.length, score, ...(id && { id }) })
  }

  page(summary: Summary): string {
    const { language, profile } = this
    const words = WORDS[language]
    const contents = this.rows
      .toSorted((a, b) => a.score - b.score)
      .map(({ file, messages, score, id }) => {
        const name = id ? html`<a href="#${id}">${file}</a>` : file
        return html`<tr><td>${name}</td><td class="n">${messages}</td>${scoreCell(score)}</tr>`
      })
    return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${digest(STYLE)}'; script-src '${digest(SCRIPT)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${words.title}: ${shown(summary.score)}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#summary">${words.skip}</a>
<header><h1>${words.title}</h1><p class="note">${this.data ? words.open : words.hidden}</p></header>
<main>
${summarySection(summary, language)}
<nav aria-label="${words.contents}"><table><caption>${words.contents}</caption><thead><tr><th scope="col">${words.file}</th><th scope="col" class="n">${words.messages}</th><th scope="col" class="n">${words.score}</th></tr></thead><tbody>${contents}</tbody></table>
${this.left > 0 ? html`<p>${words.notListed(this.left)}</p>` : undefined}</nav>
<fieldset class="filter" hidden><legend>${words.findings}</legend>${SEVERITIES.map(
      (severity) => html`<label><input type="checkbox" value="${severity}" checked> ${words[severity]}</label>`,
    )}</fieldset>
${trusted(this.sections.join('\n'))}
</main>
<footer>${words.madeBy} “${profile}”</footer>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`.markup
  }
}

const digest = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`

const scoreCell = (score: number): Html => html`<td class="n">${shown(score)}</td>`

function summarySection(summary: Summary, language: Language): Html {
  const words = WORDS[language]
  const { files, messages, travellers, timeliness, senders, findings } = summary
  return html`<section id="summary" aria-labelledby="summary-title"><h2 id="summary-title">${words.summary}</h2>
<p>${files} ${words.files}, ${messages} ${words.messages}, ${travellers} ${words.travellers}</p>
${scoreList(summary.score, summary.scores, language)}
<p>${words.timeliness}: ${timeliness.inTime} ${words.inTime}, ${timeliness.late} ${words.late}, ${timeliness.early} ${words.early}, ${timeliness.notJudged} ${words.notJudged}</p>
${senders.length > 1 ? sendersTable(summary, language) : undefined}
${findings.length > 0 ? worstTable(summary, language) : html`<p>${words.noFindings}</p>`}
${elementsTable(summary.elements, language)}
</section>`
}

function scoreList(score: number, scores: ScoredMessage['scores'], language: Language, time?: Timeliness): Html {
  const words = WORDS[language]
  const timeWords = time && (time.judged ? words.minutes(time.minutes) : words[time.because])
  return html`<ul class="scores"><li class="whole"><b>${shown(score)}</b><span>${words.score}</span></li>${DIMENSIONS.map(
    (dimension) => {
      const one = scores[dimension]
      const more = dimension === 'timeliness' && timeWords ? `: ${timeWords}` : ''
      return html`<li><b>${one === undefined ? '–' : shown(one)}</b><span>${words[dimension]}${more}</span></li>`
    },
  )}</ul>`
}

function sendersTable({ senders }: Summary, language: Language): Html {
  const words = WORDS[language]
  return html`<table><caption>${words.senders}</caption><thead><tr><th scope="col">${words.sender}</th><th scope="col" class="n">${words.messages}</th><th scope="col" class="n">${words.travellers}</th><th scope="col" class="n">${words.score}</th></tr></thead><tbody>${senders.map(
    ({ sender, messages, travellers, score }) =>
      html`<tr><td>${sender || '?'}</td><td class="n">${messages}</td><td class="n">${travellers}</td>${scoreCell(score)}</tr>`,
  )}</tbody></table>`
}

function worstTable({ findings }: Summary, language: Language): Html {
  const words = WORDS[language]
  return html`<table><caption>${words.worst}</caption><thead><tr><th scope="col">${words.severity}</th><th scope="col" class="n">${words.number}</th><th scope="col">${words.sentence}</th><th scope="col" class="n">${words.files}</th></tr></thead><tbody>${findings.map(
    ({ code, severity, count, files }) =>
      html`<tr><td>${severityTag(severity, language)}</td><td class="n">${count}</td><td>${CATALOGUE[code]?.[language] ?? code} <span class="code">${code}</span></td><td class="n">${files}</td></tr>`,
  )}</tbody></table>`
}

function elementsTable(elements: readonly ElementCount[], language: Language): Html | undefined {
  const words = WORDS[language]
  const due = elements.filter(({ of }) => of > 0)
  if (due.length === 0) return undefined
  return html`<table><caption>${words.elements}</caption><thead><tr><th scope="col" class="n">${words.number}</th><th scope="col">${words.element}</th><th scope="col">${words.place}</th><th scope="col">${words.obligation}</th><th scope="col" class="n">${words.has}</th><th scope="col" class="n">%</th></tr></thead><tbody>${due.map(
    ({ id, obligation, has, of }) => {
      const lacking = obligation === 'required' && has < of
      return html`<tr><td class="n">${id}</td><td>${elementOf(id)?.[language] ?? ''}</td><td class="code">${elementOf(id)?.place ?? ''}</td><td>${words[obligation]}</td><td class="n ${lacking ? 'less' : has === of ? 'full' : ''}">${has}/${of}</td><td class="n">${Math.floor((100 * has) / of)}</td></tr>`
    },
  )}</tbody></table>`
}

function fileSection(report: ReportedFile, messages: readonly ScoredMessage[], id: string, language: Language): Html {
  const words = WORDS[language]
  const { file, scored, layout } = report
  const numbers = new Map<Finding, string>()
  const all = [...scored.findings, ...messages.flatMap((message) => message.findings)]
  for (const findings of [scored.findings, ...messages.map((message) => message.findings)])
    for (const finding of listed(findings, MOST_LISTED - numbers.size))
      numbers.set(finding, `${id}n${numbers.size + 1}`)
  const list = (findings: readonly Finding[]): Html =>
    findingList(findings, numbers, (at) => `${id}s${layout.rowAt(at)}`, language)
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${file}</h2>
${scored.findings.length > 0 ? html`<h3>${words.outside}</h3>${list(scored.findings)}` : undefined}
${messages.map((message, index) => {
  const title = `${id}m${index + 1}`
  const { score, scores, timeliness, elements, findings } = message
  return html`<article aria-labelledby="${title}"><h3 id="${title}">${headOf(message, language)}</h3>
${scoreList(score, scores, language, timeliness)}
${elementsTable(
  elements.filter(({ obligation, has, of }) => obligation === 'required' && has < of),
  language,
)}
<h4>${findings.length} ${words.findings}</h4>
${findings.length > 0 ? list(findings) : html`<p>${words.noFindings}</p>`}
</article>`
})}
${sourceHtml(report, all, numbers, id, language)}
</section>`
}

/** Some of each code: a list of one thing a thousand times is no list. */
function listed(findings: readonly Finding[], room: number): readonly Finding[] {
  const counts = new Map<string, number>()
  return findings
    .filter(({ code }) => {
      const count = (counts.get(code) ?? 0) + 1
      counts.set(code, count)
      return count <= MOST_OF_CODE
    })
    .slice(0, Math.min(room, MOST_FINDINGS))
}

function headOf({ message, travellers, pnrs }: ScoredMessage, language: Language): string {
  const counts = [pnrs > 0 ? `${pnrs} PNR` : '', `${travellers} ${WORDS[language].travellers}`]
  const { type, version, envelope } = message
  return [`${type} ${version}`, legWords(message), envelope.reference, ...counts].filter(Boolean).join(' · ')
}

function findingList(
  findings: readonly Finding[],
  numbers: ReadonlyMap<Finding, string>,
  linkTo: (at: Place) => string,
  language: Language,
): Html {
  const words = WORDS[language]
  const shown = findings.filter((finding) => numbers.has(finding))
  return html`<ul class="findings">${shown.map((finding) => {
    const { severity, code, at, detail } = finding
    const { clause } = CATALOGUE[code] ?? {}
    const replies = Object.entries(CATALOGUE[code]?.reply ?? {}).map(
      ([kind, value]) => `${kind.toUpperCase()} ${value}`,
    )
    return html`<li class="${severity}" id="${numbers.get(finding) ?? ''}"><p>${severityTag(severity, language)} <strong>${CATALOGUE[code]?.[language] ?? code}</strong>${detail ? `: ${detail}` : ''} <code>${code}</code></p>
<p><a href="#${linkTo(at)}">${words.line} ${at.line}, ${words.byte} ${at.byte}, ${words.segment} ${at.segment}</a>${clause ? ` · ${words.clause}: ${clause}` : ''}${replies.length > 0 ? ` · ${words.answer}: ${replies.join(', ')}` : ''}</p>
<p>${words.whatToDo}: ${adviceOn(code, language)}</p></li>`
  })}</ul>${findings.length > shown.length ? html`<p>${words.andMore(findings.length - shown.length)}</p>` : undefined}`
}
