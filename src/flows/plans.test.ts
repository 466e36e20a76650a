/** The questions that officers ask all day go through an index, and only through the months that they are about. */
import { type CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tables } from '#store/tables.ts'
import { testDatabase } from '#store/testing/database.ts'
import { onServer } from '#store/testing/server.ts'
import { find } from './find.ts'
import { keysOf } from './seal.ts'
import { searchKeysOf } from './search-keys.ts'
import { showManifest } from './show-manifest.ts'
import { showQueue } from './show-queue.ts'
import { showTraveller } from './show-traveller.ts'
import { NOW, PEOPLE, siteIn } from './testing/scene.ts'

const { db, url } = await testDatabase()
const keys = keysOf(new Uint8Array(32).fill(7))
const asked: CompiledQuery[] = []
const watched = new Kysely<Tables>({
  dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }),
  log: ({ query }) => void asked.push(query),
})
afterAll(() => watched.destroy())
const deps = { db: watched, clock: () => NOW, keys }

const MONTHS = ['2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01']
const LEG = '202605-0000000000000003'
let traveller = ''

/** 10 flights a month of 200, five to a booking; nobody has a key of anybody else's. */
beforeAll(async () => {
  await siteIn(db)
  await onServer(url, async (client) => {
    for (const month of MONTHS) await client.query(`select ensure_month('${month}')`)
    await client.query(`insert into leg (month, id, carrier, number, origin, destination, date, direction, departs_at, arrives_at, first_seen, changed_at)
      select m, to_char(m, 'YYYYMM') || '-' || lpad(n::text, 16, '0'), 'Q0', n::text, 'IST', 'GYD', m + n, 'in', m + n, m + n + interval '3 hours', m, m
      from unnest('{${MONTHS.join(',')}}'::date[]) m, generate_series(0, 9) n`)
    await client.query(`insert into traveller (month, leg_id, id, role, kind, status, surname, given_names, locator, pnr_id, api_version, pnr_version, version, changed_at)
      select month, id, gen_random_uuid(), 'passenger', 'adult', 'boarded', 'SURNAME' || n, 'GIVEN', 'L' || n / 5, md5(id || n / 5)::uuid, 1, 1, 1, now()
      from leg, generate_series(1, 200) n`)
    await client.query(`insert into traveller_part (month, leg_id, traveller_id, source, version, transmission, sent_at, stored_at, content)
      select month, leg_id, id, s, 1, '202605-a', now(), now(), jsonb_build_object('surname', surname, 'documents', '[]'::jsonb, 'contacts', '[]'::jsonb,
        'addresses', '[]'::jsonb, 'frequentFlyers', '[]'::jsonb, 'tickets', '[]'::jsonb, 'nationalities', '[]'::jsonb, 'baggage', '{"tags":[]}'::jsonb,
        'at', '{}'::jsonb, 'reference', '1', 'kind', 'adult', 'role', 'passenger', 'filler', repeat('x', 600))
      from traveller, unnest('{api,pnr}'::text[]) s`)
    await client.query(`insert into pnr (month, leg_id, id, locator, company, created_key, state, version, sent_at, sent_reference)
      select distinct month, leg_id, pnr_id, locator, 'Q0', '', 'active', 1, now(), '1' from traveller`)
    await client.query(`insert into pnr_version (month, leg_id, pnr_id, version, transmission, sent_at, stored_at, digest, content)
      select month, leg_id, id, 1, '202605-a', now(), now(), '', '{"locators":[],"travellers":[],"itinerary":[],"checkIns":[],"contacts":[],"addresses":[],
        "ssrs":[],"remarks":[],"splitWith":[],"history":[],"at":{},"span":[0,1]}' from pnr`)
    await client.query(`insert into search_key (month, leg_id, traveller_id, source, keys)
      select month, leg_id, traveller_id, source, (select array_agg((random() * 1e15)::bigint + n * 0) from generate_series(1, 12) n where month is not null)
      from traveller_part`)
    await client.query(`insert into hit (month, leg_id, id, traveller_id, cause, kind, source, version, owner, severity, action, score, evidence_count,
        title_en, title_az, why, first_seen, last_true)
      select month, leg_id, gen_random_uuid(), id, 'unit/e', 'rule', 'r', 1, 'unit', 'low', 'observe', 1, 1, '', '', '{"kind":"rule","trace":[]}', now(), now()
      from traveller where surname like '%7'`)
    await client.query('vacuum analyze')
  })
  const { rows } = await sql<{
    id: string
  }>`select id from traveller where leg_id = ${LEG} and surname = 'SURNAME8'`.execute(db)
  traveller = rows[0]?.id ?? ''
})

