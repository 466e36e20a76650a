/**
 * One transmission, from the carrier's bytes to the reply the carrier gets. Safe to repeat: the same bytes give the
 * same movements, hits and reply. Once archived it ends in exactly one final state, whoever dies in between:
 * `settleWaiting` takes up what a process left behind.
 */
import { decode } from '#codecs/decode.ts'
import type { Finding } from '#domain/finding.ts'
import {
  applyApi,
  applyPnrs,
  applyReferences,
  type Changes,
  cancelAbsent,
  type LegState,
  noChanges,
  type Sent,
} from '#domain/leg-state.ts'
import type { Leg } from '#domain/movement.ts'
import {
  type ApiReport,
  isPlausibleDay,
  type LegReport,
  monthOf,
  normalise,
  type PnrReport,
} from '#domain/normalise.ts'
import { epochMs, instant } from '#lib/time.ts'
import type { Tx } from '#store/db.ts'
import { loadLegState, saveChanges } from '#store/leg-states.ts'
import { ensureMonths, lockLegs, noteLeg } from '#store/legs.ts'
import { tell } from '#store/live.ts'
import { completePush, pushOf } from '#store/push-parts.ts'
import type { PushNote } from '#store/tables.ts'
import {
  claimTransmission,
  settleTransmission,
  type TransmissionHead,
  waitingTransmissions,
} from '#store/transmissions.ts'
import { answerTo, type Understood } from './answer.ts'
import { archive, type Received } from './archive.ts'
import type { Deps } from './deps.ts'
import { park, retrying } from './park.ts'
import { type Reply, replyOf } from './reply.ts'
import { screenLeg } from './screen-leg.ts'
import { openSealed } from './seal.ts'

export async function takeIn(received: Received, deps: Deps): Promise<Reply> {
  const archived = await archive(received, deps) // redacted, sealed and on disk: from here nothing is lost
  if (archived.first) return replyOf(deps.db, archived.first, archived.id)
  await settle(archived.id, archived.bytes, deps)
  return replyOf(deps.db, archived.id)
}

/** What a process that died had archived but not settled, oldest first. Gives how many were taken up. */
export async function settleWaiting(deps: Deps, olderThanSeconds = 30, limit = 50): Promise<number> {
  const before = instant(epochMs(deps.clock()) - olderThanSeconds * 1000)
  const waiting = await waitingTransmissions(deps.db, before, limit)
  for (const { id } of waiting) {
    const bytes = await openSealed(deps.db, deps.keys, id)
    if (bytes) await settle(id, bytes, deps)
    else await park(deps, id, 'archive.unreadable')
  }
  return waiting.length
}

/** Decodes, then stores, screens and answers in one transaction: applied once, or not at all. */
async function settle(transmission: string, bytes: Uint8Array, deps: Deps): Promise<void> {
  await retrying(deps, transmission, async () => {
    const { messages, findings } = decode(bytes, { receivedAt: deps.clock(), state: deps.site.state })
    const reports = normalise(messages, { state: deps.site.state, receivedAt: deps.clock() })
    const plausible = reports.filter((report) => isPlausibleDay(report.leg, deps.clock()))
    const missed = reports.filter((report) => !plausible.includes(report)).map(implausibleDay)
    await ensureMonths(
      deps.db,
      plausible.map((report) => report.leg.month),
    )
    await deps.db.transaction().execute(async (tx) => {
      const head = await claimTransmission(tx, monthOf(transmission), transmission)
      if (head) await apply(tx, head, { bytes, messages, findings: [...findings, ...missed] }, plausible, deps)
    })
  })
}

async function apply(
  tx: Tx,
  head: TransmissionHead,
  understood: Understood,
  reports: readonly LegReport[],
  deps: Deps,
): Promise<void> {
  const { findings } = understood
  await lockLegs(
    tx,
    reports.map((report) => report.leg),
    head.receivedAt,
  )
  for (const ofLeg of Map.groupBy(reports, (report) => report.leg.id).values()) {
    await applyToLeg(tx, head, ofLeg, findings, deps)
  }
  const answer = await answerTo(tx, head, understood, reports, deps)
  await settleTransmission(tx, head.month, head.id, answer)
  await tell(tx, { kind: 'messages' })
  if (answer.legs.length > 0) await tell(tx, { kind: 'flights', legs: answer.legs.slice(0, 50) })
}

/** Everything one transmission says of one leg: taken in, stored, screened, counted. */
async function applyToLeg(
  tx: Tx,
  head: TransmissionHead,
  reports: readonly LegReport[],
  findings: readonly Finding[],
  deps: Deps,
): Promise<void> {
  const leg = reports[0]?.leg
  if (!leg) return
  const state = await loadLegState(tx, leg)
  const changes = noChanges()
  for (const report of reports) {
    if (report.source === 'pnr') await takePnrs(tx, head, leg, state, report, changes)
    else takeApi(head, state, report, changes)
  }
  await saveChanges(tx, leg, state, changes, head.receivedAt, head.id)
  await screenLeg(tx, leg, state, changes.travellers, { ...deps, transmission: head.id })
  for (const report of reports) await noteReport(tx, head, leg, report, findings)
}

async function takePnrs(
  tx: Tx,
  head: TransmissionHead,
  leg: Leg,
  state: LegState,
  report: PnrReport,
  changes: Changes,
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
function sentBy(head: TransmissionHead, { message }: LegReport): Sent {
  const { prepared, interchange, part, reference } = message.envelope
  return {
    transmission: head.id,
    sentAt: prepared ?? head.receivedAt,
    reference: `${interchange}/${String(part?.number ?? 1).padStart(3, '0')}/${reference}`,
  }
}

async function noteReport(
  tx: Tx,
  head: TransmissionHead,
  leg: Leg,
  report: LegReport,
  findings: readonly Finding[],
): Promise<void> {
  const closing = report.source === 'api' && report.message.function.startsWith('close')
  const cancelled = report.source === 'api' && report.message.function === 'cancel-flight'
  const crew = report.source === 'api' && report.message.crewList
  const kind = report.source === 'pnr' ? 'pnr' : closing || cancelled ? 'close-out' : crew ? 'crew' : 'api'
  const travellers =
    report.source === 'pnr' ? report.pnrs.reduce((sum, pnr) => sum + pnr.travellers.length, 0) : report.persons.length
  const state = findings.some((finding) => finding.severity !== 'info') ? 'accepted-with-findings' : 'accepted'
  await noteLeg(
    tx,
    leg,
    {
      kind,
      transmission: head.id,
      receivedAt: head.receivedAt,
      travellers,
      findings: findings.length,
      state,
      ...(report.source === 'pnr' && partNote(report)),
    },
    { closed: closing, cancelled },
  )
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
