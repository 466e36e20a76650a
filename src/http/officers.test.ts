import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Officer } from '#domain/officer.ts'
import { intakeOn } from '#flows/testing/intake.ts'
import {
  apiOf,
  flightIn,
  hitIn,
  logEnd,
  logSince,
  PEOPLE,
  type Place,
  siteIn,
  travellerIn,
} from '#flows/testing/scene.ts'
import { testDatabase } from '#store/testing/database.ts'
import type { Manifest, Queue, ReferralRow, Refusal, Taken } from './contract.ts'
import { eventStreams } from './event-streams.ts'
import { sessionCookie } from './plugin.ts'
import { buildHttp } from './server.ts'

const { db } = await testDatabase()
const deps = await intakeOn(db)
const streams = eventStreams(deps)
const http = await buildHttp({ ...deps, http: { secureCookies: false, streams } })
afterAll(() => streams.close())

let leg: Place
let traveller: string
let hit: string

beforeAll(async () => {
  await siteIn(db)
  leg = await flightIn(db)
  traveller = await travellerIn(db, leg, { surname: 'VALEDOVA', api: apiOf('VALEDOVA') })
  hit = await hitIn(db, leg, traveller, 'unit')
  for (const { id, purpose } of Object.values(PEOPLE)) {
    for (const [token, chosen] of [
      [id, purpose ?? null],
      [`${id} aimless`, null],
    ] as const) {
      const now = new Date()
      await db
        .insertInto('session')
        .values({
          token_hash: createHash('sha256').update(token).digest(),
          user_id: id,
          purpose: chosen,
          created_at: now.toISOString(),
          seen_at: now.toISOString(),
          expires_at: new Date(now.getTime() + 600_000).toISOString(),
        })
        .execute()
    }
  }
})

interface Asked {
  readonly body?: object
  readonly token?: string
  readonly method?: 'GET' | 'POST' | 'DELETE'
}

/** As the console asks: with the session's cookie and its own header. */
async function ask<T>(who: Officer, url: string, { body, token = who.id, method = body ? 'POST' : 'GET' }: Asked = {}) {
  const answer = await http.inject({
    method,
    url,
    headers: { 'x-preclear': 'console' },
    cookies: { [sessionCookie(false)]: token },
    ...(body && { payload: body }),
  })
  return { status: answer.statusCode, body: answer.json<T>() }
}

const { unitA, unitB, border } = PEOPLE

test('an officer’s morning: next, dossier, decision, referral; then the outcome', async () => {
  const taken = await ask<Taken>(unitA, '/v1/queue/take-next', { method: 'POST' })
  expect(taken).toMatchObject({ status: 200, body: { leg: leg.id, traveller } })
  expect(await ask<Refusal>(unitB, '/v1/queue/take-next', { method: 'POST' })).toMatchObject({
    status: 404,
    body: { code: 'queue.empty' },
  })
  const subject = `/v1/queue/${leg.id}/${traveller}`
  expect(await ask(unitB, `${subject}/claim`, { method: 'POST' })).toMatchObject({
    status: 409,
    body: { code: 'claim.taken' },
  })
  expect(await ask(unitA, `/v1/flights/${leg.id}/travellers/${traveller}`)).toMatchObject({
    status: 200,
    body: { surname: 'VALEDOVA', review: { mine: true, open: true } },
  })
  const decision = { hits: [hit], outcome: 'confirmed', reason: 'document-same', note: 'same number' }
  expect(await ask(unitA, `${subject}/disposition`, { body: decision })).toMatchObject({
    status: 200,
    body: { open: false },
  })
  const draft = { to: 'border', action: 'interview', reason: 'Passport on our list', hits: [hit] }
  expect(await ask(unitA, `${subject}/referral?preview=true`, { body: draft })).toMatchObject({ status: 200 })
  const sent = await ask<ReferralRow>(unitA, `${subject}/referral`, { body: draft })
  expect(sent).toMatchObject({ status: 200, body: { state: 'sent' } })
  expect(await ask(border, `/v1/referrals/${sent.body.id}`)).toMatchObject({ status: 200, body: { state: 'seen' } })
  const outcome = { key: 'k1', code: 'found', count: 1 }
  expect(await ask(border, `/v1/referrals/${sent.body.id}/outcome`, { body: outcome })).toMatchObject({
    status: 200,
    body: { state: 'done', outcome: { code: 'found', by: 'Officer border-a' } },
  })
  expect(await ask(unitA, '/v1/referrals?state=done')).toMatchObject({
    status: 200,
    body: { rows: [{ state: 'done' }] },
  })
  expect(await ask(unitA, `${subject}/undo`, { method: 'POST' })).toMatchObject({
    status: 409,
    body: { code: 'undo.referred' },
  })
})

