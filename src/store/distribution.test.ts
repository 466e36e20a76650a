import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { citusStatements, PLACES } from './distribution.ts'
import { testDatabase } from './testing/database.ts'

const { db } = await testDatabase()

const placeOf = (table: string) => PLACES.find((place) => place.table === table)
const distributed = PLACES.filter(({ as }) => as === 'distributed')

/** Tables that are no partition, with what they are partitioned by. */
async function tables() {
  const { rows } = await sql<{ table: string; partitioned_by: string | null; columns: readonly string[] }>`
    select c.relname::text as table, pg_get_partkeydef(c.oid) as partitioned_by,
      (select array_agg(attname::text) from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) as columns
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    order by 1`.execute(db)
  return rows
}

/** Primary keys, unique indexes (those without a constraint too) and foreign keys, by their columns in order. */
async function keys() {
  const unique = await sql<{ table: string; name: string; columns: readonly string[] }>`
    select t.relname::text as table, i.relname::text as name,
      array(select pg_get_indexdef(x.indexrelid, n, true) from generate_series(1, x.indnkeyatts) n order by n) as columns
    from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
    where x.indisunique and t.relnamespace = 'public'::regnamespace and not t.relispartition order by 1, 2`.execute(db)
  const foreign = await sql<{
    table: string
    name: string
    columns: readonly string[]
    target: string
    target_columns: readonly string[]
  }>`
    select t.relname::text as table, c.conname::text as name, f.relname::text as target,
      array(select a.attname::text from unnest(c.conkey) with ordinality k (n, at) join pg_attribute a
        on a.attrelid = c.conrelid and a.attnum = k.n order by k.at) as columns,
      array(select a.attname::text from unnest(c.confkey) with ordinality k (n, at) join pg_attribute a
        on a.attrelid = c.confrelid and a.attnum = k.n order by k.at) as target_columns
    from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class f on f.oid = c.confrelid
    where c.contype = 'f' and t.relnamespace = 'public'::regnamespace and not t.relispartition and c.conparentid = 0
    order by 1, 2`.execute(db)
  return { unique: unique.rows, foreign: foreign.rows }
}

test('every table has exactly one place, and nothing has a place that is no table', async () => {
  expect(PLACES.map(({ table }) => table).sort()).toEqual((await tables()).map(({ table }) => table))
})

test('a table about a movement is split by its leg and partitioned by month, and nothing else is', async () => {
  for (const { table, partitioned_by, columns } of await tables()) {
    const isAboutMovement = columns.includes('leg_id') || table === 'leg'
    const place = placeOf(table)
    expect({ table, group: place?.group === 'leg' }).toEqual({ table, group: isAboutMovement })
    expect({ table, by: partitioned_by }).toEqual({ table, by: place?.as === 'distributed' ? 'RANGE (month)' : null })
  }
})

test('every primary and unique key of a split table holds month and what it is split by', async () => {
  const { unique } = await keys()
  for (const { table, by = '' } of distributed) {
    const own = unique.filter((key) => key.table === table)
    expect(own.length, table).toBeGreaterThan(0)
    for (const { name, columns } of own)
      expect({ name, columns }).toEqual({ name, columns: expect.arrayContaining(['month', by]) })
  }
})

test('a foreign key between split tables stays on one server, and none leaves for a table that is not everywhere', async () => {
  const { foreign } = await keys()
  const between = foreign.filter(
    ({ table, target }) => placeOf(table)?.as === 'distributed' && placeOf(target)?.as === 'distributed',
  )
  expect(between.map(({ name }) => name)).not.toEqual([])
  for (const { name, table, target, columns, target_columns } of between) {
    const at = columns.indexOf(placeOf(table)?.by ?? '')
    expect({ name, group: placeOf(table)?.group }).toEqual({ name, group: placeOf(target)?.group })
    expect({
      name,
      at: at >= 0 && target_columns[at] === placeOf(target)?.by,
      month: columns.includes('month'),
    }).toEqual({
      name,
      at: true,
      month: true,
    })
  }
  for (const { name, table, target } of foreign) {
    const from = placeOf(table)?.as
    const to = placeOf(target)?.as
    const fits = to === 'reference' || from === to || (from === 'local' && to === 'local')
    expect({ name, from, to, fits }).toEqual({ name, from, to, fits: true })
  }
})

/** A rule names its version in force, and a version its rule: one of the two is added once both are laid out. */
const ROUND = 'rule_approved'

test('each table comes behind those that its foreign keys name', async () => {
  const order = PLACES.map(({ table }) => table)
  for (const { name, table, target } of (await keys()).foreign)
    if (name !== ROUND && placeOf(table)?.as !== 'local')
      expect({ name, behind: order.indexOf(table) > order.indexOf(target) }).toEqual({ name, behind: true })
})

test('docs/scale.md shows the statements that follow from the places', () => {
  const page = readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8')
  expect(page).toContain(`\`\`\`sql\n${citusStatements().join('\n')}\n\`\`\``)
})
