import { type Db, openDb } from '#store/db.ts'
import { migrate } from '#store/migrate.ts'
import { openServer } from '#store/server.ts'
import { readConfig } from '../config.ts'

/** Work on this site's database: a server that is running is shared, one that is not is started for the moment. */
export async function withDatabase<T>(work: (db: Db) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir, walArchive } = readConfig(process.env)
  const server = await openServer({ databaseUrl, dataDir, walArchive, log: () => undefined })
  try {
    await migrate(server.url)
    const db = openDb(server.url, { max: 2, name: 'preclear command' })
    try {
      return await work(db)
    } finally {
      await db.destroy()
    }
  } finally {
    await server.stop()
  }
}
