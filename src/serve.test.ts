/** Processes as a site runs them: roles of their own on one database, killed and told to end at any time. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueCarrierKeys, seedDemo } from '#flows/seed-demo.ts'
import { burst } from '#flows/testing/intake.ts'
import { NOW } from '#flows/testing/scene.ts'
import { startNats } from '#queue/testing/nats-cluster.ts'
import { carrierRegistry } from '#simulator/airlines.ts'
import { demoEntries } from '#simulator/demo-lists.ts'
import { demoRules } from '#simulator/demo-rules.ts'
import { testDatabase } from '#store/testing/database.ts'

const { db, url } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'preclear-roles-'))
const carriers = carrierRegistry().map(({ code, name }) => ({ code, name, profile: {} }))
const running = new Set<ChildProcess>()
let keys: Readonly<Record<string, string>> = {}

beforeAll(async () => {
  await seedDemo(db, { carriers, ...demoEntries(7), rules: demoRules() }, NOW)
  keys = await issueCarrierKeys(db, carriers, 'test', NOW)
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const PROGRAM = fileURLToPath(new URL('./cli/main.ts', import.meta.url))

/** Starts `preclear serve`; resolves with its first line when it is ready. */
async function serve({
  args,
  env = {},
}: {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}): Promise<{ readonly child: ChildProcess; readonly address: string }> {
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--port', '0', '--workers', '0', ...args], {
    env: { ...process.env, DATABASE_URL: url, PRECLEAR_DATA: folder, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  running.add(child)
  child.on('exit', () => running.delete(child))
  const lines = createInterface({ input: child.stdout })
  const [line] = (await once(lines, 'line')) as [string]
  return { child, address: line.split(' ').at(-1) ?? '' }
}

async function ended(child: ChildProcess, how: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  const end = once(child, 'exit')
  child.kill(how)
  const [code] = (await end) as [number | null]
  return code
}

/** As a carrier does: again and again until the answer is final. Gives the statuses. */
async function deliver(address: string, { carrier, bytes }: { carrier: string; bytes: Uint8Array }) {
  for (;;) {
    try {
      const answer = await fetch(`${address}/carriers/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${keys[carrier]}`, 'content-type': 'application/edifact' },
        body: Buffer.from(bytes),
      })
      await answer.arrayBuffer()
      if (answer.status !== 503 && answer.status !== 429) return answer.status
    } catch {
      // the process is gone: another one comes
    }
    await pause(100)
  }
}

async function settled(): Promise<Readonly<Record<string, number>>> {
  for (;;) {
    const rows = await db
      .selectFrom('transmission')
      .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
      .where('duplicate_of', 'is', null)
      .groupBy('state')
      .execute()
    const states = Object.fromEntries(rows.map(({ state, count }) => [state, count]))
    if (!('received' in states)) return states
    await pause(100)
  }
}

const messages = burst().slice(0, 24)
const others = burst().slice(24, 32)

test('an intake and two workers: what one worker has in hands when it is killed the other settles, once', async () => {
  const [intake, one, other] = await Promise.all([
    serve({ args: ['--role', 'intake'] }),
    serve({ args: ['--role', 'work'] }),
    serve({ args: ['--role', 'work'] }),
  ])
  expect((await fetch(`${intake.address}/v1/site`)).status).toBe(404) // the console is elsewhere
  const [first, ...rest] = messages
  if (!first) throw new Error('no messages')
  expect(await deliver(intake.address, first)).toBe(200) // a worker's answer comes back to whom it is waited for
  const sent = Promise.all(rest.map((message) => deliver(intake.address, message)))
  await pause(150)
  await ended(one.child, 'SIGKILL')
  const statuses = await sent
  expect(statuses.every((status) => status === 200 || status === 202)).toBe(true)
  const states = await settled()
  expect(Object.keys(states).toSorted()).toEqual(
    Object.keys(states)
      .filter((state) => state.startsWith('accepted'))
      .toSorted(),
  )
  expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(messages.length)
  expect(await db.selectFrom('work').select('id').execute()).toEqual([])
  expect([await ended(intake.child, 'SIGTERM'), await ended(other.child, 'SIGTERM')]).toEqual([0, 0])
  expect(
    await db
      .selectFrom('worker')
      .select('pid')
      .where('pid', '=', other.child.pid ?? 0)
      .execute(),
  ).toEqual([])
}, 120_000)

test('a worker beside the server that is killed is started again, and ends with it', async () => {
  const { child, address } = await serve({ args: ['--workers', '1'] })
  const pids = async () => (await db.selectFrom('worker').select('pid').execute()).map(({ pid }) => pid)
  const others = async () => (await pids()).filter((pid) => pid !== child.pid && isAlive(pid))
  await until(async () => (await others()).length === 1)
  const [before = 0] = await others()
  process.kill(before, 'SIGKILL')
  await until(async () => (await others()).some((pid) => pid !== before))
  expect((await fetch(`${address}/health/ready`)).status).toBe(200)
  const [after = 0] = await others()
  expect(await ended(child, 'SIGTERM')).toBe(0)
  expect(isAlive(after)).toBe(false)
}, 120_000)

test('workers of a server that is killed do not live on', async () => {
  const { child } = await serve({ args: ['--workers', '1'] })
  let worker = 0
  await until(async () => {
    const rows = await db
      .selectFrom('worker')
      .select('pid')
      .where('pid', '<>', child.pid ?? 0)
      .execute()
    worker = rows.map(({ pid }) => pid).find(isAlive) ?? 0
    return worker > 0
  })
  await ended(child, 'SIGKILL')
  await until(async () => !isAlive(worker))
}, 120_000)

test('with a stream between them: what comes while it is away waits at the intake, and all of it is settled once', async () => {
  const nats = await startNats(1)
  try {
    const stream = { PRECLEAR_NATS_SERVERS: nats.servers.join(',') }
    const [intake, worker] = await Promise.all([
      serve({ args: ['--role', 'intake', '--queue', 'nats'], env: stream }),
      serve({ args: ['--role', 'work', '--queue', 'nats'], env: stream }),
    ])
    const [first, ...rest] = others
    if (!first) throw new Error('no messages')
    expect(await deliver(intake.address, first)).toBe(200) // the worker's answer comes back through the database
    expect(await deliver(intake.address, first)).toBe(200)
    await nats.kill(0)
    const answers = await Promise.all(rest.map((message) => deliver(intake.address, message)))
    expect(new Set(answers)).toEqual(new Set([202]))
    await nats.start(0)
    await until(async () => (await count()) === messages.length + others.length)
    expect(Object.keys(await settled()).every((state) => state.startsWith('accepted'))).toBe(true)
    expect([await ended(intake.child, 'SIGTERM'), await ended(worker.child, 'SIGTERM')]).toEqual([0, 0])
  } finally {
    await nats.stop()
  }
}, 120_000)

const count = async (): Promise<number> => {
  const { total } = await db
    .selectFrom('transmission')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('duplicate_of', 'is', null)
    .executeTakeFirstOrThrow()
  return total
}

test('a role that there is not is refused in one sentence', async () => {
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--role', 'everything'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (piece) => {
    said += String(piece)
  })
  const [code] = await once(child, 'exit')
  expect([code, said.trim().split('\n')]).toEqual([1, [expect.stringMatching(/one of all, intake, work, http/)]])
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(50)
}
