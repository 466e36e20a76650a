import { afterAll, beforeAll } from 'vitest'
import { jetStreamQueue } from './jetstream.ts'
import { type NatsCluster, startNats } from './testing/nats-cluster.ts'
import { type Place, queueSuite } from './testing/suite.ts'

let cluster: NatsCluster
let count = 0

beforeAll(async () => {
  cluster = await startNats(1)
}, 180_000)
afterAll(() => cluster?.stop())

async function place(): Promise<Place> {
  count += 1
  const settings = { nats: { servers: cluster.servers }, stream: `queue${count}`, handsMs: 1_500 }
  return {
    open: () => jetStreamQueue({ ...settings, note: () => undefined }),
    settle: async () => undefined,
    elsewhere: ['jetstream', JSON.stringify(settings)],
    end: async () => undefined,
  }
}

queueSuite('JetStream on one node', place, { many: 3_000 })
