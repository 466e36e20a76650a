import type { Db, Tx } from './db.ts'

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

export async function insertCarrier(tx: Tx, carrier: { readonly code: string; readonly name: string }): Promise<void> {
  await tx
    .insertInto('carrier')
    .values({ ...carrier, profile: '{}' })
    .execute()
}

export interface CarrierRow {
  readonly code: string
  readonly name: string
  /** Keys that open the door now. */
  readonly keys: number
}

export async function allCarriers(db: Db): Promise<readonly CarrierRow[]> {
  const rows = await db
    .selectFrom('carrier')
    .select((eb) => [
      'code',
      'name',
      eb
        .selectFrom('carrier_key')
        .select((key) => key.fn.countAll<string>().as('keys'))
        .whereRef('carrier_key.carrier', '=', 'carrier.code')
        .where('revoked_at', 'is', null)
        .as('keys'),
    ])
    .orderBy('code')
    .limit(5_000)
    .execute()
  return rows.map(({ code, name, keys }) => ({ code, name, keys: Number(keys ?? 0) }))
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
