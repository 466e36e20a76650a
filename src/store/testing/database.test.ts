import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from './database.ts'

const { db, url } = await testDatabase()

test('gives an empty database with all tables', async () => {
  const { rows } = await sql<{ count: number }>`select count(*) from leg`.execute(db)
  expect(rows).toEqual([{ count: 0 }])
  expect(url).toContain('preclear_test_')
})

test('acts as the work role, which row-level security binds', async () => {
  const { rows } = await sql<{ role: string }>`select current_user::text as role`.execute(db)
  expect(rows).toEqual([{ role: 'preclear_work' }])
})
