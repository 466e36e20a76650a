import type { Site } from '#lib/site.ts'
import type { Clock } from '#lib/time.ts'
import type { Queue } from '#queue/queue.ts'
import type { Db } from '#store/db.ts'
import type { Measure } from './measure.ts'
import type { Reference } from './reference.ts'
import type { Keys } from './seal.ts'
import type { Settled } from './settled.ts'

/** What flows work with; `main.ts` opens it all and hands it out. */
export interface Deps {
  readonly db: Db
  readonly clock: Clock
  readonly site: Site
  readonly keys: Keys
  readonly reference: Reference
  /** Where archived transmissions wait for whoever settles them. */
  readonly queue: Queue
  /** Tells when another process has settled what this one received. */
  readonly settled: Settled
  readonly note: Note
  readonly measure: Measure
}

/** The program's own log: codes, ids and counts; never a traveller's data. */
export type Note = (
  level: 'info' | 'warn' | 'error',
  event: string,
  detail?: Readonly<Record<string, string | number | boolean>>,
) => void
