import { sql } from 'kysely'
import type { Finding } from '#domain/finding.ts'
import { newId } from '#lib/ids.ts'
import type { Instant } from '#lib/time.ts'
import type { Db, Tx } from './db.ts'
import { recordset } from './recordset.ts'
import type { JobState, RedecodeQuestion } from './tables.ts'

export interface Job {
  readonly id: string
  readonly question: RedecodeQuestion
  readonly state: JobState
  readonly cursor: string
  readonly done: number
  readonly total: number
  readonly changed: number
  readonly unreadable: number
  readonly findings_before: number
  readonly findings_after: number
  readonly started_by: string
  readonly created_at: string
  readonly started_at: string | null
  readonly ended_at: string | null
  readonly cause: string | null
}

const COLUMNS = sql`id, question, state, cursor, done, total, changed, unreadable, findings_before, findings_after, started_by,
  created_at, started_at, ended_at, cause`

/** What a job goes through: firsts that have their final state, and whose bytes are still there. */
const fitting = ({ since, until, carrier, type }: RedecodeQuestion) => sql`
  duplicate_of is null and state in ('accepted', 'accepted-with-findings', 'rejected') and sealed is not null
  and ${since === undefined ? sql`true` : sql`month >= date_trunc('month', ${since}::timestamptz at time zone 'UTC')::date and received_at >= ${since}::timestamptz`}
  and ${until === undefined ? sql`true` : sql`received_at < ${until}::timestamptz`}
  and ${carrier === undefined ? sql`true` : sql`carrier = ${carrier}`}
  and ${type === undefined ? sql`true` : sql`${type} = any(string_to_array(type, ' '))`}`

export async function insertJob(tx: Tx, question: RedecodeQuestion, by: string, at: string): Promise<Job> {
  const { rows } = await sql<Job>`insert into job (id, kind, question, total, started_by, created_at)
    select ${newId(Date.parse(at))}::uuid, 'redecode', ${JSON.stringify(question)}::jsonb, count(*), ${by}, ${at}::timestamptz
    from transmission where ${fitting(question)} returning ${COLUMNS}`.execute(tx)
  const [job] = rows
  if (!job) throw new Error('a job was not made')
  return job
}

/** The newest first. */
export async function listJobs(db: Db | Tx, limit: number): Promise<readonly Job[]> {
  return (await sql<Job>`select ${COLUMNS} from job order by created_at desc, id desc limit ${limit}`.execute(db)).rows
}

/** From one of these states to another; false where it is in none of them. */
export async function moveJob(
  tx: Tx,
  id: string,
  from: readonly JobState[],
  to: JobState,
  at: string,
): Promise<boolean> {
  const ended = to === 'cancelled' || to === 'done' || to === 'failed'
  const { numAffectedRows = 0n } = await sql`update job set state = ${to}, taken_by = null,
      ended_at = ${ended ? at : null}::timestamptz, cause = null
    where id = ${id}::uuid and state = any(${[...from]})`.execute(tx)
  return numAffectedRows > 0n
}

/** One that waits, or whose process has said nothing for so long; two who ask at once never get the same. */
export async function takeJob(db: Db, owner: string, silentMs: number, at: Instant): Promise<string | undefined> {
  const { rows } = await sql<{
    id: string
  }>`update job set state = 'running', taken_by = ${owner}::uuid, seen_at = now(),
      started_at = coalesce(started_at, ${at}::timestamptz)
    where id = (select id from job where state = 'waiting' or (state = 'running' and (seen_at is null or seen_at < now() - ${silentMs} * interval '1 ms'))
      order by created_at limit 1 for update skip locked) returning id`.execute(db)
  return rows[0]?.id
}

/** Says that this process still has it; false where it has not. */
export async function keepJob(db: Db, id: string, owner: string): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`update job set seen_at = now()
    where id = ${id}::uuid and state = 'running' and taken_by = ${owner}::uuid`.execute(db)
  return numAffectedRows > 0n
}

/** As it stands, as long as it runs in these hands; `locked` for the rest of the transaction. */
export async function jobInHands(db: Db | Tx, id: string, owner: string, locked?: 'locked'): Promise<Job | undefined> {
  const { rows } = await sql<Job>`select ${COLUMNS} from job
    where id = ${id}::uuid and state = 'running' and taken_by = ${owner}::uuid ${locked ? sql`for update` : sql``}`.execute(
    db,
  )
  return rows[0]
}

export async function endJob(
  db: Db | Tx,
  id: string,
  state: 'done' | 'failed',
  at: Instant,
  cause?: string,
): Promise<void> {
  await sql`update job set state = ${state}, taken_by = null, ended_at = ${at}::timestamptz, cause = ${cause ?? null}
    where id = ${id}::uuid and state = 'running'`.execute(db)
}

export interface ArchivedOne {
  readonly month: string
  readonly id: string
  readonly carrier: string
  readonly received_at: Instant
  readonly findings: readonly Finding[]
  readonly finding_count: number
}

/** The next of the archive, in the order of their ids. */
export async function nextArchived(db: Db, { question, cursor }: Job, limit: number): Promise<readonly ArchivedOne[]> {
  const from =
    cursor === ''
      ? sql`true`
      : sql`month >= ${`${cursor.slice(0, 4)}-${cursor.slice(4, 6)}-01`}::date and id > ${cursor}`
  const { rows } =
    await sql<ArchivedOne>`select month, id, carrier, received_at, findings, finding_count from transmission
    where ${fitting(question)} and ${from} order by month, id limit ${limit}`.execute(db)
  return rows
}

export interface JobChange {
  readonly transmission: string
  readonly travellers: number
  readonly pnrs: number
  readonly findings_before: number
  readonly findings_after: number
}

/** Moves the job on, with what the step found. */
export async function noteStep(
  tx: Tx,
  job: string,
  step: {
    readonly cursor: string
    readonly done: number
    readonly unreadable: number
    readonly changes: readonly JobChange[]
  },
  findings: { readonly before: number; readonly after: number },
): Promise<void> {
  const { cursor, done, unreadable, changes } = step
  if (changes.length > 0)
    await sql`insert into job_change (job, transmission, travellers, pnrs, findings_before, findings_after)
      select ${job}::uuid, * from ${recordset(changes, 'transmission text, travellers int, pnrs int, findings_before int, findings_after int')}
      on conflict do nothing`.execute(tx)
  await sql`update job set cursor = ${cursor}, done = done + ${done}, unreadable = unreadable + ${unreadable},
      changed = changed + ${changes.length}, findings_before = findings_before + ${findings.before},
      findings_after = findings_after + ${findings.after}, total = greatest(total, done + ${done}), seen_at = now()
    where id = ${job}::uuid`.execute(tx)
}

/** What a job changed, or would change. */
export async function jobChanges(db: Db | Tx, job: string, limit: number): Promise<readonly JobChange[]> {
  return db
    .selectFrom('job_change')
    .select(['transmission', 'travellers', 'pnrs', 'findings_before', 'findings_after'])
    .where('job', '=', job)
    .orderBy('transmission')
    .limit(limit)
    .execute()
}
