/**
 * Transmissions, from the carrier's bytes to the reply the carrier gets. Safe to repeat: the same bytes give the same
 * movements, hits and reply. Once archived each ends in exactly one final state, whoever dies in between: the queue gives
 * it to another process (`work.ts`). What comes at the same time is settled together.
 */
import { decode } from '#codecs/decode.ts'
import type { Finding } from '#domain/finding.ts'
import {
  applyApi,
  applyPnrs,
  applyReferences,
  type Changes,
  cancelAbsent,
  headcount,
  type LegState,
  legState,
  noChanges,
  type Sent,
} from '#domain/leg-state.ts'
import type { Leg } from '#domain/movement.ts'
import { type ApiReport, isPlausibleDay, type LegReport, normalise, type PnrReport } from '#domain/normalise.ts'
import { batchesOf } from '#lib/batches.ts'
import { epochMs } from '#lib/time.ts'
import type { Taken } from '#queue/queue.ts'
import type { Tx } from '#store/db.ts'
import { loadLegStates } from '#store/leg-states.ts'
import { ensureMonths, type LegNote, lockLegs, noteLegs } from '#store/legs.ts'
import { tell } from '#store/live.ts'
import { completePush, pushOf } from '#store/push-parts.ts'
import { saveChanges } from '#store/save-changes.ts'
import type { PushNote } from '#store/tables.ts'
import {
  claimTransmissions,
  type Settlement,
  settleTransmissions,
  type TransmissionHead,
} from '#store/transmissions.ts'
import { answerTo, type Understood } from './answer.ts'
import { type Archived, archive, type Received } from './archive.ts'
import type { Deps } from './deps.ts'
import { memoryOf } from './leg-memory.ts'
import { timed, timedNow } from './measure.ts'
import { nameOf, park, retrying } from './park.ts'
import { type Reply, receivedOnly, replyFrom, replyOf } from './reply.ts'
import { screenLegs } from './screen-legs.ts'
import { searchKeysOf } from './search-keys.ts'

/** The answer that States promise within four seconds; who waits for longer is told where to ask. */
const ANSWER_WITHIN_MS = 3_500

/** @throws Busy where nothing more can be kept now: the sender is to come again */
export async function takeIn(received: Received, deps: Deps): Promise<Reply> {
  const archived = await archive(received, deps) // redacted, sealed and on disk: from here nothing is lost
  if (archived.first) return replyOf(deps.db, archived.first, archived.id)
  return deps.measure.part({ name: 'reply', transmission: archived.id }, () => replyWhenSettled(archived, deps))
}

async function replyWhenSettled({ id, bytes, mine }: Archived, deps: Deps): Promise<Reply> {
  try {
    if (mine) {
      const settlement = await settleTaken(mine, bytes, deps, 'waited for')
      if (settlement) return replyFrom(id, settlement)
    } else await deps.settled.wait(id, ANSWER_WITHIN_MS)
    return await replyOf(deps.db, id)
  } catch (problem) {
    deps.note('error', 'settling failed', { transmission: id, name: nameOf(problem) })
    return receivedOnly(id)
  }
}

/** A trouble that passes is sat out for about so many tries; then it is ours to look at. */
const MOST_TRIES = 16
const LONGEST_BACK_OFF_MS = 60_000

/**
 * Settles one that is in our hands, with whatever else is. Gives how it ended, if it ended here: another process may have
 * been first, or it waits for a trouble to pass.
 */
export async function settleTaken(
  taken: Taken,
  bytes: Uint8Array,
  deps: Deps,
  how: Waiting['how'],
): Promise<Settlement | undefined> {
  const { id, spread } = taken
  const later = () => deps.queue.later(taken, Math.min(LONGEST_BACK_OFF_MS, 500 * 2 ** taken.tries))
  const { settlement, troubled } = await settling(deps)
    .add({ id, spread, bytes, how })
    .catch(async (problem: unknown) => {
      await later().catch(() => undefined) // it is out of our hands then, and swept up when the database is back
      throw problem
    })
  if (!troubled) await deps.queue.done([taken])
  else if (taken.tries < MOST_TRIES) await later()
  else {
    await park(deps, id, 'failed.too-often')
    await deps.queue.done([taken])
  }
  return settlement
}

/** A transmission as it lies in the archive. */
interface Waiting {
  readonly id: string
  readonly spread: number
  readonly bytes: Uint8Array
  /** Whether its receiver waits for it here, or has to be told: he may be in another process. */
  readonly how: 'waited for' | 'taken'
}

/**
 * What is settled together: enough to share the work of a commit, little enough that nobody waits long for it. While one
 * batch waits for the database the next is read; messages about one flight are not in both, for it is locked.
 */
const TOGETHER = { most: 64, heaviest: 2 * 1024 * 1024, beside: 2 }

const settling = batchesOf((deps: Deps) => ({
  ...TOGETHER,
  weigh: ({ bytes }: Waiting) => bytes.length,
  apart: ({ spread }: Waiting) => spread,
  work: async (list: readonly Waiting[]) => {
    const settled = await settle(list, deps)
    return list.map(({ id }) => ({ settlement: settled?.get(id), troubled: settled === undefined }))
  },
}))

