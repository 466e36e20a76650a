import { CATALOGUE } from '#codecs/catalogue.ts'
import type { Piece, ShownSegment } from '#codecs/conformance/layout.ts'
import { elementName } from '#codecs/conformance/names.ts'
import type { Finding, Severity } from '#domain/finding.ts'
import { type Html, html } from './html.ts'
import type { ReportedFile } from './validate-report.ts'
import { severityTag } from './validate-severity.ts'
import { type Language, SEVERITIES, WORDS } from './validate-words.ts'

/** Segments shown of one file; of longer ones those with findings that are listed, and what stands around them. */
const MOST_SEGMENTS = 1_000
const AROUND = 2

/** The file, segment by segment: each value with its name, what was found marked, and the note beside it. */
export function sourceHtml(
  { layout }: ReportedFile,
  findings: readonly Finding[],
  numbers: ReadonlyMap<Finding, string>,
  id: string,
  language: Language,
): Html | undefined {
  if (layout.rows === 0) return undefined
  const words = WORDS[language]
  const bySegment = Map.groupBy(findings, ({ at }) => layout.rowAt(at))
  const listed = Map.groupBy(numbers.keys(), ({ at }) => layout.rowAt(at))
  const rows: Html[] = []
  let last = 0
  for (const number of chosen(layout.rows, listed)) {
    if (number > last + 1) rows.push(html`<li class="gap">${words.segmentsLeft(number - last - 1)}</li>`)
    const segment = layout.show(number - 1)
    rows.push(row(segment, bySegment.get(number) ?? [], numbers, id, language))
    last = number
  }
  if (last < layout.rows) rows.push(html`<li class="gap">${words.segmentsLeft(layout.rows - last)}</li>`)
  return html`<h3>${words.source}</h3><p class="note">${words.names}</p><ol class="source">${rows}</ol>`
}

/** All segments of a short file. */
function chosen(segments: number, bySegment: ReadonlyMap<number, unknown>): readonly number[] {
  if (segments <= MOST_SEGMENTS) return Array.from({ length: segments }, (_, index) => index + 1)
  const wanted = new Set<number>()
  for (let number = 1; number <= 20; number++) wanted.add(number)
  for (const number of bySegment.keys()) wanted.add(number)
  for (const number of bySegment.keys()) {
    if (wanted.size > MOST_SEGMENTS) break
    for (let near = number - AROUND; near <= number + AROUND; near++)
      if (near >= 1 && near <= segments) wanted.add(near)
  }
  return [...wanted].sort((a, b) => a - b)
}

function row(
  segment: ShownSegment,
  findings: readonly Finding[],
  numbers: ReadonlyMap<Finding, string>,
  id: string,
  language: Language,
): Html {
  const marked = new Map<Piece, Severity>()
  for (const { at, severity } of findings) {
    const piece = pieceAt(segment, at.byte)
    const known = piece && marked.get(piece)
    if (piece && (!known || SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(known))) marked.set(piece, severity)
  }
  const own = `${id}s${segment.number}`
  return html`<li id="${own}"${findings.length > 0 ? html` class="with"` : undefined}><a class="at" href="#${own}" aria-label="${WORDS[language].segment} ${segment.number}">${segment.number}</a><div class="line" translate="no">${segment.pieces.map(
    (piece) => pieceHtml(piece, nameOf(segment, piece, language), marked.get(piece)),
  )}</div>${findings.length > 0 ? notes(findings, (finding) => valueMeant(finding, segment, language), numbers, language) : undefined}</li>`
}

/** The value that begins at the byte, or holds it; the tag where nothing does. */
const pieceAt = ({ pieces }: ShownSegment, byte: number): Piece | undefined =>
  pieces.find(({ element, from }) => element !== undefined && from === byte) ??
  pieces.find(({ from, to }) => byte >= from && byte < to) ??
  pieces[0]

/** Nothing where the segment as a whole is meant. */
function valueMeant({ at }: Finding, segment: ShownSegment, language: Language): string {
  const piece = pieceAt(segment, at.byte)
  return piece?.element ? nameOf(segment, piece, language) : ''
}

function pieceHtml({ text, element }: Piece, name: string, severity: Severity | undefined): Html {
  const kind = element === undefined ? 'p' : element === 0 ? 'v t' : 'v'
  const span = name
    ? html`<span class="${kind}" data-n="${name}">${text}</span>`
    : html`<span class="${kind}">${text}</span>`
  return severity ? html`<mark class="${severity}">${span}</mark>` : span
}

function notes(
  findings: readonly Finding[],
  named: (finding: Finding) => string,
  numbers: ReadonlyMap<Finding, string>,
  language: Language,
): Html {
  return html`<ul class="beside">${findings.map((finding) => {
    const { severity, code, detail } = finding
    const number = numbers.get(finding)
    const sentence = CATALOGUE[code]?.[language] ?? code
    return html`<li class="${severity}">${severityTag(severity, language)} ${number ? html`<a href="#${number}">${sentence}</a>` : sentence}${detail ? `: ${detail}` : ''} <span class="code">${named(finding)}</span></li>`
  })}</ul>`
}

/** What the guides call a value, and where it stands in its segment. */
function nameOf(
  { tag, qualifier }: ShownSegment,
  { element, component, name: own }: Piece,
  language: Language,
): string {
  if (own !== undefined) return own
  if (element === undefined || component === undefined || tag === '') return ''
  const name = elementName(tag, qualifier, element, component)?.[language]
  const place = element === 0 ? tag : `${tag} ${element}.${component}`
  return name ? `${place}: ${name}` : place
}
