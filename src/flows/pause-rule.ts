import type { Officer } from '#domain/officer.ts'
import { bad, ok, type Result } from '#lib/result.ts'
import { asOfficer, backToWork } from '#store/db.ts'
import { tell } from '#store/live.ts'
import { appendLog } from '#store/log.ts'
import { lockRule, setRuleState } from '#store/rules.ts'
import { nextEpoch } from '#store/watchlists.ts'
import { actorOf, entryBy, type SightDeps } from './sight.ts'

/** Anybody who may can stop a rule at once; another person than who stopped it sets it going again. */
export async function pauseRule(
  id: string,
  state: 'live' | 'paused',
  officer: Officer,
  { db, clock }: SightDeps,
): Promise<Result<{ readonly state: 'live' | 'paused' }>> {
  const at = clock()
  return asOfficer(db, actorOf(officer), async (tx) => {
    const visible = await tx.selectFrom('rule').select('id').where('id', '=', id).executeTakeFirst()
    if (!visible) return bad({ code: 'not.found', detail: '' })
    await backToWork(tx)
    const rule = await lockRule(tx, id)
    if (!rule || rule.state === state) return bad({ code: 'rule.already', detail: '' })
    if (state === 'live' && rule.paused_by === officer.id) return bad({ code: 'rule.own-pause', detail: '' })
    await setRuleState(tx, id, { state, pausedBy: state === 'paused' ? officer.id : null, at })
    await nextEpoch(tx, 'rule')
    await tell(tx, { kind: 'epoch' })
    await appendLog(tx, {
      ...entryBy(officer, at, 'rules'),
      action: state === 'paused' ? 'pause-rule' : 'resume-rule',
      subjects: [id],
    })
    return ok({ state })
  })
}
