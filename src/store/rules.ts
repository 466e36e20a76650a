import type { Tx } from './db.ts'

/** Rules that the officer may see (row policy: his agency's), with the version in force and how often each hit. */
export function listRules(tx: Tx) {
  return tx
    .selectFrom('rule')
    .innerJoin('rule_version', (join) =>
      join.onRef('rule_version.rule', '=', 'rule.id').onRef('rule_version.version', '=', 'rule.version'),
    )
    .select(['rule.id', 'rule.version', 'rule.owner', 'rule.state', 'rule.paused_by', 'rule_version.content'])
    .select((eb) =>
      eb.selectFrom('hit').select(eb.fn.countAll<number>().as('n')).whereRef('hit.source', '=', 'rule.id').as('hits'),
    )
    .orderBy('rule.id')
    .limit(2_000)
    .execute()
}

/** Whether there is such a rule, for whoever asks. */
export async function isRule(tx: Tx, id: string): Promise<boolean> {
  return (await tx.selectFrom('rule').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

export function lockRule(tx: Tx, id: string) {
  return tx.selectFrom('rule').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function setRuleState(
  tx: Tx,
  id: string,
  change: { readonly state: 'live' | 'paused'; readonly pausedBy: string | null; readonly at: string },
): Promise<void> {
  await tx
    .updateTable('rule')
    .set({ state: change.state, paused_by: change.pausedBy, changed_at: change.at })
    .where('id', '=', id)
    .execute()
}

export function listRescreens(tx: Tx) {
  return tx.selectFrom('rescreen').selectAll().orderBy('started_at', 'desc').limit(20).execute()
}
