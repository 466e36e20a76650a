/**
 * What came of a referral, told by whom it was sent to. Sent again under the same key it changes nothing; another
 * outcome for the same referral stands beside the first, for people to settle.
 */
import type { Officer } from '#domain/officer.ts'
import { ok, type Result } from '#lib/result.ts'
import { mayRecordOutcome } from '#review/hit-life.ts'
import { backToWork } from '#store/db.ts'
import { tell } from '#store/live.ts'
import { appendLog } from '#store/log.ts'
import { addOutcome, markSeen, type OutcomeRecord, referralRecords } from '#store/referrals.ts'
import { officerDoes, problem } from './officer-work.ts'
import type { ReferralView } from './refer.ts'
import { referralRows } from './show-referrals.ts'
import { entryBy, type SightDeps } from './sight.ts'

export interface Outcome {
  readonly key: string
  readonly code: OutcomeRecord['code']
  readonly count?: number | undefined
  readonly note?: string | undefined
}

export function recordOutcome(
  id: string,
  outcome: Outcome,
  officer: Officer,
  deps: SightDeps,
): Promise<Result<ReferralView>> {
  return officerDoes(deps, officer, 'outcome', [id], async (tx) => {
    const now = deps.clock()
    const [found] = await referralRecords(tx, { id, limit: 1 })
    if (!found || found.to_agency !== officer.agency) return problem('not.found')
    const { seen_at, recalled_at, outcomes } = found
    const life = { seen: seen_at !== null, recalled: recalled_at !== null, outcomes: outcomes.length }
    const leg = { month: found.month, id: found.leg_id }
    const same = outcomes.find((one) => one.key === outcome.key)
    if (same && !says(same, outcome)) return problem('outcome.key-used')
    if (!same && !mayRecordOutcome(life)) return problem('outcome.recalled')

    await backToWork(tx)
    const isNew = await addOutcome(tx, leg, id, { ...outcome, by: officer.id, at: now })
    if (isNew) await markSeen(tx, leg, id, now)
    const [row] = await referralRows(tx, await referralRecords(tx, { id, limit: 1 }), deps)
    if (!row) return problem('not.found')
    if (isNew) await tell(tx, { kind: 'referrals', to: found.to_agency, from: found.from_agency })
    await appendLog(tx, {
      ...entryBy(officer, now, 'referral'),
      action: isNew ? 'outcome' : 'consult',
      subjects: [found.leg_id, found.traveller_id, id],
      detail: { code: outcome.code },
    })
    return ok(row)
  })
}

const says = (stored: OutcomeRecord, outcome: Outcome): boolean =>
  stored.code === outcome.code &&
  (stored.count ?? undefined) === outcome.count &&
  (stored.note ?? undefined) === outcome.note
