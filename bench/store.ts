/**
 * Storage that lasts years: ten million movements of 13 months, loaded by COPY (the search keys are indexed behind it); how many bytes each takes, and how long
 * an officer waits for a flight, a traveller, the queue and every kind of search. `store [movements] [share of
 * bookings whose contents are stored, 1]
 * [seconds after which no more is loaded] [all-versions]`. What stands in the folder PRECLEAR_BENCH_KEEP is asked again,
 * and kept.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import type { Officer } from '#domain/officer.ts'
import { type FindQuestion, find } from '#flows/find.ts'
import { type Keys, keysOf } from '#flows/seal.ts'
import { searchKeysOf } from '#flows/search-keys.ts'
import { showBoard } from '#flows/show-board.ts'
import { showManifest } from '#flows/show-manifest.ts'
import { showQueue } from '#flows/show-queue.ts'
import { showTraveller } from '#flows/show-traveller.ts'
import type { Instant } from '#lib/time.ts'
import { type Db, openDb } from '#store/db.ts'
import { startEmbedded } from '#store/embedded/start.ts'
import { ensureMonths } from '#store/legs.ts'
import { migrate } from '#store/migrate.ts'
import { type BenchResult, percentile, percentiles, print } from './report.ts'
import { fill, type Known } from './store/fill.ts'
import { templates } from './store/templates.ts'

const NOW = '2026-06-28T12:00:00.000Z' as Instant
const MONTHS = Array.from({ length: 13 }, (_, n) => new Date(Date.UTC(2025, 5 + n, 1)).toISOString().slice(0, 10))
const ASKED = 100
const BUDGET_MS = 300

interface Options {
  readonly json: boolean
  readonly args: readonly string[]
}

export async function bench({ json, args }: Options): Promise<void> {
  const movements = Number(args[0] ?? 10_000_000)
  const kept = process.env.PRECLEAR_BENCH_KEEP
  const dataDir = kept ?? (await mkdtemp(join(tmpdir(), 'preclear-bench-')))
  await mkdir(dataDir, { recursive: true })
  const keys = keysOf(new Uint8Array(32).fill(7))
  const note = join(dataDir, 'loaded.json')
  try {
    if (!existsSync(note)) writeFileSync(note, JSON.stringify(await loaded(dataDir, movements, args, keys, json)))
    const { filled, seconds } = JSON.parse(readFileSync(note, 'utf8')) as Loaded
    const server = await startEmbedded({ dataDir, log: () => undefined })
    const db = openDb(server.url, { max: 4, name: 'preclear bench' })
    try {
      await report(db, server.url, filled, seconds, keys, json)
    } finally {
      await db.destroy()
      await server.stop()
    }
  } finally {
    if (!kept) await rm(dataDir, { recursive: true, force: true })
  }
}

type Filled = Awaited<ReturnType<typeof fill>>
type Loaded = Awaited<ReturnType<typeof loaded>>

/** On a server that need not survive a crash; the questions are asked of one that would. */
async function loaded(dataDir: string, movements: number, args: readonly string[], keys: Keys, json: boolean) {
  const server = await startEmbedded({ dataDir, log: () => undefined, durable: false })
  const db = openDb(server.url, { max: 4, name: 'preclear bench' })
  try {
    await migrate(server.url)
    await siteIn(db)
    await ensureMonths(db, MONTHS)
    const made = templates('2026-06-10T06:00:00.000Z' as Instant, 45)
    await onServer(server.url, 'drop index search_key_keys_idx')
    const began = performance.now()
    let told = 0
    const filled = await fill({
      url: server.url,
      months: MONTHS,
      movements,
      now: NOW,
      templates: made,
      keys: searchKeysOf(keys),
      allVersions: args[3] === 'all-versions',
      seconds: Number(args[2] ?? 86_400),
      contents: Number(args[1] ?? 1),
      note: (done) => {
        if (json || done - told < movements / 20) return
        told = done
        process.stderr.write(`${done} movements, ${((performance.now() - began) / 1000).toFixed(0)} s\n`)
      },
    })
    const seconds = (performance.now() - began) / 1000
    await onServer(
      server.url,
      "set maintenance_work_mem = '1GB'; create index search_key_keys_idx on search_key using gin (keys)",
    )
    await onServer(server.url, 'analyze')
    return { filled, seconds }
  } finally {
    await db.destroy()
    await server.stop()
  }
}

async function report(db: Db, url: string, filled: Filled, seconds: number, keys: Keys, json: boolean): Promise<void> {
  const sizes = await sizesOf(db, filled.movements)
  const asked = await questions(db, filled.known, keys)
  const unused = await unusedIndexes(url)
  print(
    {
      data: [
        `embedded PostgreSQL; ${filled.movements.toLocaleString('en-GB')} movements of ${MONTHS.length} months; ${filled.known.length} people to ask for; each question ${ASKED} times, values are p95`,
        `not used by any question: ${unused.join(', ')}`,
      ],
      results: [
        { bench: 'store', case: 'load', value: filled.movements / seconds, unit: 'movements/s' },
        ...sizes,
        ...asked,
      ],
    },
    json,
  )
}

async function onServer<T extends pg.QueryResultRow>(url: string, statement: string): Promise<readonly T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(statement)).rows
  } finally {
    await client.end()
  }
}

