import { Client } from './connect.ts'
import { type Embedded, startEmbedded } from './embedded/start.ts'

/** Oldest PostgreSQL that Preclear runs on. */
const OLDEST = 15

/**
 * The database server: the one that `databaseUrl` names, after a look at its version, or else the embedded one on
 * `dataDir`. A server that was named is never stopped.
 */
export async function openServer(options: {
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  /** Only the embedded server archives its log for us. */
  readonly walArchive: string | undefined
  readonly log: (line: string) => void
}): Promise<Embedded> {
  if (!options.databaseUrl) return startEmbedded(options)
  const problem = await serverProblem(options.databaseUrl)
  if (problem) throw new Error(problem)
  return {
    url: options.databaseUrl,
    owned: false,
    ended: new Promise(() => undefined),
    stop: async () => undefined,
  }
}

/** Why the server that DATABASE_URL names cannot be used; nothing when it can. Never quotes the address: it holds a password. */
export async function serverProblem(url: string): Promise<string | undefined> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'preclear check',
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const found = await client.query<{ version: string; encoding: string }>(
      `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding`,
    )
    const { version, encoding } = found.rows[0] ?? { version: '0', encoding: '' }
    const major = Math.floor(Number(version) / 10_000)
    if (major < OLDEST) return `DATABASE_URL leads to PostgreSQL ${major}; Preclear needs ${OLDEST} or newer.`
    if (encoding !== 'UTF8') return `The database that DATABASE_URL names is in ${encoding}; make one in UTF8.`
    return undefined
  } catch (failure) {
    return `The server that DATABASE_URL names does not answer: ${failure instanceof Error ? failure.message : 'no reason given'}`
  } finally {
    await client.end().catch(() => undefined)
  }
}
