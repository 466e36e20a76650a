/** A PostgreSQL server of our own, as a State would run it beside the program: started again whenever it ends. */
import { spawn } from 'node:child_process'
import { appendFileSync, chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { serverAccount } from '#store/embedded/account.ts'
import { findBinaries } from '#store/embedded/binaries.ts'
import { homeOf, prepareCluster, SUPERUSER } from '#store/embedded/cluster.ts'
import { clearAway, livingPostmaster } from '#store/embedded/postmaster.ts'
import { serverArguments } from '#store/embedded/settings.ts'
import type { Network } from './network.ts'
import { keepRunning, type Service } from './processes.ts'

export interface Postgres {
  /** As the program reaches it: over the network. */
  readonly url: string
  /** As the auditor reaches it: through its socket, whatever happens to the network. */
  readonly auditUrl: string
  readonly service: Service
}

const PORT = 5_432
/** Recovery after a full disk or a cut may take this long on a slow machine. */
const PATIENCE_MS = 120_000

export async function startPostgres(folder: string, network: Network | undefined): Promise<Postgres> {
  const home = homeOf(folder)
  const log = (): void => undefined
  const account = serverAccount(home.cluster)
  const binaries = await findBinaries(account, log)
  await prepareCluster(home, binaries, account, log)
  const host = network?.address ?? '127.0.0.1'
  const port = network ? PORT : 20_000 + (process.pid % 20_000)
  const line = `host all all ${host.replace(/\d+$/, '0')}/24 scram-sha-256\n`
  if (network) appendFileSync(join(home.cluster, 'pg_hba.conf'), line)
  const settings = [
    ...serverArguments({ durable: true }),
    ...['-c', `listen_addresses=${host}`, '-c', `port=${port}`, '-c', 'max_wal_size=192MB', '-c', 'min_wal_size=64MB'],
    // A client that vanished while the cable was cut does not keep its place
    ...['-c', 'max_connections=100', '-c', 'tcp_keepalives_idle=5', '-c', 'tcp_keepalives_interval=2'],
    ...['-c', 'tcp_keepalives_count=3', '-c', 'tcp_user_timeout=15000'],
  ]
  const identity = account
    ? ['setpriv', `--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups', '--']
    : []
  const [program = '', ...args] = [
    ...(network?.enter ?? []),
    ...identity,
    binaries.program('postgres'),
    ...['-D', account ? '/proc/self/cwd' : home.cluster],
    ...settings,
  ]
  chmodSync(folder, 0o755)
  const service = keepRunning({
    name: 'postgres',
    log: join(folder, '..', 'postgres.log'),
    clear: () => clearAway(home, log).catch(log),
    start: (output) =>
      spawn(program, args, {
        cwd: home.cluster,
        stdio: ['ignore', output, output],
        env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      }),
  })
  const password = readFileSync(home.password, 'utf8').trim()
  const at = (place: string): string => `postgresql://${SUPERUSER}:${password}@${place}`
  const socket = encodeURIComponent(home.run)
  const auditUrl = at(`/preclear?host=${socket}&port=${port}`)
  await untilItAnswers(at(`/postgres?host=${socket}&port=${port}`), 'create database preclear')
  return { url: at(`${host}:${port}/preclear`), auditUrl, service }
}

/** Runs one statement as soon as the server takes connections. */
export async function untilItAnswers(url: string, statement = 'select 1'): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; ; await pause(200)) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query(statement)
      return
    } catch (problem) {
      if (Date.now() > until) throw problem
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

/** The number of the server that runs on this data folder now. */
export const postmasterOf = async (folder: string): Promise<number | undefined> =>
  (await livingPostmaster(homeOf(folder).cluster))?.pid
