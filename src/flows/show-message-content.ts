/**
 * A message as it was sent (what must not be kept is gone already), segment by segment, each value named, findings and
 * travellers in their places. The unit sees the whole of it; another agency the segments that speak of travellers whom it
 * may see. Long messages are shown in pages. Whoever stands on a page is in the log.
 */
import { markupDepths, segmentDepths } from '#codecs/conformance/depth.ts'
import { type Layout, layoutSegments, lineOf, type Piece, type ShownSegment } from '#codecs/conformance/layout.ts'
import { layoutMarkup } from '#codecs/conformance/layout-markup.ts'
import { elementName } from '#codecs/conformance/names.ts'
import { readTape } from '#codecs/edifact/tape.ts'
import { isXml } from '#codecs/xml/text.ts'
import type { Span } from '#domain/finding.ts'
import { monthOf } from '#domain/normalise.ts'
import type { Officer } from '#domain/officer.ts'
import { isUnit } from '#store/agencies.ts'
import { backToWork, type Tx } from '#store/db.ts'
import { type MessageHead, messageHead, type SpokenOf, spokenOfIn } from '#store/message-content.ts'
import type { Deps } from './deps.ts'
import { findingView } from './finding-view.ts'
import { openSealed } from './seal.ts'
import { showPersons } from './sight.ts'
import { spansOf } from './source-ref.ts'

export interface ContentQuestion {
  readonly id: string
  /** The page that holds this byte; else the one that begins at row `from`, counted from 0. */
  readonly at?: number
  readonly from?: number
  /** The first row from `from` on that has this text in it. */
  readonly find?: string
}

const PAGE = 200
/** So many rows before a place that was asked for, so that it is not the first. */
const LEAD = 20

export function showMessageContent(
  asked: ContentQuestion,
  officer: Officer,
  deps: Pick<Deps, 'db' | 'clock' | 'keys'>,
) {
  return showPersons(deps, officer, 'message', [asked.id], async (tx) => {
    const head = await firstOf(tx, asked.id)
    if (!head) return undefined
    const people = await spokenOfIn(tx, head.legs, head.id)
    const whole = await mayReadWhole(tx, officer)
    if (!whole && people.length === 0) return undefined
    await backToWork(tx)
    const bytes = await openSealed(tx, deps.keys, head.id)
    if (!bytes) return undefined
    const view = viewOf(bytes, head, people, whole, asked)
    return {
      value: view,
      subjects: [head.id, ...new Set(view.travellers.flatMap(({ leg, id }) => [leg, id]))],
      detail: { from: view.from, rows: view.lines.length },
    }
  })
}

/** What came again is kept once: the first of them is shown. */
async function firstOf(tx: Tx, id: string): Promise<MessageHead | undefined> {
  const head = await messageHead(tx, monthOf(id), id)
  return head?.duplicate_of ? messageHead(tx, monthOf(head.duplicate_of), head.duplicate_of) : head
}

const mayReadWhole = (tx: Tx, officer: Officer): Promise<boolean> => isUnit(tx, officer.agency)

function viewOf(
  bytes: Uint8Array,
  head: MessageHead,
  people: readonly SpokenOf[],
  whole: boolean,
  asked: ContentQuestion,
) {
  const xml = isXml(bytes)
  const tape = xml ? undefined : readTape(bytes)
  const layout = tape ? layoutSegments(tape, { data: true }) : layoutMarkup(bytes, { data: true })
  const depths = tape ? segmentDepths(tape) : markupDepths(layout)
  const spans = people.map(({ content }) => spansOf(content))
  const rows = whole ? range(layout.rows) : rowsOf(layout, spans.flat())
  const { first, found } = firstRow(layout, rows, asked)
  const shown = rows.slice(first, first + PAGE).map((row) => layout.show(row))
  const last = shown.at(-1)
  const byte = { from: shown[0]?.from ?? 0, to: last?.to ?? 0 }
  const travellers = people.flatMap(({ leg, traveller, surname, given_names }, index) => {
    const here = (spans[index] ?? []).filter((span) => touches(span, [byte.from, byte.to]))
    if (here.length === 0) return []
    const at = [...new Set(here.map(([start]) => layout.rowAt({ byte: start, line: 1, segment: 1 })))].sort(
      (one, other) => one - other,
    )
    return [{ leg, id: traveller, name: [surname, given_names].filter(Boolean).join(', '), rows: at }]
  })
  const visible = new Set(rows.map((row) => row + 1))
  return {
    id: head.id,
    carrier: head.carrier,
    type: head.type ?? '',
    receivedAt: head.received_at,
    format: xml ? ('xml' as const) : ('edifact' as const),
    whole,
    rows: rows.length,
    from: first,
    pageSize: PAGE,
    ...(found !== undefined && { found }),
    lines: shown.map((segment) => lineView(segment, depths[segment.number - 1] ?? 0)),
    findings: head.findings
      .map((finding) => ({ ...findingView(finding), row: layout.rowAt(finding.at) }))
      .filter(({ row }) => whole || visible.has(row)),
    travellers,
  }
}

const range = (length: number): readonly number[] => Array.from({ length }, (_, row) => row)

const touches = (a: Span, b: Span): boolean => a[0] < b[1] && b[0] < a[1]

/** The rows that hold something of these bytes, in order. */
function rowsOf(layout: Layout, spans: readonly Span[]): readonly number[] {
  const rows = new Set(spans.map(([start]) => layout.rowAt({ byte: start, line: 1, segment: 1 }) - 1))
  return [...rows].filter((row) => row >= 0 && row < layout.rows).sort((one, other) => one - other)
}

/** Where the page begins, among the rows that may be seen; `found`: the number of the row that was looked for. */
function firstRow(
  layout: Layout,
  rows: readonly number[],
  { at, from = 0, find }: ContentQuestion,
): { readonly first: number; readonly found?: number } {
  const last = Math.max(0, rows.length - 1)
  if (find !== undefined && find !== '') {
    const wanted = find.toLowerCase()
    const holds = (row: number): boolean => lineOf(layout.show(row)).toLowerCase().includes(wanted)
    const behind = rows.findIndex((row, place) => place >= from && holds(row))
    const index = behind < 0 ? rows.findIndex(holds) : behind
    if (index >= 0) return { first: Math.max(0, index - LEAD), found: (rows[index] ?? 0) + 1 }
  } else if (at !== undefined) {
    const row = layout.rowAt({ byte: at, line: 1, segment: 1 }) - 1
    const index = rows.findIndex((one) => one >= row)
    return { first: Math.max(0, (index < 0 ? last : index) - LEAD), found: row + 1 }
  }
  return { first: Math.min(Math.max(0, from), last) }
}

function lineView({ number, tag, qualifier, from, pieces }: ShownSegment, depth: number) {
  const name = elementName(tag, qualifier, 0, 1)
  return {
    number,
    tag,
    byte: from,
    depth,
    ...(name && { name }),
    pieces: pieces.map((piece) => pieceView(piece, tag, qualifier)),
  }
}

/** A value with its name: of a code table's, or the message's own; or the signs between two values. */
function pieceView({ text, element, component, name, from, to }: Piece, tag: string, qualifier: string | undefined) {
  if (element === undefined) return { text }
  const called = name === undefined ? elementName(tag, qualifier, element, component ?? 1) : { en: name, az: name }
  return { text, element, component: component ?? 1, from, to, ...(called && { name: called }) }
}
