import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { epochMs, instant } from '#lib/time.ts'
import { testDatabase } from '#store/testing/database.ts'
import { onServer } from '#store/testing/server.ts'
import { replayAsOfficer, replayAsOperator, showParked } from './replay.ts'
import { intakeOn, pnrgov, pnrSegments, send, settleLeft } from './testing/intake.ts'
import { logEnd, logSince, NOW, PEOPLE, siteIn } from './testing/scene.ts'

const { db, url } = await testDatabase()
await siteIn(db)
let ticks = 0
/** Each moment another, so that ids stand in the order of arrival. */
const deps = await intakeOn(db, { clock: () => instant(epochMs(NOW) + ticks++) })
const OPERATOR = { account: 'keeper', at: NOW }

beforeEach(() =>
  onServer(url, (client) =>
    client.query('truncate work, transmission, leg, traveller, traveller_part, pnr, pnr_version cascade'),
  ),
)

/** A bug of ours: nothing with such a locator can be stored. */
const poison = (how: string) =>
  onServer(url, (client) => client.query(`alter table pnr add constraint bug check (${how})`))
const mend = () => onServer(url, (client) => client.query('alter table pnr drop constraint bug'))
const push = (at: number) =>
  pnrgov(pnrSegments({ locator: `QXAA${10 + at}`, people: [`OREN${String.fromCharCode(65 + at)}+DANIMR`] }), {
    interchange: `PUSH${at}`,
  }).replace('MSG+:22', 'MSG+:141')
const states = async () =>
  (
    await db.selectFrom('transmission').select(['state', 'cause', 'duplicate_of', 'replays']).orderBy('id').execute()
  ).map(
    (row) =>
      `${row.duplicate_of ? 'again ' : ''}${row.state}${row.cause ? ` ${row.cause}` : ''}${row.replays ? ` ×${row.replays}` : ''}`,
  )
const people = async () => (await db.selectFrom('traveller').select('id').execute()).length

test('parked through our fault, mended, replayed one by one: settled as if nothing had been, its repetitions too', async () => {
  await poison(`locator <> 'QXAA11'`)
  const replies = [await send(deps, push(0)), await send(deps, push(1)), await send(deps, push(1))]
  await mend()
  expect(await states()).toEqual(['accepted', 'parked failed.23514', 'again parked failed.23514'])
  expect((await showParked({}, PEOPLE.unitA, deps)).groups).toMatchObject([
    { cause: 'failed.23514', count: 1, carriers: ['Q0'] },
  ])

  const before = await logEnd(db)
  const ids = [replies[1]?.transmission ?? '']
  expect(await replayAsOfficer({ ids }, PEOPLE.unitA, deps)).toEqual({ ok: true, value: { replayed: ids } })
  expect(await states()).toEqual(['accepted', 'received ×1', 'again accepted'])
  expect(await replayAsOfficer({ ids }, PEOPLE.unitA, deps)).toEqual({ ok: true, value: { replayed: [] } })
  expect((await logSince(db, before)).map((row) => [row.actor, row.action, row.subjects, row.detail])).toEqual([
    [PEOPLE.unitA.id, 'replay', ids, { count: 1 }],
  ])
  expect(await settleLeft(deps)).toBe(1)
  expect(await states()).toEqual(['accepted', 'accepted ×1', 'again accepted'])
  expect(await people()).toBe(2)
})

test('replayed before the mend it is parked again, its repetitions with it, and counted', async () => {
  await poison(`locator <> 'QXAA11'`)
  const { transmission } = await send(deps, push(1))
  await send(deps, push(1))
  await replayAsOperator(db, { ids: [transmission] }, OPERATOR)
  await settleLeft(deps)
  expect(await states()).toEqual(['parked failed.23514 ×1', 'again parked failed.23514'])
  await mend()
  await replayAsOperator(db, { cause: 'failed.23514' }, OPERATOR)
  await settleLeft(deps)
  expect(await states()).toEqual(['accepted ×2', 'again accepted'])
})

test('what ends otherwise after the replay says so of its repetitions too', async () => {
  await poison(`locator <> 'QXAA11'`)
  const miscounted = push(1).replace('EQN+1', 'EQN+7')
  const { transmission } = await send(deps, miscounted)
  await send(deps, miscounted)
  await mend()
  await replayAsOperator(db, { ids: [transmission] }, OPERATOR)
  await settleLeft(deps)
  expect(await states()).toEqual(['accepted-with-findings ×1', 'again accepted-with-findings'])
})

test('in bulk: by carrier, by cause, by time, all; in steps; never without naming which', async () => {
  await poison('false')
  const sent = [await send(deps, push(0)), await send(deps, push(1)), await send(deps, push(2), 'Q1')]
  await mend()
  expect(await replayAsOperator(db, {}, OPERATOR)).toMatchObject({
    ok: false,
    problems: [{ code: 'replay.nothing-named' }],
  })
  const replayed = async (asked: Parameters<typeof replayAsOperator>[1]) => {
    const done = await replayAsOperator(db, asked, OPERATOR)
    return done.ok ? done.value.replayed : []
  }
  expect(await replayed({ cause: 'another' })).toEqual([])
  expect(await replayed({ until: '2020-01-01T00:00:00Z' })).toEqual([])
  expect(await replayed({ carrier: 'q1' })).toEqual([sent[2]?.transmission])
  expect(await replayed({ all: true, after: sent[0]?.transmission ?? '' })).toEqual([sent[1]?.transmission])
  expect(await replayed({ all: true })).toEqual([sent[0]?.transmission])
  expect(await settleLeft(deps)).toBe(3)
  expect(await states()).toEqual(['accepted ×1', 'accepted ×1', 'accepted ×1'])
})

test('hundreds in steps of a hundred; two who replay at once replay each once', async () => {
  await poison('false')
  const { transmission } = await send(deps, push(0))
  await mend()
  await sql`insert into transmission select (jsonb_populate_record(t, jsonb_build_object('id', t.id || lpad(n::text, 3, '0')))).*
    from transmission t cross join generate_series(1, 230) n where id = ${transmission}`.execute(db)
  const all = async () => {
    const found: string[] = []
    for (let after: string | undefined = ''; after !== undefined; ) {
      const done = await replayAsOperator(db, { all: true, ...(after && { after }) }, OPERATOR)
      if (!done.ok) throw new Error('refused')
      expect(done.value.replayed.length).toBeLessThanOrEqual(100)
      found.push(...done.value.replayed)
      after = done.value.next
    }
    return found
  }
  const both = (await Promise.all([all(), all()])).flat()
  expect([both.length, new Set(both).size]).toEqual([231, 231])
})
