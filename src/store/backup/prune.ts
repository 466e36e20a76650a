import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { backupsIn } from './manifest.ts'

export interface Pruned {
  readonly backups: readonly string[]
  readonly segments: number
}

/** `000000010000000000000003`, and the same with a suffix for what belongs to a segment. */
const SEGMENT = /^[0-9A-F]{24}/

/**
 * Removes all but the newest `keep` backups of each kind, then the archived log that no physical backup left here needs.
 * Folders of the archive that none of these backups names are not touched.
 */
export async function prune(place: string, keep: number, walArchive: string | undefined): Promise<Pruned> {
  const all = await backupsIn(place)
  const kept = ['physical', 'logical'].flatMap((kind) =>
    all.filter(({ manifest }) => manifest.kind === kind).slice(0, keep),
  )
  const gone = all.filter((backup) => !kept.includes(backup))
  let segments = 0
  if (walArchive !== undefined) {
    for (const name of new Set(all.map(({ manifest }) => (manifest.kind === 'physical' && manifest.walFolder) || ''))) {
      if (name === '') continue
      const needed = kept
        .flatMap(({ manifest }) => (manifest.kind === 'physical' && manifest.walFolder === name ? [manifest] : []))
        .map(({ firstSegment }) => firstSegment.slice(8))
        .sort()
      segments += await pruneFolder(join(walArchive, name), needed[0])
    }
  }
  for (const { folder } of gone) await rm(folder, { recursive: true })
  return { backups: gone.map(({ folder }) => folder), segments }
}

/** Removes segments before the first that is needed; all of them where none is. Timelines do not matter to the order. */
async function pruneFolder(folder: string, firstNeeded: string | undefined): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  const old = names.filter(
    (name) => SEGMENT.test(name) && (firstNeeded === undefined || name.slice(8, 24) < firstNeeded),
  )
  for (const name of old) await rm(join(folder, name), { force: true })
  return old.length
}
