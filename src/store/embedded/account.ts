import { readFileSync, statSync } from 'node:fs'

/** A number to run the server under; PostgreSQL refuses to run as root. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** `nobody` nearly everywhere. */
const NOBODY = 65_534

/**
 * Who the server runs as. Nothing when we are not root: then it runs as ourselves. As root: whoever owns the cluster
 * already, else an unprivileged number; no user is created.
 */
export function serverAccount(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(cluster, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return { uid: unprivileged('/proc/self/uid_map'), gid: unprivileged('/proc/self/gid_map') }
}

/** In a user namespace not every number can be used: 65534 where it is mapped, else the highest that is. */
function unprivileged(map: string): number {
  const ranges = readMap(map)
  if (ranges.length === 0 || ranges.some(([first, count]) => first <= NOBODY && NOBODY < first + count)) return NOBODY
  const highest = Math.max(...ranges.map(([first, count]) => first + count - 1))
  if (highest > 0) return highest
  throw new Error(
    'This container knows no account but root, and PostgreSQL does not run as root. ' +
      'Run as another user, or set DATABASE_URL to a PostgreSQL server.',
  )
}

function readMap(map: string): readonly (readonly [first: number, count: number])[] {
  try {
    return readFileSync(map, 'latin1')
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number))
      .filter((numbers) => numbers.length === 3)
      .map(([first = 0, , count = 0]) => [first, count])
  } catch {
    return []
  }
}
