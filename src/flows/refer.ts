/**
 * Passes a person to the authority that can act, once somebody of the own agency confirmed the hits: only what the
 * asked action needs, by the policy of recipients, each time by name and logged (EU 2016/681 Art. 6(6)).
 */
import type { ActionCode } from '#domain/hit.ts'
import type { Officer } from '#domain/officer.ts'
import { newId } from '#lib/ids.ts'
import { ok, type Result } from '#lib/result.ts'
import { epochMs, type Instant } from '#lib/time.ts'
import { type MinimisedPerson, minimise } from '#protection/minimise.ts'
import { nextControlPoint } from '#review/control-point.ts'
import { highestSeverity } from '#review/priority.ts'
import { actionsFor } from '#review/recipients.ts'
import { allAgencies } from '#store/agencies.ts'
import { type BoardLeg, findLeg } from '#store/board.ts'
import { asOfficer, backToWork, type Tx } from '#store/db.ts'
import { hitStates, standingDispositions } from '#store/dispositions.ts'
import { findTraveller, partsInForce } from '#store/dossier.ts'
import { tell } from '#store/live.ts'
import { appendLog } from '#store/log.ts'
import { lockReview } from '#store/queue.ts'
import { addReferral, type ReferralRecord, referralRecords } from '#store/referrals.ts'
import { timesOf } from './flight-view.ts'
import { officerDoes, problem, type Subject } from './officer-work.ts'
import { referralView } from './referral-view.ts'
import { actorOf, entryBy, type SightDeps } from './sight.ts'

export interface ReferralDraft {
  readonly to: string
  readonly action: ActionCode
  readonly reason: string
  readonly hits: readonly string[]
}

export type ReferralView = ReturnType<typeof referralView>

const REASON_LENGTH = 500

/** `preview`: the same answer, exactly as the recipient will see it, and nothing sent. */
export function refer(
  subject: Subject,
  draft: ReferralDraft,
  officer: Officer,
  deps: SightDeps,
  preview = false,
): Promise<Result<ReferralView>> {
  const asked = [subject.leg, subject.traveller, ...draft.hits]
  return officerDoes(deps, officer, preview ? 'refer-preview' : 'refer', asked, async (tx) => {
    const now = deps.clock()
    const leg = await findLeg(tx, subject.leg)
    const prepared = leg ? await prepare(tx, leg, subject, draft, officer, now) : problem('not.found')
    if (!prepared.ok || !leg) return prepared.ok ? problem('not.found') : prepared
    const { record, agencies } = prepared.value

    await backToWork(tx)
    await lockReview(tx, leg, subject.traveller, officer.agency)
    const confirming = await confirmingDisposition(tx, leg, subject, record.hits, officer)
    if (!confirming) return problem('referral.not-confirmed')
    if (!preview) {
      const earlier = await referralRecords(tx, {
        on: { leg, traveller: subject.traveller },
        state: 'open',
        limit: 100,
      })
      if (earlier.some((one) => isSameReferral(one, record))) return problem('referral.sent-already')
      await addReferral(tx, leg, { ...toStore(record, officer), disposition: confirming })
      await tell(tx, { kind: 'referrals', to: draft.to, from: officer.agency })
      await tell(tx, { kind: 'flights', legs: [leg.id] })
    }
    const view = referralView(record, leg, { agencies, names: new Map(), now })
    await appendLog(tx, {
      ...entryBy(officer, now, preview ? 'referral-preview' : 'referral'),
      action: preview ? 'consult' : 'disclose',
      subjects: [leg.id, subject.traveller, ...record.hits, ...(preview ? [] : [record.id])],
      detail: { to: draft.to, action: draft.action, fields: Object.keys(record.person).join(' ') },
    })
    return ok(view)
  })
}

