import { sql } from 'kysely'
import type { RoleName } from '#domain/officer.ts'
import { newId } from '#lib/ids.ts'
import type { Db, Tx } from './db.ts'

export interface UserRow {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly password: string
  readonly agency: string
  readonly roles: readonly RoleName[]
  readonly disabled_at: string | null
  readonly failed_sign_ins: number
  readonly locked_until: string | null
}

export async function userByLogin(db: Db, login: string): Promise<UserRow | undefined> {
  const row = await db.selectFrom('app_user').selectAll().where('login', '=', login).executeTakeFirst()
  return row && { ...row, roles: row.roles as RoleName[] }
}

/** Counts a failure; from `most` on the account is locked for a while, and behind a lock that ran out counts anew. */
export async function noteFailedSignIn(
  db: Db,
  user: string,
  { at, most, lockedUntil }: { readonly at: string; readonly most: number; readonly lockedUntil: string },
): Promise<void> {
  const failures = sql<number>`case when locked_until <= ${at}::timestamptz then 1 else failed_sign_ins + 1 end`
  await db
    .updateTable('app_user')
    .set({
      failed_sign_ins: failures,
      locked_until: sql<string | null>`case when ${failures} >= ${most} then ${lockedUntil}::timestamptz end`,
    })
    .where('id', '=', user)
    .execute()
}

export async function noteSignIn(tx: Tx, user: string): Promise<void> {
  await tx.updateTable('app_user').set({ failed_sign_ins: 0, locked_until: null }).where('id', '=', user).execute()
}

export function allUsers(db: Db) {
  return db
    .selectFrom('app_user')
    .select(['id', 'login', 'name', 'agency', 'roles', 'disabled_at', 'locked_until'])
    .orderBy('login')
    .execute()
}

export interface NewUser {
  readonly login: string
  readonly name: string
  readonly agency: string
  readonly roles: readonly RoleName[]
  readonly password: string
}

export async function addUser(db: Db, user: NewUser): Promise<string> {
  const id = newId()
  await db
    .insertInto('app_user')
    .values({ ...user, id, roles: [...user.roles] })
    .execute()
  return id
}

export async function changeUser(
  db: Db,
  login: string,
  change: { readonly password?: string; readonly roles?: readonly RoleName[]; readonly disabled_at?: string | null },
): Promise<boolean> {
  const { roles, ...rest } = change
  const found = await db
    .updateTable('app_user')
    .set({ ...rest, ...(roles && { roles: [...roles] }), failed_sign_ins: 0, locked_until: null })
    .where('login', '=', login)
    .returning('id')
    .executeTakeFirst()
  if (found) await db.deleteFrom('session').where('user_id', '=', found.id).execute()
  return found !== undefined
}
