import { Readable } from 'node:stream'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { carrierOfKey } from '#flows/carrier-of-key.ts'
import { officerOf, signIn } from '#flows/sign-in.ts'
import { logEnd, logSince, siteIn } from '#flows/testing/scene.ts'
import { instant } from '#lib/time.ts'
import { testDatabase } from '#store/testing/database.ts'
import { command } from './user.ts'

const { db, url } = await testDatabase()
vi.stubEnv('DATABASE_URL', url)
const PASSWORD = 'a correct horse, fictional'
const now = () => instant(Date.now())

beforeAll(() => siteIn(db))
afterEach(() => void vi.restoreAllMocks())

/** Runs `preclear user …`; what a pipe gives, and what is printed. */
async function run(args: readonly string[], input = ''): Promise<string> {
  let printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text)
    return true
  })
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([input]) as typeof process.stdin)
  const all = command().exitOverride()
  for (const sub of all.commands) sub.exitOverride().configureOutput({ writeErr: () => undefined })
  await all.parseAsync([...args], { from: 'user' })
  vi.restoreAllMocks()
  return printed
}

const add = (login: string, more: readonly string[] = [], input = PASSWORD) =>
  run(['add', login, '--name', 'Fictional Person', '--agency', 'unit', '--role', 'analyst', 'dpo', ...more], input)

const open = async (login: string, password = PASSWORD) => signIn(db, { login, password }, now())

test('a user is added, listed, changed, disabled; each change ends sessions and is logged', async () => {
  const before = await logEnd(db)
  expect(await add('Nigar')).toBe('Nigar added\n')
  expect(await run(['list'])).toMatch(/^nigar +unit +analyst,dpo +active +Fictional Person$/m)
  const opened = await open('nigar')
  if (!opened.ok) throw new Error('not signed in')
  await run(['roles', 'nigar', 'supervisor'])
  expect(await officerOf(db, opened.value.token, now())).toBeUndefined()
  await run(['password', 'nigar'], `${PASSWORD} anew\n`)
  expect((await open('nigar')).ok).toBe(false)
  expect((await open('nigar', `${PASSWORD} anew`)).ok).toBe(true)
  await run(['disable', 'nigar'])
  expect((await open('nigar', `${PASSWORD} anew`)).ok).toBe(false)
  expect(await run(['list'])).toMatch(/^nigar .* disabled /m)
  await run(['enable', 'nigar'])
  expect((await open('nigar', `${PASSWORD} anew`)).ok).toBe(true)
  const rows = (await logSince(db, before)).filter((row) => row.actor.startsWith('operator '))
  expect(rows.map((row) => [row.action, row.detail.what])).toEqual([
    ['add-user', 'analyst dpo'],
    ['set-roles', 'supervisor'],
    ['set-password', undefined],
    ['disable-user', undefined],
    ['enable-user', undefined],
  ])
  const kept = await db.selectFrom('app_user').select('password').where('login', '=', 'nigar').executeTakeFirst()
  expect(kept?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test.each([
  ['an unknown agency', () => add('x1', ['--agency', 'nowhere']), 'there is no agency nowhere'],
  ['a login that is taken', () => add('UNIT-A'), 'there is already a user unit-a'],
  ['a short password', () => add('x2', [], 'short'), 'at least 12 characters'],
  ['an unknown role', () => run(['roles', 'unit-a', 'king']), 'there is no role king'],
  ['an unknown user', () => run(['disable', 'nobody']), 'there is no user nobody'],
  ['an unknown carrier', () => run(['carrier-key', 'ZZ']), 'there is no carrier ZZ'],
  ['no key to revoke', () => run(['revoke-carrier-key', 'Q0', '--label', 'none']), 'has no key under "none"'],
])('%s is said, and nothing is changed', async (_what, work, sentence) => {
  const before = await logEnd(db)
  await expect(work()).rejects.toThrow(sentence)
  expect(await logEnd(db)).toBe(before)
})

test('a carrier’s key opens the door until another takes its place or it is revoked', async () => {
  const key = async () => (await run(['carrier-key', 'Q0'])).trim()
  const first = await key()
  expect(await carrierOfKey(db, `Bearer ${first}`)).toBe('Q0')
  const second = await key()
  expect(await carrierOfKey(db, `Bearer ${first}`)).toBeUndefined()
  expect(await carrierOfKey(db, `Bearer ${second}`)).toBe('Q0')
  expect(await run(['revoke-carrier-key', 'Q0'])).toBe('1 ended\n')
  expect(await carrierOfKey(db, `Bearer ${second}`)).toBeUndefined()
})
