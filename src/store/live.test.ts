import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { listen, type Notice, tell } from './live.ts'
import { testDatabase } from './testing/database.ts'
import { databaseUrl, onServer } from './testing/server.ts'

const { db, url } = await testDatabase()

const { rows: named } = await sql<{ name: string }>`select current_database() as name`.execute(db)
const name = named[0]?.name ?? ''

const onAnother = (text: string, values: readonly unknown[] = []): Promise<readonly { readonly pid: number }[]> =>
  onServer(
    databaseUrl(url, 'postgres'),
    async (client) => (await client.query<{ pid: number }>(text, [...values])).rows,
  )

/** The database's processes that somebody's line leads to. */
const lines = () =>
  onAnother(`select pid from pg_stat_activity where datname = $1 and application_name = 'preclear listen'`, [name])

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 15_000 && !(await holds()); waited += 50) await pause(50)
}

test('a line that breaks, and cannot be had again for a while, is one line when it comes back', async () => {
  const heard: Notice[] = []
  let missed = 0
  const count = (): void => {
    missed += 1
  }
  const line = await listen(url, (notice) => heard.push(notice), count)
  const [first] = await lines()
  await onAnother(`alter database ${name} with allow_connections false`)
  await onAnother('select pg_terminate_backend($1)', [first?.pid])
  await pause(2_500) // some tries, each of which fails
  expect(await lines()).toEqual([])
  await onAnother(`alter database ${name} with allow_connections true`)
  await until(async () => missed > 0)
  await pause(1_200) // whoever tries too often tries again by now
  expect(await lines()).toHaveLength(1)
  expect(missed).toBe(1)
  await tell(db, { kind: 'messages' })
  await until(async () => heard.length > 0)
  expect(heard).toEqual([{ kind: 'messages' }])
  await line.close()
})
