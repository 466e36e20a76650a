import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Officer } from '#domain/officer.ts'
import type { Entry } from '#domain/watchlist.ts'
import { bytesOf, intakeOn, send } from '#flows/testing/intake.ts'
import { logEnd, logSince, NOW } from '#flows/testing/scene.ts'
import { asOfficer, type Db } from '#store/db.ts'
import { verifyLog } from '#store/log.ts'
import { testDatabase } from '#store/testing/database.ts'
import type { LogPage, MessageDetail, Messages, RuleRow, WatchlistDetail, WatchlistView } from './contract.ts'
import { httpSite, STAFF } from './testing/site.ts'

const { db } = await testDatabase()
const site = await httpSite(db)
afterAll(site.close)
const { lists, lists2, borderLists, dpo, borderDpo, targeting, targeting2, liaison, unitA } = STAFF

const ask = async <T>(who: Officer, url: string, body?: object, method?: 'POST') => {
  const answer = await site.ask(who, url, { ...(body && { body }), ...(method && { method }) })
  return { status: answer.status, body: answer.body as T }
}

beforeAll(async () => {
  for (const owner of ['unit', 'border']) {
    await listIn(db, owner)
    await ruleIn(db, owner)
  }
})

let before = 0
beforeEach(async () => {
  before = await logEnd(db)
})
const logged = async () => (await logSince(db, before)).map((row) => [row.actor, row.action, row.detail.code])

const NEW = { surname: 'ZARIFOV', birthDate: '1979-03-04', reason: 'Fictional request 12' }

const propose = async (who: Officer, content: object = NEW, list = 'unit-list') =>
  (await ask<{ id: string }>(who, `/v1/watchlists/${list}/entries`, content)).body.id

const epoch = async (kind: 'watchlist' | 'rule') =>
  (await db.selectFrom('epoch').select('value').where('kind', '=', kind).executeTakeFirst())?.value

test('an agency sees its own lists, and another’s as if there were none', async () => {
  const all = await ask<WatchlistView[]>(lists, '/v1/watchlists')
  expect(all.body.map((list) => [list.id, list.entries])).toEqual([['unit-list', 1]])
  expect((await ask<WatchlistDetail>(lists, '/v1/watchlists/unit-list')).body.items.map((one) => one.id)).toEqual([
    'unit-1',
  ])
  expect(await ask(lists, '/v1/watchlists/border-list')).toMatchObject({ status: 404, body: { code: 'not.found' } })
  expect(await ask(lists, '/v1/watchlists/none')).toMatchObject({ status: 404, body: { code: 'not.found' } })
  expect(await ask(lists, '/v1/watchlists/border-list/entries', NEW)).toMatchObject({ status: 404 })
  expect(await logged()).toEqual([
    [lists.id, 'consult', undefined],
    [lists.id, 'refused', 'not.found'],
    [lists.id, 'refused', 'not.found'],
    [lists.id, 'refused', 'not.found'],
  ])
})

test('a search is logged with whom it showed, and never with what was looked for', async () => {
  const found = await ask<WatchlistDetail>(lists, '/v1/watchlists/unit-list/entries?text=known')
  expect(found.body.items).toHaveLength(1)
  expect((await ask<WatchlistDetail>(lists, '/v1/watchlists/unit-list/entries?text=absentova')).body.items).toEqual([])
  const rows = await logSince(db, before)
  expect(rows.map((row) => [row.action, row.subjects])).toEqual([
    ['search', ['unit-list', 'unit-1']],
    ['search', ['unit-list']],
  ])
  expect(JSON.stringify(rows).toLowerCase()).not.toContain('absentova')
})

