import { sql } from 'kysely'
import type { Deps } from '#flows/deps.ts'
import { type HttpPlugin, may } from './plugin.ts'

/** How old an answer of the database may be: whoever asks all the time asks it once a second. */
const FRESH_MS = 1_000

/** Whether the database answers; asked by many, it is asked once. */
export function databaseAnswers({ db }: Pick<Deps, 'db'>): () => Promise<boolean> {
  let asked: Promise<boolean> | undefined
  let at = 0
  return () => {
    if (!asked || Date.now() - at > FRESH_MS) {
      at = Date.now()
      asked = sql`select 1`.execute(db).then(
        () => true,
        () => false,
      )
    }
    return asked
  }
}

/** For whatever watches the process: alive, and ready to take messages. */
export const healthRoutes: HttpPlugin = async (http, deps) => {
  const answers = databaseAnswers(deps)
  http.get('/health/live', may('public'), async () => ({ live: true }))

  http.get('/health/ready', may('public'), async (_request, answer) => {
    const ready = await answers()
    return answer.code(ready ? 200 : 503).send({ ready })
  })
}
