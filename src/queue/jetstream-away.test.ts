import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jetstream } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { Busy } from '#lib/busy.ts'
import { bytesOfArrival } from './arrival-bytes.ts'
import { type JetStreamQueue, type JetStreamQueueOptions, jetStreamQueue } from './jetstream.ts'
import type { Queue } from './queue.ts'
import { arrivalOfBytes } from './testing/arrivals.ts'
import { type NatsCluster, startNats } from './testing/nats-cluster.ts'

let cluster: NatsCluster
let dir: string
let count = 0
let stream: string
let notes: string[]
let opened: Queue[]

beforeAll(async () => {
  cluster = await startNats(1)
}, 180_000)
afterAll(() => cluster?.stop())
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'preclear-away-'))
  stream = `away${count++}`
  notes = []
  opened = []
})
afterEach(async () => {
  await Promise.all(opened.map((queue) => queue.close()))
  await rm(dir, { recursive: true })
})

async function open(more: Partial<JetStreamQueueOptions> = {}): Promise<JetStreamQueue> {
  const queue = await jetStreamQueue({
    nats: { servers: cluster.servers },
    stream,
    spool: { dir },
    handsMs: 2_000,
    note: (_, event) => notes.push(event),
    ...more,
  })
  opened.push(queue)
  return queue
}

const SOME = { most: 50, heaviest: 1e8, alone: true }

async function takeAll(queue: Queue, count: number): Promise<readonly string[]> {
  const ids: string[] = []
  while (ids.length < count) {
    const taken = await queue.take(SOME, new AbortController().signal)
    ids.push(...taken.map(({ id }) => id))
    await queue.done(taken)
  }
  return ids
}

test('while the stream is away arrivals are kept beside it, and follow in order when it is back', async () => {
  const queue = await open()
  const arrivals = Array.from({ length: 40 }, () => arrivalOfBytes())
  const [first, ...others] = arrivals
  if (first) await queue.put(first)
  await cluster.kill(0)
  try {
    for (const arrival of others) await queue.put(arrival)
    expect(queue.state()).toMatchObject({ away: true, spooled: { arrivals: 39 } })
    expect((await queue.depth()).waiting).toBeGreaterThanOrEqual(39)
    expect(await queue.take(SOME, AbortSignal.abort())).toEqual([])
  } finally {
    await cluster.start(0)
  }
  expect(await takeAll(queue, 40)).toEqual(arrivals.map(({ id }) => id))
  await expect.poll(() => queue.state()).toEqual({ away: false, spooled: { arrivals: 0, bytes: 0 } })
  expect(notes).toEqual(['stream away', 'stream back'])
})

test('a process begins without the stream, and another one hands on what it kept', async () => {
  await cluster.kill(0)
  const arrival = arrivalOfBytes()
  try {
    const one = await open()
    await one.put(arrival)
    await one.close()
    opened = []
  } finally {
    await cluster.start(0)
  }
  const other = await open()
  expect(await takeAll(other, 1)).toEqual([arrival.id])
})

test('a process without a spool takes nothing while the stream is away', async () => {
  const queue = await jetStreamQueue({ nats: { servers: cluster.servers }, stream, note: () => undefined })
  opened.push(queue)
  await cluster.kill(0)
  try {
    await expect(queue.put(arrivalOfBytes())).rejects.toBeInstanceOf(Busy)
  } finally {
    await cluster.start(0)
  }
  await expect
    .poll(
      () =>
        queue.put(arrivalOfBytes()).then(
          () => 'kept',
          () => 'busy',
        ),
      { timeout: 10_000 },
    )
    .toBe('kept')
})

test('a server that does not answer costs a sender two seconds, and nothing is lost', async () => {
  const queue = await open()
  await queue.put(arrivalOfBytes())
  await cluster.kill(0, 'SIGSTOP')
  const arrivals = Array.from({ length: 30 }, () => arrivalOfBytes())
  try {
    await Promise.all(arrivals.map((arrival) => queue.put(arrival)))
    expect(queue.state().away).toBe(true)
  } finally {
    await cluster.kill(0, 'SIGCONT')
  }
  const ids = await takeAll(queue, 31)
  expect(new Set(ids).size).toBe(31) // published twice, some of them, and handed out once
})

test('when the stream is full, senders are told to come later', async () => {
  const queue = await open({ full: 3 })
  for (let n = 0; n < 3; n++) await queue.put(arrivalOfBytes())
  await expect(queue.put(arrivalOfBytes())).rejects.toBeInstanceOf(Busy)
  expect(queue.state().away).toBe(false)
  await takeAll(queue, 3)
  const put = () =>
    queue.put(arrivalOfBytes()).then(
      () => 'kept',
      () => 'busy',
    )
  await expect.poll(put).toBe('kept')
})

test('the largest that the door takes travels in one piece', async () => {
  const queue = await open()
  const arrival = arrivalOfBytes(16 * 1024 * 1024 + 5_000)
  await queue.put(arrival)
  const [taken] = await queue.take({ ...SOME, heaviest: 4e6 }, new AbortController().signal)
  expect(Buffer.from(taken?.arrival?.sealed ?? []).equals(arrival.sealed)).toBe(true)
  await queue.done(taken ? [taken] : [])
})

test('what only a newer version can read is left for it', async () => {
  const queue = await open()
  const nc = await connect({ servers: [...cluster.servers] })
  const newer = bytesOfArrival(arrivalOfBytes())
  newer[3] = 9
  await jetstream(nc).publish(`${stream}.in.2.0.0`, newer)
  await nc.close()
  await queue.put(arrivalOfBytes(100, { spread: 0 }))
  await takeAll(queue, 1)
  await expect.poll(async () => (await queue.depth()).waiting).toBe(1)
  expect(notes).toEqual(['unreadable in the stream'])
})

test('servers that do not take what the door takes are refused with a sentence', async () => {
  const small = await startNats(1, { payload: '1MB' })
  try {
    await expect(open({ nats: { servers: small.servers } })).rejects.toThrow('set max_payload: 24MB')
  } finally {
    await small.stop()
  }
})

test('with the wrong password nothing is lost, and the log says why; with the right one it follows', async () => {
  const guarded = await startNats(1, { password: 'right' })
  try {
    const nats = { servers: guarded.servers, user: 'preclear' }
    const arrival = arrivalOfBytes()
    const wrong = await open({ nats: { ...nats, password: 'wrong' } })
    await wrong.put(arrival)
    expect(wrong.state().spooled.arrivals).toBe(1)
    expect(notes).toContain('stream not ready')
    await wrong.close()
    opened = []
    const right = await open({ nats: { ...nats, password: 'right' } })
    expect(await takeAll(right, 1)).toEqual([arrival.id])
    await right.close()
    opened = []
  } finally {
    await guarded.stop()
  }
})
