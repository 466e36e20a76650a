/** What only shows on a real connection: streams that end, uploads that dawdle, limits that hold before a body is read. */
import { createHash } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Officer } from '#domain/officer.ts'
import { NOW } from '#flows/testing/scene.ts'
import { testDatabase } from '#store/testing/database.ts'
import { httpSite, STAFF } from './testing/site.ts'

const { db } = await testDatabase()
const doorPlaces = { all: 12, each: 8, bytes: 32 * 1024 * 1024 }
const site = await httpSite(db, { doorRate: { size: 60, perSecond: 0.01 }, doorPlaces })
const address = await site.http.listen({ host: '127.0.0.1', port: 0 })
const { unitA, border, customs, lists } = STAFF
const KEY = 'pck_fictional_key_of_quartz'
const MEGABYTE = 1024 * 1024
afterAll(site.close)

beforeAll(async () => {
  for (const [carrier, key] of [
    ['Q0', KEY],
    ['Q8', `${KEY}_8`],
  ] as const) {
    await db
      .insertInto('carrier')
      .values({ code: carrier, name: 'Fictional', profile: '{}' })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const hash = createHash('sha256').update(key).digest()
    await db.insertInto('carrier_key').values({ carrier, hash, label: 'test', created_at: NOW }).execute()
  }
})

/** A console that listens, and what it heard so far. */
async function listenAs(who: Officer) {
  const answer = await fetch(`${address}/v1/events`, { headers: { cookie: `preclear=${who.id}` } })
  const heard: string[] = []
  const { body } = answer
  if (!body) throw new Error('no stream')
  let over = false
  const ended = (async () => {
    for await (const chunk of body.pipeThrough(new TextDecoderStream()))
      heard.push(...[...chunk.matchAll(/^data: .*"kind":"([\w-]+)"/gm)].map(([, kind = '']) => kind))
    over = true
  })()
  return { heard, ended, isOver: () => over, headers: answer.headers }
}

const until = async (holds: () => boolean): Promise<void> => {
  for (let wait = 0; wait < 3_000 && !holds(); wait += 10) await pause(10)
  expect(holds()).toBe(true)
}

