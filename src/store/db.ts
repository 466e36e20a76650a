import { CompiledQuery, Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { Client } from './connect.ts'
import type { Tables } from './tables.ts'

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

const DATE = 1082
const TIMESTAMPTZ = 1184
const BIGINT = 20

/** Instants as ISO strings, dates as they stand, counts as numbers. */
const readers: Readonly<Record<number, (text: string) => unknown>> = {
  [DATE]: (text) => text,
  [TIMESTAMPTZ]: (text) => new Date(text).toISOString(),
  [BIGINT]: Number,
}

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => readers[oid] ?? pg.types.getTypeParser(oid, format),
}

const pools = new WeakMap<Db, pg.Pool>()

/** Connections of this process: all, those that nobody uses, and questions that wait for one. */
export function connectionsOf(db: Db): { readonly total: number; readonly idle: number; readonly waiting: number } {
  const { totalCount: total = 0, idleCount: idle = 0, waitingCount: waiting = 0 } = pools.get(db) ?? {}
  return { total, idle, waiting }
}

/** A pool whose connections act as `preclear_work`: whoever connects, row-level security binds the program. */
export function openDb(url: string, options: { readonly max?: number; readonly name?: string } = {}): Db {
  const pool = new pg.Pool({
    Client,
    connectionString: url,
    max: options.max ?? 10,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000, // a server that vanished without a word is noticed while a connection is idle
    application_name: options.name ?? 'preclear',
    types: types as pg.CustomTypesConfig,
  })
  // A connection that breaks is replaced; the query that needs it next tells, also between two queries of a transaction
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool,
      onCreateConnection: async (connection) => {
        await connection.executeQuery(CompiledQuery.raw('set role preclear_work'))
      },
    }),
  })
  pools.set(db, pool)
  return db
}

/** The person, agency and purpose for which a query is made; the row policies read them. */
export interface Actor {
  readonly user: string
  readonly agency: string
  readonly purpose?: string
}

/** Runs `work` as an officer: row-level security shows only what this agency may see for this purpose. */
export function asOfficer<T>(db: Db, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('role', 'preclear_officer', true), set_config('preclear.user', ${actor.user}, true),
      set_config('preclear.agency', ${actor.agency}, true), set_config('preclear.purpose', ${actor.purpose ?? ''}, true)`.execute(
      tx,
    )
    return work(tx)
  })
}

/** In one transaction, what an officer may see and what the system then writes for him: `back` returns to the work role. */
export async function backToWork(tx: Tx): Promise<void> {
  await sql`select set_config('role', 'preclear_work', true)`.execute(tx)
}

/** The same officer once more, behind `backToWork`. */
export async function asOfficerAgain(tx: Tx): Promise<void> {
  await sql`select set_config('role', 'preclear_officer', true)`.execute(tx)
}
