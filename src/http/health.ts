import { sql } from 'kysely'
import { type HttpPlugin, may } from './plugin.ts'

/** For whatever watches the process: alive, and ready to take messages. */
export const healthRoutes: HttpPlugin = async (http, { db }) => {
  http.get('/health/live', may('public'), async () => ({ live: true }))

  http.get('/health/ready', may('public'), async (_request, answer) => {
    try {
      await sql`select 1`.execute(db)
      return { ready: true }
    } catch {
      return answer.code(503).send({ ready: false })
    }
  })
}
