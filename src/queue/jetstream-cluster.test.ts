import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jetStreamQueue } from './jetstream.ts'
import type { Queue } from './queue.ts'
import { arrivalOfBytes } from './testing/arrivals.ts'
import { type NatsCluster, startNats } from './testing/nats-cluster.ts'
import { type Place, queueSuite } from './testing/suite.ts'

let cluster: NatsCluster
let nc: NatsConnection
let count = 0

beforeAll(async () => {
  cluster = await startNats(3)
  nc = await connect({ servers: [...cluster.servers], maxReconnectAttempts: -1, reconnectTimeWait: 100 })
}, 180_000)
afterAll(async () => {
  await nc?.close()
  await cluster?.stop()
})

async function place(): Promise<Place> {
  count += 1
  const settings = { nats: { servers: cluster.servers }, stream: `queue${count}`, handsMs: 1_500 }
  return {
    open: () => jetStreamQueue({ ...settings, note: () => undefined }),
    settle: async () => undefined,
    elsewhere: ['jetstream', JSON.stringify(settings)],
    end: async () => {
      const jsm = await jetstreamManager(nc)
      for (const name of [settings.stream, `${settings.stream}-notes`]) await jsm.streams.delete(name)
    },
  }
}

queueSuite('JetStream on three nodes', place, { many: 1_000 })

test('the leader is killed under load, twice: whatever was acknowledged is settled', { timeout: 60_000 }, async () => {
  const stream = 'failover'
  const dir = await mkdtemp(join(tmpdir(), 'preclear-failover-'))
  const settings = { nats: { servers: cluster.servers }, stream, handsMs: 3_000, note: () => undefined }
  const intake = await jetStreamQueue({ ...settings, spool: { dir } })
  const workers = await Promise.all([jetStreamQueue(settings), jetStreamQueue(settings)])
  const jsm = await jetstreamManager(nc)
  expect((await jsm.streams.info(stream)).config.num_replicas).toBe(3)

  const acknowledged: string[] = []
  const settled = new Set<string>()
  const ending = new AbortController()
  const work = async (queue: Queue): Promise<void> => {
    while (!ending.signal.aborted) {
      const taken = await queue.take({ most: 64, heaviest: 4e6, alone: true }, ending.signal)
      for (const { id } of taken) settled.add(id)
      await queue.done(taken)
    }
  }
  let sending = true
  const send = async (sender: number): Promise<void> => {
    for (let n = 0; sending; n++) {
      const arrival = arrivalOfBytes(4_000, { carrier: `C${sender % 6}`, spread: n })
      await intake.put(arrival)
      acknowledged.push(arrival.id)
      await pause(5)
    }
  }
  const working = workers.map(work)
  const senders = Array.from({ length: 12 }, (_, n) => send(n))
  const reached = (more: number) => {
    const goal = acknowledged.length + more
    return expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(goal)
  }
  for (let turn = 0; turn < 2; turn++) {
    await reached(400)
    const leader = await leaderOf(stream)
    await cluster.kill(leader)
    await reached(400)
    await cluster.start(leader)
  }
  sending = false
  await Promise.all(senders)
  await expect.poll(() => acknowledged.filter((id) => !settled.has(id)).length, { timeout: 20_000 }).toBe(0)
  await expect.poll(() => intake.state().spooled.arrivals, { timeout: 5_000 }).toBe(0)
  ending.abort()
  await Promise.all([...working, intake.close()])
  await Promise.all(workers.map((queue) => queue.close()))
  await rm(dir, { recursive: true })
})

async function leaderOf(stream: string): Promise<number> {
  for (;;) {
    const jsm = await jetstreamManager(nc, { checkAPI: false })
    const leader = await jsm.streams.info(stream).then(
      ({ cluster: group }) => group?.leader,
      () => undefined,
    )
    if (leader) return cluster.nodeNamed(leader)
  }
}
