import { readFile, readlink, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isAlive } from './owner.ts'
import { run } from './run.ts'

/** What a running server says of itself in `postmaster.pid`: line 1 its number, line 4 its port, line 8 its state. */
interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly ready: boolean
}

export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'latin1').catch(() => undefined)
  if (text === undefined) return undefined
  const lines = text.split('\n')
  return { pid: Number(lines[0]) || 0, port: Number(lines[3]) || 0, ready: lines[7]?.trim() === 'ready' }
}

/** The server that runs on this cluster now, whoever started it. */
export async function livingPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const postmaster = await readPostmaster(cluster)
  return postmaster && (await servesFrom(postmaster.pid, cluster)) ? postmaster : undefined
}

/** Another process may have got the number of a server that was killed: look at what it is. */
async function servesFrom(pid: number, cluster: string): Promise<boolean> {
  if (pid <= 0 || !isAlive(pid)) return false
  if (process.platform === 'linux') {
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '')
    return folder === (await realpath(cluster))
  }
  if (process.platform === 'win32') return true
  return (await run('ps', ['-o', 'comm=', '-p', String(pid)])).output.includes('postgres')
}

/**
 * Makes a cluster free to start on: ends a server whose owner is gone, and removes the mark of one that was killed, in
 * case its number belongs to somebody else now.
 */
export async function clearAway(cluster: string, log: (line: string) => void): Promise<void> {
  const left = await livingPostmaster(cluster)
  if (left) {
    log('a database server was left over from a run that was killed: stopping it')
    await stopServer(left.pid, cluster)
  }
  await rm(join(cluster, 'postmaster.pid'), { force: true })
}

/** Fast shutdown: transactions are rolled back, everything committed is on disk. Immediate if that takes too long. */
export async function stopServer(pid: number, cluster: string): Promise<void> {
  for (const [signal, seconds] of [
    ['SIGINT', 60],
    ['SIGQUIT', 10],
    ['SIGKILL', 5],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    for (const end = Date.now() + seconds * 1_000; Date.now() < end; await pause(20)) {
      if (!(await servesFrom(pid, cluster))) return
    }
  }
  throw new Error(`The database server (process ${pid}) does not end.`)
}
