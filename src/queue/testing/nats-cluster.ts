/** A NATS cluster of one or three nodes on loopback, whose nodes can be killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { natsServer } from './nats-server.ts'

export interface NatsCluster {
  readonly servers: readonly string[]
  /** SIGKILL, or another signal: SIGSTOP and SIGCONT make a node that does not answer. Nodes count from 0. */
  kill(node: number, signal?: NodeJS.Signals): Promise<void>
  /** Starts a node that was killed, on what it had kept. */
  start(node: number): Promise<void>
  /** Which node has this name, as the server tells the leader of a stream. */
  nodeNamed(name: string): number
  stop(): Promise<void>
}

export interface NatsOptions {
  readonly durable?: boolean
  readonly payload?: string
  /** Asked of a user `preclear`. */
  readonly password?: string
}

/**
 * @param durable writes through to the disk, as in production; tests end processes, not the power, and are quicker without
 */
export async function startNats(
  size: 1 | 3,
  { durable = false, payload = '24MB', password }: NatsOptions = {},
): Promise<NatsCluster> {
  const program = await natsServer()
  const place = await mkdtemp(join(tmpdir(), 'preclear-nats-'))
  const ports = await freePorts(size * 2)
  const nodes = Array.from({ length: size }, (_, n) => ({ client: ports[n] ?? 0, route: ports[size + n] ?? 0 }))
  const children: (ChildProcess | undefined)[] = nodes.map(() => undefined)
  const routes = nodes.map(({ route }) => `nats://127.0.0.1:${route}`)

  const start = async (n: number): Promise<void> => {
    const { client, route } = nodes[n] ?? { client: 0, route: 0 }
    const file = join(place, `${n}.conf`)
    await writeFile(
      file,
      settings({
        name: `n${n}`,
        client,
        store: join(place, `n${n}`),
        durable,
        payload,
        password,
        ...(size > 1 && { route, routes }),
      }),
    )
    const child = spawn(program, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] })
    children[n] = child
    await new Promise<void>((ready, failed) => {
      let said = ''
      child.stderr?.on('data', (piece) => {
        said = (said + piece).slice(-4_000)
        if (said.includes('Server is ready')) ready()
      })
      child.once('exit', (code) => failed(new Error(`nats-server ended with ${code}: ${said}`)))
    })
  }
  const kill = async (n: number, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    const child = children[n]
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    if (signal === 'SIGKILL') await ended
  }

  process.once('exit', () => {
    for (const child of children) child?.kill('SIGKILL')
  })
  await Promise.all(nodes.map((_, n) => start(n)))
  const servers = nodes.map(({ client }) => `127.0.0.1:${client}`)
  await isReady(servers, password)
  return {
    servers,
    kill,
    start,
    nodeNamed: (name) => Number(name.slice(1)),
    async stop() {
      await Promise.all(nodes.map((_, n) => kill(n)))
      await rm(place, { recursive: true, force: true })
    },
  }
}

/** As in docs/decisions/0016: `sync_interval: always` makes an acknowledged write one that is on the disk. */
function settings(node: {
  name: string
  client: number
  store: string
  durable: boolean
  payload: string
  password?: string | undefined
  route?: number
  routes?: readonly string[]
}) {
  const { name, client, store, durable, payload, password, route, routes } = node
  const cluster =
    routes && `cluster { name: preclear, listen: "127.0.0.1:${route}", routes: ${JSON.stringify(routes)} }`
  return `
    server_name: ${name}
    listen: "127.0.0.1:${client}"
    max_payload: ${payload}
    ${password ? `authorization { user: preclear, password: ${JSON.stringify(password)} }` : ''}
    jetstream { store_dir: ${JSON.stringify(store)}, ${durable ? 'sync_interval: always, ' : ''}max_memory_store: 64MB, max_file_store: 4GB }
    ${cluster ?? ''}`
}

/** Waits until the nodes have a leader, who answers. */
async function isReady(servers: readonly string[], password: string | undefined): Promise<void> {
  const nc = await connect({ servers: [...servers], ...(password && { user: 'preclear', pass: password }) })
  for (let tries = 0; ; tries++) {
    const found = await jetstreamManager(nc, { timeout: 1_000 }).catch((problem: unknown) => problem)
    if (!(found instanceof Error)) break
    if (tries === 30) throw found
    await pause(200)
  }
  await nc.close()
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  const ports: number[] = []
  for (const server of servers) {
    if (!server.listening) await once(server, 'listening')
    const address = server.address()
    if (typeof address === 'object' && address) ports.push(address.port)
  }
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
  return ports
}
