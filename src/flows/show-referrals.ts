/** What was referred to this agency, and what it referred: each with only what its recipient may be told. */
import type { Officer } from '#domain/officer.ts'
import { given } from '#lib/given.ts'
import { allAgencies, userNames } from '#store/agencies.ts'
import { findLegs } from '#store/board.ts'
import { backToWork, type Tx } from '#store/db.ts'
import { tell } from '#store/live.ts'
import { markSeen, type ReferralRecord, referralRecords } from '#store/referrals.ts'
import { outcomeAuthors, referralView } from './referral-view.ts'
import { type SightDeps, showPersons } from './sight.ts'

const MOST = 500

export function showReferrals(state: 'open' | 'done', officer: Officer, deps: SightDeps) {
  return showPersons(deps, officer, 'referrals', [], async (tx) => {
    const records = await referralRecords(tx, { state, limit: MOST })
    const rows = await referralRows(tx, records, deps)
    const due = records.map((record) => record.due_at).filter((at) => at !== null && at > deps.clock())
    return {
      value: { asOf: deps.clock(), rows, ...given({ nextDueAt: due.sort()[0] }) },
      subjects: subjectsOf(records),
      detail: { state, rows: rows.length },
    }
  })
}

/** One referral; opened by its recipient it counts as seen. */
export function showReferral(id: string, officer: Officer, deps: SightDeps) {
  return showPersons(deps, officer, 'referral', [id], async (tx) => {
    const [found] = await referralRecords(tx, { id, limit: 1 })
    if (!found) return undefined
    const seenNow = found.to_agency === officer.agency && found.seen_at === null
    const [row] = await referralRows(tx, [seenNow ? { ...found, seen_at: deps.clock() } : found], deps)
    if (!row) return undefined
    if (seenNow) {
      await markSeen(tx, { month: found.month, id: found.leg_id }, id, deps.clock())
      await tell(tx, { kind: 'referrals', to: found.to_agency, from: found.from_agency })
    }
    return { value: row, subjects: subjectsOf([found]) }
  })
}

const subjectsOf = (records: readonly ReferralRecord[]): string[] => [
  ...new Set(records.flatMap((record) => [record.leg_id, record.traveller_id, record.id])),
]

/** Reads what the officer may, then goes back to the work role for names. */
export async function referralRows(tx: Tx, records: readonly ReferralRecord[], { clock }: Pick<SightDeps, 'clock'>) {
  const agencies = await allAgencies(tx)
  const legs = await findLegs(tx, [...new Set(records.map((record) => record.leg_id))])
  await backToWork(tx)
  const names = await userNames(tx, outcomeAuthors(records))
  return records.flatMap((record) => {
    const leg = legs.get(record.leg_id)
    return leg ? [referralView(record, leg, { agencies, names, now: clock() })] : []
  })
}
