/** What is done to the program while carriers send, chosen by a seed: the same seed gives the same faults in the same order. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Random } from '#simulator/random.ts'
import { commandOf, descendantsOf, kill } from './processes.ts'
import type { Site } from './site.ts'

/** A fault under way. */
interface Inflicted {
  readonly what: string
  /** How long it lasts until `mend`; a kill is over at once. */
  readonly lastsMs?: number
  readonly mend?: () => void
}

interface Kind {
  /** Why it cannot be done here. */
  readonly missing?: (site: Site) => string | undefined
  readonly inflict: (site: Site, chance: Random) => Promise<Inflicted | undefined>
}

const MINUTE = 60_000
const PATIENCE_MS = 30_000

export const FAULTS: Readonly<Record<string, Kind>> = {
  kill: {
    async inflict(site, chance) {
      const victim = oneOf(site.processes(), chance)
      return victim && kill(victim.pid, 'SIGKILL') ? { what: `${victim.name} killed` } : undefined
    },
  },
  pause: {
    async inflict(site, chance) {
      const server = await site.postmaster()
      const all = [...site.processes(), ...(server ? backendsOf(server) : [])]
      const victim = oneOf(all, chance)
      const lastsMs = chance.int(1_000, 9_000)
      if (!victim || !kill(victim.pid, 'SIGSTOP')) return undefined
      return {
        what: `${victim.name} stopped for ${seconds(lastsMs)}`,
        lastsMs,
        mend: () => void kill(victim.pid, 'SIGCONT'),
      }
    },
  },
  postgres: {
    async inflict(site) {
      const server = await site.postmaster()
      return server && kill(server, 'SIGKILL') ? { what: 'PostgreSQL killed' } : undefined
    },
  },
  backend: {
    async inflict(site, chance) {
      const server = await site.postmaster()
      const victim = server && oneOf(backendsOf(server), chance)
      const signal = chance.pick(['SIGKILL', 'SIGTERM'] as const)
      if (!victim || !kill(victim.pid, signal)) return undefined
      return { what: `${victim.name} ${signal === 'SIGKILL' ? 'killed' : 'told to end'}` }
    },
  },
  disk: {
    missing: ({ disk }) => (disk ? undefined : 'a file system may not be mounted here'),
    async inflict({ disk }, chance) {
      const lastsMs = chance.int(1_000, 8_000)
      const size = disk?.fill()
      return { what: `disk full at ${size} MB for ${seconds(lastsMs)}`, lastsMs, mend: () => disk?.free() }
    },
  },
  network: {
    missing: ({ network }) =>
      network ? undefined : 'the database is not reached over a network here, or namespaces may not be made',
    async inflict({ network }, chance) {
      const lastsMs = chance.chance(0.2) ? chance.int(12_000, 25_000) : chance.int(500, 6_000)
      network?.cut()
      return { what: `database cut off for ${seconds(lastsMs)}`, lastsMs, mend: () => network?.mend() }
    },
  },
  clock: {
    async inflict(site, chance) {
      const offset = chance.int(-10, 10) * MINUTE + chance.int(0, 59_999)
      site.setClock(offset)
      return { what: `clock set ${offset < 0 ? 'back' : 'forward'} to ${(offset / MINUTE).toFixed(1)} min off` }
    },
  },
}

export interface Survived {
  readonly kind: string
  readonly what: string
  readonly beganAt: number
  readonly endedAt: number
}

export interface FaultSettings {
  readonly kinds: readonly string[]
  readonly chance: Random
  /** Milliseconds between the beginnings of two faults, at least and at most. */
  readonly gap: readonly [number, number]
  /** So many acknowledgements have come; the next fault waits for one of them, for a while, where that is asked for. */
  readonly acknowledged?: () => number
  readonly say: (line: string) => void
}

/** Inflicts faults until the signal, some while others last; resolves when all are mended. */
export async function inflictFaults(
  site: Site,
  { kinds, chance, gap, acknowledged, say }: FaultSettings,
  signal: AbortSignal,
): Promise<readonly Survived[]> {
  const survived: Survived[] = []
  const lasting = new Set<Promise<void>>()
  for (let turn = 0; ; turn++) {
    const draw = chance.split(String(turn))
    await pause(draw.int(...gap), undefined, { signal }).catch(() => undefined)
    if (signal.aborted) break
    const kind = kindOf(turn, kinds, chance)
    const beganAt = performance.now()
    const fault = await FAULTS[kind]?.inflict(site, draw)
    if (!fault) continue
    say(fault.what)
    const over = (async () => {
      if (fault.lastsMs) await pause(fault.lastsMs, undefined, { signal }).catch(() => undefined)
      fault.mend?.()
      survived.push({ kind, what: fault.what, beganAt, endedAt: performance.now() })
    })()
    lasting.add(over)
    void over.finally(() => lasting.delete(over))
    // One of a kind at a time: a disk that is freed for one fault is not full for the other.
    if (acknowledged) {
      await over
      await untilMore(acknowledged, signal)
    } else if (fault.lastsMs && draw.chance(0.7)) await over
    else if ([...lasting].length > 2) await Promise.all(lasting)
  }
  await Promise.all(lasting)
  site.setClock(0)
  return survived
}

async function untilMore(count: () => number, signal: AbortSignal): Promise<void> {
  const before = count()
  for (let waited = 0; waited < PATIENCE_MS && count() === before && !signal.aborted; waited += 100) await pause(100)
}

/** Each kind comes before any comes again. */
const kindOf = (turn: number, kinds: readonly string[], chance: Random): string =>
  chance.split(`round ${Math.floor(turn / kinds.length)}`).shuffled(kinds)[turn % kinds.length] ?? ''

function oneOf<T extends { readonly name: string }>(list: readonly T[], chance: Random): T | undefined {
  return list.length > 0 ? chance.pick([...list].sort((a, b) => (a.name < b.name ? -1 : 1))) : undefined
}

/** Processes of the server, by what they are: `postgres: preclear preclear [local] idle` is a client's. */
function backendsOf(postmaster: number): readonly { readonly pid: number; readonly name: string }[] {
  const own = [{ pid: postmaster, name: 'PostgreSQL' }]
  return descendantsOf(postmaster).reduce((all, pid) => {
    const [title = ''] = commandOf(pid)
    const name = /^postgres: (?:io worker|[a-z]+(?: [a-z]+)?)/.exec(title)?.[0] ?? 'postgres'
    all.push({ pid, name: `${name.replace('postgres: ', 'PostgreSQL process "')}"` })
    return all
  }, own)
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`
