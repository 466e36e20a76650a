import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, inject } from 'vitest'
import { type Db, openDb } from '../db.ts'
import { databaseUrl, onServer } from './server.ts'

export interface TestDatabase {
  readonly db: Db
  /** For what opens connections of its own; it must close them before the file ends. */
  readonly url: string
}

/**
 * A migrated, empty database for one test file, dropped after it:
 *
 *     const { db } = await testDatabase()
 *
 * at the top of the file. A connection that the file leaves open fails it.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject('databaseServer')
  const name = `preclear_test_${randomBytes(6).toString('hex')}`
  await onServer(server, (client) =>
    client.query(`create database ${name} template ${inject('databaseTemplate')} strategy file_copy`),
  )
  const url = databaseUrl(server, name)
  const db = openDb(url, { max: 8, name: 'preclear test' })
  afterAll(async () => {
    await db.destroy()
    const leaked = await openConnections(server, name)
    await onServer(server, (client) => client.query(`drop database ${name} with (force)`))
    if (leaked.length > 0) throw new Error(`connections left open: ${leaked.join(', ')}`)
  })
  return { db, url }
}

/** Whoever is still connected after a moment's grace, for a connection that is closed takes a little to go. */
async function openConnections(server: string, database: string): Promise<readonly string[]> {
  return onServer(server, async (client) => {
    for (let wait = 0; ; wait += 25) {
      const open = await client.query<{ name: string }>(
        'select application_name as name from pg_stat_activity where datname = $1 and backend_type = $2 order by 1',
        [database, 'client backend'],
      )
      if (open.rows.length === 0 || wait >= 1_000) return open.rows.map((row) => row.name || 'unnamed')
      await pause(25)
    }
  })
}
