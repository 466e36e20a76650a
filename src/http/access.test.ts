import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest'
import { isAllowed, type Permission } from '#flows/permissions.ts'
import { apiOf, flightIn, hitIn, logEnd, logSince, type Place, travellerIn } from '#flows/testing/scene.ts'
import { testDatabase } from '#store/testing/database.ts'
import type * as contract from './contract.ts'
import type { HttpPlugin, RouteEntry } from './plugin.ts'
import { buildHttp } from './server.ts'
import { AIMLESS, httpSite, NOBODY, STAFF, sameBut } from './testing/site.ts'

const { db } = await testDatabase()
const site = await httpSite(db)
const { http, ask, deps } = site
afterAll(site.close)

let leg: Place
let traveller: string
let customsOnly: string

beforeAll(async () => {
  leg = await flightIn(db)
  traveller = await travellerIn(db, leg, { surname: 'VALEDOVA', api: apiOf('VALEDOVA') })
  customsOnly = await travellerIn(db, leg, { surname: 'OREN', api: apiOf('OREN') })
  await hitIn(db, leg, traveller, 'unit')
  await hitIn(db, leg, traveller, 'border')
  await hitIn(db, leg, customsOnly, 'customs')
})

const NONE = '00000000-0000-4000-8000-000000000000'
const VALUES: Readonly<Record<string, string>> = {
  ':leg': '202606-0000000000000000',
  ':traveller': NONE,
  ':transmission': '202606-0',
}

/** An address of the right form for something that does not exist. */
const addressOf = ({ url }: RouteEntry): string =>
  url
    .split('/')
    .map((part) => (part === ':id' && /rules|watchlists/.test(url) ? 'none' : (VALUES[part] ?? part)))
    .map((part) => (part === ':id' ? (url.startsWith('/v1/messages') ? '202606-0' : NONE) : part))
    .join('/')

const name = ({ method, url }: RouteEntry): string => `${method} ${url}`
const asked = (entry: RouteEntry): Permission | undefined =>
  entry.asked === 'public' || entry.asked === 'carrier' || entry.asked === 'signed-in' ? undefined : entry.asked
const routes = http.routeTable
const ours = routes.filter((entry) => entry.url.startsWith('/v1/'))

test('these routes ask for no permission; every other names one', () => {
  const open = routes.filter((entry) => !asked(entry) && !entry.url.startsWith('/assets/'))
  expect(open.map((entry) => `${name(entry)} ${entry.asked}`).sort()).toEqual([
    'DELETE /v1/session signed-in',
    'GET /carriers/messages/:transmission carrier',
    'GET /health/live public',
    'GET /health/ready public',
    'GET /v1/events signed-in',
    'GET /v1/session signed-in',
    'GET /v1/site public',
    'POST /carriers/messages carrier',
    'POST /v1/session public',
    'PUT /v1/session/purpose signed-in',
  ])
})

test('the console and the policy table know the same permissions', () => {
  expectTypeOf<contract.Permission>().toEqualTypeOf<Permission>()
})

test('every route that the contract names is there', () => {
  const text = readFileSync(new URL('./contract.ts', import.meta.url), 'utf8')
  const named = [...text.matchAll(/\b(GET|POST|PUT|DELETE) (\/v1\/[\w/:|-]*\w)/g)].flatMap(([, method, path = '']) => {
    const [whole, ...others] = path.split('|')
    const base = (whole ?? '').split('/').slice(0, -1).join('/')
    return [whole, ...others.map((other) => `${base}/${other}`)].map((url) => `${method} ${url}`)
  })
  expect(named.length).toBeGreaterThan(20)
  const form = (route: string): string => route.replaceAll(/:\w+/g, ':x')
  const there = new Set(routes.map((entry) => form(name(entry))))
  expect(named.filter((route) => !there.has(form(route)))).toEqual([])
})

