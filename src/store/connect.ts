import pg from 'pg'

/** `postgres://user@one:5432,two:5432/preclear`: a database and the servers that may be its primary. */
const SEVERAL = /^(postgres(?:ql)?:\/\/(?:[^@/?]*@)?)([^@/?]*,[^@/?]*)((?:[/?].*)?)$/

/** The address of each server that a database's address names. */
export function serversOf(url: string): readonly string[] {
  const [, before = '', hosts, after = ''] = url.match(SEVERAL) ?? []
  if (hosts === undefined) return [url]
  const rest = after.replace(/([?&])target_session_attrs=[^&]*&?/, '$1').replace(/[?&]$/, '')
  return hosts.split(',').map((host) => `${before}${host}${rest}`)
}

type Done = ((problem: Error) => void) | ((problem: null, client: pg.Client) => void)

const PROBE_MS = 2_000

/**
 * A connection that goes to the server that takes writes at the moment when it is made, where the address names
 * several. Of two that both say so (the old primary came back without being fenced) it is the one promoted last.
 */
export class Client extends pg.Client {
  readonly #servers: readonly string[]

  constructor(config: pg.ClientConfig = {}) {
    const servers = serversOf(config.connectionString ?? '')
    super({ ...config, connectionString: servers[0] })
    this.#servers = servers
  }

  override connect(): Promise<pg.Client>
  override connect(done: Done): void
  override connect(done?: Done): Promise<pg.Client> | undefined {
    const connecting = this.#servers.length > 1 ? this.#toPrimary().then(() => super.connect()) : super.connect()
    if (!done) return connecting
    const told = done as (problem: Error | null, client?: pg.Client) => void // as the driver calls it; its type has two halves
    connecting.then(
      (client) => told(null, client),
      (problem: Error) => told(problem),
    )
    return undefined
  }

  async #toPrimary(): Promise<void> {
    const found = (await Promise.all(this.#servers.map(timelineOf))).toSorted(
      (one, other) => other.timeline - one.timeline,
    )
    const [primary] = found
    if (!primary || primary.timeline === 0) throw new Error('none of the servers of DATABASE_URL takes writes')
    this.host = primary.host
    this.port = primary.port
  }
}

/** The timeline on which a server writes; 0 where it does not answer or is a replica. */
async function timelineOf(
  url: string,
): Promise<{ readonly timeline: number; readonly host: string; readonly port: number }> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'preclear probe',
    connectionTimeoutMillis: PROBE_MS,
    query_timeout: PROBE_MS,
  })
  client.on('error', () => undefined)
  const { host, port } = client
  try {
    await client.connect()
    const { rows } = await client.query<{ timeline: string | null }>(
      'select case when not pg_is_in_recovery() then left(pg_walfile_name(pg_current_wal_lsn()), 8) end as timeline',
    )
    return { timeline: Number.parseInt(rows[0]?.timeline ?? '0', 16), host, port }
  } catch {
    return { timeline: 0, host, port }
  } finally {
    await client.end().catch(() => undefined)
  }
}
