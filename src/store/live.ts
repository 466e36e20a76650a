import { sql } from 'kysely'
import pg from 'pg'
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
  let client: pg.Client
  const connect = async (): Promise<void> => {
    client = new pg.Client({ connectionString: url, application_name: 'preclear listen', keepAlive: true })
    client.on('notification', (message) => {
      if (message.payload) hear(JSON.parse(message.payload) as Notice)
    })
    client.on('error', () => undefined)
    client.on('end', () => {
      if (!closed) setTimeout(retry, 500)
    })
    await client.connect()
    await client.query(`listen ${CHANNEL}`)
  }
  const retry = (): void => {
    if (closed) return
    connect().then(missed, () => setTimeout(retry, 1_000))
  }
  await connect()
  return {
    async close() {
      closed = true
      await client.end()
    },
  }
}
