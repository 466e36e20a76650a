import type { Db } from './db.ts'

/** The wrapped data key of a day. */
export async function dataKey(db: Db, day: string): Promise<Uint8Array | undefined> {
  return (await db.selectFrom('data_key').select('wrapped').where('day', '=', day).executeTakeFirst())?.wrapped
}

/** Keeps a day's key, unless another process was first: then that one counts. */
export async function keepDataKey(db: Db, day: string, wrapped: Uint8Array): Promise<void> {
  await db
    .insertInto('data_key')
    .values({ day, wrapped })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The last day that has a key; nothing where nothing was ever sealed. */
export async function lastKeyDay(db: Db): Promise<string | undefined> {
  return (await db.selectFrom('data_key').select('day').orderBy('day', 'desc').limit(1).executeTakeFirst())?.day
}
