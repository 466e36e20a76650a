import { mkdir } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import pg from 'pg'
import { migrate } from '../migrate.ts'
import { copyIn, copyOut } from './copy.ts'
import { type LogicalManifest, writeBackup } from './manifest.ts'
import { type PackedFile, packInto, unpacked } from './packed-file.ts'
import { type BackupOptions, migrationsOf } from './physical.ts'

interface Table {
  readonly name: string
  readonly columns: readonly string[]
  readonly bytes: number
}

/**
 * All rows of all tables as they stood at one moment, through COPY: the way to another major version of PostgreSQL, and
 * between the embedded server and another one. A partitioned table is one file; partitions are made anew.
 */
export async function backUpLogically(options: BackupOptions): Promise<LogicalManifest> {
  const { url, folder, version, now } = options
  const startedAt = now()
  return writeBackup(folder, async (partial) => {
    await mkdir(partial, { recursive: true, mode: 0o700 })
    return connected(url, async (client) => {
      await client.query('begin isolation level repeatable read read only')
      await client.query('set local row_security = off') // whoever does not see all rows gets an error, not a part
      await client.query(`set local timezone = 'UTC'; set local datestyle = 'ISO'; set local extra_float_digits = 3`)
      const tables = await tablesInOrder(client)
      const total = tables.reduce((sum, table) => sum + table.bytes, 0)
      const files: PackedFile[] = []
      const rows: LogicalManifest['tables'][number][] = []
      let before = 0
      for (const { name, columns, bytes } of tables) {
        const file = `${name}.copy.zst`
        const { pieces } = copyOut(client, `copy (select ${list(columns)} from ${id(name)}) to stdout`, 'joined')
        const counted = { rows: 0 }
        files.push(await packInto(partial, file, counting(pieces, counted)))
        rows.push({ name, file, columns, rows: counted.rows })
        before += bytes
        options.progress(before, total)
      }
      const manifest: LogicalManifest = {
        form: 1,
        kind: 'logical',
        preclear: version,
        postgres: await majorOf(client),
        startedAt,
        endedAt: now(),
        migrations: (
          await client.query<{ name: string; digest: string }>('select name, digest from migration order by name')
        ).rows,
        months: await monthsOf(client),
        sequences: await sequencesOf(client),
        tables: rows,
        files,
      }
      await client.query('rollback')
      return manifest
    })
  })
}

/**
 * Loads a logical backup into a database without tables: the migrations that had run, all rows in one transaction with
 * every constraint checked, then the migrations that came since.
 */
export async function loadLogically(
  url: string,
  folder: string,
  manifest: LogicalManifest,
  progress: (done: number, of: number) => void,
): Promise<void> {
  await connected(url, async (client) => {
    const { rows } = await client.query(
      `select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') limit 1`,
    )
    if (rows.length > 0) throw new Error('The database is not empty: make a new one, and restore into that.')
  })
  await migrate(url, new Set(manifest.migrations.map(({ name }) => name)))
  const ours = new Map((await migrationsOf(url)).map(({ name, digest }) => [name, digest]))
  for (const { name, digest } of manifest.migrations) {
    if (ours.get(name) !== digest) {
      throw new Error(`The backup was made by another Preclear (${manifest.preclear}): ${name} is not the same here.`)
    }
  }
  await connected(url, async (client) => {
    await client.query('begin')
    await client.query(`set local timezone = 'UTC'; set local datestyle = 'ISO'`)
    await client.query('set constraints all deferred')
    for (const month of manifest.months) await client.query('select ensure_month($1)', [month])
    // Rows that migrations made stand in the backup as well.
    for (const { name } of [...manifest.tables].reverse()) {
      const seeded = await client.query(`select from ${id(name)} limit 1`)
      if (seeded.rows.length > 0) await client.query(`delete from ${id(name)}`)
    }
    const total = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    let done = 0
    for (const { name, file, columns, rows } of manifest.tables) {
      const statement = `copy ${id(name)} (${list(columns)}) from stdin`
      const loaded = await copyIn(client, statement, unpacked(folder, file))
      if (loaded !== rows) throw new Error(`${file} gave ${loaded} rows, and had ${rows}`)
      done += rows
      progress(done, total)
    }
    for (const { name, value } of manifest.sequences) {
      await client.query('select setval($1::text::regclass, $2::bigint)', [id(name), value])
    }
    await client.query('commit')
    await client.query('analyze')
  })
}

/** Tables in an order in which each comes after those that it refers to. */
async function tablesInOrder(client: pg.Client): Promise<readonly Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; bytes: string; refers: string[] }>(
    `select c.relname as name,
       (select array_agg(attname::text order by attnum) from pg_attribute
         where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
       (select coalesce(sum(pg_total_relation_size(relid)), 0) from pg_partition_tree(c.oid))
         + case when c.relkind = 'r' then pg_total_relation_size(c.oid) else 0 end as bytes,
       array(select distinct p.relname::text from pg_constraint k join pg_class p on p.oid = k.confrelid
         where k.conrelid = c.oid and k.contype = 'f' and not k.condeferrable and k.confrelid <> c.oid
           and not p.relispartition) as refers
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname <> 'migration' order by c.relname`,
  )
  const ordered: Table[] = []
  const placed = new Set<string>()
  for (let left = rows; left.length > 0; ) {
    const free = left.filter(({ refers }) => refers.every((name) => placed.has(name)))
    if (free.length === 0) throw new Error('tables refer to each other in a ring')
    for (const { name, columns, bytes } of free) {
      ordered.push({ name, columns, bytes: Number(bytes) })
      placed.add(name)
    }
    left = left.filter(({ name }) => !placed.has(name))
  }
  return ordered
}

/** In COPY's text form each row ends with a line feed, and one within a value is written as \n. */
async function* counting(pieces: Readable, counted: { rows: number }): AsyncGenerator<Buffer> {
  for await (const piece of pieces as AsyncIterable<Buffer>) {
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) counted.rows += 1
    yield piece
  }
}

const monthsOf = async (client: pg.Client): Promise<string[]> =>
  (
    await client.query<{ month: string }>(
      `select distinct to_date(right(part.relname, 6), 'YYYYMM')::text as month from pg_inherits
         join pg_class part on part.oid = inhrelid where inhparent = 'leg'::regclass order by month`,
    )
  ).rows.map(({ month }) => month)

const sequencesOf = async (client: pg.Client): Promise<{ name: string; value: string }[]> =>
  (
    await client.query<{ name: string; value: string }>(
      `select sequencename::text as name, last_value::text as value from pg_sequences
         where schemaname = 'public' and last_value is not null order by name`,
    )
  ).rows

async function majorOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version_num') as version`)
  return String(Math.floor(Number(rows[0]?.version) / 10_000))
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'preclear backup' })
  client.on('error', () => undefined) // the statement that runs is told
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const id = (name: string): string => pg.escapeIdentifier(name)
const list = (names: readonly string[]): string => names.map(id).join(', ')
