import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { Busy } from '#lib/busy.ts'
import { newId } from '#lib/ids.ts'
import { testDatabase } from '#store/testing/database.ts'
import { onServer } from '#store/testing/server.ts'
import { postgresQueue } from './postgres.ts'
import { arrivalOfBytes } from './testing/arrivals.ts'
import { postgresProcess } from './testing/postgres-process.ts'
import { type Place, queueSuite } from './testing/suite.ts'

const { db, url } = await testDatabase()

async function place(): Promise<Place> {
  await onServer(url, (client) => client.query('truncate work, worker, transmission'))
  return {
    open: () => postgresProcess(url),
    settle: async () => undefined,
    elsewhere: ['postgres', url],
    end: async () => undefined,
  }
}

queueSuite('PostgreSQL', place, { many: 3_000 })

test('what is put for somebody who settles is in his hands, until they are full; the rest is anybody’s', async () => {
  await onServer(url, (client) => client.query('truncate work, worker, transmission'))
  const two = { id: newId(), place: () => ({ slot: 0, of: 2 }) }
  const queue = postgresQueue(db, { worker: two, hold: { messages: 2, bytes: 1_000 } })
  const puts = [
    { spread: 2, size: 400 },
    { spread: 3, size: 10 },
    { spread: 4, size: 700 },
    { spread: 6, size: 100 },
    { spread: 8, size: 100 },
  ]
  const mine: boolean[] = []
  for (const one of puts) mine.push((await queue.put(arrivalOfBytes(one.size, one))).mine !== undefined)
  // The second is another one's flight, the third too heavy beside the first, the fifth one too many.
  expect(mine).toEqual([true, false, false, true, false])
  const { rows } = await sql<{ tries: number }>`select tries from work order by arrived_at, id`.execute(db)
  expect(rows.reduce((sum, { tries }) => sum + tries, 0)).toBe(2)
})

test('a full queue takes nothing more, and says when to come again', async () => {
  await onServer(url, (client) => client.query('truncate work, worker, transmission'))
  const worker = { id: newId(), place: () => ({ slot: 0, of: 1 }) }
  const hold = { messages: 0, bytes: 0 }
  await postgresQueue(db, { worker, hold }).put(arrivalOfBytes())
  const refused = postgresQueue(db, { worker, hold, full: 1 }).put(arrivalOfBytes())
  await expect(refused).rejects.toBeInstanceOf(Busy)
  const { rows } = await sql<{ count: number }>`select count(*) from transmission`.execute(db)
  expect(rows).toEqual([{ count: 1 }])
})

test('what waits without being work becomes work again: an older program left it, or it was told to wait', async () => {
  await onServer(url, (client) => client.query('truncate work, worker, transmission'))
  const worker = { id: newId(), place: () => ({ slot: 0, of: 1 }) }
  const queue = postgresQueue(db, { worker, hold: { messages: 0, bytes: 0 } })
  const arrival = arrivalOfBytes()
  await queue.put(arrival)
  await sql`delete from work`.execute(db)
  await queue.sweep()
  const taken = await queue.take({ most: 9, heaviest: 1e6, alone: false }, AbortSignal.abort())
  expect(taken.map(({ id }) => id)).toEqual([arrival.id])
})
