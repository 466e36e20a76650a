import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { demoEntries } from '#simulator/demo-lists.ts'
import { demoRules } from '#simulator/demo-rules.ts'
import { type Db, openDb } from '#store/db.ts'
import { testDatabase } from '#store/testing/database.ts'
import { archive } from './archive.ts'
import { seedDemo } from './seed-demo.ts'
import { takeIn } from './take-in.ts'
import { burst, intakeOn, paxlst, person, pnrgov, pnrSegments, send, settleLeft } from './testing/intake.ts'
import { NOW } from './testing/scene.ts'

const undisturbed = await testDatabase()
const killed = await testDatabase()
const left = await testDatabase()
const alone = await testDatabase()
const shared = await testDatabase()
const again = await testDatabase()
const content = { carriers: [{ code: 'Q0', name: 'Quartz Air', profile: {} }], ...demoEntries(7), rules: demoRules() }
for (const { db } of [undisturbed, killed, left, alone, shared, again]) await seedDemo(db, content, NOW)
const messages = burst()

/** Sends all of the burst, to each in turn. */
async function sendAll(...dbs: readonly Db[]) {
  const processes = await Promise.all(dbs.map((db) => intakeOn(db)))
  for (const [turn, { carrier, bytes, at }] of messages.entries()) {
    const deps = processes[turn % processes.length]
    if (deps) await takeIn({ carrier, channel: 'https', bytes, receivedAt: at }, deps)
  }
}

/** Everything that messages leave behind, without which transmission it came by and what is made up of that. */
async function effects(db: Db) {
  const rows = async (query: ReturnType<typeof sql>) =>
    (await query.execute(db)).rows.map((row) => JSON.stringify(row)).sort()
  return {
    legs: await rows(
      sql`select id, travellers, with_api, with_pnr, crew, jsonb_array_length(pushes) as pushes from leg`,
    ),
    travellers: await rows(sql`select leg_id, status, surname, given_names, birth_date, locator, version, api_version,
      pnr_version, merged_into is null as counts from traveller`),
    parts: await rows(sql`select leg_id, source, version, sent_at, content from traveller_part`),
    pnrs: await rows(sql`select leg_id, pnr_id, version, sent_at, content from pnr_version`),
    hits: await rows(sql`select leg_id, cause, severity, score, evidence_count, why, now_false_since is null as holds
      from hit`),
    turns: await rows(sql`select leg_id, cause, n, hit_event.kind from hit_event join hit using (month, leg_id)
      where hit.id = hit_event.hit_id`),
  }
}

async function expectSame(one: Db, other: Db) {
  const [found, wanted] = [await effects(one), await effects(other)]
  for (const what of ['legs', 'travellers', 'parts', 'pnrs', 'hits', 'turns'] as const)
    expect({ [what]: found[what] }).toEqual({ [what]: wanted[what] })
}

/** Runs the burst in a process of its own until so many were acknowledged, and a moment more. */
async function runAndKill(acknowledgements: number, moment: number): Promise<readonly string[]> {
  const script = fileURLToPath(new URL('./testing/take-in-until-killed.ts', import.meta.url))
  const child = spawn(process.execPath, [script, killed.url], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const acknowledged: string[] = []
  const lines = createInterface({ input: child.stdout })
  for await (const line of lines) {
    if (line === 'ready') continue
    acknowledged.push(line)
    if (acknowledged.length !== acknowledgements) continue
    await pause(moment)
    child.kill('SIGKILL')
  }
  await ended
  return acknowledged
}

test('killed again and again in the middle of a burst: nothing acknowledged is lost, nothing is applied twice', async () => {
  await sendAll(undisturbed.db)
  const wanted = await effects(undisturbed.db)
  expect(wanted.travellers.length).toBeGreaterThan(100)
  expect(wanted.hits.length).toBeGreaterThan(0)

  const { db } = killed
  const deps = await intakeOn(db)
  const acknowledged: string[] = []
  for (const share of [0.15, 0.4, 0.7]) {
    const most = Math.max(1, Math.round(messages.length * share))
    acknowledged.push(...(await runAndKill(1 + Math.floor(Math.random() * most), Math.random() * 30)))
    await settleLeft(deps)
  }
  const kept = await db.selectFrom('transmission').select(['id', 'state', 'decided_at']).execute()
  const states = new Map(kept.map((row) => [row.id, row.state]))
  for (const id of acknowledged) expect(['accepted', 'accepted-with-findings']).toContain(states.get(id))
  expect(kept.filter((row) => row.state === 'received')).toEqual([])

  await sendAll(db)
  await expectSame(db, undisturbed.db)
}, 60_000)

test('three who take up at once what was archived and left behind do it once', async () => {
  const first = [...Map.groupBy(messages, (message) => message.flight).values()].flatMap((all) => all.slice(0, 1))
  const { db } = left
  const deps = await intakeOn(db)
  for (const { carrier, bytes, at } of first) await archive({ carrier, channel: 'https', bytes, receivedAt: at }, deps)
  expect((await effects(db)).travellers).toEqual([])
  const taken = await Promise.all([settleLeft(deps), settleLeft(deps), settleLeft(await intakeOn(db))])
  expect(taken.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(first.length)

  const wanted = await intakeOn(alone.db)
  for (const { carrier, bytes, at } of first) await takeIn({ carrier, channel: 'https', bytes, receivedAt: at }, wanted)
  await expectSame(db, alone.db)
  expect(await settleLeft(deps)).toBe(0)
})

test('two processes that take in the same flights in turn never go by what they remember of before', async () => {
  const other = openDb(shared.url, { max: 2, name: 'preclear test' })
  await sendAll(shared.db, other)
  await other.destroy()
  await expectSame(shared.db, undisturbed.db)
})

test('what another process stored is known again: the same content, pushed later, is no new version', async () => {
  const other = openDb(again.url, { max: 2, name: 'preclear test' })
  const segments = pnrSegments({
    locator: 'QXAAAA',
    people: ['VALEDOVA+MIRAYMRS'],
    docs: ['SSR+DOCS:HK:1::::::/P/TUR/U1234567/TUR/12APR85/F/01JAN30/VALEDOVA/MIRAY'],
  })
  const list = [person('OREN', 'DANI', { document: 'U7654321' })]
  await send(await intakeOn(again.db), pnrgov(segments, { interchange: 'A', prepared: '260611:0500' }))
  await send(await intakeOn(again.db), paxlst(list, { interchange: 'C', prepared: '260611:0500' }))
  const before = await effects(again.db)
  await send(await intakeOn(other), pnrgov(segments, { interchange: 'B', prepared: '260611:0510' }))
  await send(await intakeOn(other), paxlst(list, { interchange: 'D', prepared: '260611:0510' }))
  await other.destroy()
  const after = await effects(again.db)
  expect([after.parts.length, after.pnrs.length]).toEqual([2, 1])
  expect([after.parts, after.travellers]).toEqual([before.parts, before.travellers])
})
