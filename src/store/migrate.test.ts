import { randomBytes } from 'node:crypto'
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { migrate, safeSince } from './migrate.ts'
import { objectionsTo } from './testing/migration-rules.ts'
import { databaseUrl, onServer } from './testing/server.ts'

const ours = new URL('./migrations/', import.meta.url)
const names = (await readdir(ours)).sort()
const textOf = (name: string) => readFile(new URL(name, ours), 'utf8')

/** Files up to this one ran before two versions had to work side by side; what they do is no example. */
const BEFORE_THE_RULE = '0009'

describe('the files', () => {
  test.each(names.filter((name) => name.slice(0, 4) > BEFORE_THE_RULE))(
    '%s is fit for two versions side by side',
    async (name) => {
      const text = await textOf(name)
      const objections = objectionsTo(text)
      if (safeSince(text) === undefined) expect(objections.filter(({ kind }) => kind === 'contracts')).toEqual([])
      else expect(Number(safeSince(text))).toBeLessThan(Number(name.slice(0, 4)))
      if (!/^(?:--[^\n]*\n)*?-- locks: \S/.test(text))
        expect(objections.filter(({ kind }) => kind === 'locks')).toEqual([])
    },
  )

  test('what the first files do that later ones must say', async () => {
    const found = await Promise.all(
      names
        .filter((name) => name.slice(0, 4) <= BEFORE_THE_RULE)
        .map(async (name) => [name.slice(0, 4), objectionsTo(await textOf(name)).map(({ what }) => what)] as const),
    )
    expect(Object.fromEntries(found)).toMatchObject({
      '0003': ['adds a constraint', 'adds a constraint', 'adds a constraint'],
      '0004': [],
      '0005': [],
      '0008': [],
      '0009': ['index on transmission: who writes waits'],
    })
  })

  test.each([
    ['alter table pnr drop column company;', 'contracts'],
    ['alter table pnr drop company;', 'contracts'],
    ['ALTER TABLE pnr\n  RENAME company TO airline;', 'contracts'],
    ['alter table pnr rename to booking;', 'contracts'],
    ['alter table pnr alter column version type bigint;', 'contracts'],
    ['alter table pnr alter version set not null;', 'contracts'],
    ['alter table pnr alter column version drop default;', 'contracts'],
    ['alter table pnr add column note text not null;', 'contracts'],
    ["alter table pnr add column note text default '' check (note <> 'x');", 'contracts'],
    ['alter table pnr add constraint some check (version > 0);', 'contracts'],
    ['alter table pnr drop constraint pnr_state_check;', 'contracts'],
    ['create unique index some on pnr (month, leg_id, company);', 'contracts'],
    ['drop table review;', 'contracts'],
    ['drop function ensure_month(date);', 'contracts'],
    ['revoke select on pnr from preclear_work;', 'contracts'],
    ['delete from entry;', 'contracts'],
    ['truncate rescreen;', 'contracts'],
    ["do $$ begin execute 'alter table pnr drop column company'; end $$;", 'contracts'],
    ['do $$ begin drop table review; end $$;', 'contracts'],
    ['create index some on traveller (surname);', 'locks'],
    ["update traveller set surname = '';", 'locks'],
    ['alter table hit add column token uuid default gen_random_uuid();', 'locks'],
    ['alter table hit validate constraint some;', 'locks'],
    ['lock table leg;', 'locks'],
    ['alter table pnr add column note text;', undefined],
    ["alter table pnr add column note text not null default '';", undefined],
    ['alter table pnr add constraint some check (version > 0) not valid;', undefined],
    ['alter table pnr alter column company drop not null;', undefined],
    ['create table visa (id text primary key, leg text not null); create unique index some on visa (leg);', undefined],
    ['create index some on only traveller (surname);', undefined],
    ['create index some on rule (owner);', undefined],
    ['drop index leg_departs_idx;', undefined],
    ["insert into epoch values ('drop table pnr', 1); -- drop table pnr;", undefined],
    ['create function some() returns void language sql as $$ delete from entry $$;', undefined],
  ])('%s %s', (text, kind) => {
    expect([...new Set(objectionsTo(text).map((one) => one.kind))]).toEqual(kind ? expect.arrayContaining([kind]) : [])
  })

  test.each([
    ['-- Why.\n-- contract: safe since 0012\ndrop table x;', '0012'],
    ['-- contract: safe since 0012 (version 0.9)\n', '0012'],
    ['drop table x;\n-- contract: safe since 0012\n', undefined],
    ['-- contract: safe since soon\n', undefined],
  ])('%j declares %s', (text, level) => {
    expect(safeSince(text)).toBe(level)
  })
})

