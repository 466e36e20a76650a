import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { WatchlistWhy } from '#domain/hit.ts'
import type { Officer } from '#domain/officer.ts'
import type { Rule } from '#domain/rule.ts'
import { testDatabase } from '#store/testing/database.ts'
import { onServer } from '#store/testing/server.ts'
import { decideOnProposal } from './decide-proposal.ts'
import type { Deps } from './deps.ts'
import { pauseRule } from './pause-rule.ts'
import { type EntryProposal, proposeEntry } from './propose-entry.ts'
import { rescreen } from './rescreen.ts'
import { intakeOn, paxlst, person, send } from './testing/intake.ts'
import { minutesOn, NOW, PEOPLE, siteIn } from './testing/scene.ts'

const { db, url } = await testDatabase()
const { unitA, unitB } = PEOPLE
let deps: Deps

const RULE: Rule = {
  id: 'from-istanbul',
  version: 1,
  owner: 'unit',
  title: { en: 'From Istanbul', az: 'İstanbuldan' },
  when: { op: 'eq', left: { field: 'leg.from' }, right: { value: 'IST' } },
  severity: 'low',
  action: 'observe',
  purpose: 'none',
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2030-01-01T00:00:00.000Z',
}

beforeAll(async () => {
  await siteIn(db)
  await db
    .insertInto('watchlist')
    .values({
      id: 'wanted',
      name: 'Wanted (test)',
      owner: 'unit',
      purpose: 'serious-crime',
      legal_basis: 'none',
      severity: 'high',
      action: 'interview',
      thresholds: JSON.stringify({ document: 0.9, 'full-date': 0.8, 'partial-date': 0.9, 'no-date': 0.95 }),
      changed_at: NOW,
    })
    .execute()
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('rule')
      .values({ id: RULE.id, owner: 'unit', version: 1, state: 'live', changed_at: NOW })
      .execute()
    await tx
      .insertInto('rule_version')
      .values({ rule: RULE.id, version: 1, content: JSON.stringify(RULE), author: 'a', approved_by: 'b', at: NOW })
      .execute()
  })
})

beforeEach(async () => {
  await onServer(url, (client) =>
    client.query(
      'truncate transmission, leg, traveller, traveller_part, document, hit, hit_event, rescreen, entry, entry_version, proposal cascade',
    ),
  )
  await db.updateTable('rule').set({ state: 'live', paused_by: null }).execute()
  deps = await intakeOn(db)
})

const EVIN = { surname: 'DEMIRKOLU', givenNames: 'EVIN', birthDate: '1985-04-12', reason: 'test' } as const

const proposed = async (content: EntryProposal, officer: Officer = unitA) => {
  const result = await proposeEntry('wanted', content, officer, deps)
  return result.ok ? result.value.id : result.problems[0]?.code
}
const decided = async (id: string | undefined, officer: Officer, approved = true) => {
  const result = await decideOnProposal(id ?? '', approved, officer, deps)
  return result.ok ? 'ok' : result.problems[0]?.code
}
const inForce = async (content: EntryProposal) => {
  expect(await decided(await proposed(content), unitB)).toBe('ok')
  expect(await deps.reference.refresh()).toBe(true)
}
const hits = (kind: 'watchlist' | 'rule' = 'watchlist') =>
  db.selectFrom('hit').selectAll().where('kind', '=', kind).orderBy('id').execute()
const flight = (n: number) =>
  paxlst([person('DEMIRKOLU', 'EVIN'), person('OREN', `DANI`)], { number: String(800 + n), interchange: `F${n}` })

