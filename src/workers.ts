import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Note } from '#flows/deps.ts'
import type { Config } from './config.ts'

const PROGRAM = fileURLToPath(new URL('./cli/main.ts', import.meta.url))
const LONGEST_REST_MS = 30_000

/**
 * Processes of role `work` beside this one, on the same data. One that ends is started again, after a rest that grows
 * while it keeps ending; all of them end with us, however we end.
 */
export function startWorkers({ workers, dataDir, operations, nats }: Config, note: Note): { stop(): Promise<void> } {
  const running = new Set<ChildProcess>()
  const resting = new Set<NodeJS.Timeout>()
  let stopping = false
  const start = (n: number, failures: number): void => {
    const began = Date.now()
    const child = spawn(
      process.execPath,
      [PROGRAM, 'serve', '--role', 'work', '--workers', '0', '--queue', nats ? 'nats' : 'postgres'],
      {
        env: {
          ...process.env,
          PRECLEAR_DATA: dataDir,
          PRECLEAR_OPS_PORT: operations ? String(operations.port + 1 + n) : '', // each has its own
        },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'], // they end when the channel to us breaks
      },
    )
    running.add(child)
    child.on('error', () => undefined)
    child.on('exit', (code, signal) => {
      running.delete(child)
      if (stopping) return
      const again = Date.now() - began > LONGEST_REST_MS ? 1 : failures + 1
      note('error', 'worker ended', { code: code ?? -1, signal: signal ?? '' })
      const timer = setTimeout(
        () => {
          resting.delete(timer)
          start(n, again)
        },
        Math.min(LONGEST_REST_MS, 100 * 2 ** again),
      )
      resting.add(timer)
    })
  }
  for (let n = 0; n < workers; n++) start(n, 0)
  return {
    async stop() {
      stopping = true
      for (const timer of resting) clearTimeout(timer)
      await Promise.all(
        [...running].map((child) => {
          const ended = once(child, 'exit')
          child.kill('SIGTERM')
          return ended
        }),
      )
    },
  }
}