test('a route that does not say who may use it keeps the server from starting', async () => {
  const forgotten: HttpPlugin = async (plugin) => void plugin.get('/v1/forgotten', async () => 'everything')
  const wrongly: HttpPlugin = async (plugin) =>
    void plugin.get('/v1/secrets', { config: { permission: 'public' } }, async () => 'everything')
  const options = { ...deps, http: { secureCookies: false, streams: site.streams } }
  await expect(buildHttp(options, [forgotten])).rejects.toThrow('GET /v1/forgotten does not say who may use it')
  await expect(buildHttp(options, [wrongly])).rejects.toThrow('GET /v1/secrets does not say who may use it')
})

test.each(ours.filter((entry) => entry.asked !== 'public').map((entry) => [name(entry), entry] as const))(
  '%s: nobody without a session, and not without the permission',
  async (_name, entry) => {
    const method = entry.method as 'GET' // one of those that `ask` takes
    const stranger = await ask(undefined, addressOf(entry), { method, token: 'made-up' })
    expect([stranger.status, sameBut(stranger.body)]).toEqual([401, { code: 'session.none', correlation: '' }])
    const permission = asked(entry)
    if (!permission) return
    for (const who of [NOBODY, ...Object.values(STAFF)].filter((one) => !isAllowed(one.roles, permission))) {
      const answer = await ask(who, addressOf(entry), { method })
      expect([answer.status, sameBut(answer.body)]).toEqual([404, { code: 'not.found', correlation: '' }])
    }
  },
)

test('forbidden, hidden, missing and unheard of are one answer', async () => {
  const { border, unitA } = STAFF
  const answers = await Promise.all([
    ask(STAFF.lists, `/v1/flights/${leg.id}/travellers/${traveller}`), // not his work
    ask(border, `/v1/flights/${leg.id}/travellers/${customsOnly}`), // another agency's
    ask(unitA, `/v1/flights/${leg.id}/travellers/${NONE}`), // nobody
    ask(unitA, '/v1/watchlists/unheard/of/this'),
    ask(undefined, '/v1/no-such-thing'),
    ask(unitA, '/v1/messages/202606-0'), // not his work, and not there
  ])
  const [first, ...rest] = answers.map(({ status, headers, body }) => {
    const { date: _, ...same } = headers
    return { status, same, body: sameBut(body) }
  })
  expect(first).toMatchObject({ status: 404, body: { code: 'not.found' } })
  for (const one of rest) expect(one).toEqual(first)
})

test('who tries what is not his work is in the log, without what he typed', async () => {
  const before = await logEnd(db)
  await ask(STAFF.lists, '/v1/flights/OREN-DANI/manifest')
  await ask(STAFF.liaison, '/v1/log?person=OREN')
  const rows = await logSince(db, before)
  expect(rows.map((row) => [row.actor, row.action, row.subjects, row.detail])).toEqual([
    [STAFF.lists.id, 'refused', [], { code: 'not.permitted', action: 'manifest.read' }],
    [STAFF.liaison.id, 'refused', [], { code: 'not.permitted', action: 'log.read' }],
  ])
})

/** Every address that shows a person, who may open it, and what the log then says. */
const SIGHTS = [
  [STAFF.unitA, () => `/v1/flights/${leg.id}/manifest`, 'consult', 'manifest'],
  [STAFF.unitA, () => `/v1/flights/${leg.id}/travellers/${traveller}`, 'consult', 'dossier'],
  [STAFF.unitA, () => '/v1/queue', 'consult', 'queue'],
  [STAFF.unitA, () => '/v1/referrals', 'consult', 'referrals'],
  [STAFF.lists, () => '/v1/watchlists/unit-list', 'consult', 'watchlist'],
  [STAFF.lists, () => '/v1/watchlists/unit-list/entries?text=nobody+like+that', 'search', 'watchlist'],
  [STAFF.dpo, () => '/v1/log', 'consult-log', 'log'],
] as const

