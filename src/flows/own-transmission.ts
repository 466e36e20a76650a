import { monthOf } from '#domain/normalise.ts'
import type { Db } from '#store/db.ts'
import { transmissionOwner } from '#store/transmissions.ts'
import { type Reply, replyOf } from './reply.ts'

/** How a carrier's own transmission stands; nothing for another's. */
export async function ownTransmission(db: Db, carrier: string, transmission: string): Promise<Reply | undefined> {
  const owner = await transmissionOwner(db, monthOf(transmission), transmission)
  if (owner?.carrier !== carrier) return undefined
  return owner.duplicate_of ? replyOf(db, owner.duplicate_of, transmission) : replyOf(db, transmission)
}
