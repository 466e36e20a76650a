import type { Site } from '#lib/site.ts'
import type { Clock } from '#lib/time.ts'
import type { Db } from '#store/db.ts'
import type { Reference } from './reference.ts'
import type { Keys } from './seal.ts'

/** What flows work with; `main.ts` opens it all and hands it out. */
export interface Deps {
  readonly db: Db
  readonly clock: Clock
  readonly site: Site
  readonly keys: Keys
  readonly reference: Reference
  readonly note: Note
}

/** The program's own log: codes, ids and counts; never a traveller's data. */
export type Note = (
  level: 'info' | 'warn' | 'error',
  event: string,
  detail?: Readonly<Record<string, string | number | boolean>>,
) => void
