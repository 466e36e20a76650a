/** Processes as Linux shows them: who is whose child, and what each runs. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** A program that is started again whenever it ends, as a service manager does. */
export interface Service {
  readonly name: string
  readonly pid: () => number | undefined
  /** How often it ended without having been killed by us, by what it said. */
  readonly endedByItself: ReadonlyMap<string, number>
  stop(): Promise<void>
}

export interface ServiceSettings {
  readonly name: string
  readonly start: (output: number) => ChildProcess
  readonly log: string
  /** Done before it is started again. */
  readonly clear?: () => Promise<void>
}

const REST_MS = 300
/** SIGTERM, then after so long SIGKILL. */
const PATIENCE_MS = 20_000

export function keepRunning({ name, start, log, clear }: ServiceSettings): Service {
  const endedByItself = new Map<string, number>()
  let child: ChildProcess | undefined
  let stopping = false
  const run = async (): Promise<void> => {
    while (!stopping) {
      await clear?.()
      if (stopping) return
      const output = openSync(log, 'a', 0o600)
      const began = start(output)
      closeSync(output)
      child = began
      const how = await new Promise<string>((done) => {
        began.once('error', (problem) => done(problem.message))
        began.once('exit', (code, signal) => done(signal ?? `code ${code}`))
      })
      child = undefined
      if (!stopping && how !== 'SIGKILL') endedByItself.set(how, (endedByItself.get(how) ?? 0) + 1)
      await pause(REST_MS)
    }
  }
  const running = run()
  return {
    name,
    pid: () => child?.pid,
    endedByItself,
    async stop() {
      stopping = true
      const { pid } = child ?? {}
      if (pid !== undefined) {
        kill(pid, 'SIGCONT')
        kill(pid, 'SIGTERM')
        const timer = setTimeout(() => kill(pid, 'SIGKILL'), PATIENCE_MS)
        await running
        clearTimeout(timer)
      }
      await running
    },
  }
}

/** Says whether there was such a process. */
export function kill(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false // it has gone meanwhile
  }
}

/** Numbers of all processes that this one started, and those started. */
export function descendantsOf(pid: number): readonly number[] {
  const children = Map.groupBy(allProcesses(), ({ parent }) => parent)
  const found: number[] = []
  const look = (of: number): void => {
    for (const { pid: child } of children.get(of) ?? []) {
      found.push(child)
      look(child)
    }
  }
  look(pid)
  return found
}

/** The words of a process's command line. */
export function commandOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}

/** proc_pid_stat(5): the parent is the second field behind the name in brackets. */
function allProcesses(): readonly { readonly pid: number; readonly parent: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const text = readFileSync(`/proc/${name}/stat`, 'utf8')
        return [{ pid: Number(name), parent: Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]) }]
      } catch {
        return [] // it ended
      }
    })
}

/** The program itself on this Node, with a channel that ends it when we are gone. */
export function startNode(args: readonly string[], env: NodeJS.ProcessEnv, output: number): ChildProcess {
  return spawn(process.execPath, [...args], { env, stdio: ['ignore', output, output, 'ipc'] })
}
