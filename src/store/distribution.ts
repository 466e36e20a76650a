/** How one table would lie on several servers. `docs/scale.md` says why, and holds the statements made from this. */
export interface Place {
  readonly table: string
  /** distributed: split by `by`. reference: whole on every server. local: whole on one server. */
  readonly as: 'distributed' | 'reference' | 'local'
  readonly by?: 'leg_id' | 'id'
  /** Tables of one group that have the same value in `by` lie on the same server. */
  readonly group?: 'leg' | 'transmission'
}

const byLeg = (table: string): Place => ({
  table,
  as: 'distributed',
  by: table === 'leg' ? 'id' : 'leg_id',
  group: 'leg',
})
const reference = (table: string): Place => ({ table, as: 'reference' })
const local = (table: string): Place => ({ table, as: 'local' })

/**
 * Every table, in an order in which each comes behind those that its foreign keys name. One transmission may speak of
 * several legs, and a leg is spoken of by many: it is split by its own id, beside the legs and not with them.
 */
export const PLACES: readonly Place[] = [
  ...['agency', 'app_user', 'carrier', 'data_key', 'epoch'].map(reference),
  ...['watchlist', 'entry_version', 'entry', 'proposal', 'rule', 'rule_version'].map(reference),
  { table: 'transmission', as: 'distributed', by: 'id', group: 'transmission' },
  ...['leg', 'traveller', 'traveller_part', 'document', 'pnr', 'pnr_version', 'push_part', 'search_key'].map(byLeg),
  ...['hit', 'hit_event', 'review', 'disposition', 'referral', 'referral_outcome'].map(byLeg),
  ...['work', 'worker', 'job', 'job_change', 'rescreen'].map(local),
  ...['session', 'carrier_key', 'log', 'log_head', 'migration'].map(local),
]

/** What lays the tables out with Citus, in the coordinator's database. */
export function citusStatements(): readonly string[] {
  const first = new Map<string, string>()
  return PLACES.flatMap(({ table, as, by, group }) => {
    if (as === 'local') return []
    if (as === 'reference' || !by || !group) return [`select create_reference_table('${table}');`]
    const leader = first.get(group) ?? 'none'
    if (leader === 'none') first.set(group, table)
    return [`select create_distributed_table('${table}', '${by}', colocate_with => '${leader}');`]
  })
}
