import type { Officer, RoleName } from '#domain/officer.ts'
import type { Db, Tx } from './db.ts'

export interface SessionRow {
  readonly officer: Officer
  readonly seenAt: string
  readonly expiresAt: string
}

export async function openSession(
  tx: Tx,
  session: {
    readonly tokenHash: Uint8Array
    readonly user: string
    readonly purpose?: string
    readonly at: string
    readonly expiresAt: string
  },
): Promise<void> {
  await tx
    .insertInto('session')
    .values({
      token_hash: session.tokenHash,
      user_id: session.user,
      purpose: session.purpose ?? null,
      created_at: session.at,
      seen_at: session.at,
      expires_at: session.expiresAt,
    })
    .execute()
}

/** Whose session it is, unless it is over, was left alone since `idleSince`, or its user was disabled. */
export async function findSession(
  db: Db,
  tokenHash: Uint8Array,
  now: string,
  idleSince: string,
): Promise<SessionRow | undefined> {
  const row = await db
    .selectFrom('session')
    .innerJoin('app_user', 'app_user.id', 'session.user_id')
    .select([
      'app_user.id',
      'app_user.login',
      'app_user.name',
      'app_user.agency',
      'app_user.roles',
      'session.purpose',
      'session.seen_at',
      'session.expires_at',
    ])
    .where('session.token_hash', '=', tokenHash)
    .where('session.expires_at', '>', now)
    .where('session.seen_at', '>', idleSince)
    .where('app_user.disabled_at', 'is', null)
    .executeTakeFirst()
  return (
    row && {
      officer: {
        id: row.id,
        login: row.login,
        name: row.name,
        agency: row.agency,
        roles: row.roles as RoleName[],
        ...(row.purpose && { purpose: row.purpose }),
      },
      seenAt: row.seen_at,
      expiresAt: row.expires_at,
    }
  )
}

/** Which of these sessions are still open, by the same measure. */
export async function openAmong(
  db: Db,
  tokenHashes: readonly Uint8Array[],
  now: string,
  idleSince: string,
): Promise<readonly Uint8Array[]> {
  if (tokenHashes.length === 0) return []
  const rows = await db
    .selectFrom('session')
    .innerJoin('app_user', 'app_user.id', 'session.user_id')
    .select('session.token_hash')
    .where('session.token_hash', 'in', [...tokenHashes])
    .where('session.expires_at', '>', now)
    .where('session.seen_at', '>', idleSince)
    .where('app_user.disabled_at', 'is', null)
    .execute()
  return rows.map((row) => row.token_hash)
}

export async function touchSession(db: Db, tokenHash: Uint8Array, at: string): Promise<void> {
  await db.updateTable('session').set({ seen_at: at }).where('token_hash', '=', tokenHash).execute()
}

export async function setPurpose(tx: Tx, tokenHash: Uint8Array, purpose: string): Promise<void> {
  await tx.updateTable('session').set({ purpose }).where('token_hash', '=', tokenHash).execute()
}

export async function closeSession(tx: Tx, tokenHash: Uint8Array): Promise<void> {
  await tx.deleteFrom('session').where('token_hash', '=', tokenHash).execute()
}

export async function forgetOldSessions(db: Db, before: string): Promise<void> {
  await db.deleteFrom('session').where('expires_at', '<', before).execute()
}
