/** What carriers sent and how it ended, for whoever looks after them. No personal data: no names, no bytes. */
import { monthOf } from '#domain/normalise.ts'
import type { Officer } from '#domain/officer.ts'
import { bad, ok, type Result } from '#lib/result.ts'
import { epochMs, instant } from '#lib/time.ts'
import { asOfficer } from '#store/db.ts'
import type { TransmissionStateColumn } from '#store/tables.ts'
import { countTransmissions, listTransmissions, transmissionDetail } from '#store/transmissions.ts'
import { readTimeCursor, writeCursor } from './cursor.ts'
import { findingView } from './finding-view.ts'
import { actorOf, type SightDeps } from './sight.ts'

const PAGE = 100
const COUNTED_HOURS = 24

export interface MessagesQuestion {
  readonly carrier?: string
  readonly state?: TransmissionStateColumn
  readonly cause?: string
  readonly ids?: readonly string[]
  readonly after?: string
}

export async function showMessages(asked: MessagesQuestion, officer: Officer, { db, clock }: SightDeps) {
  const before = readTimeCursor(asked.after)
  const { rows, counts } = await asOfficer(db, actorOf(officer), async (tx) => ({
    rows: await listTransmissions(tx, {
      limit: PAGE + 1,
      ...(asked.carrier && { carrier: asked.carrier }),
      ...(asked.state && { state: asked.state }),
      ...(asked.cause && { cause: asked.cause }),
      ...(asked.ids && { ids: asked.ids }),
      ...(before && { before }),
    }),
    counts: await countTransmissions(tx, instant(epochMs(clock()) - COUNTED_HOURS * 3_600_000)),
  }))
  const page = rows.slice(0, PAGE)
  const last = page.at(-1)
  return {
    rows: page.map(rowView),
    counts: counts.map(({ carrier, state, count }) => ({ carrier, state, count: Number(count) })),
    ...(rows.length > PAGE && last && { next: writeCursor(last.received_at, last.id) }),
  }
}

export async function showMessage(
  id: string,
  officer: Officer,
  { db }: SightDeps,
): Promise<Result<ReturnType<typeof detailView>>> {
  const row = await asOfficer(db, actorOf(officer), (tx) => transmissionDetail(tx, monthOf(id), id))
  return row ? ok(detailView(row)) : bad({ code: 'not.found', detail: '' })
}

type Row = Awaited<ReturnType<typeof listTransmissions>>[number]
type Detail = NonNullable<Awaited<ReturnType<typeof transmissionDetail>>>

const rowView = (row: Row) => ({
  id: row.id,
  carrier: row.carrier,
  receivedAt: row.received_at,
  channel: row.channel,
  state: row.state,
  size: row.size,
  travellers: row.travellers,
  findings: row.finding_count,
  redacted: Object.values(row.redactions).reduce((sum, count) => sum + count, 0),
  ...(row.type && { type: row.type }),
  ...(row.flight && { flight: row.flight }),
  ...(row.duplicate_of && { duplicateOf: row.duplicate_of }),
  ...(row.cause && { cause: row.cause }),
  ...(row.replays > 0 && { replays: row.replays }),
})

const detailView = (row: Detail) => ({
  ...rowView(row),
  findingList: row.findings.map(findingView),
  redactions: row.redactions,
  ...(row.reply && { reply: withoutReferences(Buffer.from(row.reply).toString('utf8')) }),
})

/**
 * CUSRES names travellers by locator (`RFF+AVF:`) and passenger reference (`RFF+ABO:`): the carrier gets them, whoever
 * looks after carriers does not need them.
 */
const withoutReferences = (reply: string): string => reply.replaceAll(/(RFF\+A(?:VF|BO):)(?:\?.|[^'+:?])*/gs, '$1…')