/**
 * Decodes, then stores, screens and answers in one transaction: applied once, or not at all. Gives how each ended that
 * was settled here, by its id; nothing while a trouble lasts.
 */
async function settle(list: readonly Waiting[], deps: Deps): Promise<ReadonlyMap<string, Settlement> | undefined> {
  const part = { name: 'settle', transmissions: list.map(({ id }) => id) } as const
  const attempt = async () => {
    const began = performance.now()
    const read = new Map(list.map((one) => [one.id, timedNow(deps.measure, 'decode', () => understand(one, deps))]))
    await ensureMonths(
      deps.db,
      [...read.values()].flatMap(({ reports }) => reports.map(({ leg }) => leg.month)),
    )
    const applied = await deps.db.transaction().execute(async (tx) => {
      const heads = await claimTransmissions(tx, [...read.keys()])
      const claimed = heads.flatMap((head) => {
        const one = read.get(head.id)
        return one ? [{ ...one, head }] : []
      })
      const done = await apply(tx, claimed, deps)
      const here = new Set(done.answers.map(({ id }) => id))
      const taken = list.filter(({ id, how }) => how === 'taken' && here.has(id))
      if (taken.length > 0) await tell(tx, { kind: 'settled', ids: taken.map(({ id }) => id) })
      return done
    })
    const settled = new Map(applied.answers.map(({ id, settlement }) => [id, settlement]))
    for (const { leg, revision, state } of applied.legs) memoryOf(deps.db).keep(leg.id, revision, state)
    deps.measure.stage('settle', performance.now() - began)
    measureApplied(applied, deps)
    return settled
  }
  return retrying(deps, list, () => deps.measure.part(part, attempt))
}

interface Read {
  readonly understood: Understood
  /** What it says of each leg whose day may be. */
  readonly reports: readonly LegReport[]
}

/** What bytes say, and of which legs. */
export function understand(
  { bytes }: Pick<Waiting, 'bytes'>,
  deps: Pick<Deps, 'clock' | 'site'>,
  read: typeof decode = decode,
): Read {
  const context = { receivedAt: deps.clock(), state: deps.site.state }
  const { messages, findings } = read(bytes, context)
  const reports = normalise(messages, context)
  const plausible = reports.filter((report) => isPlausibleDay(report.leg, deps.clock()))
  const missed = reports.filter((report) => !plausible.includes(report)).map(implausibleDay)
  return { understood: { bytes, messages, findings: [...findings, ...missed] }, reports: plausible }
}

/** One transmission in the hands of this transaction. */
interface Claimed extends Read {
  readonly head: TransmissionHead
}

/** A leg as the messages of one transaction find it and change it. */
interface OpenLeg {
  readonly leg: Leg
  /** How often it was changed, this time included. */
  readonly revision: number
  readonly state: LegState
  readonly changes: Changes
  readonly pushes: PushNote[]
  closedAt?: LegNote['closedAt']
  cancelledAt?: LegNote['cancelledAt']
}

async function apply(tx: Tx, claimed: readonly Claimed[], deps: Deps): Promise<Applied> {
  if (claimed.length === 0) return { answers: [], legs: [], raised: 0 }
  const at = deps.clock()
  const legs = await timed(deps.measure, 'load', () => openLegs(tx, claimed, deps))
  const changedBy = new Map<string, string>()
  await timed(deps.measure, 'apply', async () => {
    for (const one of claimed) await applyOne(tx, one, legs, changedBy)
  })
  const open = [...legs.values()]
  const toScreen = open.map(({ leg, state, changes }) => ({ leg, state, travellers: changes.travellers }))
  const { epoch, raised } = await timed(deps.measure, 'screen', () => screenLegs(tx, toScreen, deps, changedBy))
  await timed(deps.measure, 'store', async () => {
    await saveChanges(tx, open, at, epoch, searchKeysOf(deps.keys).of)
    await noteLegs(
      tx,
      open.map((one) => ({ ...one, count: headcount(one.state) })),
    )
  })
  const answers = claimed.map((one) => ({
    ...one.head,
    settlement: answerTo(one.head, one.understood, one.reports, deps),
  }))
  await settleTransmissions(tx, answers)
  await tell(tx, { kind: 'messages' })
  if (open.length > 0) await tell(tx, { kind: 'flights', legs: [...legs.keys()].slice(0, 50) })
  return { answers, legs: open, raised }
}

/** What came of the transmissions of one transaction. */
interface Applied {
  readonly answers: readonly (TransmissionHead & { readonly settlement: Settlement })[]
  readonly legs: readonly OpenLeg[]
  readonly raised: number
}

function measureApplied({ answers, raised }: Applied, { measure, clock }: Deps): void {
  measure.hits(raised)
  for (const { id, carrier, receivedAt, settlement } of answers) {
    const { state, travellers, findings } = settlement
    const milliseconds = epochMs(clock()) - epochMs(receivedAt)
    measure.settled({ transmission: id, carrier, state, travellers, findings, milliseconds })
  }
}

