/**
 * How often somebody may come. Kept in memory, bounded, per process: lost at a restart, which gains a guesser little,
 * for the account's own count is in the database.
 */

/** Remembers the latest `most` keys; whoever was not seen for longest is forgotten first. */
function memory<T>(most: number) {
  const kept = new Map<string, T>()
  return {
    get: (key: string): T | undefined => kept.get(key),
    put(key: string, value: T): void {
      kept.delete(key)
      kept.set(key, value)
      if (kept.size <= most) return
      const [oldest] = kept.keys()
      if (oldest !== undefined) kept.delete(oldest)
    },
    forget: (key: string): boolean => kept.delete(key),
  }
}

export interface Buckets {
  /** Seconds to wait; 0: go ahead, and one is taken. */
  take(key: string, now: number): number
}

/** `size` at a stretch, then `perSecond`. */
export interface Rate {
  readonly size: number
  readonly perSecond: number
}

export function buckets({ size, perSecond }: Rate, most = 10_000): Buckets {
  const kept = memory<{ readonly left: number; readonly at: number }>(most)
  return {
    take(key, now) {
      const known = kept.get(key)
      const left = known ? Math.min(size, known.left + (Math.max(0, now - known.at) / 1_000) * perSecond) : size
      const wait = left >= 1 ? 0 : Math.ceil((1 - left) / perSecond)
      kept.put(key, { left: wait === 0 ? left - 1 : left, at: now })
      return wait
    },
  }
}

/** How much may be under way at once: of all, of one key, and in bytes that were announced. */
export interface PlaceLimits {
  readonly all: number
  readonly each: number
  readonly bytes: number
}

export interface Places {
  /** Takes a place; gives how it is freed, once and no more. Nothing where there is none. */
  take(key: string, bytes: number): (() => void) | undefined
}

/** One who sends much, or slowly, leaves room for others. */
export function places({ all, each, bytes }: PlaceLimits): Places {
  const taken = new Map<string, number>()
  let count = 0
  let weight = 0
  return {
    take(key, size) {
      const own = taken.get(key) ?? 0
      if (count >= all || own >= each || (count > 0 && weight + size > bytes)) return undefined
      taken.set(key, own + 1)
      count += 1
      weight += size
      let held = true
      return () => {
        if (!held) return
        held = false
        count -= 1
        weight -= size
        const left = (taken.get(key) ?? 1) - 1
        if (left > 0) taken.set(key, left)
        else taken.delete(key)
      }
    },
  }
}

const LOCKED_MS = 15 * 60_000
/** Tries at one login from one address, at one login from anywhere, and from one address at any login. */
const MOST = { pair: 10, login: 50, address: 150 } as const
/** From the third on, each try makes the next one wait twice as long. */
const FREE_TRIES = 2

export interface SignInGuard {
  /** Counts a try. Nothing: go ahead. Known and unknown logins are treated alike. */
  attempt(login: string, address: string, now: number): { readonly code: string; readonly wait: number } | undefined
  /** It was the right person: his earlier slips do not count. */
  succeeded(login: string, address: string): void
}

interface Tries {
  readonly count: number
  readonly last: number
  readonly nextAt: number
}

export function signInGuard(): SignInGuard {
  const kept = {
    pair: memory<Tries>(20_000),
    login: memory<Tries>(20_000),
    address: memory<Tries>(20_000),
  }
  const current = (kind: keyof typeof kept, key: string, now: number): Tries | undefined => {
    const tries = kept[kind].get(key)
    return tries && now - tries.last < LOCKED_MS ? tries : undefined
  }
  return {
    attempt(login, address, now) {
      const keys = { pair: `${login}\n${address}`, login, address } as const
      for (const kind of ['address', 'login', 'pair'] as const) {
        const { count = 0, nextAt = 0 } = current(kind, keys[kind], now) ?? {}
        if (now >= nextAt) continue
        const locked = count >= MOST[kind] && kind !== 'address'
        return { code: locked ? 'session.locked' : 'request.too-many', wait: Math.ceil((nextAt - now) / 1_000) }
      }
      for (const kind of ['address', 'login', 'pair'] as const) {
        const count = (current(kind, keys[kind], now)?.count ?? 0) + 1
        kept[kind].put(keys[kind], { count, last: now, nextAt: now + waitAfter(kind, count) })
      }
      return undefined
    },
    succeeded(login, address) {
      kept.pair.forget(`${login}\n${address}`)
      kept.login.forget(login)
      const tries = kept.address.get(address)
      if (tries) kept.address.put(address, { ...tries, count: tries.count - 1, nextAt: 0 })
    },
  }
}

function waitAfter(kind: keyof typeof MOST, count: number): number {
  if (count >= MOST[kind]) return LOCKED_MS
  return kind === 'pair' && count > FREE_TRIES ? 1_000 * 2 ** (count - FREE_TRIES - 1) : 0
}
