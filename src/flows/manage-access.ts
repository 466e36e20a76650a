/** Who may sign in and which carriers may send: changed on the machine itself, and logged like everything else. */
import { createHash, randomBytes } from 'node:crypto'
import type { RoleName } from '#domain/officer.ts'
import { bad, ok, type Result } from '#lib/result.ts'
import type { Instant } from '#lib/time.ts'
import { isAgency } from '#store/agencies.ts'
import { addCarrierKey, isCarrier, revokeCarrierKeys } from '#store/carriers.ts'
import type { Db, Tx } from '#store/db.ts'
import { appendLog } from '#store/log.ts'
import { addUser, changeUser, userByLogin } from '#store/users.ts'
import { hashPassword } from './password.ts'

/** The account on this machine that gives the command. */
export interface Operator {
  readonly account: string
  readonly at: Instant
}

export interface NewOfficer {
  readonly login: string
  readonly name: string
  readonly agency: string
  readonly roles: readonly RoleName[]
  readonly password: string
}

export async function addOfficer(db: Db, given: NewOfficer, by: Operator): Promise<Result<{ readonly id: string }>> {
  const login = given.login.trim().toLowerCase()
  const password = await hashPassword(given.password)
  return db.transaction().execute(async (tx) => {
    if (!(await isAgency(tx, given.agency))) return bad({ code: 'agency.unknown', detail: given.agency })
    if (await userByLogin(tx, login)) return bad({ code: 'user.exists', detail: login })
    const id = await addUser(tx, { ...given, login, password })
    await logChange(tx, by, { action: 'add-user', agency: given.agency, subject: id, detail: given.roles.join(' ') })
    return ok({ id })
  })
}

export interface OfficerChange {
  readonly password?: string
  readonly roles?: readonly RoleName[]
  readonly disabled?: boolean
}

/** Whatever is changed, the officer's sessions end: from the next request on only the new state counts. */
export async function changeOfficer(
  db: Db,
  given: string,
  { password, roles, disabled }: OfficerChange,
  by: Operator,
): Promise<Result<undefined>> {
  const login = given.trim().toLowerCase()
  const encoded = password === undefined ? undefined : await hashPassword(password)
  return db.transaction().execute(async (tx) => {
    const user = await userByLogin(tx, login)
    if (!user) return bad({ code: 'user.unknown', detail: login })
    await changeUser(tx, login, {
      ...(encoded && { password: encoded }),
      ...(roles && { roles }),
      ...(disabled !== undefined && { disabled_at: disabled ? by.at : null }),
    })
    for (const [action, detail] of [
      ['set-password', encoded && ''],
      ['set-roles', roles?.join(' ')],
      [disabled ? 'disable-user' : 'enable-user', disabled === undefined ? undefined : ''],
    ] as const)
      if (detail !== undefined) await logChange(tx, by, { action, agency: user.agency, subject: user.id, detail })
    return ok(undefined)
  })
}

/** A key for a carrier, told once: only its digest is kept. Earlier ones of the same label end. */
export async function issueCarrierKey(
  db: Db,
  { carrier, label }: { readonly carrier: string; readonly label: string },
  by: Operator,
): Promise<Result<{ readonly key: string }>> {
  const key = `pck_${randomBytes(24).toString('base64url')}`
  return db.transaction().execute(async (tx) => {
    if (!(await isCarrier(tx, carrier))) return bad({ code: 'carrier.unknown', detail: carrier })
    await revokeCarrierKeys(tx, carrier, label, by.at)
    await addCarrierKey(tx, { carrier, hash: createHash('sha256').update(key).digest(), label, at: by.at })
    await logChange(tx, by, { action: 'issue-carrier-key', agency: 'site', subject: carrier, detail: label })
    return ok({ key })
  })
}

/** Gives how many keys ended. */
export async function revokeKeys(
  db: Db,
  { carrier, label }: { readonly carrier: string; readonly label: string },
  by: Operator,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const ended = await revokeCarrierKeys(tx, carrier, label, by.at)
    if (ended > 0)
      await logChange(tx, by, { action: 'revoke-carrier-key', agency: 'site', subject: carrier, detail: label })
    return ended
  })
}

/** A change made on the machine itself, in the chain like every other. */
export function logChange(
  tx: Tx | Db,
  { account, at }: Operator,
  change: { readonly action: string; readonly agency: string; readonly subject: string; readonly detail: string },
): Promise<number> {
  const { action, agency, subject, detail } = change
  return appendLog(tx, {
    at,
    actor: `operator ${account}`,
    agency,
    action,
    subjects: [subject],
    ...(detail && { detail: { what: detail } }),
  })
}
