import { afterAll, expect, test } from 'vitest'
import { hashPassword } from '#flows/password.ts'
import { logEnd, logSince } from '#flows/testing/scene.ts'
import { testDatabase } from '#store/testing/database.ts'
import type { SessionView, SiteView } from './contract.ts'
import { httpSite, STAFF, sameBut } from './testing/site.ts'

const { db } = await testDatabase()
const PASSWORD = 'a correct horse, fictional'
const secure = await httpSite(db, { secureCookies: true, publicUrl: 'https://preclear.example' })
const plain = await httpSite(db)
const { ask } = plain
const { unitA, liaison } = STAFF
await db
  .updateTable('app_user')
  .set({ password: await hashPassword(PASSWORD) })
  .execute()
afterAll(async () => {
  await plain.close()
  await secure.close()
})

const signIn = (password = PASSWORD, login = unitA.login, headers = {}, site = plain) =>
  site.ask(undefined, '/v1/session', { body: { login, password }, headers })

test('anybody may ask what kind of site it is, and learns nothing more', async () => {
  const { status, body } = await ask(undefined, '/v1/site')
  expect([status, body]).toEqual([200, { environment: 'training', version: '0' } satisfies SiteView])
})

test('signing in gives a cookie that scripts and other sites cannot use, then a purpose is chosen', async () => {
  const before = await logEnd(db)
  const { status, body, cookies } = await signIn()
  expect(status).toBe(200)
  expect(cookies).toMatchObject([{ name: 'preclear', httpOnly: true, sameSite: 'Strict', path: '/' }])
  expect(body).not.toHaveProperty('purpose')
  expect(body).toMatchObject({
    user: { login: unitA.login },
    agency: { id: 'unit' },
    purposes: [{ id: 'terrorism' }, { id: 'serious-crime' }],
  })
  const token = cookies[0]?.value ?? ''
  const put = (purpose: string) =>
    ask(undefined, '/v1/session/purpose', { method: 'PUT', token, body: { purpose } }) as Promise<{
      status: number
      body: SessionView
    }>
  expect(await put('border-control')).toMatchObject({ status: 422, body: { code: 'purpose.unknown' } })
  expect(await put('terrorism')).toMatchObject({ status: 200, body: { purpose: { id: 'terrorism' } } })
  expect(await ask(undefined, '/v1/session', { token })).toMatchObject({ body: { purpose: { id: 'terrorism' } } })
  expect(await ask(undefined, '/v1/session', { token, method: 'DELETE' })).toMatchObject({ status: 204 })
  expect(await ask(undefined, '/v1/session', { token })).toMatchObject({ status: 401, body: { code: 'session.none' } })
  expect((await logSince(db, before)).map((row) => [row.action, row.purpose])).toEqual([
    ['sign-in', null],
    ['choose-purpose', 'terrorism'],
    ['sign-out', null],
  ])
})

test('over https the cookie is Secure and bound to the host, and https stays', async () => {
  const { cookies, headers } = await signIn(PASSWORD, unitA.login, {}, secure)
  expect(cookies).toMatchObject([{ name: '__Host-preclear', secure: true, path: '/' }])
  expect(cookies[0]).not.toHaveProperty('domain')
  expect(headers['strict-transport-security']).toMatch(/max-age=\d{7,}/)
})

test('who signs in again in the same browser leaves no session behind', async () => {
  const first = (await signIn()).cookies[0]?.value ?? ''
  const again = { body: { login: unitA.login, password: PASSWORD }, token: first }
  expect((await ask(undefined, '/v1/session', again)).status).toBe(200)
  expect((await ask(undefined, '/v1/session', { token: first })).status).toBe(401)
})

