import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Home } from './cluster.ts'
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
 * Makes a cluster free to start on, after a run that was killed: ends a server without an owner and whatever still works
 * on the cluster. Only then are the marks of that run removed, in case their numbers belong to strangers now: while a
 * process works on the cluster, PostgreSQL needs the marks to refuse a second server.
 */
export async function clearAway(home: Home, log: (line: string) => void): Promise<void> {
  const left = await livingPostmaster(home.cluster)
  if (left) {
    log('a database server was left over from a run that was killed: stopping it')
    await stopServer(left.pid, home.cluster)
  }
  const mark = await readPostmaster(home.cluster)
  if (!mark) return
  if (process.platform !== 'linux' && !isAlive(mark.pid)) return // PostgreSQL itself sees that it is stale
  await endAll(home.cluster)
  await rm(join(home.cluster, 'postmaster.pid'), { force: true })
  for (const name of await readdir(home.run)) await rm(join(home.run, name), { force: true })
}

/** Processes of a server that was killed go by themselves, but one in a long computation only when it looks up. */
async function endAll(cluster: string): Promise<void> {
  for (let waited = 0; ; waited += 100) {
    const workers = await workersOn(cluster)
    if (workers.length === 0) return
    if (waited >= 15_000) throw new Error(`The database processes ${workers.join(', ')} do not end.`)
    for (const pid of workers) kill(pid, waited < 5_000 ? 'SIGQUIT' : 'SIGKILL')
    await pause(100)
  }
}

async function workersOn(cluster: string): Promise<readonly number[]> {
  if (process.platform !== 'linux') return []
  const folder = await realpath(cluster)
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name) || (await readlink(`/proc/${name}/cwd`).catch(() => '')) !== folder) continue
    const program = await readFile(`/proc/${name}/comm`, 'latin1').catch(() => '')
    if (program.trim() === 'postgres') found.push(Number(name))
  }
  return found
}

function kill(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false // it has gone meanwhile
  }
}

/** Fast shutdown: transactions are rolled back, everything committed is on disk. Immediate if that takes too long. */
export async function stopServer(pid: number, cluster: string): Promise<void> {
  for (const [signal, seconds] of [
    ['SIGINT', 60],
    ['SIGQUIT', 10],
    ['SIGKILL', 5],
  ] as const) {
    if (!kill(pid, signal)) return
    for (const end = Date.now() + seconds * 1_000; Date.now() < end; await pause(20)) {
      if (!(await servesFrom(pid, cluster))) return
    }
  }
  throw new Error(`The database server (process ${pid}) does not end.`)
}
