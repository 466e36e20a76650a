#!/usr/bin/env node
// The failover drill of docs/run.md on one machine: a primary and a synchronous replica, `preclear serve` on both of them,
// carriers that send; the primary is killed, the replica promoted. Afterwards every message that was acknowledged is
// looked for. Needs PostgreSQL 15 or newer (PG_BIN), root or an account that may run it, and the ports below.
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const bin = process.env.PG_BIN ?? '/usr/lib/postgresql/15/bin'
const [one, two, port] = [54331, 54332, 54380]
const secondsBefore = Number(process.argv[2] ?? 10)
const secondsAfter = Number(process.argv[3] ?? 20)
const noticeAfterMs = Number(process.argv[4] ?? 3000)

const folder = mkdtempSync(join(tmpdir(), 'preclear-failover-'))
const account = userInfo().uid === 0 ? { uid: 65534, gid: 65534 } : {}
const data = (name) => join(folder, name)
chmodSync(folder, 0o755)
for (const name of ['one', 'two', 'socket']) {
  mkdirSync(data(name), { mode: 0o700 })
  if (account.uid) chownSync(data(name), account.uid, account.gid)
}
const password = randomBytes(12).toString('hex')
const pg = (program, args) =>
  execFileSync(join(bin, program), args, {
    ...account,
    cwd: '/',
    env: { ...process.env, PGPASSWORD: password },
    encoding: 'utf8',
  })
const sql = (on, text) =>
  pg('psql', ['-h', '127.0.0.1', '-p', String(on), '-U', 'preclear', '-d', 'preclear', '-Atc', text]).trim()
const say = (text) => process.stdout.write(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}\n`)
const began = Date.now()
const children = new Set()

const start = (name, on) => {
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', data(name), '-p', String(on), '-k', data('socket'), '-h', '127.0.0.1'],
    {
      ...account,
      cwd: '/',
      stdio: 'ignore',
    },
  )
  children.add(child)
  return child
}

async function until(what, test, limitMs = 60_000) {
  const from = Date.now()
  for (;;) {
    try {
      if (await test()) return Date.now() - from
    } catch {
      // not yet
    }
    if (Date.now() - from > limitMs) throw new Error(`${what}: not within ${limitMs / 1000} s`)
    await pause(50)
  }
}

const address = `http://127.0.0.1:${port}`
const sent = new Map()
const stalls = []
let refused = 0

const message = (n) => {
  const reference = `D${String(n).padStart(8, '0')}`
  const flight = 100 + (n % 40)
  const segments = [
    `UNB+UNOA:4+ZX+AZEPIU+261123:1200+${reference}`,
    `UNH+1+PAXLST:D:12B:UN:IATA`,
    'BGM+745',
    `TDT+20+ZX${flight}+++ZX`,
    'LOC+125+IST',
    'DTM+189:2611241015:201',
    'LOC+87+GYD',
    'DTM+232:2611241415:201',
    `NAD+FL+++DRILLOVA:${letters(n)}`,
    'ATT+2++F',
    'DTM+329:850412',
    'NAT+2+TUR',
    `DOC+P:110:111+U${String(n).padStart(7, '0')}`,
    'DTM+36:300101',
    'LOC+91+TUR',
    'CNT+42:1',
    'UNT+16+1',
    `UNZ+1+${reference}`,
  ]
  return `UNA:+.? '${segments.map((segment) => `${segment}'`).join('')}`
}
/** All of one length: a name that is the beginning of another's may be the same person's. */
const letters = (n) => [...String(n).padStart(7, '0')].map((digit) => 'ABCDEFGHIJ'[digit]).join('')

