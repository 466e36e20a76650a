/**
 * How long an officer waits: the flight board, a manifest of 600, a dossier, the queue, take next. Each as the flow
 * does it: under the row policies, with its line in the log, in one transaction. Give other sizes as `legs travellers`.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import type { Officer } from '#domain/officer.ts'
import { showBoard } from '#flows/show-board.ts'
import { showManifest } from '#flows/show-manifest.ts'
import { showQueue } from '#flows/show-queue.ts'
import { showTraveller } from '#flows/show-traveller.ts'
import { takeNext } from '#flows/take-next.ts'
import type { Instant } from '#lib/time.ts'
import { type Db, openDb } from '#store/db.ts'
import { migrate } from '#store/migrate.ts'
import { openServer } from '#store/server.ts'
import { type BenchResult, percentile, percentiles, print } from './report.ts'

const NOW = '2026-06-11T06:00:00.000Z' as Instant
const NAME = `preclear_bench_${process.pid}`

interface Options {
  readonly json: boolean
  readonly args: readonly string[]
}

export async function bench({ json, args }: Options): Promise<void> {
  const legs = Number(args[0] ?? 300)
  const travellers = Number(args[1] ?? 200)
  await withDatabase(async (db, url) => {
    await fill(db, legs, travellers)
    await onServer(url, 'vacuum analyze')
    const { rows } = await sql<{ version: string }>`select split_part(version(), ' ', 2) as version`.execute(db)
    const results: BenchResult[] = []
    for (const one of await cases(db)) results.push(await measure(one))
    print(
      {
        data: [`PostgreSQL ${rows[0]?.version}; ${legs} flights of ${travellers}, one of 600; values are p95`],
        results,
      },
      json,
    )
  })
}

type Case = readonly [name: string, budgetMs: number, run: (n: number) => Promise<unknown>]

async function cases(db: Db): Promise<readonly Case[]> {
  const deps = { db, clock: () => NOW }
  const unit = await officerOf(db, 'unit')
  const border = await officerOf(db, 'border')
  const { rows } = await sql<{ leg_id: string; traveller_id: string; owner: string }>`
    select leg_id, traveller_id, owner from hit order by id limit 400`.execute(db)
  const mine = rows.filter((row) => row.owner === 'unit')
  const big = '202606-00000000000b0600'
  const pick = (n: number) => mine[n % mine.length] ?? { leg_id: big, traveller_id: '' }
  return [
    ['board', 100, () => showBoard({}, unit, deps)],
    ['board/authority', 100, () => showBoard({}, border, deps)],
    ['manifest-600', 200, () => showManifest(big, unit, deps)],
    ['manifest-600/authority', 200, () => showManifest(big, border, deps)],
    ['dossier', 100, (n) => showTraveller(pick(n).leg_id, pick(n).traveller_id, unit, deps)],
    ['queue', 100, () => showQueue({ view: 'open' }, unit, deps)],
    ['queue/authority', 100, () => showQueue({ view: 'open' }, border, deps)],
    ['take-next', 100, () => takeNext(unit, deps)],
  ]
}

async function measure([name, budget, run]: Case): Promise<BenchResult> {
  const times: number[] = []
  for (let n = 0; n < 60; n++) {
    const start = performance.now()
    await run(n)
    if (n >= 10) times.push(performance.now() - start)
  }
  const value = percentile(
    times.sort((a, b) => a - b),
    0.95,
  )
  return { bench: 'open', case: name, value, unit: 'ms', budget, atMost: true, note: percentiles(times) }
}

async function withDatabase(work: (db: Db, url: string) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'preclear-bench-'))
  const server = await openServer({
    databaseUrl: process.env.DATABASE_URL,
    dataDir,
    walArchive: undefined,
    log: () => undefined,
  })
  const url = server.url.replace(/^(\w+:\/\/[^/?]*)\/?[^?]*/, `$1/${NAME}`)
  try {
    await onServer(server.url, `create database ${NAME}`)
    await migrate(url)
    const db = openDb(url, { max: 4, name: 'preclear bench' })
    await work(db, url).finally(() => db.destroy())
  } finally {
    await onServer(server.url, `drop database if exists ${NAME} with (force)`)
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

async function officerOf(db: Db, agency: string): Promise<Officer> {
  const row = await db.selectFrom('app_user').selectAll().where('agency', '=', agency).executeTakeFirstOrThrow()
  return { id: row.id, login: row.login, name: row.name, agency, roles: ['analyst'], purpose: 'bench' }
}

/** Made-up people by the thousand: numbered names, both sources, five to a booking, a hit on every fiftieth. */
async function fill(db: Db, legs: number, travellers: number): Promise<void> {
  await sql`select ensure_month('2026-06-01')`.execute(db)
  await sql`insert into agency values ('unit', 'Unit', 'Unit', 'unit', true), ('border', 'Border', 'Border', 'authority', true)`.execute(
    db,
  )
  await sql`insert into app_user (id, login, name, password, agency, roles) values
    (gen_random_uuid(), 'u', 'Officer U', '', 'unit', '{analyst}'), (gen_random_uuid(), 'b', 'Officer B', '', 'border', '{analyst}')`.execute(
    db,
  )
  await sql`insert into leg (month, id, carrier, number, origin, destination, date, direction, departs_at, arrives_at, first_seen, changed_at,
      travellers, with_api, with_pnr, pushes)
    select '2026-06-01'::date, '202606-' || lpad(to_hex(n), 16, '0'), 'Q0', n::text, 'IST', 'GYD', '2026-06-11'::date, 'in',
      ${NOW}::timestamptz - interval '3 hours' + n * interval '9 minutes', ${NOW}::timestamptz + n * interval '9 minutes', ${NOW}::timestamptz, ${NOW}::timestamptz,
      ${travellers}, ${travellers}, ${travellers},
      (select jsonb_agg(jsonb_build_object('kind', 'pnr', 'transmission', '202606-t', 'receivedAt', ${NOW}::text, 'travellers', 1, 'findings', 0,
        'state', 'accepted')) from generate_series(1, 5))
    from generate_series(0, ${legs} - 1) n
    union all select '2026-06-01'::date, '202606-00000000000b0600', 'Q0', '9600', 'IST', 'GYD', '2026-06-11'::date, 'in', ${NOW}::timestamptz,
      ${NOW}::timestamptz + interval '3 hours', ${NOW}::timestamptz, ${NOW}::timestamptz, 600, 600, 600, '[]'::jsonb`.execute(
    db,
  )
  await sql`insert into traveller (month, leg_id, id, role, kind, status, surname, given_names, birth_date, sex, nationality, document, seat,
      locator, pnr_id, pnr_reference, api_version, pnr_version, version, changed_at)
    select l.month, l.id, gen_random_uuid(), 'passenger', 'adult', 'checked-in', 'SURNAME' || n, 'GIVEN' || n, '1990-01-01', 'F', 'XXA',
      jsonb_build_object('type', 'P', 'number', 'N' || n, 'issuer', 'XXA'), n || 'A', 'L' || n / 5,
      md5(l.id || n / 5)::uuid, (n % 5)::text, 1, 1, 1, ${NOW}::timestamptz
    from leg l, generate_series(1, case when l.number = '9600' then 600 else ${travellers} end) n`.execute(db)
  await fillParts(db)
  await sql`insert into hit (month, leg_id, id, traveller_id, cause, kind, source, entry, version, owner, severity, action, score, evidence_count,
      title_en, title_az, why, first_seen, last_true)
    select t.month, t.leg_id, gen_random_uuid(), t.id, o.id, 'watchlist', 'list', 'e', 1, o.id, (array['high', 'medium', 'low'])[1 + (n % 3)],
      'interview', 0.9, 2, 'List', 'List', '{"kind":"watchlist","evidence":"document","lines":[],"threshold":0.9,"listVersion":1,"scorerVersion":"1"}',
      ${NOW}::timestamptz, ${NOW}::timestamptz
    from (select *, row_number() over (order by leg_id, id) as n from traveller) t join agency o on t.n % 50 = case o.id when 'unit' then 0 else 7 end`.execute(
    db,
  )
  await sql`insert into review (month, leg_id, traveller_id, owner) select month, leg_id, traveller_id, owner from hit`.execute(
    db,
  )
  await sql`reset role`.execute(db)
}

async function fillParts(db: Db): Promise<void> {
  await sql`insert into traveller_part (month, leg_id, traveller_id, source, version, transmission, sent_at, stored_at, content)
    select month, leg_id, id, s.source, 1, '202606-t', ${NOW}::timestamptz, ${NOW}::timestamptz, jsonb_build_object('role', role, 'surname', surname,
      'givenNames', given_names, 'birthDate', birth_date, 'sex', sex, 'nationality', nationality, 'nationalities', '[]'::jsonb,
      'addresses', '[]'::jsonb, 'contacts', '[{"kind":"phone","value":"+000"}]'::jsonb, 'frequentFlyers', '[]'::jsonb, 'tickets', '[]'::jsonb,
      'documents', jsonb_build_array(document || '{"kind":"passport"}'), 'baggage', '{"tags":[]}'::jsonb, 'reference', pnr_reference,
      'kind', kind, 'at', '{"surname":[10,20]}'::jsonb)
    from traveller, (values ('api'), ('pnr')) s (source)`.execute(db)
  await sql`insert into pnr (month, leg_id, id, locator, company, created_key, state, version, sent_at, sent_reference)
    select distinct month, leg_id, pnr_id, locator, 'Q0', '', 'active', 2, ${NOW}::timestamptz, '1' from traveller`.execute(
    db,
  )
  await sql`insert into pnr_version (month, leg_id, pnr_id, version, transmission, sent_at, stored_at, digest, content)
    select month, leg_id, id, v, '202606-t', ${NOW}::timestamptz + v * interval '1 minute', ${NOW}::timestamptz, '', jsonb_build_object('locators', '[]'::jsonb,
      'locator', locator, 'cancelled', false, 'numberOfTravellers', 5, 'travellers', '[]'::jsonb, 'itinerary', '[]'::jsonb, 'checkIns', '[]'::jsonb,
      'contacts', '[]'::jsonb, 'addresses', '[]'::jsonb, 'ssrs', '[]'::jsonb, 'remarks', jsonb_build_array(jsonb_build_object('kind', 'x', 'text', v::text)),
      'splitWith', '[]'::jsonb, 'history', '[]'::jsonb, 'at', '{}'::jsonb, 'span', '[0,100]'::jsonb)
    from pnr, generate_series(1, 2) v`.execute(db)
}
