import { sql } from 'kysely'
import { newId } from '#lib/ids.ts'
import type { Instant } from '#lib/time.ts'
import { epochMs } from '#lib/time.ts'
import type { Db, Tx } from './db.ts'

export interface Rescreen {
  readonly id: string
  readonly epoch: number
  readonly done: number
  readonly total: number
  readonly after_leg: string
}

/** The unfinished re-screen of this epoch, begun if there is none; older ones end here, for this one covers them. */
export function beginRescreen(db: Db, epoch: number, cause: string, total: number, at: Instant): Promise<Rescreen> {
  return db.transaction().execute(async (tx) => {
    const open = await tx
      .selectFrom('rescreen')
      .select(['id', 'epoch', 'done', 'total', 'after_leg'])
      .where('finished_at', 'is', null)
      .where('epoch', '=', epoch)
      .executeTakeFirst()
    if (open) return open
    await tx
      .updateTable('rescreen')
      .set({ finished_at: at })
      .where('finished_at', 'is', null)
      .where('epoch', '<', epoch)
      .execute()
    const id = newId(epochMs(at))
    await tx.insertInto('rescreen').values({ id, cause, epoch, started_at: at, total }).execute()
    return { id, epoch, done: 0, total, after_leg: '' }
  })
}

export async function noteRescreen(tx: Tx, id: string, leg: string, travellers: number, raised: number): Promise<void> {
  await tx
    .updateTable('rescreen')
    .set((eb) => ({ done: eb('done', '+', travellers), hits_raised: eb('hits_raised', '+', raised), after_leg: leg }))
    .where('id', '=', id)
    .execute()
}

export async function finishRescreen(db: Db, id: string, at: Instant): Promise<void> {
  await db
    .updateTable('rescreen')
    .set((eb) => ({ finished_at: at, total: eb.ref('done') }))
    .where('id', '=', id)
    .execute()
}

/** Travellers of a leg that rest on older lists or rules than `epoch`. */
export async function staleTravellers(tx: Tx, month: string, leg: string, epoch: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('traveller')
    .select('id')
    .where('month', '=', month)
    .where('leg_id', '=', leg)
    .where((eb) => eb.or([eb('screened_epoch', 'is', null), eb('screened_epoch', '<', epoch)]))
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

/** Whether any traveller on a leg that is not over rests on older lists or rules. */
export async function anyStale(db: Db, since: Instant, epoch: number): Promise<boolean> {
  const row = await db
    .selectFrom('leg')
    .innerJoin('traveller', (join) =>
      join.onRef('traveller.month', '=', 'leg.month').onRef('traveller.leg_id', '=', 'leg.id'),
    )
    .select('traveller.id')
    .where((eb) => eb.or([eb('leg.arrives_at', '>=', since), eb('leg.departs_at', '>=', since)]))
    .where((eb) => eb.or([eb('traveller.screened_epoch', 'is', null), eb('traveller.screened_epoch', '<', epoch)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** One runner at a time, over all processes; gives nothing when another has it. */
export async function alone<T>(db: Db, what: string, work: () => Promise<T>): Promise<T | undefined> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(hashtext(${what})) as got`.execute(
      connection,
    )
    if (!rows[0]?.got) return undefined
    try {
      return await work()
    } finally {
      await sql`select pg_advisory_unlock(hashtext(${what}))`.execute(connection)
    }
  })
}
