import { createHash } from 'node:crypto'
import { carrierByKey } from '#store/carriers.ts'
import type { Db } from '#store/db.ts'

/** So long a key that was in force is taken for one while the database does not answer: messages go on to the stream then. */
const TRUSTED_MS = 15 * 60_000
const MOST_KNOWN = 10_000

const known = new WeakMap<Db, Map<string, { readonly carrier: string; readonly at: number }>>()

/** `Authorization: Bearer <key>` → the carrier whose key it is. */
export async function carrierOfKey(db: Db, authorization: string | undefined): Promise<string | undefined> {
  const key = /^Bearer ([\w~.+/=-]{16,200})$/.exec(authorization ?? '')?.[1]
  if (!key) return undefined
  const digest = createHash('sha256').update(key).digest()
  const name = digest.toString('base64')
  const keys = known.get(db) ?? new Map<string, { carrier: string; at: number }>()
  known.set(db, keys)
  try {
    const carrier = await carrierByKey(db, digest)
    keys.delete(name)
    if (carrier) keys.set(name, { carrier, at: Date.now() })
    const [oldest] = keys.keys()
    if (keys.size > MOST_KNOWN && oldest !== undefined) keys.delete(oldest)
    return carrier
  } catch (problem) {
    const before = keys.get(name)
    if (!before || Date.now() - before.at > TRUSTED_MS) throw problem
    return before.carrier
  }
}
