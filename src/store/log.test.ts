import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { appendLog, readLog, verifyLog } from './log.ts'
import { testDatabase } from './testing/database.ts'
import { onServer } from './testing/server.ts'

const { db, url } = await testDatabase()
const AT = '2026-06-11T06:00:00.000Z'

/** As the superuser, with the triggers off: what the chain is there to show. */
const tamper = (work: string): Promise<unknown> =>
  onServer(url, async (client) => {
    await client.query('set session_replication_role = replica')
    await client.query(work)
  })

const end = async () => (await verifyLog(db)).upTo

beforeEach(async () => {
  for (const [n, action] of ['sign-in', 'consult', 'dispose', 'refer'].entries()) {
    await appendLog(db, {
      at: AT,
      actor: 'officer-1',
      agency: 'unit',
      purpose: 'serious-crime',
      action,
      subjects: ['leg-1', `traveller-${n}`],
      detail: { count: n, text: 'ə ş "quoted" \u00fc' },
    })
  }
})

afterEach(async () => {
  await tamper("truncate log; update log_head set seq = 0, hash = sha256('preclear log'::bytea)")
})

test('the chain is recomputed outside the database, in batches of any size', async () => {
  const whole = await verifyLog(db)
  expect(whole).toMatchObject({ ok: true, upTo: 4, head: expect.stringMatching(/^[0-9a-f]{64}$/) })
  for (const batch of [1, 2, 3, 4]) expect(await verifyLog(db, batch)).toEqual(whole)
})

test('who only writes cannot change or remove what stands; nor can the owner while the trigger is on', async () => {
  for (const work of [
    sql`update log set actor = 'other' where seq = 2`,
    sql`delete from log where seq = 4`,
    sql`truncate log`,
    sql`update log_head set seq = 3`,
    sql`insert into log select * from log limit 1`,
  ])
    await expect(work.execute(db)).rejects.toThrow(/permission denied/)
  for (const work of ["update log set actor = 'other'", 'delete from log', 'truncate log'])
    await expect(onServer(url, (client) => client.query(work))).rejects.toThrow(/append-only/)
  expect(await verifyLog(db)).toMatchObject({ ok: true })
})

test.each([
  ['another actor', "update log set actor = 'officer-2' where seq = 2", 1],
  ['another purpose', 'update log set purpose = null where seq = 3', 2],
  ['another subject', "update log set subjects = array['leg-1', 'traveller-9'] where seq = 3", 2],
  ['another time', "update log set at = at + interval '1 second' where seq = 1", 0],
  ['another detail', "update log set detail = '{}' where seq = 4", 3],
  ['another screen', "update log set screen = 'queue' where seq = 4", 3],
  ['an entry taken out', 'delete from log where seq = 2', 1],
  ['the last entry cut off', 'delete from log where seq = 4', 3],
] as const)('the owner of the database is found out: %s', async (_what, work, upTo) => {
  await tamper(work)
  expect(await verifyLog(db)).toMatchObject({ ok: false, upTo })
})

test('one entry that hashes itself anew breaks the next', async () => {
  await tamper(`update log set actor = 'officer-2', hash = sha256(prev || convert_to(
    log_text(seq, at, 'officer-2', agency, purpose, action, screen, subjects, detail), 'UTF8')) where seq = 2`)
  expect(await verifyLog(db)).toMatchObject({ ok: false, upTo: 2 })
})

test('twenty at once make one unbroken chain, and a failed one leaves no gap', async () => {
  const before = await end()
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      db
        .transaction()
        .execute(async (tx) => {
          await appendLog(tx, { at: AT, actor: `o${n}`, agency: 'unit', action: 'consult', subjects: [] })
          if (n % 5 === 0) throw new Error('taken back')
        })
        .catch(() => undefined),
    ),
  )
  expect(await verifyLog(db)).toMatchObject({ ok: true, upTo: before + 16 })
})

test('entries are read newest first, by person as actor or subject, and by action, a page at a time', async () => {
  const read = (question: Parameters<typeof readLog>[1]) =>
    db.transaction().execute(async (tx) => (await readLog(tx, question)).map((row) => row.seq))
  expect(await read({ limit: 3 })).toEqual([4, 3, 2])
  expect(await read({ limit: 3, after: 2 })).toEqual([1])
  expect(await read({ limit: 9, person: 'traveller-1' })).toEqual([2])
  expect(await read({ limit: 9, person: 'officer-1', action: 'refer' })).toEqual([4])
})
