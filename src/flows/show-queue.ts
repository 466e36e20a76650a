/** The triage queue of the acting agency, most urgent first: minutes left to the next control point × severity. */
import type { HitSeverity } from '#domain/hit.ts'
import type { Officer } from '#domain/officer.ts'
import { summarise } from '#domain/summary.ts'
import { given } from '#lib/given.ts'
import { epochMs, type Instant, instant } from '#lib/time.ts'
import { type ControlPoint, nextControlPoint } from '#review/control-point.ts'
import { isClaimedBy } from '#review/hit-life.ts'
import { highestSeverity, queuePriority } from '#review/priority.ts'
import { mayReadPnr, userNames } from '#store/agencies.ts'
import { type BoardLeg, findLegs } from '#store/board.ts'
import { backToWork, type Tx } from '#store/db.ts'
import {
  decidedWork,
  openWork,
  type QueueHit,
  type QueueLine,
  queueHits,
  queueLines,
  type WorkItem,
} from '#store/queue.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { ageOn, flightView, timesOf } from './flight-view.ts'
import { reviewState } from './hit-view.ts'
import { sourcesOf } from './show-manifest.ts'
import { type SightDeps, showPersons } from './sight.ts'

export interface QueueQuestion {
  readonly view: 'open' | 'mine' | 'decided'
  readonly after?: string | undefined
}

const PAGE = 50
/** Decided work stays in view for a shift and the one before it. */
const DECIDED_HOURS = 24

export function showQueue(question: QueueQuestion, officer: Officer, deps: SightDeps) {
  return showPersons(deps, officer, 'queue', [], async (tx) => {
    const now = deps.clock()
    // A later page is ordered as of the first one, so that nothing is shown twice or left out while minutes pass.
    const [asOf, after] = readCursor(question.after)
    const ordered = typeof asOf === 'string' ? (asOf as Instant) : now
    const readsPnr = await mayReadPnr(tx, officer.agency)
    const open = inOrder(await openWork(tx, now, readsPnr), ordered)
    const work =
      question.view === 'decided' ? await decided(tx, now) : open.filter(shownIn(question.view, officer, now))
    const from = typeof after === 'string' ? work.findIndex(({ key }) => key === after) + 1 : 0
    const page = work.slice(from, from + PAGE)
    const last = page.at(-1)
    const rows = await queueRows(tx, page, question.view !== 'decided', readsPnr, officer, now)
    return {
      value: {
        asOf: now,
        rows,
        counts: countsOf(open, officer, now),
        ...(last && from + page.length < work.length && { next: writeCursor(ordered, last.key) }),
      },
      subjects: rows.flatMap((row) => [row.leg, row.traveller]).filter((id, index, all) => all.indexOf(id) === index),
      detail: { view: question.view, rows: rows.length },
    }
  })
}

export interface Ranked {
  readonly item: WorkItem
  readonly key: string
  readonly severity: HitSeverity
  readonly dueAt: Instant | undefined
  readonly priority: number
}

const keyOf = (item: WorkItem): string => `${item.leg_id} ${item.traveller_id}`

/** Most urgent first; equals by leg and traveller, so that the order is the same for everybody. */
export function inOrder(items: readonly WorkItem[], now: Instant): readonly Ranked[] {
  const rank = ranker(now)
  return items.map(rank).sort((a, b) => b.priority - a.priority || (a.key < b.key ? -1 : 1))
}

/** Many travellers share a flight: its next control point is found once. */
function ranker(now: Instant): (item: WorkItem) => Ranked {
  const points = new Map<string, ControlPoint | undefined>()
  return (item) => {
    if (!points.has(item.leg_id)) points.set(item.leg_id, nextControlPoint(timesOf(item), now))
    const next = points.get(item.leg_id)
    const severity = highestSeverity(item.severities) ?? 'low'
    const timesKnown = item.departs_at !== null || item.arrives_at !== null
    const priority = queuePriority(severity, next, timesKnown, now)
    return { item, key: keyOf(item), severity, dueAt: next?.at, priority }
  }
}

const shownIn =
  (view: 'open' | 'mine', officer: Officer, now: Instant) =>
  ({ item }: Ranked): boolean =>
    view === 'open' || isMine(item, officer, now)

const isMine = (item: WorkItem, officer: Officer, now: Instant): boolean => isClaimedBy(claimOf(item), officer.id, now)

export const claimOf = (item: Pick<WorkItem, 'claimed_by' | 'claimed_until'>) => ({
  by: item.claimed_by ?? undefined,
  until: (item.claimed_until ?? undefined) as Instant | undefined,
})

async function decided(tx: Tx, now: Instant): Promise<readonly Ranked[]> {
  const items = await decidedWork(tx, instant(epochMs(now) - DECIDED_HOURS * 3_600_000))
  return items.map(ranker(now))
}

function countsOf(open: readonly Ranked[], officer: Officer, now: Instant) {
  const inAnHour = instant(epochMs(now) + 3_600_000)
  return {
    dueWithinHour: open.filter((one) => one.dueAt !== undefined && one.dueAt <= inAnHour).length,
    unclaimed: open.filter(({ item }) => !item.claimed_until || item.claimed_until <= now).length,
    mine: open.filter(({ item }) => isMine(item, officer, now)).length,
    open: open.length,
  }
}

async function queueRows(
  tx: Tx,
  page: readonly Ranked[],
  open: boolean,
  readsPnr: boolean,
  officer: Officer,
  now: Instant,
) {
  if (page.length === 0) return []
  const items = page.map((one) => one.item)
  const legs = await findLegs(tx, [...new Set(items.map((item) => item.leg_id))])
  const lines = new Map((await queueLines(tx, items, readsPnr)).map((line) => [`${line.leg_id} ${line.id}`, line]))
  const hits = Map.groupBy(await queueHits(tx, items, open), (hit) => `${hit.leg_id} ${hit.traveller_id}`)
  await backToWork(tx)
  const names = await userNames(
    tx,
    items.map((item) => item.claimed_by),
  )
  return page.flatMap((one) => {
    const leg = legs.get(one.item.leg_id)
    const line = lines.get(one.key)
    if (!leg || !line) return []
    const review = reviewState(one.item, open, { names, officer: officer.id, now })
    return [{ ...queueRow(one, leg, line, hits.get(one.key) ?? [], readsPnr, now), review }]
  })
}

function queueRow(
  { item, severity, priority }: Ranked,
  leg: BoardLeg,
  line: QueueLine,
  hits: readonly QueueHit[],
  readsPnr: boolean,
  now: Instant,
) {
  const person = readsPnr
    ? { surname: line.surname, givenNames: line.given_names, birthDate: line.birth_date, nationality: line.nationality }
    : summarise(line.api ?? undefined, undefined)
  return {
    leg: item.leg_id,
    traveller: item.traveller_id,
    flight: flightView(leg, now),
    severity,
    hits: hits.map((hit) => ({
      id: hit.id,
      kind: hit.kind,
      title: hit.title_en,
      titles: { en: hit.title_en, az: hit.title_az },
      score: Math.round(hit.score * 1000) / 1000,
    })),
    groupSize: readsPnr ? line.group_size : 1,
    sources: sourcesOf(line.api_version, readsPnr ? line.pnr_version : null),
    changedAt: item.changed_at,
    priority,
    ...given({
      surname: person.surname,
      givenNames: person.givenNames,
      age: ageOn(person.birthDate, leg.date),
      nationality: person.nationality,
    }),
  }
}
