import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { COLUMNS, NOT_PERSONAL, TABLES_WITHOUT_TRAVELLERS } from '#protection/columns.ts'
import { testDatabase } from '#store/testing/database.ts'

const { db } = await testDatabase()

async function columns(): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped order by 1, a.attnum`.execute(db)
  return new Map([...Map.groupBy(rows, (row) => row.table)].map(([table, of]) => [table, of.map((row) => row.column)]))
}

test('no column is unregistered, and the register names none that is not there', async () => {
  const found = await columns()
  for (const [table, names] of found) {
    if (TABLES_WITHOUT_TRAVELLERS.includes(table)) continue
    expect(Object.keys(COLUMNS), `table ${table} is new`).toContain(table)
    const personal = Object.entries(COLUMNS).find(([name]) => name === table)?.[1] ?? {}
    const other = Object.entries(NOT_PERSONAL).find(([name]) => name === table)?.[1] ?? ''
    expect([...Object.keys(personal), ...other.split(' ')].sort(), table).toEqual([...names].sort())
  }
  expect([...Object.keys(COLUMNS), ...TABLES_WITHOUT_TRAVELLERS].sort()).toEqual([...found.keys()].sort())
})

test('every table with personal data has row policies, for partitions too by way of their parent', async () => {
  const { rows } = await sql<{ table: string }>`select relname as table from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and not relrowsecurity order by 1`.execute(
    db,
  )
  for (const { table } of rows) expect(Object.keys(COLUMNS)).not.toContain(table)
})
