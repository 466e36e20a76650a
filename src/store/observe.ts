import { sql } from 'kysely'
import type { Db } from './db.ts'

/** How the work of all processes stands, in one question to the database. */
export interface Standing {
  /** Transmissions that are archived and not settled, and the age of the oldest. */
  readonly waiting: number
  readonly oldestSeconds: number
  readonly parked: number
  /** Processes that settle. */
  readonly workers: number
  /** Of lists and rules that are published. */
  readonly epoch: number
  /** Travellers still to be screened by a change. */
  readonly stale: number
  /** Pieces of the log that could not be archived since the last one that could. */
  readonly archiveFailing: boolean
  /** Seconds since 1970 by the database's clock. */
  readonly clock: number
}

export async function standing(db: Db): Promise<Standing> {
  const { rows } = await sql<Standing>`
    select (select count(*) from work) as waiting,
      (select coalesce(extract(epoch from now() - min(arrived_at)), 0)::float8 from work) as "oldestSeconds",
      (select count(*) from transmission where state = 'parked') as parked,
      (select count(*) from worker) as workers,
      (select sum(value)::bigint from epoch) as epoch,
      (select coalesce(sum(greatest(0, total - done)), 0)::bigint from rescreen where finished_at is null) as stale,
      (select coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) from pg_stat_archiver) as "archiveFailing",
      extract(epoch from clock_timestamp())::float8 as clock`.execute(db)
  const [row] = rows
  if (!row) throw new Error('the database gave no answer')
  return row
}
