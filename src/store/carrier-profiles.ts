import type { Db, Tx } from './db.ts'
import type { CarrierProfile } from './tables.ts'

/** How a carrier is answered; one that is not registered (a file laid in the inbox) gets receipts. */
export async function carrierProfile(db: Db | Tx, code: string): Promise<CarrierProfile> {
  const row = await db.selectFrom('carrier').select('profile').where('code', '=', code).executeTakeFirst()
  return row?.profile ?? {}
}

export async function saveCarrierProfile(tx: Tx, code: string, profile: CarrierProfile): Promise<void> {
  await tx
    .updateTable('carrier')
    .set({ profile: JSON.stringify(profile) })
    .where('code', '=', code)
    .execute()
}