test('an entry that a second person approved finds whom we already knew, with its explanation', async () => {
  await send(deps, flight(1))
  expect(await hits()).toEqual([])
  const id = await proposed(EVIN)
  expect(await deps.reference.refresh()).toBe(false) // proposed only
  expect(await decided(id, unitA)).toBe('proposal.own')
  expect(await deps.reference.refresh()).toBe(false)
  expect(await decided(id, unitB)).toBe('ok')
  expect(await decided(id, unitB)).toBe('proposal.decided')
  expect(await deps.reference.refresh()).toBe(true)
  expect(await rescreen(deps, 'test')).toBe(2)

  const [hit, ...others] = await hits()
  expect(others).toEqual([])
  expect(hit).toMatchObject({
    source: 'wanted',
    owner: 'unit',
    severity: 'high',
    action: 'interview',
    title_en: 'Wanted (test)',
  })
  const why = hit?.why as WatchlistWhy
  expect(why.lines.map((line) => [line.feature, line.how])).toEqual([
    ['name', 'same'],
    ['birth-date', 'same'],
  ])
  expect(why).toMatchObject({ evidence: 'full-date', threshold: 0.8, listVersion: expect.any(Number) })
  const turns = await db
    .selectFrom('hit_event')
    .select(['kind', 'transmission'])
    .where('hit_id', '=', hit?.id ?? '')
    .execute()
  expect(turns).toEqual([{ kind: 'raised', transmission: null }])
  expect(await rescreen(deps, 'test')).toBe(0) // nobody is left
})

test('a rejected proposal puts nothing in force', async () => {
  expect(await decided(await proposed(EVIN), unitB, false)).toBe('ok')
  expect(await deps.reference.refresh()).toBe(false)
  expect(await db.selectFrom('entry').select('id').execute()).toEqual([])
})

test('an entry corrected, corrected back and removed: one hit, no longer true, true again, no longer true', async () => {
  await send(deps, flight(1))
  await inForce(EVIN)
  await rescreen(deps, 'test')
  const { id: entry } = await db.selectFrom('entry').select('id').executeTakeFirstOrThrow()
  const steps = [
    [{ ...EVIN, entry, birthDate: '1951-10-30' }, NOW],
    [{ ...EVIN, entry }, null],
    [{ entry, remove: true, reason: 'found' }, NOW],
  ] as const
  for (const [change, since] of steps) {
    await inForce(change)
    await rescreen(deps, 'test')
    expect((await hits()).map((hit) => hit.now_false_since)).toEqual([since])
  }
  const turns = await db.selectFrom('hit_event').select('kind').where('kind', '<>', 'raised').orderBy('n').execute()
  expect(turns.map((turn) => turn.kind)).toEqual(['now-false', 'true-again', 'now-false'])
  const versions = await db
    .selectFrom('entry_version')
    .select(['version', 'proposed_by', 'approved_by'])
    .orderBy('version')
    .execute()
  expect(versions).toEqual([1, 2, 3, 4].map((version) => ({ version, proposed_by: unitA.id, approved_by: unitB.id })))
})

test('pausing a rule turns its hits now-false and erases none; another person than who paused it resumes it', async () => {
  await send(deps, flight(1))
  const before = await hits('rule')
  expect(before).toHaveLength(2)
  expect(await pauseRule(RULE.id, 'paused', unitA, deps)).toMatchObject({ ok: true })
  await deps.reference.refresh()
  await rescreen(deps, 'test')
  const paused = await hits('rule')
  expect(paused.map((hit) => [hit.id, hit.now_false_since])).toEqual(before.map((hit) => [hit.id, NOW]))
  expect(paused.map((hit) => hit.why)).toEqual(before.map((hit) => hit.why))

  expect(await pauseRule(RULE.id, 'live', unitA, deps)).toMatchObject({ problems: [{ code: 'rule.own-pause' }] })
  expect(await pauseRule(RULE.id, 'live', unitB, deps)).toMatchObject({ ok: true })
  await deps.reference.refresh()
  await rescreen(deps, 'test')
  expect((await hits('rule')).map((hit) => [hit.id, hit.now_false_since])).toEqual(before.map((hit) => [hit.id, null]))
})

