import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { Client } from './connect.ts'

const ours = new URL('./migrations/', import.meta.url)

/** For so long a change of a table may keep others waiting behind it, and so often it is tried again. */
const LONGEST_LOCK = '2s'
const TRIES = 60
/** SQLSTATE: no lock in time, deadlock. */
const IN_THE_WAY = new Set(['55P03', '40P01'])

interface Done {
  readonly name: string
  readonly digest: string
  readonly safe_since: string | null
}

/**
 * Brings the database to the newest form. Forward only; each file once, in order, in a transaction of its own; a file
 * that was changed after it ran is an error. Safe to run from several processes at once, and while processes of the
 * version before still work. A database that is ahead of this program is left as it is, unless something is gone that
 * this program needs: then it is an error. With `only`, what has another name is left for later: a backup is loaded at
 * the level at which it was made. `folder` (with a slash at its end) is for tests of two versions.
 */
export async function migrate(url: string, only?: ReadonlySet<string>, folder: URL = ours): Promise<readonly string[]> {
  const client = new Client({ connectionString: url, application_name: 'preclear migrate' })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('preclear migrate'))`)
    await client.query(
      'create table if not exists migration (name text primary key, digest text not null, at timestamptz not null default now())',
    )
    await client.query('alter table migration add column if not exists safe_since text')
    const { rows } = await client.query<Done>('select name, digest, safe_since from migration order by name')
    const done = new Map(rows.map((row) => [row.name, row.digest]))
    const names = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
    const ahead = rows.find(
      ({ name, safe_since }) => safe_since && !names.includes(name) && !reaches(names, safe_since),
    )
    if (ahead) throw new Error(tooOld(ahead, names.at(-1) ?? 'none'))
    const applied: string[] = []
    for (const name of names) {
      const text = await readFile(new URL(name, folder), 'utf8')
      const digest = createHash('sha256').update(text).digest('hex')
      if (only && !only.has(name)) continue
      const before = done.get(name)
      if (before === digest) continue
      if (before) throw new Error(`migration ${name} was changed after it had been applied`)
      await apply(client, { name, text, digest })
      applied.push(name)
    }
    return applied
  } finally {
    await client.end()
  }
}

/**
 * The level from which on a program does without what this file takes away: `-- contract: safe since 0010` among the
 * comments with which the file begins.
 */
export const safeSince = (text: string): string | undefined =>
  text.match(/^(?:--[^\n]*\n)*?-- contract: safe since (\d{4})\b/)?.[1]

const reaches = (names: readonly string[], level: string): boolean => names.some((name) => name.slice(0, 4) >= level)

const tooOld = ({ name, safe_since }: Done, level: string): string =>
  `this program knows the database up to ${level}, and ${name} has since taken away what only programs from ${safe_since} on do without: start a newer one`

/** A lock that is not had soon, or that a taker waits for who has what we want, is given up, with all who wait behind it let through, and asked for again. */
async function apply(
  client: pg.Client,
  { name, text, digest }: { name: string; text: string; digest: string },
): Promise<void> {
  for (let turn = 1; ; turn++) {
    try {
      await client.query(`begin; set local lock_timeout = '${LONGEST_LOCK}'`)
      await client.query(text)
      await client.query('insert into migration (name, digest, safe_since) values ($1, $2, $3)', [
        name,
        digest,
        safeSince(text),
      ])
      await client.query('commit')
      return
    } catch (problem) {
      await client.query('rollback')
      const inTheWay = problem instanceof pg.DatabaseError && IN_THE_WAY.has(problem.code ?? '')
      if (turn === TRIES || !inTheWay) throw problem
      await pause(500)
    }
  }
}