test('two people put an entry in force: the proposal shows, its author cannot approve it, another can, once', async () => {
  const epochBefore = await epoch('watchlist')
  const id = await propose(lists)
  const shown = await ask<WatchlistDetail>(lists2, '/v1/watchlists/unit-list')
  expect(shown.body.proposals).toMatchObject([{ id, by: lists.name, mine: false, content: NEW }])

  expect(await ask(lists, `/v1/proposals/${id}/approve`, undefined, 'POST')).toMatchObject({
    status: 409,
    body: { code: 'proposal.own' },
  })
  expect(await epoch('watchlist')).toBe(epochBefore)
  expect(await ask(borderLists, `/v1/proposals/${id}/approve`, undefined, 'POST')).toMatchObject({ status: 404 })
  expect(await ask(lists2, `/v1/proposals/${id}/approve`, undefined, 'POST')).toMatchObject({ status: 200 })
  expect(await epoch('watchlist')).toBe((epochBefore ?? 0) + 1)
  expect(await ask(lists2, `/v1/proposals/${id}/approve`, undefined, 'POST')).toMatchObject({
    status: 409,
    body: { code: 'proposal.decided' },
  })
  const after = (await ask<WatchlistDetail>(lists, '/v1/watchlists/unit-list?text=zarifov')).body
  expect(after).toMatchObject({ version: 2, proposals: [], items: [{ names: ['ZARIFOV'], version: 1 }] })
  const kept = await db
    .selectFrom('entry_version')
    .selectAll()
    .where('id', '=', after.items[0]?.id ?? '')
    .execute()
  expect(kept).toMatchObject([{ proposed_by: lists.id, approved_by: lists2.id }])
  expect(await logged()).toEqual([
    [lists.id, 'propose-entry', undefined],
    [lists2.id, 'consult', undefined],
    [lists.id, 'refused', 'proposal.own'],
    [borderLists.id, 'refused', 'not.found'],
    [lists2.id, 'approve-entry', undefined],
    [lists2.id, 'refused', 'proposal.decided'],
    [lists.id, 'search', undefined],
  ])
})

test('two approvers at once: one of them counts', async () => {
  const id = await propose(lists)
  const supervisor = { ...unitA, roles: ['supervisor'] as const }
  await db
    .updateTable('app_user')
    .set({ roles: [...supervisor.roles] })
    .where('id', '=', unitA.id)
    .execute()
  const answers = await Promise.all(
    [lists2, supervisor].map((who) => ask(who, `/v1/proposals/${id}/approve`, undefined, 'POST')),
  )
  await db
    .updateTable('app_user')
    .set({ roles: ['analyst'] })
    .where('id', '=', unitA.id)
    .execute()
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
})

test('who proposed may withdraw; what is rejected changes nothing', async () => {
  const epochBefore = await epoch('watchlist')
  const id = await propose(lists)
  expect(await ask(lists, `/v1/proposals/${id}/reject`, undefined, 'POST')).toMatchObject({ status: 200 })
  expect(await ask(lists2, `/v1/proposals/${id}/approve`, undefined, 'POST')).toMatchObject({ status: 409 })
  expect(await epoch('watchlist')).toBe(epochBefore)
})

test('a change or removal keeps every version; one that was overtaken is not approved', async () => {
  await entryIn(db, 'unit-list', 'unit-7')
  const change = await propose(lists, { ...NEW, entry: 'unit-7', surname: 'ZARIFLI' })
  const later = await propose(lists, { ...NEW, entry: 'unit-7', surname: 'ZARIFZADE' })
  const removal = await propose(lists, { entry: 'unit-7', remove: true, reason: 'No longer wanted' })
  const approve = (id: string) => ask(lists2, `/v1/proposals/${id}/approve`, undefined, 'POST')
  expect(await approve(change)).toMatchObject({ status: 200 })
  await db
    .updateTable('proposal')
    .set({ at: '2026-06-11T05:00:00.000Z' }) // proposed an hour before the change came into force
    .where('id', '=', later)
    .execute()
  expect(await approve(later)).toMatchObject({ status: 409, body: { code: 'proposal.overtaken' } })
  expect(await approve(removal)).toMatchObject({ status: 200 })
  const versions = await db
    .selectFrom('entry_version')
    .select(['version', 'content'])
    .where('id', '=', 'unit-7')
    .orderBy('version')
    .execute()
  expect(versions.map((row) => [row.version, row.content === null])).toEqual([
    [1, false],
    [2, false],
    [3, true],
  ])
  expect((await ask<WatchlistDetail>(lists, '/v1/watchlists/unit-list?text=zarifli')).body.items).toEqual([])
  expect(await ask(lists, '/v1/watchlists/unit-list/entries', { ...NEW, entry: 'unit-7' })).toMatchObject({
    status: 404,
  })
})

test.each([
  [{ surname: 'ZARIFOV', reason: 'Fictional' }, 'entry.name-alone'],
  [{ givenNames: 'ANAR', reason: 'Fictional' }, 'entry.nothing'],
  [{ ...NEW, birthDate: '1990-02-31' }, 'entry.birth-date'],
  [{ remove: true, reason: 'Fictional' }, 'entry.missing'],
])('a proposal that is no use is refused: %o', async (content, code) => {
  expect(await ask(lists, '/v1/watchlists/unit-list/entries', content)).toMatchObject({ status: 422, body: { code } })
})

test('a proposal with fields of its own making is refused', async () => {
  const odd = await ask(lists, '/v1/watchlists/unit-list/entries', { ...NEW, religion: 'x' })
  expect(odd).toMatchObject({ status: 400, body: { code: 'request.malformed' } })
})