const scratch = await mkdtemp(join(tmpdir(), 'preclear-migrations-'))
afterAll(() => rm(scratch, { recursive: true }))

/** A folder with our files, and more. */
async function folderWith(more: Readonly<Record<string, string>>): Promise<URL> {
  const folder = await mkdtemp(join(scratch, 'v-'))
  for (const name of names) await copyFile(new URL(name, ours), join(folder, name))
  for (const [name, text] of Object.entries(more)) await writeFile(join(folder, name), text)
  return pathToFileURL(`${folder}/`)
}

/** An empty database on the server of this run, gone afterwards. */
async function withDatabase(work: (url: string) => Promise<void>): Promise<void> {
  const server = inject('databaseServer')
  const name = `preclear_test_${randomBytes(6).toString('hex')}`
  await onServer(server, (client) =>
    client.query(`create database ${name} template ${inject('databaseTemplate')} strategy file_copy`),
  )
  try {
    await work(databaseUrl(server, name))
  } finally {
    await onServer(server, (client) => client.query(`drop database ${name} with (force)`))
  }
}

const EXPAND = { '9001-visa.sql': 'alter table pnr add column visa text;' }
const CONTRACT = { '9003-no-company.sql': '-- contract: safe since 9001\nalter table pnr drop column company;' }

describe('two versions on one database', () => {
  test('a program of before serves on a database that only grew, and refuses one that lost what it needs', () =>
    withDatabase(async (url) => {
      expect(await migrate(url, undefined, await folderWith(EXPAND))).toEqual(['9001-visa.sql'])
      expect(await migrate(url)).toEqual([])
      await migrate(url, undefined, await folderWith({ ...EXPAND, ...CONTRACT }))
      await expect(migrate(url)).rejects.toThrow(
        `this program knows the database up to ${names.at(-1)}, and 9003-no-company.sql has since taken away what only programs from 9001 on do without: start a newer one`,
      )
      expect(await migrate(url, undefined, await folderWith(EXPAND))).toEqual([])
    }))

  test('a file that was changed after it ran is an error', () =>
    withDatabase(async (url) => {
      await migrate(url, undefined, await folderWith(EXPAND))
      const changed = await folderWith({ '9001-visa.sql': 'alter table pnr add column visa int;' })
      await expect(migrate(url, undefined, changed)).rejects.toThrow('9001-visa.sql was changed')
    }))

  test('a change that waits for a table lets others through meanwhile, and happens once it can', () =>
    withDatabase((url) =>
      onServer(url, async (reader) => {
        await reader.query('begin; select from pnr')
        const migrating = migrate(url, undefined, await folderWith(EXPAND))
        await waitsForLock(url)
        await onServer(url, (other) => other.query('select from pnr')) // queued behind the change until it gives up
        await reader.query('commit')
        expect(await migrating).toEqual(['9001-visa.sql'])
      }),
    ))

  test('several that start at once change the database once', () =>
    withDatabase(async (url) => {
      const folder = await folderWith(EXPAND)
      const applied = await Promise.all([1, 2, 3].map(() => migrate(url, undefined, folder)))
      expect(applied.flat()).toEqual(['9001-visa.sql'])
    }))
})

async function waitsForLock(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'preclear test run' })
  await client.connect()
  for (let waiting = 0; waiting === 0; ) {
    const { rowCount } = await client.query(
      `select from pg_stat_activity where application_name = 'preclear migrate' and wait_event_type = 'Lock' and datname = current_database()`,
    )
    waiting = rowCount ?? 0
  }
  await client.end()
}
