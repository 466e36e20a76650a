import { sql } from 'kysely'
import type { Instant } from '#lib/time.ts'
import type { Db, Tx } from './db.ts'
import { recordset } from './recordset.ts'

/** 0 somebody waits for the answer, 1 departs soon, 2 everything else. */
export type Urgency = 0 | 1 | 2

export interface Work {
  readonly id: string
  /** Lanes take turns. */
  readonly lane: string
  /** The same for messages about one flight: they are one worker's, as long as he keeps up. */
  readonly spread: number
  readonly urgency: Urgency
  readonly size: number
  /** In whose hands it is from the beginning. */
  readonly takenBy: string | undefined
}

export async function addWork(tx: Tx, list: readonly Work[]): Promise<void> {
  if (list.length === 0) return
  const rows = list.map(({ takenBy, ...work }) => ({
    ...work,
    taken_by: takenBy,
    tries: takenBy ? 1 : 0,
  }))
  await sql`insert into work (id, lane, spread, urgency, size, taken_by, taken_at, tries)
    select id, lane, spread, urgency, size, taken_by, case when taken_by is not null then now() end, tries
    from ${recordset(rows, 'id text, lane text, spread int, urgency smallint, size int, taken_by uuid, tries smallint')}`.execute(
    tx,
  )
}

export interface TakenWork {
  readonly id: string
  readonly size: number
  readonly spread: number
  readonly tries: number
  readonly deaths: number
}

export interface WorkQuestion {
  readonly owner: string
  readonly most: number
  readonly heaviest: number
  /** Which of the workers the asker is, and how many there are: each serves its own flights first. */
  readonly slot: number
  readonly of: number
}

/** Somebody else's flights are helped with when they have waited for so long. */
const HELP_AFTER_MS = 700

/**
 * Takes what is due: of every lane its most urgent ones, lanes in turn, up to a number and a weight. Whoever takes at the
 * same time gets others.
 */
export async function takeWork(db: Db, { owner, most, heaviest, slot, of }: WorkQuestion): Promise<TakenWork[]> {
  const { rows } = await sql<TakenWork>`
    with recursive lanes as (
      (select lane from work where taken_by is null order by lane limit 1)
      union all
      select (select w.lane from work w where w.taken_by is null and w.lane > lanes.lane order by w.lane limit 1)
      from lanes where lanes.lane is not null
    ), found as (
      select w.*, row_number() over (partition by w.lane order by w.urgency, w.due_at) as turn
      from lanes cross join lateral (
        select id, lane, urgency, due_at, size from work
        where taken_by is null and work.lane = lanes.lane and deaths = 0 and due_at <= now()
          and (${of}::int = 1 or work.spread % ${of}::int = ${slot}::int or due_at < now() - ${HELP_AFTER_MS} * interval '1 ms')
        order by urgency, due_at
        limit (select greatest(8, 2 * ${most}::int / greatest(1, count(*)))::int from lanes)
        for update skip locked
      ) w
    ), weighed as (
      select id, row_number() over by_turn as n, sum(size) over by_turn as weight from found
      window by_turn as (order by urgency, turn, due_at, id)
    )
    update work set taken_by = ${owner}::uuid, taken_at = now(), tries = tries + 1
    from weighed where work.id = weighed.id and weighed.n <= ${most}::int and (weighed.n = 1 or weighed.weight <= ${heaviest}::int)
    returning work.id, work.size, work.spread, work.tries, work.deaths`.execute(db)
  return rows
}

/** Takes one that ended a process before. */
export async function takeDangerous(db: Db, owner: string): Promise<TakenWork | undefined> {
  const { rows } = await sql<TakenWork>`
    update work set taken_by = ${owner}::uuid, taken_at = now(), tries = tries + 1
    where id = (select id from work where taken_by is null and deaths > 0 and due_at <= now() order by due_at limit 1 for update skip locked)
    returning id, size, spread, tries, deaths`.execute(db)
  return rows[0]
}

export async function letGo(db: Db, id: string, afterMs: number): Promise<void> {
  await sql`update work set taken_by = null, taken_at = null, due_at = now() + ${afterMs} * interval '1 ms' where id = ${id}`.execute(
    db,
  )
}

/**
 * What this process has taken is anybody's again, but for what it names; it was not its fault that it was not done.
 *
 * @param olderThanMs what was taken later may be on its way to us
 */
export async function letAllGo(db: Db, owner: string, except: readonly string[], olderThanMs: number): Promise<void> {
  await sql`update work set taken_by = null, taken_at = null, tries = greatest(0, tries - 1)
    where taken_by = ${owner}::uuid and not (id = any(${[...except]}))
      and taken_at <= now() - ${olderThanMs} * interval '1 ms'`.execute(db)
}

/** What is settled is no work any more. */
export async function endWork(tx: Tx | Db, ids: readonly string[]): Promise<void> {
  await sql`delete from work where id = any(${[...ids]})`.execute(tx)
}

/**
 * Takes work out of the hands of processes that are not among the workers, as a single command is, and finds transmissions
 * that wait without being work: an older version of the program left them, or they were told to wait again.
 *
 * @param unknownAfterMs how long such a process may keep what it took
 */
export async function recoverWork(db: Db, unknownAfterMs: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await sql`update work set taken_by = null, taken_at = null, deaths = deaths + 1,
        due_at = now() + least(deaths, 1) * interval '10 seconds'
      where taken_at <= now() - ${unknownAfterMs} * interval '1 ms' and taken_by not in (select id from worker)`.execute(
      tx,
    )
    const { numAffectedRows = 0n } = await sql`insert into work (id, lane, urgency, size)
      select t.id, t.carrier, 2, t.size from transmission t
      where t.state = 'received' and not exists (select from work w where w.id = t.id) on conflict do nothing`.execute(
      tx,
    )
    return Number(numAffectedRows)
  })
}

export async function workDepth(db: Db): Promise<{ readonly waiting: number; readonly oldest?: Instant }> {
  const { rows } = await sql<{ waiting: number; oldest: Instant | null }>`
    select count(*) as waiting, min(arrived_at) as oldest from work`.execute(db)
  const { waiting = 0, oldest } = rows[0] ?? {}
  return { waiting, ...(oldest && { oldest }) }
}
