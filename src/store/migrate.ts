import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'

const folder = new URL('./migrations/', import.meta.url)

/**
 * Brings the database to the newest form. Forward only; each file once, in order, in a transaction of its own; a file
 * that was changed after it ran is an error. Safe to run from several processes at once. With `only`, what has another
 * name is left for later: a backup is loaded at the level at which it was made.
 */
export async function migrate(url: string, only?: ReadonlySet<string>): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'preclear migrate' })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtext('preclear migrate'))`)
    await client.query(
      'create table if not exists migration (name text primary key, digest text not null, at timestamptz not null default now())',
    )
    const done = new Map<string, string>(
      (await client.query<{ name: string; digest: string }>('select name, digest from migration')).rows.map((row) => [
        row.name,
        row.digest,
      ]),
    )
    const applied: string[] = []
    for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()) {
      const text = await readFile(new URL(name, folder), 'utf8')
      const digest = createHash('sha256').update(text).digest('hex')
      if (only && !only.has(name)) continue
      const before = done.get(name)
      if (before === digest) continue
      if (before) throw new Error(`migration ${name} was changed after it had been applied`)
      await client.query('begin')
      await client.query(text)
      await client.query('insert into migration (name, digest) values ($1, $2)', [name, digest])
      await client.query('commit')
      applied.push(name)
    }
    return applied
  } finally {
    await client.end()
  }
}
