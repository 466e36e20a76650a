import { sql } from 'kysely'
import type pg from 'pg'
import { Client } from './connect.ts'
import type { Db, Tx } from './db.ts'

/** What consoles and processes are told when something is committed. Never holds personal data. */
export type Notice =
  | { readonly kind: 'flights'; readonly legs: readonly string[] }
  | { readonly kind: 'queue'; readonly owner: string; readonly urgent: number }
  | { readonly kind: 'referrals'; readonly to: string; readonly from: string }
  | { readonly kind: 'messages' }
  | { readonly kind: 'rescreen'; readonly id: string; readonly done: number; readonly total: number }
  | { readonly kind: 'epoch' }
  /** Something waits to be settled. */
  | { readonly kind: 'work' }
  /** These have their final state; told where the process that received them may wait for it. */
  | { readonly kind: 'settled'; readonly ids: readonly string[] }

const CHANNEL = 'preclear'
/** For connections that are kept: a server that does not answer is given up, one that vanished without a word is noticed. */
export const LINE = { connectionTimeoutMillis: 10_000, keepAlive: true, keepAliveInitialDelayMillis: 10_000 } as const

/** Told to all processes if and when the transaction commits. */
export async function tell(tx: Tx | Db, notice: Notice): Promise<void> {
  await sql`select pg_notify(${CHANNEL}, ${JSON.stringify(notice)})`.execute(tx)
}

/** Hears every notice of every process, reconnecting when the line breaks; `missed` is called after each reconnection. */
export async function listen(
  url: string,
  hear: (notice: Notice) => void,
  missed: () => void,
): Promise<{ close(): Promise<void> }> {
  let closed = false
  let client: pg.Client | undefined
  /** One line at a time: it is tried again when it breaks, and when it cannot be had. */
  const connect = async (): Promise<void> => {
    const fresh = new Client({ connectionString: url, application_name: 'preclear listen', ...LINE })
    let established = false
    fresh.on('notification', (message) => {
      if (message.payload) hear(JSON.parse(message.payload) as Notice)
    })
    fresh.on('error', () => undefined)
    fresh.on('end', () => {
      if (established) again()
    })
    await fresh.connect()
    established = true
    client = fresh
    await fresh.query(`listen ${CHANNEL}`).catch(() => fresh.end()) // its end has it tried again
    if (closed) await fresh.end()
  }
  const again = (): void => {
    if (!closed) setTimeout(() => void (closed || connect().then(missed, again)), 500)
  }
  await connect()
  return {
    async close() {
      closed = true
      await client?.end()
    },
  }
}
