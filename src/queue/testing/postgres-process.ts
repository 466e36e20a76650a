import { openDb } from '#store/db.ts'
import { endWork } from '#store/work.ts'
import { joinWorkers } from '#store/workers.ts'
import { postgresQueue } from '../postgres.ts'
import type { Queue } from '../queue.ts'

/** The queue in PostgreSQL as a process of its own has it: among the workers, sweeping; what is done is settled. */
export async function postgresProcess(url: string): Promise<Queue> {
  const db = openDb(url, { max: 4, name: 'preclear test' })
  const worker = await joinWorkers(url, 'test')
  const queue = postgresQueue(db, { worker, hold: { messages: 0, bytes: 0 } })
  const sweeping = setInterval(() => void queue.sweep().catch(() => undefined), 300)
  return {
    ...queue,
    async done(taken) {
      if (taken.length === 0) return
      const ids = taken.map(({ id }) => id)
      await db.transaction().execute(async (tx) => {
        await tx
          .updateTable('transmission')
          .set({ state: 'accepted', decided_at: new Date().toISOString() })
          .where('id', 'in', ids)
          .where('state', '=', 'received')
          .execute()
        await endWork(tx, ids)
      })
      await queue.done(taken)
    },
    async close() {
      clearInterval(sweeping)
      await queue.close()
      await worker.close()
      await db.destroy()
    },
  }
}
