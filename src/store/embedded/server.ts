import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { dataFolder, type Home } from './cluster.ts'
import { livingPostmaster, stopServer } from './postmaster.ts'
import { type Restore, serverArguments } from './settings.ts'

export interface RunningServer {
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

export interface ServerOptions {
  readonly account: Account | undefined
  readonly durable: boolean
  readonly log: (line: string) => void
  /** Folder that the write-ahead log is copied to, or read back from while a restore recovers. */
  readonly walFolder?: string | undefined
  readonly restore?: Restore | undefined
}

/** Starts the server on a prepared cluster and waits until it takes connections, however long its recovery is. */
export async function runServer(home: Home, binaries: Binaries, options: ServerOptions): Promise<RunningServer> {
  const messages = join(home.log, 'start.log')
  for (let attempt = 1; ; attempt++) {
    const server = await launch(home, binaries, options, messages)
    if (await isReady(server.child, home.cluster, options.log)) return server
    const told = (await readFile(messages, 'utf8').catch(() => '')).trim()
    // Processes of a server that was killed need a moment to notice and go.
    if (attempt >= 20 || !/shared memory block|lock file .* already exists/.test(told)) {
      throw new Error(`The embedded database does not start:\n${told}\nMore may stand in ${home.log}.`)
    }
    await pause(500)
  }
}

async function launch(
  home: Home,
  binaries: Binaries,
  { account, durable, walFolder, restore }: ServerOptions,
  messages: string,
): Promise<RunningServer & { readonly child: ChildProcess }> {
  const port = process.platform === 'win32' ? await freePort() : undefined
  const args = serverArguments({ durable, port, archive: walFolder !== undefined && !restore, restore })
  const output = openSync(messages, 'w', 0o600)
  const child = spawn(binaries.program('postgres'), ['-D', dataFolder(home.cluster, account), ...args], {
    cwd: home.cluster,
    ...account,
    detached: true, // Ctrl-C in a terminal must reach us first, not the database
    stdio: ['ignore', output, output],
    env: {
      PATH: process.env.PATH,
      LC_ALL: 'C',
      TZ: 'UTC',
      SystemRoot: process.env.SystemRoot,
      PRECLEAR_WAL_FOLDER: walFolder,
    },
    windowsHide: true,
  })
  closeSync(output)
  const ended = new Promise<void>((done) => {
    child.on('error', () => done())
    child.on('exit', () => done())
  })
  child.unref()
  const keeper = startKeeper(child, home.cluster, account)
  return {
    child,
    ended,
    async stop() {
      child.ref()
      if (child.pid !== undefined && isRunning(child)) await stopServer(child.pid, home.cluster)
      if (child.pid !== undefined && isRunning(child)) await ended
      keeper?.stdin?.end()
    },
  }
}

const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null

/**
 * A shell of a few hundred kilobytes that ends the server when this process is gone without having done so (kill -9):
 * then the pipe between them breaks. Where there is no shell, the next start clears up instead.
 */
function startKeeper(server: ChildProcess, cluster: string, account: Account | undefined): ChildProcess | undefined {
  if (process.platform === 'win32' || server.pid === undefined) return undefined
  const script = 'read -r _; read -r pid < postmaster.pid && [ "$pid" = "$1" ] && kill -INT "$1"'
  const keeper = spawn('/bin/sh', ['-c', script, 'preclear-keeper', String(server.pid)], {
    cwd: cluster,
    ...account,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  keeper.on('error', () => undefined)
  keeper.stdin.on('error', () => undefined)
  keeper.unref()
  if ('unref' in keeper.stdin && typeof keeper.stdin.unref === 'function') keeper.stdin.unref()
  return keeper
}

async function isReady(child: ChildProcess, cluster: string, log: (line: string) => void): Promise<boolean> {
  for (let waited = 0; isRunning(child); waited += 20) {
    const postmaster = await livingPostmaster(cluster)
    if (postmaster?.pid === child.pid && postmaster?.ready) return true
    if (waited > 0 && waited % 5_000 === 0) log('the database is recovering from a sudden end, please wait')
    await pause(20)
  }
  return false
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer()
    probe.on('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