/** Sends one message until it is acknowledged, as a carrier does: the same bytes again after each refusal. */
async function deliver(n, key) {
  const body = message(n)
  const from = Date.now()
  for (;;) {
    try {
      const answer = await fetch(`${address}/carriers/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/edifact' },
        body,
        signal: AbortSignal.timeout(15_000),
      })
      const text = await answer.text()
      if (answer.ok) {
        sent.set(n, { text, at: Date.now() })
        stalls.push(Date.now() - from)
        return
      }
    } catch {
      // cut off, or nobody there
    }
    refused++
    await pause(250)
    if (Date.now() - from > 90_000) throw new Error(`message ${n} was not acknowledged for 90 s`)
  }
}

try {
  const file = data('password')
  writeFileSync(file, password, { mode: 0o644 })
  pg('initdb', [
    '-D',
    data('one'),
    '-U',
    'preclear',
    '-A',
    'scram-sha-256',
    `--pwfile=${file}`,
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '-k',
  ])
  writeFileSync(
    join(data('one'), 'postgresql.auto.conf'),
    [
      "synchronous_standby_names = 'FIRST 1 (two)'",
      'synchronous_commit = on',
      'wal_log_hints = on',
      'hot_standby = on',
      '',
    ].join('\n'),
  )
  writeFileSync(
    join(data('one'), 'pg_hba.conf'),
    'host all all 127.0.0.1/32 scram-sha-256\nhost replication all 127.0.0.1/32 scram-sha-256\n',
  )
  const primary = start('one', one)
  await until('primary', () => pg('pg_isready', ['-h', '127.0.0.1', '-p', String(one)]))
  pg('pg_basebackup', [
    '-d',
    `host=127.0.0.1 port=${one} user=preclear password=${password} application_name=two`,
    '-D',
    data('two'),
    '-R',
    '-X',
    'stream',
    '-C',
    '-S',
    'two',
    '-c',
    'fast',
  ])
  start('two', two)
  await until('replica', () => pg('pg_isready', ['-h', '127.0.0.1', '-p', String(two)]))
  pg('psql', [
    '-h',
    '127.0.0.1',
    '-p',
    String(one),
    '-U',
    'preclear',
    '-d',
    'postgres',
    '-c',
    'create database preclear',
  ])
  await until('synchronous', () => sql(one, 'select sync_state from pg_stat_replication') === 'sync')
  say('primary and synchronous replica run')

  const env = {
    ...process.env,
    DATABASE_URL: `postgres://preclear:${password}@127.0.0.1:${one},127.0.0.1:${two}/preclear?target_session_attrs=read-write`,
    PRECLEAR_DATA: data('preclear'),
    PRECLEAR_PORT: String(port),
    PRECLEAR_ENVIRONMENT: 'training',
  }
  const preclear = (...args) =>
    execFileSync(process.execPath, [join(root, 'src/cli/main.ts'), ...args], { env, encoding: 'utf8' })
  preclear('carrier', 'add', 'ZX', '--name', 'Fictional Air')
  const key = preclear('user', 'carrier-key', 'ZX').match(/[\w-]{30,}/)?.[0]
  if (!key) throw new Error('no carrier key was shown')
  const serve = spawn(process.execPath, [join(root, 'src/cli/main.ts'), 'serve', '--workers', '0'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  children.add(serve)
  let log = ''
  serve.stderr.on('data', (piece) => (log += piece))
  await until('preclear', async () => (await fetch(`${address}/health/ready`)).ok)
  say('preclear serves')

  let n = 0
  let stopped = false
  const carriers = Array.from({ length: 8 }, async () => {
    while (!stopped) {
      await deliver(n++, key)
      await pause(100)
    }
  })
  await pause(secondsBefore * 1000)
  const before = sent.size
  say(`${before} messages acknowledged; kill -9 of the primary`)
  const children1 = execFileSync('ps', ['-o', 'pid=', '--ppid', String(primary.pid)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/)
  process.kill(primary.pid, 'SIGKILL')
  for (const pid of children1) {
    try {
      process.kill(Number(pid), 'SIGKILL')
    } catch {
      // ended with its parent
    }
  }
  await pause(noticeAfterMs)
  say('promotion of the replica begins')
  const asked = Date.now()
  sql(two, "alter system set synchronous_standby_names = ''") // or it waits for a replica that it does not have yet
  sql(two, 'select pg_reload_conf()')
  sql(two, 'select pg_promote(true, 60)')
  const promoted = Date.now()
  await until('first acknowledgement after the kill', () => [...sent.values()].some(({ at }) => at > promoted))
  const first = Math.min(...[...sent.values()].map(({ at }) => at).filter((at) => at > promoted))
  say(`promoted in ${promoted - asked} ms; first acknowledgement ${first - promoted} ms later`)
  await pause(secondsAfter * 1000)
  stopped = true
  await Promise.all(carriers)
  await until('all settled', () => sql(two, `select count(*) from transmission where state = 'received'`) === '0')

  const stored = new Set(
    sql(two, `select distinct given_names from traveller where surname = 'DRILLOVA' and merged_into is null`).split(
      '\n',
    ),
  )
  const twice = Number(
    sql(
      two,
      `select count(*) - count(distinct given_names) from traveller where surname = 'DRILLOVA' and merged_into is null`,
    ),
  )
  const lost = [...sent.keys()].filter((one) => !stored.has(letters(one)))
  const states = sql(
    two,
    `select state, count(*), count(*) filter (where duplicate_of is not null) from transmission group by 1 order by 1`,
  )
  for (const n of lost) say(`not found: ${n} ${letters(n)} ${sent.get(n).text.replace(/\s+/g, ' ').slice(0, 300)}`)
  const longest = Math.max(...stalls)
  const times = [...sent.values()].map(({ at }) => at).sort((a, b) => a - b)
  const gap = Math.max(...times.slice(1).map((at, i) => at - times[i]))
  say(`${sent.size} acknowledged, ${refused} refused or cut off and sent again`)
  say(`lost: ${lost.length}, doubled: ${twice}; states (state|all|repetitions): ${states.replaceAll('\n', ' ')}`)
  say(
    `longest wait of a message ${longest} ms; longest time without any acknowledgement ${gap} ms, of that ${noticeAfterMs} ms until it was noticed`,
  )
  const errors = [...log.matchAll(/"level":"error","event":"([^"]+)"/g)].map(([, event]) => event)
  say(
    `errors in the log: ${JSON.stringify(
      Object.fromEntries(
        Map.groupBy(errors, (event) => event)
          .entries()
          .map(([event, all]) => [event, all.length]),
      ),
    )}`,
  )
  process.exitCode = lost.length === 0 && twice === 0 ? 0 : 1
} finally {
  for (const child of children) child.kill('SIGTERM')
  await pause(2000)
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
}
