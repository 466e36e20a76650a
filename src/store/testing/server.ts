import pg from 'pg'

/** The address of another database on the same server. */
export const databaseUrl = (server: string, database: string): string =>
  server.replace(/^(\w+:\/\/[^/?]*)\/?[^?]*/, `$1/${database}`)

/** Does one thing on a connection of its own. */
export async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'preclear test run' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
