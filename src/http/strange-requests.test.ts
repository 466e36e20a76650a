/** Requests that no well-behaved console or carrier sends: none of them may cost others anything, or be our failure. */
import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { NOW } from '#flows/testing/scene.ts'
import { testDatabase } from '#store/testing/database.ts'
import { onServer } from '#store/testing/server.ts'
import { httpSite, STAFF } from './testing/site.ts'

const { db, url } = await testDatabase()
const site = await httpSite(db, { doorPlaces: { all: 24, each: 24, bytes: 1e8 } })
const address = await site.http.listen({ host: '127.0.0.1', port: 0 })
const KEY = 'pck_fictional_key_of_quartz'
afterAll(site.close)

const hash = createHash('sha256').update(KEY).digest()
await db
  .insertInto('carrier')
  .values({ code: 'Q0', name: 'Fictional', profile: '{}' })
  .onConflict((conflict) => conflict.doNothing())
  .execute()
await db.insertInto('carrier_key').values({ carrier: 'Q0', hash, label: 'test', created_at: NOW }).execute()

/** The head of a request on a connection that can be cut. */
function begin(head: readonly string[]) {
  const { hostname, port } = new URL(address)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  socket.write(`${head.join('\r\n')}\r\nhost: x\r\n\r\n`)
  return socket
}

test('senders who leave while their key is looked up take no place at the door', async () => {
  await onServer(url, async (client) => {
    await client.query('begin')
    await client.query('lock table carrier_key in access exclusive mode')
    const upload = ['POST /carriers/messages HTTP/1.1', `authorization: Bearer ${KEY}`, 'content-length: 1000']
    const leaving = Array.from({ length: 30 }, () => begin(upload))
    await pause(150)
    for (const socket of leaving) socket.resetAndDestroy()
    await pause(50)
    await client.query('rollback')
  })
  await pause(200)
  const answer = await fetch(`${address}/carriers/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'text/plain' },
    body: 'no message',
  })
  expect(answer.status).toBe(422)
})

test('a console whose session is looked up while we close gets no stream that nobody ends', async () => {
  const { streams, http, close } = await httpSite(db)
  const other = await http.listen({ host: '127.0.0.1', port: 0 })
  const headers = { cookie: `preclear=${STAFF.unitA.id}` }
  await onServer(url, async (client) => {
    await client.query('begin')
    await client.query('lock table session in access exclusive mode')
    const asking = fetch(`${other}/v1/events`, { headers }).then((answer) => answer.text())
    await pause(100)
    streams.close()
    await client.query('rollback')
    expect(await asking).not.toContain('data:')
  })
  await close()
})

const cursor = (...values: readonly unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url')
const { unitA, lists, liaison, dpo } = STAFF

test.each([
  ['the manifest of a month that never was', unitA, '/v1/flights/000001-0123456789abcdef/manifest'],
  ['a message of a month that never was', liaison, '/v1/messages/000001-1'],
  ['flights of a year that never was', unitA, '/v1/flights?from=0000-01-01T00:00:00Z'],
  ['a person called NUL', dpo, '/v1/log?person=%00'],
  ['entries behind NUL', lists, '/v1/watchlists/none/entries?after=%00'],
  ['a login with NUL', undefined, '/v1/session', { login: 'a\0', password: 'x' }],
  ['half a surrogate pair', lists, '/v1/watchlists/none/entries', { surname: 'A\ud800', reason: 'fictional' }],
  ['no address at all', unitA, '/v1/%zz'],
] as const)('400 in our own words, with our headers, for %s', async (_what, who, address, body?: object) => {
  const answer = await site.ask(who, address, body && { body })
  expect([answer.status, answer.body]).toEqual([
    400,
    { code: 'request.malformed', correlation: expect.stringMatching(/^[\w-]{36}$/) },
  ])
  expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
})

test('a body nested without end is refused like any other', async () => {
  const payload = `${'['.repeat(30_000)}${']'.repeat(30_000)}`
  const headers = { 'x-preclear': 'console', 'content-type': 'application/json' }
  const answer = await site.http.inject({ method: 'POST', url: '/v1/session', headers, payload })
  expect(answer.statusCode).toBe(400)
})

test.each([
  ['no time', cursor('x', 'y')],
  ['no such day', cursor('2026-02-30T00:00:00.000Z', 'y')],
  ['NUL', cursor('2026-01-01T00:00:00.000Z', '\0')],
  ['one value', cursor('2026-01-01T00:00:00.000Z')],
  ['a year before all', cursor('0000-01-01T00:00:00.000Z', 'y')],
  ['no JSON', 'abc'],
])('a made-up place in a list (%s) is its beginning', async (_what, after) => {
  for (const [who, path] of [
    [unitA, '/v1/flights'],
    [unitA, '/v1/queue'],
    [liaison, '/v1/messages'],
  ] as const)
    expect([path, (await site.ask(who, `${path}?after=${after}`)).status]).toEqual([path, 200])
})
