import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { intakeOn, paxlst, person, pnrgov, pnrSegments } from '#flows/testing/intake.ts'
import { NOW, siteIn } from '#flows/testing/scene.ts'
import { testDatabase } from '#store/testing/database.ts'
import type { Refusal } from './contract.ts'
import { eventStreams } from './event-streams.ts'
import { buildHttp } from './server.ts'

const { db } = await testDatabase()
const noted: unknown[] = []
const deps = await intakeOn(db, { note: (...all) => void noted.push(all) })
const streams = eventStreams(deps)
const http = await buildHttp({ ...deps, http: { secureCookies: true, streams } })
const KEY = 'pck_fictional_key_of_quartz'
const OLD = 'pck_fictional_key_revoked'

beforeAll(async () => {
  await siteIn(db)
  const digest = (key: string) => createHash('sha256').update(key).digest()
  await db
    .insertInto('carrier_key')
    .values([
      { hash: digest(KEY), carrier: 'Q0', label: 'test', created_at: NOW },
      { hash: digest(OLD), carrier: 'Q0', label: 'old', created_at: NOW, revoked_at: NOW },
    ])
    .execute()
})
afterAll(async () => {
  streams.close()
  await http.close()
})

describe('the door', () => {
  const push = pnrgov(pnrSegments({ locator: 'QXAAAA', people: ['OREN+DANIMR'] }))
  const deliver = (body: string | Uint8Array, headers: Record<string, string> = {}, key: string | undefined = KEY) =>
    http.inject({
      method: 'POST',
      url: '/carriers/messages',
      headers: { 'content-type': 'application/edifact', ...(key && { authorization: `Bearer ${key}` }), ...headers },
      payload: Buffer.from(body),
    })
  const kept = async () => (await db.selectFrom('transmission').select('id').execute()).length

  test('nobody without a key in force is let in, and nothing of his is kept', async () => {
    const before = await kept()
    for (const headers of [
      { authorization: '' },
      { authorization: 'Bearer pck_wrong_wrong_wrong' },
      { authorization: `Bearer ${OLD}` },
      { authorization: `Basic ${KEY}` },
    ]) {
      const answer = await deliver(push, headers)
      expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([401, 'Bearer'])
    }
    expect(await kept()).toBe(before)
  })

  test('a message wrapped in JSON is turned away unread; an empty one too', async () => {
    const before = await kept()
    const wrapped = await deliver(JSON.stringify({ message: push }), { 'content-type': 'application/json' })
    expect([wrapped.statusCode, wrapped.json<Refusal>().code]).toEqual([415, 'request.wrapped'])
    expect((await deliver('')).statusCode).toBe(400)
    expect(await kept()).toBe(before)
  })

  test('accepted: 200 with ACKRES, which transmission it is and how it stands', async () => {
    const answer = await deliver(push)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('application/edifact'),
      'x-preclear-transmission': expect.stringMatching(/^202606-/),
      'x-preclear-state': 'accepted',
    })
    expect(answer.body).toContain('ACKRES')
    const again = await deliver(push)
    expect(again.body).toBe(answer.body)
    expect(again.headers['x-preclear-transmission']).not.toBe(answer.headers['x-preclear-transmission'])
  })

  test('a receipt where the message has no answer of its own', async () => {
    const answer = await deliver(paxlst([person('OREN', 'DANI', { document: 'U1234567' })]))
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ state: expect.stringMatching(/^accepted/), travellers: 1, duplicate: false })
    expect(answer.body).not.toMatch(/OREN|U1234567/)
  })

  test('rejected: 422, with what is wrong and where; kept all the same', async () => {
    const before = await kept()
    const answer = await deliver('this is no message')
    expect(answer.statusCode).toBe(422)
    expect(answer.headers['x-preclear-state']).toBe('rejected')
    expect(answer.json()).toMatchObject({ state: 'rejected', cause: expect.any(String) })
    expect(await kept()).toBe(before + 1)
  })

  test('a sender asks again after his own transmission, not after another’s', async () => {
    const sent = await deliver(push)
    const url = `/carriers/messages/${sent.headers['x-preclear-transmission']}`
    const get = (authorization: string) => http.inject({ url, headers: { authorization } })
    expect((await get(`Bearer ${KEY}`)).json()).toMatchObject({ state: 'accepted' })
    expect((await get('Bearer pck_wrong_wrong_wrong')).statusCode).toBe(401)
    await db.updateTable('transmission').set({ carrier: 'Q9' }).execute()
    expect((await get(`Bearer ${KEY}`)).statusCode).toBe(404)
  })

  test('what the program notes names no traveller and no key', () => {
    expect(noted.length).toBeGreaterThan(10)
    expect(JSON.stringify(noted)).not.toMatch(/OREN|DANI|VALEDOVA|U1234567|pck_/)
  })
})
