import { constants } from 'node:fs'
import {
  chmod,
  chown,
  copyFile,
  mkdir,
  mkdtemp,
  open,
  readdir,
  rm,
  stat,
  truncate,
  unlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Instant, instant } from '#lib/time.ts'
import { demoEntries } from '#simulator/demo-lists.ts'
import { demoRules } from '#simulator/demo-rules.ts'
import { readThrough } from '#store/backup/lay-out.ts'
import { backUpLogically } from '#store/backup/logical.ts'
import { backUpPhysically } from '#store/backup/physical.ts'
import { type Db, openDb } from '#store/db.ts'
import { homeOf } from '#store/embedded/cluster.ts'
import { livingPostmaster } from '#store/embedded/postmaster.ts'
import { type Embedded, startEmbedded } from '#store/embedded/start.ts'
import { walName } from '#store/embedded/wal-folder.ts'
import { verifyLog } from '#store/log.ts'
import { migrate } from '#store/migrate.ts'
import { databaseUrl, onServer } from '#store/testing/server.ts'
import type { Deps } from './deps.ts'
import { type RestoreRequest, restore } from './restore.ts'
import { openSealed } from './seal.ts'
import { seedDemo } from './seed-demo.ts'
import { takeIn } from './take-in.ts'
import { burst, intakeOn, pnrgov, pnrSegments, send, settleLeft } from './testing/intake.ts'
import { NOW } from './testing/scene.ts'

const quiet = (): void => undefined
const messages = burst().slice(0, 30)
const MASTER = new Uint8Array(32).fill(7)
const closing: (() => Promise<unknown>)[] = []
let place: string
let archive: string
let dataDir: string
let server: Embedded
let db: Db
let deps: Deps

beforeAll(async () => {
  // Parents that anybody may pass, for the server's account; a name that no shell shall read.
  place = await mkdtemp(join(tmpdir(), 'preclear-backup-'))
  await chmod(place, 0o755)
  archive = join(place, `log's "$HOME" %p`)
  await mkdir(archive, { mode: 0o755 })
  dataDir = join(place, 'data')
  server = await startEmbedded({ dataDir, walArchive: archive, log: quiet })
  closing.push(() => server.stop())
  await migrate(server.url)
  db = openDb(server.url, { max: 6, name: 'preclear test' })
  closing.push(() => db.destroy())
  const carriers = [{ code: 'Q0', name: 'Quartz Air', profile: {} }]
  await seedDemo(db, { carriers, ...demoEntries(7), rules: demoRules() }, NOW)
  deps = await intakeOn(db)
})

afterAll(async () => {
  for (const close of closing.toReversed()) await close().catch(quiet)
  await rm(place, { recursive: true, force: true, maxRetries: 5 })
})