test('a wrong password and an unknown login are answered alike, in the same time, and are locked alike', async () => {
  const tries = async (login: string) => {
    const answers: unknown[] = []
    let refused = 0
    let took = Number.POSITIVE_INFINITY
    const site = await httpSite(db)
    for (let n = 0; n < 3; n++) {
      const began = performance.now()
      const { status, body, headers } = await signIn('wrong wrong wrong', login, {}, site)
      if (status === 401) took = Math.min(took, performance.now() - began)
      answers.push([status, sameBut(body), headers['retry-after']])
      if (status === 429) refused += 1
    }
    answers.push([(await signIn('wrong wrong wrong', login, {}, site)).status])
    await site.close()
    return { answers, refused, took }
  }
  const known = await tries(liaison.login)
  const unknown = await tries('nobody-of-that-name')
  expect(known.answers).toEqual([
    [401, { code: 'session.wrong', correlation: '' }, undefined],
    [401, { code: 'session.wrong', correlation: '' }, undefined],
    [401, { code: 'session.wrong', correlation: '' }, undefined],
    [429],
  ])
  expect(unknown.answers).toEqual(known.answers)
  expect(unknown.took).toBeGreaterThan(known.took / 4)
})

test.each([
  ['no header of our console', { 'x-preclear': '' }],
  ['another site, says the browser', { 'sec-fetch-site': 'cross-site' }],
  ['a neighbour below the same domain, says the browser', { 'sec-fetch-site': 'same-site' }],
  ['another origin', { origin: 'https://elsewhere.example' }],
  ['an origin that hides itself', { origin: 'null' }],
])('what another site makes a browser send is refused, signed in or not: %s', async (_what, headers) => {
  const refused = { status: 403, body: { code: 'request.origin' } }
  expect(await signIn(PASSWORD, unitA.login, headers)).toMatchObject(refused)
  expect(
    await ask(unitA, '/v1/session/purpose', { method: 'PUT', headers, body: { purpose: 'terrorism' } }),
  ).toMatchObject(refused)
  expect(await ask(unitA, '/v1/queue/take-next', { method: 'POST', headers })).toMatchObject(refused)
  expect(await ask(unitA, '/v1/session', { method: 'DELETE', headers })).toMatchObject(refused)
  expect(await ask(unitA, '/v1/session')).toMatchObject({ status: 200 })
})

test('our own origin passes, by the address that was asked or the public one', async () => {
  const own = { origin: 'http://preclear.local:8080', host: 'preclear.local:8080' }
  expect((await signIn(PASSWORD, unitA.login, own)).status).toBe(200)
  const behindProxy = { origin: 'https://preclear.example', host: '10.0.0.5:8080' }
  expect((await signIn(PASSWORD, unitA.login, behindProxy, secure)).status).toBe(200)
})

test('a console that nobody touches does not keep its session alive', async () => {
  const token = (await signIn()).cookies[0]?.value ?? ''
  const seenAt = async (minutesAgo: number, idle: string) => {
    const at = new Date(Date.now() - minutesAgo * 60_000).toISOString()
    const mine = db.updateTable('session').set({ seen_at: at }).where('user_id', '=', unitA.id)
    await mine.execute()
    await ask(undefined, '/v1/session', { token, headers: { 'x-preclear-idle': idle } })
    const rows = await db.selectFrom('session').select('seen_at').where('user_id', '=', unitA.id).execute()
    return rows.every((row) => row.seen_at === at) ? 'left alone' : 'kept alive'
  }
  expect(await seenAt(10, '600')).toBe('left alone')
  expect(await seenAt(10, '5')).toBe('kept alive')
  expect(await seenAt(10, 'nonsense')).toBe('kept alive')
})

test('one officer cannot keep the server busy for all', async () => {
  const site = await httpSite(db, { requestRate: { size: 5, perSecond: 0.01 } })
  const answers = await Promise.all(Array.from({ length: 8 }, () => site.ask(liaison, '/v1/session')))
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 200, 200, 200, 429, 429, 429])
  const refused = answers.find((answer) => answer.status === 429)
  expect(refused).toMatchObject({ body: { code: 'request.too-many' } })
  expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0)
  expect((await site.ask(unitA, '/v1/session')).status).toBe(200)
  await site.close()
})