test('each console hears what concerns its agency and its work, and nothing of others', async () => {
  const [a, b, c, d] = await Promise.all([unitA, border, customs, lists].map(listenAs))
  expect(a?.headers.get('content-type')).toMatch(/^text\/event-stream/)
  expect(a?.headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
  site.streams.hear({ kind: 'queue', owner: 'unit', urgent: 3 })
  site.streams.hear({ kind: 'queue', owner: 'customs', urgent: 1 })
  site.streams.hear({ kind: 'referrals', to: 'border', from: 'unit' })
  site.streams.hear({ kind: 'messages' })
  site.streams.hear({ kind: 'epoch' })
  site.streams.hear({ kind: 'flights', legs: ['202606-0000000000000000'] })
  await until(() => [a, b, c, d].every((one) => one?.heard.at(-1) === 'flights'))
  expect(a?.heard).toEqual(['clock', 'queue', 'referrals', 'flights'])
  expect(b?.heard).toEqual(['clock', 'referrals', 'flights'])
  expect(c?.heard).toEqual(['clock', 'queue', 'flights'])
  expect(d?.heard).toEqual(['clock', 'flights'])
  for (const who of [unitA, border, customs, lists]) site.streams.end(who.id)
  await Promise.all([a, b, c, d].map((one) => one?.ended))
})

test('a stream ends with its session: by signing out, by idleness, by a disabled account', async () => {
  const [out, idle, gone, stays] = await Promise.all([border, customs, lists, unitA].map(listenAs))
  await fetch(`${address}/v1/session`, {
    method: 'DELETE',
    headers: { cookie: `preclear=${border.id}`, 'x-preclear': 'console' },
  })
  await out?.ended
  const longAgo = new Date(Date.now() - 31 * 60_000).toISOString()
  await db.updateTable('session').set({ seen_at: longAgo }).where('user_id', '=', customs.id).execute()
  await db.updateTable('app_user').set({ disabled_at: longAgo }).where('id', '=', lists.id).execute()
  await site.streams.sweep()
  await Promise.all([idle?.ended, gone?.ended])
  expect(stays?.isOver()).toBe(false)
  const again = await fetch(`${address}/v1/events`, { headers: { cookie: `preclear=${customs.id}` } })
  expect(again.status).toBe(401)
  site.streams.end(unitA.id)
  await stays?.ended
})

test('one session listens with eight pages at most: the oldest gives way', async () => {
  const pages = []
  for (let n = 0; n < 9; n++) pages.push(await listenAs(unitA))
  await pages[0]?.ended
  await pause(20)
  expect(pages.map((page) => page.isOver())).toEqual([true, ...Array(8).fill(false)])
  site.streams.end(unitA.id)
  await Promise.all(pages.map((page) => page.ended))
})

const kept = async () => (await db.selectFrom('transmission').select('id').execute()).length

const deliver = (body: Uint8Array | string, headers: Record<string, string> = {}, key = KEY) =>
  fetch(`${address}/carriers/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream', ...headers },
    body: Buffer.from(body),
  })

test.each([
  ['JSON', { 'content-type': 'application/json' }, 'request.wrapped'],
  ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }, 'request.wrapped'],
  ['packed bytes', { 'content-encoding': 'gzip' }, 'request.encoded'],
])('415 for %s, and nothing is kept', async (_what, headers, code) => {
  const before = await kept()
  const answer = await deliver('UNB', headers)
  expect([answer.status, await answer.json()]).toMatchObject([415, { code }])
  expect(await kept()).toBe(before)
})

test.each(['application/edifact', 'text/plain; charset=iso-8859-1', 'application/x-www-form-urlencoded'])(
  'whatever the sender calls them, the bytes count: %s',
  async (type) => {
    const answer = await deliver(`no message, sent as ${type}`, { 'content-type': type })
    expect(answer.status).toBe(422)
    expect(answer.headers.get('x-preclear-state')).toBe('rejected')
    expect(answer.headers.get('x-preclear-transmission')).toMatch(/^\d{6}-/)
  },
)

/** The head of an upload, and none of its body yet. */
async function beginUpload(bytes: number, key = KEY): Promise<{ socket: Socket; answered: () => string }> {
  const { hostname, port } = new URL(address)
  const socket = connect(Number(port), hostname)
  let text = ''
  socket.on('data', (data) => {
    text += data.toString('latin1')
  })
  socket.on('error', () => undefined)
  socket.write(
    `POST /carriers/messages HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\ncontent-type: text/plain\r\ncontent-length: ${bytes}\r\n\r\nU`,
  )
  await pause(5)
  return { socket, answered: () => text }
}

test('413 for what is larger than any push, said before it is read', async () => {
  const before = await kept()
  const { socket, answered } = await beginUpload(17 * MEGABYTE)
  await until(() => answered().includes('request.too-large'))
  expect(answered()).toMatch(/^HTTP\/1\.1 413 /)
  socket.destroy()
  expect(await kept()).toBe(before)
})

test('a stranger’s upload is not read at all', async () => {
  const { socket, answered } = await beginUpload(8 * MEGABYTE, 'pck_nobody_nobody_nobody')
  await until(() => answered().includes('carrier.unknown'))
  expect(answered()).toMatch(/^HTTP\/1\.1 401 /)
  socket.destroy()
})

test('uploads that dawdle take their carrier’s places, not all; a full door says when to come; who leaves frees his place', async () => {
  const busy = async (key: string) => {
    const refused = await deliver('no message', {}, key)
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toMatchObject([
      503,
      '1',
      { code: 'system.busy' },
    ])
  }
  const slow = await Promise.all(Array.from({ length: 8 }, () => beginUpload(1_000)))
  await pause(200)
  await busy(KEY)
  expect((await deliver('no message', {}, `${KEY}_8`)).status).toBe(422)
  slow.push(...(await Promise.all(Array.from({ length: 4 }, () => beginUpload(1_000, `${KEY}_8`)))))
  await pause(200)
  await busy(`${KEY}_8`)
  for (const { socket } of slow) socket.destroy()
  await pause(100)
  expect((await deliver('no message', {}, `${KEY}_8`)).status).toBe(422)
})

test('429 with the time to wait for who sends faster than agreed; others are not held up', async () => {
  const statuses: number[] = []
  let wait = ''
  for (let n = 0; n < 61 && wait === ''; n++) {
    const answer = await deliver('')
    statuses.push(answer.status)
    wait = answer.headers.get('retry-after') ?? ''
  }
  expect(statuses.at(-1)).toBe(429)
  expect(Number(wait)).toBeGreaterThan(0)
  expect((await deliver('no message, of another', {}, `${KEY}_8`)).status).toBe(422)
})

test('closing ends streams and lets nobody wait', async () => {
  const stream = await listenAs(unitA)
  const began = Date.now()
  await site.close()
  await stream.ended
  expect(Date.now() - began).toBeLessThan(2_000)
})