/** Locks every leg that is spoken of, and recalls or reads what is known of it. */
async function openLegs(tx: Tx, claimed: readonly Claimed[], deps: Deps): Promise<Map<string, OpenLeg>> {
  const spokenOf = claimed.flatMap(({ reports }) => reports.map(({ leg }) => leg))
  const legs = new Map(spokenOf.map((leg) => [leg.id, leg]))
  const revisions = await lockLegs(tx, spokenOf, deps.clock())
  const states = new Map<string, LegState>()
  for (const [id, revision] of revisions) {
    const state = revision === 1 ? legState(id, [], []) : memoryOf(deps.db).take(id, revision - 1)
    if (state) states.set(id, state)
  }
  const unknown = [...legs.values()].filter(({ id }) => !states.has(id))
  for (const [id, state] of await loadLegStates(tx, unknown)) states.set(id, state)
  return new Map(
    [...legs].flatMap(([id, leg]) => {
      const state = states.get(id)
      const revision = revisions.get(id)
      if (!state || revision === undefined) throw new Error('a leg was locked that is not there')
      return [[id, { leg, revision, state, changes: noChanges(), pushes: [] }]]
    }),
  )
}

/** Everything one transmission says, leg by leg. */
async function applyOne(
  tx: Tx,
  { head, understood, reports }: Claimed,
  legs: ReadonlyMap<string, OpenLeg>,
  changedBy: Map<string, string>,
): Promise<void> {
  for (const report of reports) {
    const open = legs.get(report.leg.id)
    if (!open) continue
    const before = new Set(open.changes.travellers)
    if (report.source === 'pnr') await takePnrs(tx, head, open, report)
    else takeApi(head, open.state, report, open.changes)
    noteReport(head, open, report, understood.findings)
    for (const id of open.changes.travellers) if (!before.has(id) || !changedBy.has(id)) changedBy.set(id, head.id)
  }
}

async function takePnrs(
  tx: Tx,
  head: TransmissionHead,
  { leg, state, changes }: OpenLeg,
  report: PnrReport,
): Promise<void> {
  const sent = sentBy(head, report)
  applyPnrs(state, report.pnrs, sent, changes)
  const complete = await completePush(tx, leg, report, sent)
  if (complete) cancelAbsent(state, complete.locators, { ...sent, sentAt: complete.sentAt }, changes)
}

function takeApi(head: TransmissionHead, state: LegState, report: ApiReport, changes: Changes): void {
  const { message, persons } = report
  if (
    message.function === 'list' ||
    message.function === 'change' ||
    message.function === 'master-crew' ||
    message.function === 'gate-pass'
  ) {
    applyApi(state, persons, sentBy(head, report), changes)
  } else {
    applyReferences(state, message.function, persons, changes)
  }
}

/** The sender's own time orders what he sends; where he gives none, the time of receipt does. */
export function sentBy(head: Pick<TransmissionHead, 'id' | 'receivedAt'>, { message }: LegReport): Sent {
  const { prepared, interchange, part, reference } = message.envelope
  return {
    transmission: head.id,
    sentAt: prepared ?? head.receivedAt,
    reference: `${interchange}/${String(part?.number ?? 1).padStart(3, '0')}/${reference}`,
  }
}

function noteReport(head: TransmissionHead, open: OpenLeg, report: LegReport, findings: readonly Finding[]): void {
  const closing = report.source === 'api' && report.message.function.startsWith('close')
  const cancelled = report.source === 'api' && report.message.function === 'cancel-flight'
  const crew = report.source === 'api' && report.message.crewList
  const kind = report.source === 'pnr' ? 'pnr' : closing || cancelled ? 'close-out' : crew ? 'crew' : 'api'
  const travellers =
    report.source === 'pnr' ? report.pnrs.reduce((sum, pnr) => sum + pnr.travellers.length, 0) : report.persons.length
  const state = findings.some((finding) => finding.severity !== 'info') ? 'accepted-with-findings' : 'accepted'
  if (closing) open.closedAt ??= head.receivedAt
  if (cancelled) open.cancelledAt ??= head.receivedAt
  open.pushes.push({
    kind,
    transmission: head.id,
    receivedAt: head.receivedAt,
    travellers,
    findings: findings.length,
    state,
    ...(report.source === 'pnr' && partNote(report)),
  })
}

/** A part of a push is noted with its flight, so that the board tells which ones are missing. */
function partNote({ message }: PnrReport): Pick<PushNote, 'part'> {
  const { part } = message.envelope
  if (!part || (part.final && part.number === 1)) return {}
  return { part: { push: pushOf(message), number: part.number, final: part.final } }
}

const implausibleDay = (report: LegReport): Finding => ({
  severity: 'error',
  code: 'leg.day-implausible',
  at: { byte: report.message.span[0], line: 1, segment: 1 },
  detail: `departure on ${report.leg.date} is more than a year away`,
})
