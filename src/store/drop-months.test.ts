import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { dropMonths } from './drop-months.ts'
import { ensureMonths, ensureMonthsAhead } from './legs.ts'
import { testDatabase } from './testing/database.ts'
import { onServer } from './testing/server.ts'

const { db, url } = await testDatabase()
const NOW = '2026-06-11T06:00:00.000Z'
const OLD = '2024-01-01'

const parts = async (month: string): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`select relname as name from pg_class
    where relkind = 'r' and relname like ${`%\\_${month.replaceAll('-', '').slice(0, 6)}`} order by 1`.execute(db)
  return rows.map(({ name }) => name)
}

beforeEach(() =>
  onServer(url, async (client) => {
    await client.query(`select ensure_month('${OLD}')`)
    await client.query(
      `insert into data_key (day, wrapped) values ('2024-01-31', ''), ('2024-02-01', '') on conflict do nothing`,
    )
    await client.query(`insert into agency values ('unit', 'Unit', 'Unit', 'unit', true) on conflict do nothing`)
  }),
)

test('a month is dropped when its age is reached, with what refers to what, and the keys of its days', async () => {
  const id = '00000000-0000-7000-8000-000000000000'
  await onServer(url, async (client) => {
    const at = `'${OLD}', '202401-0000000000000000'`
    await client.query(
      `insert into app_user (id, login, name, password, agency, roles) values ('${id}', 'u', 'U', '', 'unit', '{analyst}')`,
    )
    await client.query(`insert into hit (month, leg_id, id, traveller_id, cause, kind, source, version, owner, severity, action, score,
      evidence_count, title_en, title_az, why, first_seen, last_true)
      values (${at}, '${id}', '${id}', '', 'rule', '', 1, 'unit', 'low', 'observe', 1, 1, '', '', '{}', now(), now())`)
    await client.query(`insert into disposition (month, leg_id, id, hit_id, outcome, reason, by_user, by_agency, at)
      values (${at}, '${id}', '${id}', 'confirmed', '', '${id}', 'unit', now())`)
    await client.query(`insert into referral (month, leg_id, id, traveller_id, hits, disposition_id, to_agency, from_agency, action, severity,
      reasons, person, purpose, by_user, sent_at)
      values (${at}, '${id}', '${id}', '{}', '${id}', 'unit', 'unit', 'observe', 'low', '{}', '{}', '', '${id}', now())`)
  })
  expect(await dropMonths(url, { now: NOW, months: 29 })).toEqual([])
  expect(await parts(OLD)).toContain('hit_202401')
  expect(await dropMonths(url, { now: NOW, months: 28 })).toEqual([OLD])
  expect(await parts(OLD)).toEqual([])
  expect((await db.selectFrom('data_key').select('day').execute()).map(({ day }) => day)).toEqual(['2024-02-01'])
  expect(await db.selectFrom('hit').select('id').execute()).toEqual([])
})

test('the present month and those that are kept stay', async () => {
  await ensureMonthsAhead(db, NOW)
  await dropMonths(url, { now: NOW, months: 14 })
  for (const month of ['2026-05-01', '2026-06-01', '2026-09-01'])
    expect(await parts(month)).toContain(`traveller_${month.slice(0, 7).replace('-', '')}`)
})

test.each([0, 13, 14.5, Number.NaN])('%s months are too few to keep', async (months) => {
  await expect(dropMonths(url, { now: NOW, months })).rejects.toThrow(RangeError)
  expect(await parts(OLD)).toContain('leg_202401')
})

test('what was cut short is finished', async () => {
  await onServer(url, (client) => client.query('alter table leg detach partition leg_202401'))
  expect(await dropMonths(url, { now: NOW, months: 24 })).toEqual([OLD])
  expect(await parts(OLD)).toEqual([])
})

test('while it waits for whoever is at work, others write on', async () => {
  await ensureMonths(db, ['2026-06-01'])
  const leg = (number: string) => ({
    month: '2026-06-01',
    id: `202606-000000000000000${number}`,
    carrier: 'Q0',
    number,
    origin: 'IST',
    destination: 'GYD',
    date: '2026-06-11',
    direction: 'in' as const,
    first_seen: NOW,
    changed_at: NOW,
  })
  let dropping: Promise<readonly string[]> | undefined
  await db.transaction().execute(async (tx) => {
    await tx.insertInto('leg').values(leg('1')).execute()
    dropping = dropMonths(url, { now: NOW, months: 24 })
    await setTimeout(300)
    await db.insertInto('leg').values(leg('2')).execute()
    expect(await parts(OLD)).toContain('leg_202401')
  })
  expect(await dropping).toEqual([OLD])
})
