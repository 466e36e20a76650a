import pg from 'pg'
import { Client } from './connect.ts'

/** Legs up to 400 days ahead are taken in: a month that may still be written to is never dropped. */
const LEAST_MONTHS_KEPT = 14

/** A lock that is not had within this is asked for again: meanwhile nobody waits behind us. */
const LOCK_TIMEOUT = '2s'
const TRIES = 10

interface Keeping {
  /** `2026-06-11T…`: the present month and so many before it are kept. */
  readonly now: string
  readonly months: number
}

/**
 * Ends the retention of whole months: their partitions are taken out and dropped, and with the archive's the keys of
 * its days. Readers and writers of other months go on: each partition is detached `concurrently`. Killed in between,
 * the next run goes on. Needs the owner of the tables, which the program's own connections are not. Gives the months
 * that went.
 *
 * @throws RangeError where fewer months would be kept than are written to
 */
export async function dropMonths(url: string, { now, months }: Keeping): Promise<readonly string[]> {
  if (!Number.isInteger(months) || months < LEAST_MONTHS_KEPT)
    throw new RangeError(`at least ${LEAST_MONTHS_KEPT} months are kept, not ${months}`)
  const first = new Date(Date.UTC(Number(now.slice(0, 4)), Number(now.slice(5, 7)) - 1 - months, 1))
  const client = new Client({ connectionString: url, application_name: 'preclear retention' })
  await client.connect()
  try {
    const { rows: locked } = await client.query<{ mine: boolean }>(
      `select pg_try_advisory_lock(hashtext('preclear retention')) as mine`,
    )
    if (!locked[0]?.mine) return []
    await client.query(`set lock_timeout = '${LOCK_TIMEOUT}'`)
    const dropped = (await partitions(client)).filter(({ month }) => month < first.toISOString().slice(0, 10))
    for (const one of dropped) await dropOne(client, one)
    const gone = [...new Set(dropped.map(({ month }) => month))].sort()
    for (const month of gone)
      await client.query(`delete from data_key where day >= $1::date and day < $1::date + interval '1 month'`, [month])
    return gone
  } finally {
    await client.end()
  }
}

interface Partition {
  readonly part: string
  readonly parent: string
  readonly month: string
  readonly state: 'attached' | 'leaving' | 'detached'
}

/** Oldest month first; of a month whoever refers to others before them, which is the order in which tables were not made. */
async function partitions(client: pg.Client): Promise<readonly Partition[]> {
  const { rows } = await client.query<Partition>(`
    select parent.relname as parent, part.relname as part, to_char(to_date(right(part.relname, 6), 'YYYYMM'), 'YYYY-MM-DD') as month,
      case when i.inhrelid is null then 'detached' when i.inhdetachpending then 'leaving' else 'attached' end as state
    from pg_partitioned_table p join pg_class parent on parent.oid = p.partrelid
    join pg_class part on part.relnamespace = parent.relnamespace and part.relkind = 'r'
      and part.relname ~ ('^' || parent.relname || '_\\d{6}$')
    left join pg_inherits i on i.inhrelid = part.oid and i.inhparent = parent.oid
    where parent.relnamespace = 'public'::regnamespace order by month, parent.oid desc`)
  return rows
}

const LOCK_NOT_AVAILABLE = '55P03'

/** What was cut short, by a death or by others' locks, is gone on with: a partition that is leaving, or that has left. */
async function dropOne(client: pg.Client, { parent, part }: Partition): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      const found = (await partitions(client)).find((one) => one.part === part)
      if (found && found.state !== 'detached') await client.query(detach(client, found))
      return void (await client.query(`drop table if exists ${client.escapeIdentifier(part)}`))
    } catch (problem) {
      const busy = problem instanceof pg.DatabaseError && problem.code === LOCK_NOT_AVAILABLE
      if (!busy || tries === TRIES) throw new Error(`${part} of ${parent} could not be dropped`, { cause: problem })
    }
  }
}

const detach = (client: pg.Client, { parent, part, state }: Partition): string =>
  `alter table ${client.escapeIdentifier(parent)} detach partition ${client.escapeIdentifier(part)} ${state === 'leaving' ? 'finalize' : 'concurrently'}`