test.each(SIGHTS)(
  '$login at %o: one line in the log, and none is shown without a purpose',
  async (who, url, action, screen) => {
    await listIn()
    const before = await logEnd(db)
    expect((await ask(who, url())).status).toBe(200)
    expect((await logSince(db, before)).map((row) => [row.actor, row.action, row.screen, row.purpose])).toEqual([
      [who.id, action, screen, who.purpose],
    ])
    const after = await logEnd(db)
    const aimless = await ask(who, url(), { token: `${who.id}${AIMLESS}` })
    expect([aimless.status, sameBut(aimless.body)]).toEqual([403, { code: 'purpose.missing', correlation: '' }])
    expect((await logSince(db, after)).map((row) => [row.action, row.detail])).toEqual([
      ['refused', { code: 'purpose.missing' }],
    ])
  },
)

test('what shows no person asks for no purpose', async () => {
  for (const [who, url] of [
    [STAFF.unitA, '/v1/flights'],
    [STAFF.liaison, '/v1/messages'],
    [STAFF.targeting, '/v1/rules'],
    [STAFF.targeting, '/v1/rescreens'],
    [STAFF.lists, '/v1/watchlists'],
  ] as const)
    expect((await ask(who, url, { token: `${who.id}${AIMLESS}` })).status).toBe(200)
})

test('nothing may be framed, sniffed, cached or loaded from elsewhere', async () => {
  for (const [url, policy] of [
    ['/', /default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w-]{22}'/],
    ['/flights/anything', /script-src 'self'/],
    ['/v1/site', /^default-src 'none'; frame-ancestors 'none'/],
    ['/health/live', /^default-src 'none'/],
  ] as const) {
    const { headers, status } = await ask(undefined, url)
    expect(status).toBe(200)
    expect(headers['content-security-policy']).toMatch(policy)
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    expect(headers).not.toHaveProperty('server')
    expect(headers).not.toHaveProperty('x-powered-by')
  }
  const [one, other] = await Promise.all([ask(undefined, '/'), ask(undefined, '/')])
  expect(one.headers['content-security-policy']).not.toBe(other.headers['content-security-policy'])
})

test('an outage tells nothing but a number to quote', async () => {
  const broken: HttpPlugin = async (plugin) =>
    void plugin.get('/v1/broken', { config: { permission: 'signed-in' } }, async () => {
      throw new Error('select surname from traveller: VALEDOVA')
    })
  const noted: unknown[] = []
  const note = (...one: unknown[]) => void noted.push(one)
  const failing = await buildHttp({ ...deps, note, http: { secureCookies: false, streams: site.streams } }, [broken])
  const answer = await failing.inject({ url: '/v1/broken', cookies: { preclear: STAFF.unitA.id } })
  expect([answer.statusCode, Object.keys(answer.json())]).toEqual([500, ['code', 'correlation']])
  expect(answer.body).not.toMatch(/select|VALEDOVA/)
  expect(JSON.stringify(noted)).toContain(answer.json<contract.Refusal>().correlation)
  expect(JSON.stringify(noted)).not.toMatch(/select|VALEDOVA/)
  await failing.close()
})

test('what the program notes of a request holds no address of a person', async () => {
  const noted: unknown[] = []
  const options = { ...deps, note: (...one: unknown[]) => void noted.push(one) }
  const noting = await buildHttp({ ...options, http: { secureCookies: false, streams: site.streams } })
  const url = `/v1/flights/${leg.id}/travellers/${traveller}`
  await noting.inject({ url, cookies: { preclear: STAFF.unitA.id } })
  expect(noted).toMatchObject([['info', 'http', { route: '/v1/flights/:leg/travellers/:id', status: 200 }]])
  expect(JSON.stringify(noted)).not.toContain(traveller)
  await noting.close()
})

async function listIn(): Promise<void> {
  await db
    .insertInto('watchlist')
    .values({
      id: 'unit-list',
      name: 'Fictional list',
      owner: 'unit',
      purpose: 'serious-crime',
      legal_basis: 'Fictional Act',
      severity: 'high',
      action: 'interview',
      thresholds: JSON.stringify({}),
      changed_at: '2026-06-01T00:00:00.000Z',
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
