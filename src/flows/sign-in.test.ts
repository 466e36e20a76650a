import { beforeEach, expect, test } from 'vitest'
import type { Instant } from '#lib/time.ts'
import { testDatabase } from '#store/testing/database.ts'
import { hashPassword } from './password.ts'
import { choosePurpose, officerOf, signIn, signOut } from './sign-in.ts'
import { logEnd, logSince, minutesOn, NOW, PEOPLE, siteIn } from './testing/scene.ts'

const { db } = await testDatabase()
const PASSWORD = 'a correct horse, fictional'
const hashed = await hashPassword(PASSWORD)
await siteIn(db)
const { unitA } = PEOPLE

beforeEach(async () => {
  await db
    .updateTable('app_user')
    .set({ password: hashed, failed_sign_ins: 0, locked_until: null, disabled_at: null })
    .where('id', '=', unitA.id)
    .execute()
})

const attempt = async (password: string, now: Instant = NOW, login = unitA.login) => {
  const result = await signIn(db, { login, password }, now)
  return result.ok ? 'ok' : result.problems[0]?.code
}

const opened = async (now: Instant = NOW) => {
  const result = await signIn(db, { login: unitA.login, password: PASSWORD }, now)
  if (!result.ok) throw new Error('not signed in')
  return result.value
}

test('the right password opens a session without a purpose, and only its digest is kept', async () => {
  const before = await logEnd(db)
  const { token, officer } = await opened()
  expect(officer).toEqual({
    id: unitA.id,
    login: unitA.login,
    name: unitA.name,
    agency: 'unit',
    roles: ['analyst'],
  })
  expect(await officerOf(db, token, NOW)).toMatchObject({ officer: { id: unitA.id } })
  const kept = await db.selectFrom('session').selectAll().execute()
  expect(JSON.stringify(kept.map((row) => Buffer.from(row.token_hash).toString('base64url')))).not.toContain(token)
  expect((await logSince(db, before)).map((row) => row.action)).toEqual(['sign-in'])
})

test('the login may be written in capitals', async () => {
  expect(await attempt(PASSWORD, NOW, ` ${unitA.login.toUpperCase()} `)).toBe('ok')
})

test('a wrong password, an unknown login and a disabled account are answered alike', async () => {
  const before = await logEnd(db)
  expect(await attempt('wrong')).toBe('session.wrong')
  expect(await attempt(PASSWORD, NOW, 'nobody-here')).toBe('session.wrong')
  await db.updateTable('app_user').set({ disabled_at: NOW }).where('id', '=', unitA.id).execute()
  expect(await attempt(PASSWORD)).toBe('session.wrong')
  expect((await logSince(db, before)).map((row) => row.action)).toEqual(['sign-in-failed'])
})

/** As if so many had failed already: each costs its twentieth of a second. */
const failed = (times: number) =>
  db.updateTable('app_user').set({ failed_sign_ins: times }).where('id', '=', unitA.id).execute()

test('fifty failures lock the account for a quarter of an hour, the right password included', async () => {
  await failed(49)
  expect(await attempt(PASSWORD)).toBe('ok') // and counts anew
  await failed(48)
  for (let n = 0; n < 2; n++) expect(await attempt('wrong')).toBe('session.wrong')
  expect(await attempt(PASSWORD)).toBe('session.locked')
  expect(await attempt(PASSWORD, minutesOn(14))).toBe('session.locked')
  expect(await attempt(PASSWORD, minutesOn(16))).toBe('ok')
})

test('after a lock has run out one failure does not lock again for another quarter', async () => {
  await failed(49)
  await attempt('wrong')
  expect(await attempt('wrong', minutesOn(16))).toBe('session.wrong')
  expect(await attempt(PASSWORD, minutesOn(17))).toBe('ok')
})

test('a purpose must be one that agency and roles have, and is logged', async () => {
  const { token, officer } = await opened()
  expect(await choosePurpose(db, token, officer, 'curiosity', NOW)).toMatchObject({
    ok: false,
    problems: [{ code: 'purpose.unknown' }],
  })
  expect((await officerOf(db, token, NOW))?.officer.purpose).toBeUndefined()
  const before = await logEnd(db)
  expect(await choosePurpose(db, token, officer, 'serious-crime', NOW)).toMatchObject({ ok: true })
  expect((await officerOf(db, token, NOW))?.officer.purpose).toBe('serious-crime')
  expect((await logSince(db, before)).map((row) => [row.action, row.purpose])).toEqual([
    ['choose-purpose', 'serious-crime'],
  ])
})

test('a session ends when idle, when signed out, when the account is disabled, and after twelve hours', async () => {
  const idle = await opened()
  expect(await officerOf(db, idle.token, minutesOn(29))).toBeDefined()
  expect(await officerOf(db, idle.token, minutesOn(58))).toBeDefined() // it was used in between
  expect(await officerOf(db, idle.token, minutesOn(58 + 31))).toBeUndefined()

  const out = await opened()
  await signOut(db, out.token, out.officer, NOW)
  expect(await officerOf(db, out.token, NOW)).toBeUndefined()

  const long = await opened()
  for (let minute = 0; minute < 720; minute += 20) await officerOf(db, long.token, minutesOn(minute))
  expect(await officerOf(db, long.token, minutesOn(719))).toBeDefined()
  expect(await officerOf(db, long.token, minutesOn(720))).toBeUndefined()

  const gone = await opened()
  await db.updateTable('app_user').set({ disabled_at: NOW }).where('id', '=', unitA.id).execute()
  expect(await officerOf(db, gone.token, NOW)).toBeUndefined()
})

test('what a page asks by itself keeps no session alive', async () => {
  const { token } = await opened()
  for (const minute of [10, 20, 29])
    expect(await officerOf(db, token, minutesOn(minute), { unattended: true })).toBeDefined()
  expect(await officerOf(db, token, minutesOn(31), { unattended: true })).toBeUndefined()
})

test('a made-up token is nobody', async () => {
  expect(await officerOf(db, 'x'.repeat(43), NOW)).toBeUndefined()
  expect(await officerOf(db, '', NOW)).toBeUndefined()
})
