import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import type { decode } from '#codecs/decode.ts'
import { newId } from '#lib/ids.ts'
import { epochMs, instant } from '#lib/time.ts'
import { jobChanges } from '#store/jobs.ts'
import type { RedecodeQuestion } from '#store/tables.ts'
import { testDatabase } from '#store/testing/database.ts'
import { onServer } from '#store/testing/server.ts'
import { byOperator, changeJob, runJobs, startRedecode } from './jobs.ts'
import { takeIn } from './take-in.ts'
import { betterReader } from './testing/better-reader.ts'
import { burst, intakeOn, paxlst, person, pnrgov, pnrSegments, send } from './testing/intake.ts'
import { NOW, siteIn } from './testing/scene.ts'

const { db, url } = await testDatabase()
await siteIn(db)
let ticks = 0
const deps = await intakeOn(db, { clock: () => instant(epochMs(NOW) + ticks++) })
const BY = byOperator({ account: 'keeper', at: NOW })
const SIGNAL = new AbortController().signal

beforeEach(() =>
  onServer(url, (client) =>
    client.query(
      'truncate job, work, transmission, leg, traveller, traveller_part, search_key, pnr, pnr_version, push_part, hit cascade',
    ),
  ),
)

async function job(question: Partial<RedecodeQuestion>, read?: typeof decode) {
  const { id } = await startRedecode(db, { apply: false, ...question }, BY)
  await runJobs(deps, newId(), SIGNAL, { once: true, ...(read && { read }) })
  return db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

const stored = async () => ({
  travellers: await db
    .selectFrom('traveller')
    .select(['id', 'surname', 'given_names', 'status', 'version', 'merged_into'])
    .orderBy('id')
    .execute(),
  parts: await db
    .selectFrom('traveller_part')
    .select(['traveller_id', 'source', 'version', 'transmission', 'sent_at', 'redecoded_by'])
    .orderBy('traveller_id')
    .orderBy('source')
    .orderBy('version')
    .execute(),
  pnrs: await db
    .selectFrom('pnr_version')
    .select(['pnr_id', 'version', 'transmission', 'sent_at', 'redecoded_by'])
    .orderBy('pnr_id')
    .orderBy('version')
    .execute(),
  inForce: await db
    .selectFrom('pnr')
    .select(['id', 'version', 'state', 'sent_at', 'sent_reference'])
    .orderBy('id')
    .execute(),
  legs: await db
    .selectFrom('leg')
    .select(['id', 'revision', 'travellers', 'with_api', 'with_pnr', 'pushes'])
    .orderBy('id')
    .execute(),
  replies: await db
    .selectFrom('transmission')
    .select(['id', 'state', 'reply', 'decided_at', 'travellers'])
    .orderBy('id')
    .execute(),
})

async function sendBurst() {
  for (const { carrier, bytes, at } of burst()) await takeIn({ carrier, channel: 'https', bytes, receivedAt: at }, deps)
}

test('with the codec of then nothing is changed, of whatever came, dirty or not', async () => {
  await sendBurst()
  const before = await stored()
  const done = await job({ apply: true })
  expect(done).toMatchObject({ state: 'done', changed: 0, unreadable: 0 })
  expect(done.done).toBe(done.total)
  expect(done.done).toBeGreaterThan(20)
  expect(done.findings_after).toBe(done.findings_before)
  expect(await stored()).toEqual(before)
}, 60_000)

const LIST = (interchange: string, prepared: string, surname: string) =>
  paxlst(
    [
      person(surname, 'MIRAY', { document: 'U1234567' }),
      person('OREN', 'DANI', { document: 'U7654321', born: '700101' }),
    ],
    {
      interchange,
      prepared,
    },
  )
const PUSH = (interchange: string, prepared: string, name: string) =>
  pnrgov(pnrSegments({ locator: 'QXAAAA', people: [name] }), { interchange, prepared })

test('a dry run says what would change, and changes nothing', async () => {
  await send(deps, LIST('L1', '260611:0500', 'VALEDOVA'))
  const before = await stored()
  const done = await job({}, betterReader)
  expect(done).toMatchObject({ state: 'done', done: 1, total: 1, changed: 1 })
  expect(await jobChanges(db, done.id, 10)).toMatchObject([{ travellers: 1, pnrs: 0 }])
  expect(await stored()).toEqual(before)
})

test('applied: a new version of the same push beside the old one, for the same people, once; no new answer', async () => {
  await send(deps, LIST('L1', '260611:0500', 'VALEDOVA'))
  await send(deps, PUSH('P1', '260611:0500', 'VALEDOVA+MIRAYMRS'))
  const before = await stored()
  const done = await job({ apply: true }, betterReader)
  expect(done).toMatchObject({ state: 'done', changed: 2 })
  const after = await stored()
  expect(after.travellers.map((row) => row.id)).toEqual(before.travellers.map((row) => row.id))
  expect(after.travellers.map((row) => row.surname).toSorted()).toEqual(['BETTER VALEDOVA', 'BETTER VALEDOVA', 'OREN'])
  const again = after.parts.filter((row) => row.redecoded_by === done.id)
  expect(again.map((row) => `${row.source} ${row.version}`).toSorted()).toEqual(['api 2', 'pnr 2'])
  expect(after.parts.length).toBe(before.parts.length + 2)
  expect(after.pnrs.map((row) => [row.version, row.redecoded_by])).toEqual([
    [1, null],
    [2, done.id],
  ])
  expect(after.inForce).toMatchObject([{ version: 2, state: 'active', sent_at: before.inForce[0]?.sent_at }])
  expect(after.replies).toEqual(before.replies)
  expect(after.legs.map((row) => row.pushes)).toEqual(before.legs.map((row) => row.pushes))

  expect(await job({ apply: true }, betterReader)).toMatchObject({ state: 'done', changed: 0 })
  expect(await stored()).toEqual(after)
})

test('what was sent later stays in force, though it came first; what confirmed an older one is read anew too', async () => {
  await send(deps, PUSH('P3', '260611:0530', 'VALEDOVA+MIRAYMISS'))
  await send(deps, PUSH('P1', '260611:0500', 'VALEDOVA+MIRAYMRS'))
  await send(deps, LIST('L2', '260611:0530', 'OTHEROVA'))
  await send(deps, LIST('L1', '260611:0500', 'OTHEROVA'))
  await job({ apply: true }, betterReader)
  const [booking] = await db.selectFrom('pnr').selectAll().execute()
  const { rows } = await sql<{ transmission: string; name: string }>`select transmission,
    content->'travellers'->0->>'givenNames' as name from pnr_version where version = ${booking?.version}`.execute(db)
  expect(rows).toMatchObject([{ name: 'MIRAYMISS' }])
  expect((await stored()).travellers.map((row) => row.surname)).toContain('BETTER VALEDOVA')
  const after = await stored()
  expect(await job({ apply: true }, betterReader)).toMatchObject({ changed: 0 })
  expect(await stored()).toEqual(after)
})

test('only what was asked for: carrier, type, time', async () => {
  await send(deps, LIST('L1', '260611:0500', 'VALEDOVA'))
  await send(deps, PUSH('P1', '260611:0500', 'VALEDOVA+MIRAYMRS'))
  await send(deps, LIST('L1', '260611:0500', 'VALEDOVA'), 'Q1')
  expect(await job({ carrier: 'Q1' })).toMatchObject({ total: 1, done: 1 })
  expect(await job({ type: 'PAXLST' })).toMatchObject({ total: 2, done: 2 })
  expect(await job({ until: '2026-01-01T00:00:00Z' })).toMatchObject({ total: 0, done: 0, state: 'done' })
  expect(await job({ since: '2026-06-01T00:00:00Z' })).toMatchObject({ total: 3, done: 3 })
})

test('paused it stays, resumed it goes on where it was, cancelled it does not; two never have the same', async () => {
  for (let at = 0; at < 20; at++)
    await send(deps, PUSH(`P${at}`, `260611:05${10 + at}`, `VALEDOVA+MIRAY${'ABCDEFGHIJKLMNOPQRST'[at]}`))
  const { id } = await startRedecode(db, { apply: true }, BY)
  expect(await changeJob(db, id, 'pause', BY)).toMatchObject({ ok: true })
  await runJobs(deps, newId(), SIGNAL, { once: true })
  const row = () => db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect(await row()).toMatchObject({ state: 'paused', done: 0, total: 20 })
  expect(await changeJob(db, id, 'pause', BY)).toMatchObject({ ok: false })
  await changeJob(db, id, 'resume', BY)
  await Promise.all([1, 2, 3].map(() => runJobs(deps, newId(), SIGNAL, { once: true })))
  expect(await row()).toMatchObject({ state: 'done', done: 20, changed: 0 })
  expect(await changeJob(db, id, 'cancel', BY)).toMatchObject({ ok: false })
})

test('killed in the middle, again and again, it ends as if nothing had been', async () => {
  await sendBurst()
  const { id } = await startRedecode(db, { apply: true }, BY)
  const script = fileURLToPath(new URL('./testing/redecode-until-killed.ts', import.meta.url))
  for (let time = 0; time < 3; time++) {
    const child = spawn(process.execPath, [script, url], { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(child, 'exit')
    for await (const _ of createInterface({ input: child.stdout })) {
      await pause(40 + Math.random() * 120)
      child.kill('SIGKILL')
      break
    }
    await ended
    await sql`update job set seen_at = null where state = 'running'`.execute(db)
  }
  await runJobs(deps, newId(), SIGNAL, { once: true, read: betterReader })
  const done = await db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect(done).toMatchObject({ state: 'done', done: done.total })
  expect(done.changed).toBeGreaterThan(0)
  const after = await stored()
  expect(await job({ apply: true }, betterReader)).toMatchObject({ changed: 0 })
  expect(await stored()).toEqual(after)
}, 60_000)