async function siteIn(db: Db): Promise<void> {
  await sql`insert into agency values ('unit', 'Unit', 'Unit', 'unit', true), ('border', 'Border', 'Border', 'authority', false)`.execute(
    db,
  )
  await sql`insert into app_user (id, login, name, password, agency, roles) values
    (gen_random_uuid(), 'u', 'Officer U', '', 'unit', '{analyst}')`.execute(db)
}

/** Bytes of a movement: heap and TOAST of each kind of table, and each kind of index. */
async function sizesOf(db: Db, movements: number): Promise<BenchResult[]> {
  const { rows } = await sql<{ name: string; kind: string; bytes: number }>`
    select regexp_replace(coalesce(parent.relname, c.relname), '_\d{6}.*', '') as name, c.relkind::text as kind,
      sum(case c.relkind when 'i' then pg_relation_size(c.oid) else pg_table_size(c.oid) end)::bigint as bytes
    from pg_class c left join pg_inherits on inhrelid = c.oid left join pg_class parent on parent.oid = inhparent
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'i') and c.relispartition
    group by 1, 2 order by 2 desc, 3 desc`.execute(db)
  const total = rows.reduce((sum, row) => sum + row.bytes, 0)
  const result = (name: string, bytes: number, note?: string): BenchResult => ({
    bench: 'store',
    case: name,
    value: bytes / movements,
    unit: 'B/movement',
    ...(note && { note }),
  })
  return [
    result('all', total, `${(total / 2 ** 30).toFixed(1)} GiB`),
    ...rows
      .filter(({ bytes }) => bytes / movements >= 1)
      .map(({ name, kind, bytes }) => result(`${kind === 'i' ? 'index' : 'table'} ${name}`, bytes)),
  ]
}

async function questions(db: Db, known: readonly Known[], keys: Keys): Promise<BenchResult[]> {
  const row = await db.selectFrom('app_user').selectAll().executeTakeFirstOrThrow()
  const officer: Officer = { id: row.id, login: '', name: '', agency: 'unit', roles: ['analyst'], purpose: 'bench' }
  const border: Officer = { ...officer, agency: 'border' }
  const deps = { db, clock: () => NOW, keys }
  const found = async (question: FindQuestion, who: Known, by: Officer = officer) => {
    const answer = await find(question, by, deps)
    return answer.ok && answer.value.rows.some(({ traveller }) => traveller === who.id)
  }
  const withTicket = known.filter(({ ticket, card }) => ticket && card)
  const results: BenchResult[] = []
  const measure = async (name: string, among: readonly Known[], ask: (who: Known) => Promise<unknown>) => {
    const times: number[] = []
    let met = 0
    for (let n = 0; n < ASKED; n++) {
      const who = among[Math.floor((n * among.length) / ASKED)]
      if (!who) continue
      const from = performance.now()
      if ((await ask(who)) === true) met += 1
      times.push(performance.now() - from)
    }
    const value = percentile(
      times.sort((a, b) => a - b),
      0.95,
    )
    const note = `${percentiles(times)}${name.startsWith('find') ? `; ${met} of ${times.length} on the first page` : ''}`
    results.push({ bench: 'store', case: name, value, unit: 'ms', budget: BUDGET_MS, atMost: true, note })
  }
  await measure('board', known, () => showBoard({}, officer, deps))
  await measure('flight', known, (who) => showManifest(who.leg, officer, deps))
  await measure('traveller', known, (who) => showTraveller(who.leg, who.id, officer, deps))
  await measure('queue', known, () => showQueue({ view: 'open' }, officer, deps))
  const whole = ({ surname, givenNames }: Known): string => `${surname} ${givenNames}`
  await measure('find name', known, (who) => found({ kind: 'name', text: whole(who) }, who))
  await measure('find name, with a slip', known, (who) => found({ kind: 'name', text: slipped(whole(who)) }, who))
  await measure('find name and birth date', known, (who) =>
    found({ kind: 'name', text: slipped(whole(who)), birthDate: who.birthDate }, who),
  )
  await measure('find surname', known, (who) => found({ kind: 'name', text: who.surname }, who))
  await measure('find nobody', known, (who) => found({ kind: 'name', text: `XQ${whole(who)}` }, who))
  for (const kind of ['document', 'phone', 'email', 'locator'] as const)
    await measure(`find ${kind}`, known, (who) => found({ kind, text: who[kind] }, who))
  for (const kind of ['ticket', 'card'] as const)
    await measure(`find ${kind}`, withTicket, (who) => found({ kind, text: who[kind] ?? '' }, who))
  await measure('find name, an authority', known, (who) => found({ kind: 'name', text: whole(who) }, who, border))
  return results
}

/** One letter in the middle of the longest word is another: `MUSTAFAYEV` → `MUSTKFAYEV`. */
function slipped(name: string): string {
  const longest = name.split(' ').toSorted((a, b) => b.length - a.length)[0] ?? ''
  const at = Math.floor(longest.length / 2)
  return name.replace(longest, `${longest.slice(0, at)}${longest[at] === 'K' ? 'T' : 'K'}${longest.slice(at + 1)}`)
}

/** Those of the movements that no question and no load went through: each has to earn its place elsewhere. */
async function unusedIndexes(url: string): Promise<readonly string[]> {
  const rows = await onServer<{ name: string }>(
    url,
    `select parent.relname as name from pg_stat_user_indexes s join pg_inherits on inhrelid = s.indexrelid
     join pg_class parent on parent.oid = inhparent group by 1 having sum(idx_scan) = 0 order by 1`,
  )
  return rows.map(({ name }) => name)
}
