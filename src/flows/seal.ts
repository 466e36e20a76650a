/**
 * Sealing of what carriers send: zstd, then AES-256-GCM under the day's data key, which itself is kept only wrapped by
 * the master key. Destroying a day's row ends what was received that day, backups included.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { monthOf } from '#domain/normalise.ts'
import { dataKey, keepDataKey, lastKeyDay } from '#store/data-keys.ts'
import type { Db } from '#store/db.ts'
import { type Arrival, sealedBytes, sealedOf } from '#store/transmissions.ts'

const FORM = 1
const IV = 12
const TAG = 16

export interface Keys {
  readonly master: Uint8Array
  /** Data keys of the days that were asked for, unwrapped. */
  readonly days: Map<string, Uint8Array>
}

export const keysOf = (master: Uint8Array): Keys => {
  if (master.length !== 32) throw new Error('the master key must have 32 bytes')
  return { master, days: new Map() }
}

function encrypt(key: Uint8Array, bound: string, plain: Uint8Array): Uint8Array {
  const iv = randomBytes(IV)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(bound))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Buffer.of(FORM), iv, cipher.getAuthTag(), body])
}

function decrypt(key: Uint8Array, bound: string, sealed: Uint8Array): Uint8Array {
  if (sealed[0] !== FORM) throw new Error('sealed in an unknown form')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + IV))
    .setAAD(Buffer.from(bound))
    .setAuthTag(sealed.subarray(1 + IV, 1 + IV + TAG))
  return Buffer.concat([decipher.update(sealed.subarray(1 + IV + TAG)), decipher.final()])
}

/** Seals bytes for one transmission: moved to another one's row they do not open. */
export async function seal(
  db: Db,
  keys: Keys,
  transmission: string,
  day: string,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const key = await dayKey(db, keys, day)
  const next = dayAfter(day) // made ahead: at midnight the database may be away
  if (!keys.days.has(next)) await dayKey(db, keys, next).catch(() => undefined)
  return encrypt(key, transmission, zstdCompressSync(bytes))
}

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

/** The redacted bytes of a transmission; nothing where they, or their day's key, were destroyed. */
export async function openSealed(db: Db, keys: Keys, transmission: string): Promise<Uint8Array | undefined> {
  const row = await sealedBytes(db, monthOf(transmission), transmission)
  if (!row?.sealed || !row.key_day) return undefined
  const wrapped = keys.days.get(row.key_day) ?? (await existingKey(db, keys, row.key_day))
  return wrapped && zstdDecompressSync(decrypt(wrapped, transmission, row.sealed))
}

/** The same of several, as far as they can be opened. */
export async function openSealedOnes(
  db: Db,
  keys: Keys,
  transmissions: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const opened = new Map<string, Uint8Array>()
  if (transmissions.length === 0) return opened
  for (const { id, sealed, key_day: day } of await sealedOf(db, transmissions)) {
    const key = day && (keys.days.get(day) ?? (await existingKey(db, keys, day)))
    if (sealed && key) opened.set(id, zstdDecompressSync(decrypt(key, id, sealed)))
  }
  return opened
}

/** Whether this master key is the one under which the archive was sealed. */
export async function fitsArchive(db: Db, keys: Keys): Promise<boolean> {
  const day = await lastKeyDay(db)
  if (day === undefined) return true
  return existingKey(db, keys, day).then(
    () => true,
    () => false,
  )
}

/** The same of one that travels with its seal. */
export async function openArrival(
  db: Db,
  keys: Keys,
  { id, sealed, keyDay }: Pick<Arrival, 'id' | 'sealed' | 'keyDay'>,
): Promise<Uint8Array | undefined> {
  const key = keys.days.get(keyDay) ?? (await existingKey(db, keys, keyDay))
  return key && zstdDecompressSync(decrypt(key, id, sealed))
}

async function existingKey(db: Db, keys: Keys, day: string): Promise<Uint8Array | undefined> {
  const wrapped = await dataKey(db, day)
  if (!wrapped) return undefined
  const key = decrypt(keys.master, `day ${day}`, wrapped)
  keys.days.set(day, key)
  return key
}

async function dayKey(db: Db, keys: Keys, day: string): Promise<Uint8Array> {
  const known = keys.days.get(day) ?? (await existingKey(db, keys, day))
  if (known) return known
  await keepDataKey(db, day, encrypt(keys.master, `day ${day}`, randomBytes(32)))
  const kept = await existingKey(db, keys, day)
  if (!kept) throw new Error('the data key of the day could not be kept')
  return kept
}
