import type { Db, Tx } from './db.ts'
import type { CarrierProfile } from './tables.ts'

/** How a carrier is answered; one that is not registered (a file laid in the inbox) gets receipts. */
export async function carrierProfile(db: Db | Tx, code: string): Promise<CarrierProfile> {
  const row = await db.selectFrom('carrier').select('profile').where('code', '=', code).executeTakeFirst()
  return row?.profile ?? {}
}
