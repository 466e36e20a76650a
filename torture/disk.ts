/** A disk of its own that can be filled: a file system in memory, whose size is set down to what it holds. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, statfsSync } from 'node:fs'

export interface Disk {
  /** Next to nothing can be written any more; gives how many megabytes are on it. */
  fill(): number
  free(): void
  /** Takes it away; what is on it is copied to a folder first, where one is named. */
  remove(copyTo?: string): void
}

const SIZE_MB = 3_000

/** Nothing where we may not mount. */
export function mountDisk(folder: string): Disk | undefined {
  mkdirSync(folder, { recursive: true })
  const mount = (options: string): boolean =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'preclear-torture', folder], { stdio: 'ignore' }).status === 0
  if (process.platform !== 'linux' || !mount(`size=${SIZE_MB}m,mode=0755`)) return undefined
  return {
    fill() {
      const { blocks, bfree, bsize } = statfsSync(folder)
      const used = (blocks - bfree) * bsize
      mount(`remount,size=${used + 64 * 1024}`)
      return Math.round(used / 1e6)
    },
    free: () => void mount(`remount,size=${SIZE_MB}m`),
    remove(copyTo) {
      if (copyTo) spawnSync('cp', ['-a', folder, copyTo], { stdio: 'ignore' })
      spawnSync('umount', ['-l', folder], { stdio: 'ignore' })
    },
  }
}