interface Node {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly Plans?: readonly Node[]
}

const nodesOf = (node: Node): readonly Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

/** Tables that grow with every movement; small ones may well be read whole. */
const LARGE = /^(traveller|traveller_part|search_key|pnr|pnr_version)_(\d{6})$/

/** What the statements of a question do to large tables: `how table month`, and the indexes. */
async function plansOf(question: () => Promise<{ readonly ok: boolean }>) {
  asked.length = 0
  expect((await question()).ok).toBe(true)
  const statements = asked.filter(
    (one) => /^\s*(select|with)/.test(one.sql) && / from /.test(one.sql) && !/set_config|log_append/.test(one.sql),
  )
  expect(statements.length).toBeGreaterThan(0)
  return onServer(url, async (client) => {
    await client.query(
      `select set_config('preclear.agency', 'unit', false), set_config('preclear.purpose', 'bench', false)`,
    )
    const nodes: Node[] = []
    for (const { sql: text, parameters } of statements) {
      // Keys are asked for with this setting.
      await client.query(`select set_config('enable_seqscan', '${text.includes('search_key') ? 'off' : 'on'}', false)`)
      await client.query(`set role ${text.includes('search_key') ? 'preclear_work' : 'preclear_officer'}`)
      const { rows } = await explain(client, text, parameters).catch(async () => {
        await client.query('set role preclear_work')
        return explain(client, text, parameters)
      })
      for (const row of rows) for (const { Plan } of row['QUERY PLAN']) nodes.push(...nodesOf(Plan))
    }
    const large = nodes.filter((node) => LARGE.test(node['Relation Name'] ?? ''))
    return {
      readWhole: large.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']),
      months: [...new Set(large.map((node) => node['Relation Name']?.slice(-6)))].sort(),
      indexes: [...new Set(nodes.flatMap((node) => node['Index Name'] ?? []))].sort(),
    }
  })
}

const explain = (client: pg.Client, text: string, parameters: readonly unknown[]) =>
  client.query<{ 'QUERY PLAN': readonly { readonly Plan: Node }[] }>(`explain (format json) ${text}`, [...parameters])

test('a flight', async () => {
  const plans = await plansOf(() => showManifest(LEG, PEOPLE.unitA, deps))
  expect(plans).toMatchObject({ readWhole: [], months: ['202605'] })
  expect(plans.indexes).toContain('traveller_202605_pkey')
})

test('a traveller', async () => {
  const plans = await plansOf(() => showTraveller(LEG, traveller, PEOPLE.unitA, deps))
  expect(plans).toMatchObject({ readWhole: [], months: ['202605'] })
  expect(plans.indexes).toEqual(
    expect.arrayContaining(['traveller_202605_pkey', 'traveller_part_202605_pkey', 'pnr_202605_pkey']),
  )
})

test('the queue', async () => {
  const plans = await plansOf(() => showQueue({ view: 'open' }, PEOPLE.unitA, deps))
  expect(plans.readWhole).toEqual([])
})

test.each([
  [{ kind: 'name', text: 'SOLHEIM INGRID' }],
  [{ kind: 'name', text: 'SOLHEIM INGRID', birthDate: '1985-04-12' }],
  [{ kind: 'document', text: 'C01817263' }],
  [{ kind: 'phone', text: '994500000001' }],
  [{ kind: 'card', text: '411111XXXXXX1234' }],
] as const)('finding by %o', async (question) => {
  const plans = await plansOf(() => find({ ...question, from: '2026-04', to: '2026-05' }, PEOPLE.unitA, deps))
  expect(plans).toMatchObject({ readWhole: [], months: ['202604', '202605'] })
  expect(plans.indexes).toEqual(expect.arrayContaining(['search_key_202604_keys_idx', 'search_key_202605_keys_idx']))
})

test('those who were found', async () => {
  const key = searchKeysOf(keys).keyOf('document C01817263')
  await onServer(url, (client) =>
    client.query(
      `update search_key set keys = array[$1::bigint] where leg_id in ('${LEG}', '202604-0000000000000003')`,
      [key],
    ),
  )
  const plans = await plansOf(() =>
    find({ kind: 'document', text: 'C01817263', from: '2026-04', to: '2026-05' }, PEOPLE.unitA, deps),
  )
  expect(plans).toMatchObject({ readWhole: [], months: ['202604', '202605'] })
})
