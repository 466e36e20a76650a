import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { homeOf } from './cluster.ts'
import { isAlive } from './owner.ts'
import { livingPostmaster } from './postmaster.ts'
import { startEmbedded } from './start.ts'

const quiet = (): void => undefined
const asRoot = process.getuid?.() === 0
const parents: ChildProcess[] = []
let place: string

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'preclear-embedded-')) // mode 700: nobody else can pass
})

afterAll(async () => {
  for (const parent of parents) parent.kill('SIGKILL')
  await pause(300)
  await rm(place, { recursive: true, force: true, maxRetries: 10 })
})

async function ask(url: string, statement: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', quiet)
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

/** Another process that starts a server and then only lives. */
async function parentOf(dataDir: string): Promise<{ readonly url: string; readonly parent: ChildProcess }> {
  const script = `
    import { startEmbedded } from ${JSON.stringify(new URL('./start.ts', import.meta.url).href)}
    const { url } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: () => {} })
    console.log(url)
    setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  parents.push(parent)
  const url = await new Promise<string>((told) => parent.stdout?.once('data', (line) => told(String(line).trim())))
  return { url, parent }
}

const pidOf = async (dataDir: string): Promise<number> => (await livingPostmaster(homeOf(dataDir).cluster))?.pid ?? 0

async function gone(dataDir: string): Promise<boolean> {
  for (let waited = 0; (await pidOf(dataDir)) > 0 && waited < 10_000; waited += 50) await pause(50)
  return (await pidOf(dataDir)) === 0
}

describe('the embedded server', () => {
  test('makes its cluster at the first start and keeps its data over a stop', async () => {
    const dataDir = join(place, 'kept')
    const first = await startEmbedded({ dataDir, log: quiet })
    await ask(first.url, 'create table kept as select 42 as answer')
    const pid = await pidOf(dataDir)
    await first.stop()
    await first.ended
    expect(isAlive(pid)).toBe(false)

    const second = await startEmbedded({ dataDir, log: quiet })
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
    await second.stop()
  })

  test('is durable, checks its pages, and listens on a private socket only', async () => {
    const dataDir = join(place, 'kept')
    const server = await startEmbedded({ dataDir, log: quiet })
    const [shown] = await ask(
      server.url,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
         current_setting('data_checksums') as checksums, current_setting('server_encoding') as encoding,
         current_setting('listen_addresses') as addresses, current_setting('TimeZone') as zone`,
    )
    expect(shown).toEqual({ fsync: 'on', commit: 'on', checksums: 'on', encoding: 'UTF8', addresses: '', zone: 'UTC' })
    expect((await stat(homeOf(dataDir).run)).mode & 0o777).toBe(0o700)
    expect((await stat(homeOf(dataDir).password)).mode & 0o777).toBe(0o600)
    await expect(ask(server.url.replace(/:[0-9a-f]{48}@/, ':wrong@'), 'select 1')).rejects.toThrow(/password/)
    await server.stop()
  })

  test('writes no value of a failed statement to its log', async () => {
    const dataDir = join(place, 'kept')
    const server = await startEmbedded({ dataDir, log: quiet })
    await ask(server.url, 'create table once (name text primary key)')
    const insert = "insert into once values ('QUIETNAME')"
    await ask(server.url, insert)
    await expect(ask(server.url, insert)).rejects.toThrow(/duplicate key/)
    await expect(ask(server.url, "select 'QUIETNAME'::int")).rejects.toThrow(/QUIETNAME/)
    await server.stop()
    const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].map((day) => `postgres-${day}.log`)
    const logs = await Promise.all(days.map((day) => readFile(join(homeOf(dataDir).log, day), 'utf8').catch(() => '')))
    expect(logs.join('')).toContain('ready to accept connections')
    expect(logs.join('')).not.toContain('QUIETNAME')
  })

  test.runIf(asRoot)('runs as an unprivileged account when we are root', async () => {
    const dataDir = join(place, 'kept')
    const server = await startEmbedded({ dataDir, log: quiet })
    const status = await readFile(`/proc/${await pidOf(dataDir)}/status`, 'latin1')
    expect(status).toMatch(/^Uid:\s+65534\s+65534/m)
    expect(status).toMatch(/^Groups:\s*$/m)
    await server.stop()
  })

  test('ends when its parent is killed, and the next start has all that was committed', async () => {
    const dataDir = join(place, 'killed')
    const { url, parent } = await parentOf(dataDir)
    await ask(url, 'create table kept as select 7 as answer')
    parent.kill('SIGKILL')
    expect(await gone(dataDir)).toBe(true)

    const next = await startEmbedded({ dataDir, log: quiet })
    expect(next.owned).toBe(true)
    expect(await ask(next.url, 'select answer from kept')).toEqual([{ answer: 7 }])
    await next.stop()
  })

  test('starts at once after a kill, with the old server still there', async () => {
    const dataDir = join(place, 'killed')
    const { parent } = await parentOf(dataDir)
    const ended = new Promise((done) => parent.once('exit', done))
    parent.kill('SIGKILL')
    await ended
    const next = await startEmbedded({ dataDir, log: quiet })
    expect(await ask(next.url, 'select answer from kept')).toEqual([{ answer: 7 }])
    await next.stop()
  })

  test('recovers when the server itself was killed, in the middle of a long statement', async () => {
    const dataDir = join(place, 'killed')
    const server = await startEmbedded({ dataDir, log: quiet })
    const statement = ask(server.url, 'select count(*) from generate_series(1, 1000000000)')
    statement.catch(quiet)
    await pause(100)
    process.kill(await pidOf(dataDir), 'SIGKILL')
    await server.ended
    await server.stop()
    const next = await startEmbedded({ dataDir, log: quiet })
    expect(await ask(next.url, 'select answer from kept')).toEqual([{ answer: 7 }])
    await next.stop()
  })

  test('does not take a stranger with the number of a killed server for it', async () => {
    const dataDir = join(place, 'killed')
    const mark = join(homeOf(dataDir).cluster, 'postmaster.pid')
    await writeFile(mark, `${process.pid}\n/somewhere\n0\n5432\n../run\n\n  1 1\nready\n`)
    await writeFile(join(homeOf(dataDir).run, '.s.PGSQL.5432.lock'), `${process.pid}\n`)
    const next = await startEmbedded({ dataDir, log: quiet })
    expect(await pidOf(dataDir)).not.toBe(process.pid)
    await next.stop()
  })

  test('is shared by a second process, which does not stop it', async () => {
    const dataDir = join(place, 'killed')
    const { parent } = await parentOf(dataDir)
    const shared = await startEmbedded({ dataDir, log: quiet })
    expect(shared.owned).toBe(false)
    await shared.stop()
    const again = await startEmbedded({ dataDir, log: quiet })
    expect(await ask(again.url, 'select answer from kept')).toEqual([{ answer: 7 }])
    await again.stop()
    parent.kill('SIGKILL')
    expect(await gone(dataDir)).toBe(true)
  })

  test('works below a path too long for a socket', async () => {
    const dataDir = join(place, 'long-'.repeat(20), 'data')
    await mkdir(dataDir, { recursive: true })
    const server = await startEmbedded({ dataDir, log: quiet })
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await server.stop()
  })

  test('says what to do about a cluster of another version', async () => {
    const dataDir = join(place, 'old')
    await mkdir(homeOf(dataDir).cluster, { recursive: true })
    await writeFile(join(homeOf(dataDir).cluster, 'PG_VERSION'), '12\n')
    await expect(startEmbedded({ dataDir, log: quiet })).rejects.toThrow(/made by PostgreSQL 12/)
  })

  test('goes on archiving its log once it has begun, and says what is in the way', async () => {
    const dataDir = join(place, 'archived')
    await mkdir(join(dataDir, 'postgres'), { recursive: true })
    await writeFile(homeOf(dataDir).walName, 'wal-0\n')
    await expect(startEmbedded({ dataDir, log: quiet })).rejects.toThrow('PRECLEAR_WAL_ARCHIVE is not set')
    const walArchive = join(place, 'not mounted')
    await expect(startEmbedded({ dataDir, walArchive, log: quiet })).rejects.toThrow('Is its disk mounted?')
    if (asRoot) {
      await mkdir(walArchive) // below a folder that only we can pass
      await expect(startEmbedded({ dataDir, walArchive, log: quiet })).rejects.toThrow(
        'choose a place that it can reach',
      )
    }
  })

  test('archives its log as it is written, and never replaces a piece by another', async () => {
    // Its account must be able to pass.
    const walArchive = await mkdtemp(join(tmpdir(), `preclear-log's "$0"-`))
    await chmod(walArchive, 0o755)
    const dataDir = join(place, 'log')
    const server = await startEmbedded({ dataDir, walArchive, log: quiet })
    const [name = ''] = await readdir(walArchive)
    const written = async (): Promise<string> => {
      const [row] = await ask(server.url, 'select pg_walfile_name(lsn) as piece from (select pg_switch_wal() as lsn) s')
      return String(row?.piece)
    }
    const told = async (what: string): Promise<unknown> =>
      (await ask(server.url, `select ${what} as found from pg_stat_archiver`))[0]?.found

    const first = await written()
    while ((await told('last_archived_wal')) !== first) await pause(20)
    const stranger = join(
      walArchive,
      name,
      first.replace(/.$/, (digit) => (Number.parseInt(digit, 16) + 1).toString(16).toUpperCase()),
    )
    await writeFile(stranger, 'another')
    await ask(server.url, 'create table more as select 1 as one')
    await written()
    while (Number(await told('failed_count')) === 0) await pause(20)
    expect(await readFile(stranger, 'utf8')).toBe('another')

    await rm(stranger)
    while ((await told('last_archived_wal')) === first) await pause(20)
    expect((await stat(stranger)).size).toBe(16 * 1024 * 1024)
    await server.stop()
    const pieces = await readdir(join(walArchive, name))
    expect(pieces.filter((piece) => piece.endsWith('.part'))).toEqual([])
    await rm(walArchive, { recursive: true })
  })

  test('makes no new cluster where a restore was cut short', async () => {
    const dataDir = join(place, 'half')
    await mkdir(homeOf(dataDir).restoring, { recursive: true })
    await expect(startEmbedded({ dataDir, log: quiet })).rejects.toThrow('did not come to its end')
  })
})
