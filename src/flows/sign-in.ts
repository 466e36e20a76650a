import { createHash, randomBytes } from 'node:crypto'
import type { Officer } from '#domain/officer.ts'
import { bad, ok, type Result } from '#lib/result.ts'
import { epochMs, type Instant, instant } from '#lib/time.ts'
import { purposesFor } from '#protection/access.ts'
import type { Db } from '#store/db.ts'
import { appendLog } from '#store/log.ts'
import { closeSession, findSession, openAmong, openSession, setPurpose, touchSession } from '#store/sessions.ts'
import { noteFailedSignIn, noteSignIn, userByLogin } from '#store/users.ts'
import { hashPassword, isPassword } from './password.ts'

/** Failures from anywhere. One address is stopped long before, so that a stranger cannot lock an officer out. */
const MOST_FAILURES = 50
const LOCKED_MINUTES = 15

export interface SessionLimits {
  /** Ends when left alone for so long. */
  readonly idleMinutes: number
  /** Ends in any case. */
  readonly longestHours: number
}

const DEFAULTS: SessionLimits = { idleMinutes: 30, longestHours: 12 }
/** The row is written anew at most this often while somebody works. */
const TOUCH_SECONDS = 60

export interface OpenSession {
  /** For the cookie; only its digest is kept. */
  readonly token: string
  readonly officer: Officer
  readonly expiresAt: Instant
}

/** What an unknown login is compared with, so that it takes as long as a known one. */
let nobody: Promise<string> | undefined

/** `now` is the real clock's: sessions do not follow a simulated one. */
export async function signIn(
  db: Db,
  given: { readonly login: string; readonly password: string },
  now: Instant,
  limits: SessionLimits = DEFAULTS,
): Promise<Result<OpenSession>> {
  const user = await userByLogin(db, given.login.trim().toLowerCase())
  nobody ??= hashPassword(randomBytes(12).toString('hex'))
  const right = await isPassword(given.password, user?.password ?? (await nobody))
  if (!user || user.disabled_at) return bad({ code: 'session.wrong', detail: '' })
  if (user.locked_until && user.locked_until > now) return bad({ code: 'session.locked', detail: '' })
  if (!right) {
    const lockedUntil = instant(epochMs(now) + LOCKED_MINUTES * 60_000)
    await noteFailedSignIn(db, user.id, { at: now, most: MOST_FAILURES, lockedUntil })
    await appendLog(db, { at: now, actor: user.id, agency: user.agency, action: 'sign-in-failed', subjects: [] })
    return bad({ code: 'session.wrong', detail: '' })
  }
  const token = randomBytes(32).toString('base64url')
  const expiresAt = instant(epochMs(now) + limits.longestHours * 3_600_000)
  await db.transaction().execute(async (tx) => {
    await noteSignIn(tx, user.id)
    await openSession(tx, { tokenHash: digestOf(token), user: user.id, at: now, expiresAt })
    await appendLog(tx, { at: now, actor: user.id, agency: user.agency, action: 'sign-in', subjects: [] })
  })
  const { id, login, name, agency, roles } = user
  return ok({ token, officer: { id, login, name, agency, roles }, expiresAt })
}

export interface SessionUse {
  readonly limits?: SessionLimits | undefined
  /** The page asks by itself, nobody sits before it: that keeps no session alive. */
  readonly unattended?: boolean
}

/** Whoever holds this token now; keeps the session alive. */
export async function officerOf(
  db: Db,
  token: string,
  now: Instant,
  { limits = DEFAULTS, unattended = false }: SessionUse = {},
): Promise<{ readonly officer: Officer; readonly expiresAt: string } | undefined> {
  const tokenHash = digestOf(token)
  const session = await findSession(db, tokenHash, now, idleSince(now, limits))
  if (!session) return undefined
  const due = epochMs(now) - Date.parse(session.seenAt) > TOUCH_SECONDS * 1_000
  if (due && !unattended) await touchSession(db, tokenHash, now)
  return { officer: session.officer, expiresAt: session.expiresAt }
}

/** Which of these tokens still hold; none of their sessions is kept alive by asking. */
export async function stillOpen(
  db: Db,
  tokens: readonly string[],
  now: Instant,
  limits: SessionLimits = DEFAULTS,
): Promise<ReadonlySet<string>> {
  const byDigest = new Map(tokens.map((token) => [digestOf(token).toString('hex'), token]))
  const open = await openAmong(
    db,
    [...byDigest.keys()].map((hex) => Buffer.from(hex, 'hex')),
    now,
    idleSince(now, limits),
  )
  return new Set(open.flatMap((digest) => byDigest.get(Buffer.from(digest).toString('hex')) ?? []))
}

/** From here on personal data may be seen, and every sight is recorded with this purpose. */
export async function choosePurpose(
  db: Db,
  token: string,
  officer: Officer,
  purpose: string,
  now: Instant,
): Promise<Result<Officer>> {
  if (!purposesFor(officer.agency, officer.roles).some((one) => one.id === purpose))
    return bad({ code: 'purpose.unknown', detail: '' })
  await db.transaction().execute(async (tx) => {
    await setPurpose(tx, digestOf(token), purpose)
    await appendLog(tx, {
      at: now,
      actor: officer.id,
      agency: officer.agency,
      purpose,
      action: 'choose-purpose',
      subjects: [],
    })
  })
  return ok({ ...officer, purpose })
}

export async function signOut(db: Db, token: string, officer: Officer, now: Instant): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await closeSession(tx, digestOf(token))
    await appendLog(tx, { at: now, actor: officer.id, agency: officer.agency, action: 'sign-out', subjects: [] })
  })
}

const idleSince = (now: Instant, { idleMinutes }: SessionLimits): Instant =>
  instant(epochMs(now) - idleMinutes * 60_000)

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest()