/** As the officer: what he may see, and what of it this recipient may be told. */
async function prepare(tx: Tx, leg: BoardLeg, subject: Subject, draft: ReferralDraft, officer: Officer, now: Instant) {
  const traveller = await findTraveller(tx, leg, subject.traveller)
  const ids = [...new Set(draft.hits)]
  const hits = traveller ? await hitStates(tx, leg, traveller.id, officer.agency, ids) : []
  if (!traveller || hits.length < ids.length || hits.length === 0) return problem('not.found')
  const reason = draft.reason.trim()
  if (!reason || reason.length > REASON_LENGTH) return problem('referral.reason')
  const agencies = await allAgencies(tx)
  const from = agencies.get(officer.agency)
  const to = agencies.get(draft.to)
  if (!from || !to || actionsFor(from, to).length === 0) return problem('referral.recipient')
  if (!actionsFor(from, to).includes(draft.action)) return problem('referral.action')
  const parts = await partsInForce(tx, leg, traveller)
  const person = minimise({ api: parts.api?.content, pnr: parts.pnr?.content }, to, draft.action)
  if (Object.keys(person).length === 0) return problem('referral.nothing-to-tell')
  const record = draftRecord(leg, subject, { ...draft, reason, hits: ids }, person, officer, now)
  return ok({ agencies, record: { ...record, severity: highestSeverity(hits.map((hit) => hit.severity)) ?? 'low' } })
}

function draftRecord(
  leg: BoardLeg,
  subject: Subject,
  draft: ReferralDraft,
  person: MinimisedPerson,
  officer: Officer,
  now: Instant,
) {
  return {
    month: leg.month,
    leg_id: leg.id,
    id: newId(epochMs(now)),
    traveller_id: subject.traveller,
    hits: [...draft.hits],
    disposition_id: '',
    disposition_outcome: 'confirmed' as const,
    to_agency: draft.to,
    from_agency: officer.agency,
    action: draft.action,
    reasons: [draft.reason],
    person,
    purpose: officer.purpose ?? '',
    by_user: officer.id,
    sent_at: now,
    due_at: nextControlPoint(timesOf(leg), now)?.at ?? null,
    seen_at: null,
    recalled_at: null,
    outcomes: [],
  }
}

/** A decision that confirms, in force, of this agency, on each of the hits; the first of them is what the referral rests on. */
async function confirmingDisposition(
  tx: Tx,
  leg: BoardLeg,
  subject: Subject,
  hits: readonly string[],
  officer: Officer,
): Promise<string | undefined> {
  const standing = await standingDispositions(tx, leg, subject.traveller, officer.agency)
  const confirmed = standing.filter((one) => one.outcome === 'confirmed' && one.undone_at === null)
  const all = hits.every((hit) => confirmed.some((one) => one.hit_id === hit))
  return all ? confirmed.find((one) => one.hit_id === hits[0])?.id : undefined
}

const isSameReferral = (a: ReferralRecord, b: ReferralRecord): boolean =>
  a.to_agency === b.to_agency && a.action === b.action && b.hits.every((hit) => a.hits.includes(hit))

const toStore = (record: ReferralRecord, officer: Officer) => ({
  id: record.id,
  traveller: record.traveller_id,
  hits: record.hits,
  to: record.to_agency,
  from: record.from_agency,
  action: record.action,
  severity: record.severity,
  reasons: record.reasons,
  person: record.person,
  purpose: record.purpose,
  by: officer.id,
  sentAt: record.sent_at as Instant,
  dueAt: (record.due_at ?? undefined) as Instant | undefined,
})

/** To whom this agency may refer, and what it may ask each for. */
export function recipients(officer: Officer, { db }: Pick<SightDeps, 'db'>) {
  return asOfficer(db, actorOf(officer), async (tx) => {
    const agencies = await allAgencies(tx)
    const from = agencies.get(officer.agency)
    if (!from) return { agencies: [] }
    return {
      agencies: [...agencies.values()]
        .map((to) => ({ id: to.id, name: to.name, actions: actionsFor(from, to) }))
        .filter((to) => to.actions.length > 0),
    }
  })
}
