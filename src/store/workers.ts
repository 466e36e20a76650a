import { hostname } from 'node:os'
import type pg from 'pg'
import { newId } from '#lib/ids.ts'
import { Client } from './connect.ts'
import { LINE } from './live.ts'

/** A process among those that share the work. */
export interface Worker {
  readonly id: string
  /** Its place among the workers that live, from 0, and how many they are. */
  place(): { readonly slot: number; readonly of: number }
  close(): Promise<void>
}

const LOOK_EVERY_MS = 1_000
const JUDGES_AFTER_MS = 5_000
const LOCK = `hashtext('preclear worker')`

/**
 * Enters this process among the workers. A lock that the database holds for its connection says that it lives; rows of
 * those whose lock is free are taken away by whoever looks, and what they had in their hands is anybody's again. A database
 * that has just recovered has lost the locks of the living too: who has entered anew gives the others time to do so.
 */
export async function joinWorkers(url: string, version: string): Promise<Worker> {
  const id = newId()
  let place = { slot: 0, of: 1 }
  let closed = false
  let client: pg.Client | undefined
  let enteredAt = 0

  /** On a connection of its own, for the lock lives as long as that. */
  const enter = async (): Promise<pg.Client> => {
    const fresh = new Client({ connectionString: url, application_name: 'preclear worker', ...LINE })
    fresh.on('error', () => undefined)
    fresh.on('end', () => {
      if (client === fresh) client = undefined
    })
    await fresh.connect()
    try {
      await fresh.query('set role preclear_work')
      await fresh.query('delete from worker where id = $1', [id])
      const { rows } = await fresh.query<{ n: number }>(
        'insert into worker (id, host, pid, version) values ($1, $2, $3, $4) returning n',
        [id, hostname(), process.pid, version],
      )
      await fresh.query(`select pg_advisory_lock(${LOCK}, $1)`, [rows[0]?.n])
    } catch (problem) {
      await fresh.end()
      throw problem
    }
    client = fresh
    enteredAt = performance.now()
    return fresh
  }

  const look = async (): Promise<void> => {
    const on = client ?? (await enter())
    const { rowCount: known } = await on.query('update worker set seen_at = now() where id = $1', [id])
    if (!known) return on.end() // taken for dead while the line was cut: enters anew
    if (performance.now() - enteredAt > JUDGES_AFTER_MS) await takeFromDead(on)
    const { rows } = await on.query<{ id: string }>('select id from worker order by n')
    const slot = rows.findIndex((row) => row.id === id)
    if (slot >= 0) place = { slot, of: rows.length }
  }

  const takeFromDead = (on: pg.Client) =>
    on.query(
      `with dead as (
         delete from worker where id <> $1 and seen_at < now() - interval '3 seconds'
           and pg_try_advisory_xact_lock(${LOCK}, n) returning id
       )
       update work set taken_by = null, taken_at = null, deaths = deaths + 1, due_at = now() + least(deaths, 1) * interval '10 seconds'
       where taken_by in (select id from dead)`,
      [id],
    )

  await look()
  let looking = Promise.resolve()
  const timer = setInterval(() => {
    looking = looking.then(() => (closed ? undefined : look().catch(() => undefined)))
  }, LOOK_EVERY_MS)
  return {
    id,
    place: () => place,
    async close() {
      closed = true
      clearInterval(timer)
      await looking
      await client?.query('delete from worker where id = $1', [id]).catch(() => undefined)
      await client?.end().catch(() => undefined)
    },
  }
}