test('by direct SQL, too, nobody approves what he proposed, and nothing is in force that two people do not stand for', async () => {
  const id = await propose(lists)
  const approving = (by: string | null) =>
    db.updateTable('proposal').set({ approved: true, decided_by: by, decided_at: NOW }).where('id', '=', id).execute()
  await expect(approving(lists.id)).rejects.toThrow(/proposal_check/)
  await expect(approving(null)).rejects.toThrow(/proposal_decided/)
  await expect(
    sql`insert into entry_version values ('unit-list', 'unit-9', 1, '{}', 'one', 'one', now())`.execute(db),
  ).rejects.toThrow(/entry_version_check/)
  await expect(
    sql`insert into entry (list, id, version, content, epoch) values ('unit-list', 'unit-9', 1, '{}', 9)`.execute(db),
  ).rejects.toThrow(/entry_approved/)
  await expect(sql`update entry set version = 2 where id = 'unit-1'`.execute(db)).rejects.toThrow(/entry_approved/)
  await expect(sql`update entry_version set approved_by = 'other'`.execute(db)).rejects.toThrow(/permission denied/)
  await expect(
    sql`insert into rule (id, owner, version, state, changed_at) values ('r9', 'unit', 1, 'live', now())`.execute(db),
  ).rejects.toThrow(/rule_approved/)
  await expect(
    sql`insert into rule_version values ('unit-rule', 2, '{}', 'one', 'one', now())`.execute(db),
  ).rejects.toThrow(/rule_version_check/)
})

test('by direct SQL an officer sees lists, entries, proposals and rules of his agency only, personal ones with a purpose', async () => {
  await propose(borderLists, NEW, 'border-list')
  const owners = (who: Officer, table: string, column: string) =>
    asOfficer(db, { user: who.id, agency: who.agency, ...(who.purpose && { purpose: who.purpose }) }, async (tx) => {
      const { rows } = await sql<{
        one: string
      }>`select distinct ${sql.ref(column)} as one from ${sql.table(table)}`.execute(tx)
      return rows.map((row) => row.one)
    })
  const { purpose: _none, ...aimless } = borderLists
  for (const [table, column, own] of [
    ['watchlist', 'id', 'border-list'],
    ['entry', 'list', 'border-list'],
    ['proposal', 'list', 'border-list'],
    ['rule', 'id', 'border-rule'],
    ['rule_version', 'rule', 'border-rule'],
  ] as const) {
    expect([table, await owners(borderLists, table, column)]).toEqual([table, [own]])
    if (table === 'entry' || table === 'proposal')
      expect([table, await owners(aimless, table, column)]).toEqual([table, []])
  }
  for (const table of ['entry_version', 'log', 'session', 'app_user', 'carrier_key', 'data_key'])
    await expect(
      asOfficer(db, { user: 'x', agency: 'border', purpose: 'x' }, (tx) =>
        sql`select from ${sql.table(table)}`.execute(tx),
      ),
    ).rejects.toThrow(/permission denied/)
  await expect(
    asOfficer(db, { user: 'x', agency: 'border', purpose: 'x' }, (tx) =>
      sql`update entry set content = '{}'`.execute(tx),
    ),
  ).rejects.toThrow(/permission denied/)
})

test('anybody who may stops a rule at once; another than who stopped it sets it going', async () => {
  const epochBefore = await epoch('rule')
  const turn = (who: Officer, verb: string, rule = 'unit-rule') =>
    ask(who, `/v1/rules/${rule}/${verb}`, undefined, 'POST')
  expect(await turn(targeting, 'pause')).toMatchObject({ status: 200, body: { state: 'paused' } })
  expect(await turn(targeting2, 'pause')).toMatchObject({ status: 409, body: { code: 'rule.already' } })
  expect((await ask<RuleRow[]>(targeting, '/v1/rules')).body).toMatchObject([
    { id: 'unit-rule', state: 'paused', pausedBy: targeting.name, sentence: { en: expect.stringMatching(/\w/) } },
  ])
  expect(await turn(targeting, 'resume')).toMatchObject({ status: 409, body: { code: 'rule.own-pause' } })
  expect(await turn(targeting2, 'resume')).toMatchObject({ status: 200, body: { state: 'live' } })
  expect(await turn(targeting, 'pause', 'border-rule')).toMatchObject({ status: 404 })
  expect(await epoch('rule')).toBe((epochBefore ?? 0) + 2)
  expect(await logged()).toEqual([
    [targeting.id, 'pause-rule', undefined],
    [targeting2.id, 'refused', 'rule.already'],
    [targeting.id, 'refused', 'rule.own-pause'],
    [targeting2.id, 'resume-rule', undefined],
    [targeting.id, 'refused', 'not.found'],
  ])
})

