import { createHash } from 'node:crypto'
import { carrierByKey } from '#store/carriers.ts'
import type { Db } from '#store/db.ts'

/** `Authorization: Bearer <key>` → the carrier whose key it is. */
export async function carrierOfKey(db: Db, authorization: string | undefined): Promise<string | undefined> {
  const key = /^Bearer ([\w~.+/=-]{16,200})$/.exec(authorization ?? '')?.[1]
  return key && carrierByKey(db, createHash('sha256').update(key).digest())
}
