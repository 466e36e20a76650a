import type { Entry, Watchlist } from '#domain/watchlist.ts'
import type { Db } from './db.ts'

/** Grows with every change of a list or rule; what was screened at a lower value has to be screened again. */
export async function currentEpoch(db: Db): Promise<number> {
  const row = await db
    .selectFrom('epoch')
    .select((eb) => eb.fn.sum<number>('value').as('value'))
    .executeTakeFirstOrThrow()
  return Number(row.value)
}

export async function listEpoch(db: Db): Promise<number> {
  const row = await db.selectFrom('epoch').select('value').where('kind', '=', 'watchlist').executeTakeFirstOrThrow()
  return row.value
}

export async function allWatchlists(db: Db): Promise<Watchlist[]> {
  const rows = await db.selectFrom('watchlist').selectAll().orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    owner: row.owner,
    purpose: row.purpose,
    legalBasis: row.legal_basis,
    severity: row.severity,
    action: row.action,
    thresholds: row.thresholds,
    version: row.version,
  }))
}

/** Entries in force, read in pages so that a million need no more memory than the index made of them. */
export async function* entriesInForce(db: Db, page = 10_000): AsyncGenerator<Entry> {
  let after: { list: string; id: string } | undefined
  for (;;) {
    let query = db.selectFrom('entry').select(['list', 'id', 'content']).where('removed_at', 'is', null)
    if (after) {
      const { list, id } = after
      query = query.where((eb) => eb.or([eb('list', '>', list), eb.and([eb('list', '=', list), eb('id', '>', id)])]))
    }
    const rows = await query.orderBy('list').orderBy('id').limit(page).execute()
    for (const row of rows) yield row.content
    after = rows.at(-1)
    if (rows.length < page) return
  }
}

/** What changed in the lists after an epoch: entries as they are now, and those taken off. */
export async function entriesSince(
  db: Db,
  epoch: number,
): Promise<{ readonly changed: Entry[]; readonly removed: { list: string; id: string }[] }> {
  const rows = await db
    .selectFrom('entry')
    .select(['list', 'id', 'content', 'removed_at'])
    .where('epoch', '>', epoch)
    .orderBy('epoch')
    .orderBy('id')
    .execute()
  return {
    changed: rows.filter((row) => !row.removed_at).map((row) => row.content),
    removed: rows.filter((row) => row.removed_at).map(({ list, id }) => ({ list, id })),
  }
}

/** Rules that are live, with the version in force. */
export async function liveRules(db: Db) {
  return db
    .selectFrom('rule')
    .innerJoin('rule_version', (join) =>
      join.onRef('rule_version.rule', '=', 'rule.id').onRef('rule_version.version', '=', 'rule.version'),
    )
    .select(['rule.id', 'rule.version', 'rule.owner', 'rule_version.content'])
    .where('rule.state', '=', 'live')
    .orderBy('rule.id')
    .execute()
}
