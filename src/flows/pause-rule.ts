import type { Officer } from '#domain/officer.ts'
import { ok, type Result } from '#lib/result.ts'
import { asOfficer, backToWork, type Tx } from '#store/db.ts'
import { tell } from '#store/live.ts'
import { appendLog } from '#store/log.ts'
import { isRule, lockRule, setRuleState } from '#store/rules.ts'
import { nextEpoch } from '#store/watchlists.ts'
import { logRefusal, problem } from './officer-work.ts'
import { actorOf, entryBy, type SightDeps } from './sight.ts'

type State = 'live' | 'paused'

/** Anybody who may can stop a rule at once, no purpose asked; another person than who stopped it sets it going again. */
export async function pauseRule(
  id: string,
  state: State,
  officer: Officer,
  deps: SightDeps,
): Promise<Result<{ readonly state: State }>> {
  const action = state === 'paused' ? 'pause-rule' : 'resume-rule'
  const done = await asOfficer(deps.db, actorOf(officer), async (tx): Promise<Result<{ readonly state: State }>> => {
    if (!(await isRule(tx, id))) return problem('not.found')
    await backToWork(tx)
    return setState(tx, id, state, officer, deps, action)
  })
  if (!done.ok) await logRefusal(deps, officer, action, [id], done.problems[0]?.code)
  return done
}

async function setState(tx: Tx, id: string, state: State, officer: Officer, { clock }: SightDeps, action: string) {
  const at = clock()
  const rule = await lockRule(tx, id)
  if (!rule || rule.state === state) return problem('rule.already')
  if (state === 'live' && rule.paused_by === officer.id) return problem('rule.own-pause')
  await setRuleState(tx, id, { state, pausedBy: state === 'paused' ? officer.id : null, at })
  await nextEpoch(tx, 'rule')
  await tell(tx, { kind: 'epoch' })
  await appendLog(tx, { ...entryBy(officer, at, 'rules'), action, subjects: [id] })
  return ok({ state })
}
