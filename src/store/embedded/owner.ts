import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { run } from './run.ts'

/** The process that started a server and will stop it. */
interface Owner {
  readonly pid: number
  /** Tells this process from a later one with the same number. */
  readonly started: string
}

/** Claims a data folder for this process; says no while another living process holds it. */
export async function claim(file: string): Promise<boolean> {
  const us: Owner = { pid: process.pid, started: (await startOf(process.pid)) ?? '' }
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      await writeFile(file, JSON.stringify(us), { flag: 'wx', mode: 0o600 })
      return true
    } catch (problem) {
      if ((problem as NodeJS.ErrnoException).code !== 'EEXIST') throw problem
    }
    if (await isHeld(file)) return false
    const aside = `${file}.${process.pid}`
    await rename(file, aside).catch(() => undefined)
    await rm(aside, { force: true })
  }
  return false
}

export const release = (file: string): Promise<void> => rm(file, { force: true })

/** Whether the process that claimed the folder still lives. */
export async function isHeld(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const { pid, started } = parse(text)
  return pid > 0 && (await startOf(pid)) === started
}

/** The number of the living process that holds the folder. */
export async function holder(file: string): Promise<number | undefined> {
  if (!(await isHeld(file))) return undefined
  return parse(await readFile(file, 'utf8').catch(() => '')).pid
}

function parse(text: string): Owner {
  try {
    const { pid, started } = JSON.parse(text) as Partial<Owner>
    return { pid: Number(pid) || 0, started: String(started) }
  } catch {
    return { pid: 0, started: '' }
  }
}

/** When a process started, in whatever form the system tells; nothing when there is no such process. */
async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined)
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields?.[0] === 'Z' ? undefined : fields?.[19]
  }
  if (!isAlive(pid)) return undefined
  if (process.platform === 'win32') return 'alive'
  return (await run('ps', ['-o', 'lstart=', '-p', String(pid)])).output
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (problem) {
    return (problem as NodeJS.ErrnoException).code === 'EPERM'
  }
}
