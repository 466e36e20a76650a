import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from './db.ts'

export interface LogEntry {
  readonly at: string
  readonly actor: string
  readonly agency: string
  readonly purpose?: string
  /** `consult`, `search`, `dispose`, `refer`, `sign-in` … */
  readonly action: string
  /** The screen through which it was seen. */
  readonly screen?: string
  /** Whom it was about: ids of legs, travellers, hits; never names or documents. */
  readonly subjects: readonly string[]
  readonly detail?: Readonly<Record<string, string | number>>
}

/** Appends to the hash chain. Call it last in a transaction: the chain's head stays locked until the commit. */
export async function appendLog(tx: Tx | Db, entry: LogEntry): Promise<number> {
  const { rows } = await sql<{
    seq: number
  }>`select log_append(${entry.at}::timestamptz, ${entry.actor}, ${entry.agency},
    ${entry.purpose ?? null}, ${entry.action}, ${entry.screen ?? null}, ${[...entry.subjects]}::text[],
    ${JSON.stringify(entry.detail ?? {})}::jsonb) as seq`.execute(tx)
  return rows[0]?.seq ?? 0
}

export interface ChainState {
  readonly ok: boolean
  /** The last entry that fits; where `ok` is false, the next one does not. */
  readonly upTo: number
  readonly head: string
}

const START = createHash('sha256').update('preclear log').digest()

/** Recomputes the whole chain outside the database, entry by entry, as it stood at one moment. */
export function verifyLog(db: Db, batch = 5_000): Promise<ChainState> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => verifyChain(tx, batch))
}

async function verifyChain(tx: Tx, batch: number): Promise<ChainState> {
  let link: Buffer = START
  let upTo = 0
  for (;;) {
    const { rows } = await sql<{ seq: number; body: string; hash: Buffer }>`select seq, hash,
      log_text(seq, at, actor, agency, purpose, action, screen, subjects, detail) as body
      from log where seq > ${upTo} order by seq limit ${batch}`.execute(tx)
    for (const row of rows) {
      const next = createHash('sha256').update(link).update(row.body, 'utf8').digest()
      if (row.seq !== upTo + 1 || !next.equals(row.hash)) return { ok: false, upTo, head: link.toString('hex') }
      link = next
      upTo = row.seq
    }
    if (rows.length < batch) break
  }
  const head = await tx.selectFrom('log_head').select(['seq', 'hash']).executeTakeFirstOrThrow()
  return { ok: head.seq === upTo && link.equals(Buffer.from(head.hash)), upTo, head: link.toString('hex') }
}

export interface LogQuestion {
  /** Somebody's id: as actor or as subject. */
  readonly person?: string
  readonly action?: string
  /** Only what was done for this agency. */
  readonly agency?: string
  /** Entries before this one: the next page. */
  readonly after?: number
  readonly limit: number
}

/** Entries, newest first. */
export function readLog(tx: Tx, question: LogQuestion) {
  const { person, action, agency, after } = question
  let query = tx
    .selectFrom('log')
    .select(['seq', 'at', 'actor', 'agency', 'purpose', 'action', 'screen', 'subjects', 'detail'])
  if (person)
    query = query.where((eb) => eb.or([eb('actor', '=', person), sql<boolean>`subjects @> array[${person}]::text[]`]))
  if (action) query = query.where('action', '=', action)
  if (agency) query = query.where('agency', '=', agency)
  if (after) query = query.where('seq', '<', after)
  return query.orderBy('seq', 'desc').limit(question.limit).execute()
}