test('stopped in the middle, the next one goes on where it was and finishes the same job', async () => {
  for (let n = 1; n <= 6; n++) await send(deps, flight(n))
  await inForce(EVIN)
  const stop = new AbortController()
  let legs = 0
  const reference = { ...deps.reference, current: () => deps.reference.current() }
  const stopping: Deps = {
    ...deps,
    reference,
    // The clock is asked once for each leg that is screened: stop at the third.
    clock: () => {
      legs += 1
      if (legs > 6) stop.abort()
      return NOW
    },
  }
  const done = await rescreen(stopping, 'test', stop.signal)
  expect(done).toBeGreaterThan(0)
  expect(done).toBeLessThan(12)
  expect(await db.selectFrom('rescreen').selectAll().execute()).toMatchObject([{ finished_at: null, done, total: 12 }])
  expect((await hits()).length).toBe((done ?? 0) / 2)

  expect(await rescreen(deps, 'test')).toBe(12)
  expect(await db.selectFrom('rescreen').selectAll().execute()).toMatchObject([
    { finished_at: NOW, done: 12, total: 12, hits_raised: 6 },
  ])
  expect(await hits()).toHaveLength(6)
  const turns = await db.selectFrom('hit_event').select('kind').where('kind', '<>', 'raised').execute()
  expect(turns).toEqual([])
})

test('two at once: one does it, the other leaves it', async () => {
  for (let n = 1; n <= 3; n++) await send(deps, flight(n))
  await inForce(EVIN)
  const both = await Promise.all([rescreen(deps, 'one'), rescreen(deps, 'other')])
  expect(both.filter((done) => done === 6).length).toBeGreaterThan(0)
  expect(await hits()).toHaveLength(3)
  expect(await db.selectFrom('hit_event').select('kind').where('kind', '=', 'raised').execute()).toHaveLength(3 + 6)
})

test('a flight that is over long ago is left alone', async () => {
  await send(deps, flight(1))
  await inForce(EVIN)
  expect(await rescreen({ ...deps, clock: () => minutesOn(24 * 60) }, 'test')).toBe(0)
  expect(await hits()).toEqual([])
})

test('a message taken in under new lists needs no re-screen', async () => {
  await inForce(EVIN)
  await send(deps, flight(1))
  expect(await hits()).toHaveLength(1)
  expect(await rescreen(deps, 'test')).toBe(0)
})

test('what a proposal lacks is told', async () => {
  expect(await proposed({ surname: 'DEMIRKOLU', reason: 'x' })).toBe('entry.name-alone')
  expect(await proposed({ reason: 'x' })).toBe('entry.nothing')
  expect(await proposed({ remove: true, reason: 'x' })).toBe('entry.missing')
  expect(await proposed({ ...EVIN, birthDate: '1985-13-40' })).toBe('entry.birth-date')
  const { purpose: _none, ...aimless } = unitA
  expect(await proposed(EVIN, aimless)).toBe('purpose.missing')
  expect(await decided('00000000-0000-4000-8000-000000000000', unitB)).toBe('not.found')
})

test('another agency neither proposes for a list nor decides on it', async () => {
  expect(await proposed(EVIN, PEOPLE.customs)).toBe('not.found')
  expect(await decided(await proposed(EVIN), PEOPLE.customs)).toBe('not.found')
})

test('author and approver are two people by direct SQL too', async () => {
  const id = await proposed(EVIN)
  await expect(
    sql`update proposal set decided_by = by_user, decided_at = now(), approved = true where id = ${id}`.execute(db),
  ).rejects.toThrow(/check/)
  await expect(
    sql`insert into entry_version (list, id, version, content, proposed_by, approved_by, at)
      values ('wanted', 'x', 1, '{}', 'one', 'one', now())`.execute(db),
  ).rejects.toThrow(/check/)
  await expect(
    sql`insert into rule_version (rule, version, content, author, approved_by, at)
      values (${RULE.id}, 2, '{}', 'one', 'one', now())`.execute(db),
  ).rejects.toThrow(/check/)
})
