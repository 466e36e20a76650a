import type { Db } from './db.ts'

/** Whose key this is, by its digest; nothing for one that is unknown or revoked. */
export async function carrierByKey(db: Db, hash: Uint8Array): Promise<string | undefined> {
  const row = await db
    .selectFrom('carrier_key')
    .select('carrier')
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row?.carrier
}

export async function isCarrier(db: Db, code: string): Promise<boolean> {
  return (await db.selectFrom('carrier').select('code').where('code', '=', code).executeTakeFirst()) !== undefined
}

export async function addCarrierKey(
  db: Db,
  key: { readonly carrier: string; readonly hash: Uint8Array; readonly label: string; readonly at: string },
): Promise<void> {
  await db
    .insertInto('carrier_key')
    .values({ carrier: key.carrier, hash: key.hash, label: key.label, created_at: key.at })
    .execute()
}

export async function revokeCarrierKeys(db: Db, carrier: string, label: string, at: string): Promise<number> {
  const rows = await db
    .updateTable('carrier_key')
    .set({ revoked_at: at })
    .where('carrier', '=', carrier)
    .where('label', '=', label)
    .where('revoked_at', 'is', null)
    .returning('hash')
    .execute()
  return rows.length
}