/** What is in every table, as a count and a digest; not the entry that the restore itself makes in the log. */
const contentOf = (url: string): Promise<Readonly<Record<string, string>>> =>
  onServer(url, async (client) => {
    const tables = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and not relispartition and relname not in ('log_head', 'worker') order by 1`,
    )
    const content: Record<string, string> = {}
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ content: string }>(
        `select concat(count(*), ' ', md5(string_agg(digest, '' order by digest))) as content
         from (select md5(t::text) as digest from ${pg.escapeIdentifier(name)} t
           ${name === 'log' ? `where action <> 'restore'` : ''}) all_rows`,
      )
      content[name] = rows[0]?.content ?? ''
    }
    return content
  })

const idsIn = (url: string): Promise<Set<string>> =>
  onServer(url, async (client) => {
    const { rows } = await client.query<{ id: string }>('select id from transmission')
    return new Set(rows.map(({ id }) => id))
  })

/** Everything that the server has written is in the archive. */
async function archived(): Promise<void> {
  await onServer(server.url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      'select pg_walfile_name(lsn) as name from (select pg_switch_wal() as lsn) switched',
    )
    const last = rows[0]?.name ?? ''
    for (;;) {
      const { rows: told } = await client.query<{ done: boolean }>(
        'select last_archived_wal >= $1 as done from pg_stat_archiver',
        [last],
      )
      if (told[0]?.done) return
      await pause(20)
    }
  })
}

const options = (name: string) => ({
  url: server.url,
  folder: join(place, name),
  version: '0',
  now: () => new Date().toISOString(),
  progress: quiet,
})

const request = (name: string, into: string | { url: string }, more: Partial<RestoreRequest> = {}): RestoreRequest => ({
  folder: join(place, name),
  into: typeof into === 'string' ? { dataDir: join(place, into) } : into,
  walArchive: undefined,
  toTime: undefined,
  master: MASTER,
  by: { account: 'keeper', at: NOW },
  log: quiet,
  progress: quiet,
  ...more,
})

/** Starts what was restored and looks at it. */
async function on<T>(name: string, look: (url: string) => Promise<T>): Promise<T> {
  const restored = await startEmbedded({ dataDir: join(place, name), log: quiet, durable: false })
  try {
    return await look(restored.url)
  } finally {
    await restored.stop()
  }
}

const timeNow = async (): Promise<Instant> => {
  await pause(30)
  const at = instant(Date.now())
  await pause(30)
  return at
}

const one = (n: number) =>
  pnrgov(pnrSegments({ locator: `LATE${n}0`, people: ['DANEV:IVO'] }), { interchange: `L${n}` })

describe('while messages arrive', { timeout: 120_000 }, () => {
  const acknowledged: string[] = []
  let before: readonly string[] = []
  let between: Instant
  let first = ''
  let second = ''
  let third = ''
  let last: Readonly<Record<string, string>> = {}

  test('a physical and a logical backup are made, and the server is killed', async () => {
    let sent = 0
    const flood = (async () => {
      for (const { carrier, bytes, at } of messages) {
        sent += 1
        acknowledged.push((await takeIn({ carrier, channel: 'https', bytes, receivedAt: at }, deps)).transmission)
      }
    })()
    while (acknowledged.length < 5) await pause(5)
    before = [...acknowledged]
    const [physical] = await Promise.all([
      backUpPhysically({ ...options('physical'), walName: await walName(homeOf(dataDir)) }),
      backUpLogically(options('moving')),
    ])
    expect(physical).toMatchObject({ kind: 'physical', timeline: 1, walFolder: expect.stringMatching(/^wal-/) })
    await flood
    expect(acknowledged).toHaveLength(sent)
    expect(sent).toBeGreaterThan(before.length)
    await backUpLogically(options('calm'))

    first = (await send(deps, one(1))).transmission
    between = await timeNow()
    second = (await send(deps, one(2))).transmission
    await archived()
    third = (await send(deps, one(3))).transmission
    last = await contentOf(server.url)
    process.kill((await livingPostmaster(homeOf(dataDir).cluster))?.pid ?? 0, 'SIGKILL')
    await server.ended
  })

  test('the physical backup alone brings back what was acknowledged before it began, and take-in goes on', async () => {
    const restored = await restore(request('physical', 'alone'))
    expect(restored).toMatchObject({ key: 'fits', chain: { ok: true }, migrations: [] })
    await on('alone', async (url) => {
      const found = await idsIn(url)
      for (const id of before) expect(found).toContain(id)
      expect(found).not.toContain(first)

      const again = openDb(url, { max: 4, name: 'preclear test' })
      const goingOn = await intakeOn(again)
      await settleLeft(goingOn)
      for (const { carrier, bytes, at } of messages)
        await takeIn({ carrier, channel: 'https', bytes, receivedAt: at }, goingOn)
      const { transmission } = await send(goingOn, one(1))
      expect(await openSealed(again, goingOn.keys, transmission)).toEqual(Buffer.from(one(1)))
      const states = await again.selectFrom('transmission').select('state').distinct().execute()
      expect(states.map(({ state }) => state)).not.toContain('received')
      await again.destroy()
      const legs = (content: Readonly<Record<string, string>>) => content.leg?.split(' ')[0]
      expect(legs(await contentOf(url))).toBe(legs(last))
    })
  })

  test('with the archived log there is what was archived; with the rest of the lost disk, every row as it was', async () => {
    const restored = await restore(request('physical', 'whole', { walArchive: archive }))
    expect(restored.pieces).toMatchObject({ gapAfter: undefined })
    await on('whole', async (url) => {
      const found = await idsIn(url)
      for (const id of [...acknowledged, first, second]) expect(found).toContain(id)
      expect(found).not.toContain(third)
    })

    const [log, kept] = [join(homeOf(dataDir).cluster, 'pg_wal'), join(archive, (await walName(homeOf(dataDir))) ?? '')]
    for (const name of await readdir(log)) {
      if (!/^[0-9A-F]{24}$/.test(name)) continue
      await copyFile(join(log, name), join(kept, name), constants.COPYFILE_EXCL).catch(quiet) // it is there already
    }
    if (process.getuid?.() === 0) {
      const one = join(kept, (await readdir(kept))[0] ?? '')
      const { uid, gid } = await stat(one)
      await chown(one, 0, 0)
      await expect(restore(request('physical', 'rescued', { walArchive: archive }))).rejects.toThrow('right to read')
      await chown(one, uid, gid)
    }
    await restore(request('physical', 'rescued', { walArchive: archive }))
    await on('rescued', async (url) => expect(await contentOf(url)).toEqual(last))
  })

  test('to a time between two messages there is exactly the first', async () => {
    await restore(request('physical', 'between', { walArchive: archive, toTime: between }))
    await on('between', async (url) => {
      const found = await idsIn(url)
      for (const id of [...acknowledged, first]) expect(found).toContain(id)
      expect(found).not.toContain(second)
    })
  })

  test('a time beyond the archive, or before the backup, is refused in words', async () => {
    const late = instant(Date.now() + 3_600_000)
    await expect(restore(request('physical', 'late', { walArchive: archive, toTime: late }))).rejects.toThrow(
      'ends before that time',
    )
    await expect(restore(request('physical', 'early', { walArchive: archive, toTime: NOW }))).rejects.toThrow('older')
    await expect(restore(request('physical', 'nowhere', { toTime: between }))).rejects.toThrow('needs the archive')
    expect(await readdir(join(place, 'late'))).toEqual([])
  })

  test('rows taken while messages arrived are of one moment: every constraint holds, and the log is whole', async () => {
    const restored = await restore(request('moving', 'moment'))
    expect(restored).toMatchObject({ key: 'fits', chain: { ok: true } })
    await on('moment', async (url) => {
      const found = await idsIn(url)
      for (const id of before) expect(found).toContain(id)
      const travellers = (await contentOf(url)).traveller?.split(' ')[0]
      expect(Number(travellers)).toBeLessThan(Number(last.traveller?.split(' ')[0]))
    })
  })

  test('rows go to another server and are the same there, and take-in goes on', async () => {
    await on('moment', async (url) => {
      await onServer(url, (client) => client.query('create database elsewhere'))
      const other = databaseUrl(url, 'elsewhere')
      await restore(request('calm', { url: other }))
      await expect(restore(request('calm', { url: other }))).rejects.toThrow('not empty')
      const found = await contentOf(other)
      // Three messages came after it was made.
      const changed = Object.keys(last).filter((name) => found[name] !== last[name])
      const byThree = changed.filter(
        (name) => Number(last[name]?.split(' ')[0]) - Number(found[name]?.split(' ')[0]) === 3,
      )
      expect(byThree).toContain('transmission')
      expect(changed).not.toContain('entry')
      expect(changed).not.toContain('log')

      await onServer(url, (client) => client.query('create database later'))
      const keep = { now: '2027-12-01T00:00:00.000Z' as Instant, months: 14 }
      const purged = await restore(request('calm', { url: databaseUrl(url, 'later') }, { keep }))
      expect(purged.dropped).toContain('2026-06-01')
      const left = await contentOf(databaseUrl(url, 'later'))
      for (const table of ['transmission', 'leg', 'traveller', 'pnr_version', 'data_key'])
        expect(left[table]?.split(' ')[0]).toBe('0')
      expect(purged.chain.ok).toBe(true)

      const loaded = openDb(other, { max: 4, name: 'preclear test' })
      const goingOn = await intakeOn(loaded)
      for (const n of [1, 2, 3]) await send(goingOn, one(n))
      for (const table of ['leg', 'traveller', 'pnr_version', 'hit'])
        expect((await contentOf(other))[table]?.split(' ')[0]).toBe(last[table]?.split(' ')[0])
      expect(await verifyLog(loaded)).toMatchObject({ ok: true })
      await loaded.destroy()
    })
  })
})

describe('a backup that is not whole', () => {
  const FILES = { physical: 'base.tar.zst', calm: 'traveller.copy.zst' }

  async function copyOf(name: keyof typeof FILES): Promise<string> {
    const copy = await mkdtemp(join(place, 'damaged-'))
    for (const file of await readdir(join(place, name))) await copyFile(join(place, name, file), join(copy, file))
    return copy
  }

  const damage = {
    'a bit turned': async (path: string) => {
      const file = await open(path, 'r+')
      const byte = Buffer.alloc(1)
      await file.read(byte, 0, 1, 100)
      await file.write(Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, 100)
      await file.close()
    },
    'the end cut off': (path: string) => truncate(path, 200),
    'the file gone': (path: string) => unlink(path),
  }

  test.each(
    (['physical', 'calm'] as const).flatMap((name) =>
      (Object.keys(damage) as (keyof typeof damage)[]).map((what) => ({ name, what })),
    ),
  )('$name: $what is refused, and the file is named', async ({ name, what }) => {
    const copy = await copyOf(name)
    await damage[what](join(copy, FILES[name]))
    await expect(restore({ ...request(name, 'never'), folder: copy })).rejects.toThrow(FILES[name])
    expect(await readdir(join(place, 'never'))).toEqual([])
  })

  test('what was not finished is no backup', async () => {
    const copy = await copyOf('physical')
    await unlink(join(copy, 'backup.json'))
    await expect(restore({ ...request('physical', 'never'), folder: copy })).rejects.toThrow('no whole backup')
  })

  test('a whole one reads through to its end', () => readThrough(join(place, 'physical')))
})

describe('where it may go', { timeout: 120_000 }, () => {
  test('only into an empty data folder, beside a master key', async () => {
    const target = join(place, 'taken')
    await mkdir(join(target, 'keys'), { recursive: true })
    await writeFile(join(target, 'notes.txt'), 'precious')
    for (const name of ['physical', 'calm'])
      await expect(restore(request(name, 'taken'))).rejects.toThrow('not empty (notes.txt)')
    expect((await readdir(target)).sort()).toEqual(['keys', 'notes.txt'])
  })

  test('rows of an older Preclear are brought up; those of a newer one are refused', async () => {
    await on('alone', async (url) => {
      for (const name of ['old', 'mended']) await onServer(url, (client) => client.query(`create database ${name}`))
      const names = await onServer(databaseUrl(url, 'preclear'), async (client) =>
        (await client.query<{ name: string }>('select name from migration order by 1')).rows.map((row) => row.name),
      )
      const newest = names.at(-1) ?? ''
      const old = databaseUrl(url, 'old')
      await migrate(old, new Set(names.slice(0, -1)))
      await onServer(old, (client) => client.query(`insert into carrier values ('ZX', 'Fictional Air')`))
      await backUpLogically({ ...options('old'), url: old })
      const restored = await restore(request('old', { url: databaseUrl(url, 'mended') }))
      expect(restored).toMatchObject({ migrations: [newest], key: 'not needed' })

      await onServer(old, (client) => client.query(`insert into migration values ('9999-later.sql', 'x')`))
      await backUpLogically({ ...options('newer'), url: old })
      await onServer(url, (client) => client.query('create database refused'))
      await expect(restore(request('newer', { url: databaseUrl(url, 'refused') }))).rejects.toThrow('9999-later.sql')
    })
  })

  test('a server whose user may not copy its files is told what is missing, and nothing is left behind', async () => {
    await on('alone', async (url) => {
      await onServer(url, (client) => client.query(`create role plain login password 'plain'`))
      const plain = url.replace(/\/\/[^@]+@/, '//plain:plain@')
      await onServer(url, (client) => client.query('grant select on migration to plain'))
      const refused = { ...options('refused'), url: plain }
      await expect(backUpPhysically(refused)).rejects.toThrow('needs the right REPLICATION')
      await expect(backUpLogically(refused)).rejects.toThrow(/permission denied|row-level security/)
      expect((await readdir(place)).filter((name) => name.startsWith('refused'))).toEqual([])
    })
  })

  test('another master key, or none, is told of', async () => {
    await on('alone', async (url) => {
      for (const [name, master, key] of [
        ['wrong', new Uint8Array(32), 'does not fit'],
        ['none', undefined, 'missing'],
      ] as const) {
        await onServer(url, (client) => client.query(`create database ${name}`))
        expect(await restore(request('calm', { url: databaseUrl(url, name) }, { master }))).toMatchObject({ key })
      }
    })
  })
})