test('the log shows the unit’s officer everything, another agency’s its own, and that the chain holds', async () => {
  await ask(borderLists, '/v1/watchlists/border-list')
  const whole = (await ask<LogPage>(dpo, '/v1/log')).body
  expect(new Set(whole.rows.map((row) => row.agency))).toEqual(new Set(['unit', 'border']))
  expect(whole.verified).toMatchObject({ ok: true, head: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(whole.rows.find((row) => row.action === 'consult')?.actor).toMatch(/^Officer /)
  const own = (await ask<LogPage>(borderDpo, '/v1/log')).body
  expect(new Set(own.rows.map((row) => row.agency))).toEqual(new Set(['border']))
  const about = (await ask<LogPage>(dpo, '/v1/log?person=unit-1&action=search')).body
  expect(about.rows.map((row) => [row.action, row.actor])).toEqual([['search', lists.name]])
  expect((await logged()).filter(([, action]) => action === 'consult-log')).toHaveLength(3)
  expect(await verifyLog(db)).toMatchObject({ ok: true })
})

test('messages show how each ended, and nobody’s data, the answer to the carrier included', async () => {
  const deps = await intakeOn(db)
  await send(deps, bytesOf('this is no message'))
  await db
    .updateTable('transmission')
    .set({
      reply: Buffer.from("ERP+2'RFF+AVF:QX4TRZ'RFF+ABO:AB?'C1:2'RFF+TN:0004711'ERC+0Z'"),
      reply_type: 'application/edifact',
    })
    .execute()
  const page = (await ask<Messages>(liaison, '/v1/messages?state=rejected')).body
  expect(page).toMatchObject({ rows: [{ carrier: 'Q0', state: 'rejected' }], counts: [{ carrier: 'Q0', count: 1 }] })
  const one = (await ask<MessageDetail>(liaison, `/v1/messages/${page.rows[0]?.id}`)).body
  expect(one.reply).toBe("ERP+2'RFF+AVF:…'RFF+ABO:…:2'RFF+TN:0004711'ERC+0Z'")
  expect(one.findingList.length).toBeGreaterThan(0)
  expect((await ask<Messages>(liaison, '/v1/messages?state=accepted')).body.rows).toEqual([])
})

async function listIn(to: Db, owner: string): Promise<void> {
  await to
    .insertInto('watchlist')
    .values({
      id: `${owner}-list`,
      name: `Fictional list of ${owner}`,
      owner,
      purpose: 'serious-crime',
      legal_basis: 'Fictional Act',
      severity: 'high',
      action: 'interview',
      thresholds: JSON.stringify({}),
      changed_at: NOW,
    })
    .execute()
  await entryIn(to, `${owner}-list`, `${owner}-1`)
}

async function entryIn(to: Db, list: string, id: string): Promise<void> {
  const entry: Entry = {
    id,
    list,
    version: 1,
    names: [{ surname: 'KNOWNOVA', givenNames: 'SEDA' }],
    birthDates: [],
    nationalities: [],
    documents: [{ number: 'F1234567' }],
  }
  const content = JSON.stringify(entry)
  await to.transaction().execute(async (tx) => {
    await tx.insertInto('entry').values({ list, id, version: 1, content, epoch: 1 }).execute()
    await tx
      .insertInto('entry_version')
      .values({
        list,
        id,
        version: 1,
        content,
        proposed_by: 'one',
        approved_by: 'other',
        at: '2026-06-01T00:00:00.000Z',
      })
      .execute()
  })
}

async function ruleIn(to: Db, owner: string): Promise<void> {
  const id = `${owner}-rule`
  const rule = {
    id,
    owner,
    version: 1,
    title: { en: 'Fictional rule', az: 'Uydurma qayda' },
    purpose: 'serious-crime',
    severity: 'low',
    action: 'observe',
    when: { op: 'isMissing', field: 'traveller.seat' },
    validFrom: '2026-01-01T00:00:00.000Z',
    validTo: '2027-01-01T00:00:00.000Z',
  }
  await to.transaction().execute(async (tx) => {
    await tx.insertInto('rule').values({ id, owner, version: 1, state: 'live', changed_at: NOW }).execute()
    await tx
      .insertInto('rule_version')
      .values({ rule: id, version: 1, content: JSON.stringify(rule), author: 'one', approved_by: 'other', at: NOW })
      .execute()
  })
}