test('a route that shows somebody refuses without a purpose, and the refusal is logged once', async () => {
  const before = await logEnd(db)
  for (const url of [
    `/v1/flights/${leg.id}/manifest`,
    `/v1/flights/${leg.id}/travellers/${traveller}`,
    `/v1/flights/${leg.id}/travellers/${traveller}/source/202606-a?start=20&end=30`,
    '/v1/queue?view=mine',
    '/v1/referrals',
    '/v1/referrals/00000000-0000-4000-8000-000000000000',
  ]) {
    expect(await ask(unitA, url, { token: `${unitA.id} aimless` })).toMatchObject({
      status: 403,
      body: { code: 'purpose.missing' },
    })
  }
  expect((await logSince(db, before)).map((row) => row.action)).toEqual(Array(6).fill('refused'))
})

test('every route that shows somebody leaves one line in the log', async () => {
  for (const [url, screen] of [
    [`/v1/flights/${leg.id}/manifest`, 'manifest'],
    [`/v1/flights/${leg.id}/travellers/${traveller}`, 'dossier'],
    ['/v1/queue', 'queue'],
    ['/v1/queue?view=decided', 'queue'],
    ['/v1/referrals?state=open', 'referrals'],
  ] as const) {
    const before = await logEnd(db)
    expect((await ask(unitA, url)).status).toBe(200)
    expect((await logSince(db, before)).map((row) => [row.action, row.screen, row.purpose])).toEqual([
      ['consult', screen, 'serious-crime'],
    ])
  }
})

test('what is not there, not visible or not an id is answered alike', async () => {
  const nobody = '00000000-0000-4000-8000-000000000000'
  const none = await ask<Refusal>(unitA, `/v1/flights/${leg.id}/travellers/${nobody}`)
  const hidden = await ask<Refusal>(border, `/v1/flights/${leg.id}/travellers/${traveller}`)
  expect([none.status, none.body.code]).toEqual([404, 'not.found'])
  expect([hidden.status, hidden.body.code]).toEqual([404, 'not.found'])
  const odd = await ask<Refusal>(unitA, "/v1/flights/'; drop table leg/manifest")
  expect(odd.status).toBe(400)
})

test('the board and its questions', async () => {
  expect(await ask(unitA, '/v1/flights')).toMatchObject({ status: 200, body: { total: 1, flights: [{ id: leg.id }] } })
  expect(await ask(unitA, '/v1/flights?direction=out&text=x')).toMatchObject({ body: { total: 0, flights: [] } })
  expect(await ask(unitA, '/v1/flights?direction=sideways')).toMatchObject({ status: 400 })
  const manifest = await ask<Manifest>(unitA, `/v1/flights/${leg.id}/manifest`)
  expect(manifest.body.travellers).toHaveLength(1)
  const queue = await ask<Queue>(unitA, '/v1/queue?view=decided')
  expect(queue.body.rows).toHaveLength(1)
  expect(await ask(unitA, '/v1/agencies/recipients')).toMatchObject({
    body: { agencies: [{ id: 'border' }, { id: 'customs' }] },
  })
})
