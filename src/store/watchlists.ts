import { sql } from 'kysely'
import type { Entry } from '#domain/watchlist.ts'
import type { Db, Tx } from './db.ts'

/** Lists that the officer may see (row policy: his agency's), with how many entries and open proposals each has. */
export function listWatchlists(tx: Tx) {
  return tx
    .selectFrom('watchlist')
    .selectAll('watchlist')
    .select((eb) => [
      eb
        .selectFrom('entry')
        .select(eb.fn.countAll<number>().as('n'))
        .whereRef('entry.list', '=', 'watchlist.id')
        .where('removed_at', 'is', null)
        .as('entries'),
      eb
        .selectFrom('proposal')
        .select(eb.fn.countAll<number>().as('n'))
        .whereRef('proposal.list', '=', 'watchlist.id')
        .where('decided_at', 'is', null)
        .as('pending'),
    ])
    .orderBy('watchlist.name')
    .limit(500)
    .execute()
}

export function findWatchlist(tx: Db | Tx, id: string) {
  return tx.selectFrom('watchlist').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The list of a proposal, where the officer may see both. */
export async function listOfProposal(tx: Tx, id: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('proposal')
    .innerJoin('watchlist', 'watchlist.id', 'proposal.list')
    .select('proposal.list')
    .where('proposal.id', '=', id)
    .executeTakeFirst()
  return row?.list
}

/** Whether there is such an entry in force, for whoever asks. */
export async function isEntry(tx: Tx, list: string, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('entry')
    .select('id')
    .where('list', '=', list)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Entries of a list in the order of their ids; `text` is looked for in the whole entry. */
export function listEntries(
  tx: Tx,
  list: string,
  question: { readonly text?: string; readonly after?: string; readonly limit: number },
) {
  let query = tx
    .selectFrom('entry')
    .select(['id', 'version', 'content'])
    .where('list', '=', list)
    .where('removed_at', 'is', null)
  if (question.after) query = query.where('id', '>', question.after)
  const { text } = question
  if (text)
    query = query.where(sql<string>`upper(content::text)`, 'like', `%${text.toUpperCase().replace(/[\\%_]/g, '\\$&')}%`)
  return query.orderBy('id').limit(question.limit).execute()
}

export function openProposals(tx: Tx, list: string) {
  return tx
    .selectFrom('proposal')
    .selectAll()
    .where('list', '=', list)
    .where('decided_at', 'is', null)
    .orderBy('at')
    .limit(200)
    .execute()
}

export async function addProposal(
  tx: Tx,
  proposal: {
    readonly id: string
    readonly list: string
    readonly content: object
    readonly by: string
    readonly at: string
  },
): Promise<void> {
  await tx
    .insertInto('proposal')
    .values({
      id: proposal.id,
      list: proposal.list,
      content: JSON.stringify(proposal.content),
      by_user: proposal.by,
      at: proposal.at,
    })
    .execute()
}

/** A proposal nobody decided on yet, locked against a second decision. */
export function lockProposal(tx: Tx, id: string) {
  return tx
    .selectFrom('proposal')
    .selectAll()
    .where('id', '=', id)
    .where('decided_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

export async function decideProposal(
  tx: Tx,
  id: string,
  decision: { readonly by: string; readonly at: string; readonly approved: boolean },
): Promise<void> {
  await tx
    .updateTable('proposal')
    .set({ decided_by: decision.by, decided_at: decision.at, approved: decision.approved })
    .where('id', '=', id)
    .execute()
}

/** The next epoch of its kind: everybody loads what carries it. */
export async function nextEpoch(tx: Tx, kind: 'watchlist' | 'rule'): Promise<number> {
  const row = await tx
    .updateTable('epoch')
    .set((eb) => ({ value: eb('value', '+', 1) }))
    .where('kind', '=', kind)
    .returning('value')
    .executeTakeFirstOrThrow()
  return row.value
}

/** An entry as it stands, and since when; locked until the transaction ends. */
export function currentEntry(tx: Tx, list: string, id: string) {
  return tx
    .selectFrom('entry')
    .innerJoin('entry_version', (join) =>
      join
        .onRef('entry_version.list', '=', 'entry.list')
        .onRef('entry_version.id', '=', 'entry.id')
        .onRef('entry_version.version', '=', 'entry.version'),
    )
    .select(['entry.version', 'entry.content', 'entry.removed_at', 'entry_version.at as changed_at'])
    .where('entry.list', '=', list)
    .where('entry.id', '=', id)
    .forUpdate('entry')
    .executeTakeFirst()
}

export interface CommittedEntry {
  readonly entry: Entry
  readonly removed: boolean
  readonly proposedBy: string
  readonly approvedBy: string
  readonly epoch: number
  readonly at: string
}

/** Puts an entry in force, or takes it off; every version is kept. */
export async function commitEntry(
  tx: Tx,
  { entry, removed, proposedBy, approvedBy, epoch, at }: CommittedEntry,
): Promise<void> {
  const content = JSON.stringify(entry)
  const { list, id, version } = entry
  await tx
    .insertInto('entry')
    .values({ list, id, version, content, epoch, removed_at: removed ? at : null })
    .onConflict((conflict) =>
      conflict.columns(['list', 'id']).doUpdateSet({ version, content, epoch, removed_at: removed ? at : null }),
    )
    .execute()
  await tx
    .insertInto('entry_version')
    .values({
      list,
      id,
      version,
      content: removed ? null : content,
      proposed_by: proposedBy,
      approved_by: approvedBy,
      at,
    })
    .execute()
  await tx
    .updateTable('watchlist')
    .set((eb) => ({ version: eb('version', '+', 1), changed_at: at }))
    .where('id', '=', list)
    .execute()
}
