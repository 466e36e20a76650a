import { open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { damageOf, type PackedFile } from './packed-file.ts'

/** What stands in `backup.json`: what the backup is and what must be beside it. Made last. */
export type Manifest = PhysicalManifest | LogicalManifest

interface Common {
  readonly form: 1
  /** Version of Preclear that made it. */
  readonly preclear: string
  /** Major version of PostgreSQL. */
  readonly postgres: string
  readonly startedAt: string
  readonly endedAt: string
  /** Names and digests of the migrations that had run. */
  readonly migrations: readonly { readonly name: string; readonly digest: string }[]
  readonly files: readonly PackedFile[]
}

export interface PhysicalManifest extends Common {
  readonly kind: 'physical'
  readonly startLsn: string
  readonly endLsn: string
  readonly timeline: number
  /** Segment of the write-ahead log from which on the archive is needed. */
  readonly firstSegment: string
  /** Name of the folder within the archive; nothing where no log is archived. */
  readonly walFolder?: string
  /** Bytes before packing. */
  readonly plainBytes: number
}

export interface LogicalManifest extends Common {
  readonly kind: 'logical'
  /** First days of the months that have partitions. */
  readonly months: readonly string[]
  readonly sequences: readonly { readonly name: string; readonly value: string }[]
  /** In the order in which they can be loaded. */
  readonly tables: readonly {
    readonly name: string
    readonly file: string
    readonly columns: readonly string[]
    readonly rows: number
  }[]
}

const NAME = 'backup.json'

export const inBytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`

/**
 * A new backup in `place`, named by its time. Written to a folder whose name ends in `.partial`, which gets its own name
 * when everything is on disk: whoever sees a backup sees a whole one.
 */
export async function writeBackup<M extends Manifest>(
  folder: string,
  write: (partial: string) => Promise<M>,
): Promise<M> {
  const partial = `${folder}.partial`
  try {
    const manifest = await write(partial)
    await writeFile(join(partial, NAME), `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600, flush: true })
    await syncFolder(partial)
    await rename(partial, folder)
    await syncFolder(dirname(folder))
    return manifest
  } catch (problem) {
    await rm(partial, { recursive: true, force: true })
    throw problem
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  await handle.sync()
  await handle.close()
}

/** Reads what a folder says it is. Throws a sentence when it is no backup of ours. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, NAME), 'utf8').catch(() => {
    throw new Error(`${folder} is no whole backup: there is no ${NAME} in it`)
  })
  try {
    const manifest = JSON.parse(text) as Manifest
    if (manifest.form === 1 && Array.isArray(manifest.files)) return manifest
  } catch {
    throw new Error(`${join(folder, NAME)} is damaged`)
  }
  throw new Error(`${folder} was made by a newer Preclear, or ${NAME} is damaged`)
}

/** Everything that is wrong with a backup, a sentence for each file. Reads all of it. */
export async function damages(folder: string, progress: (bytes: number) => void): Promise<readonly string[]> {
  const { files } = await readManifest(folder)
  const found: string[] = []
  for (const file of files) {
    const damage = await damageOf(folder, file, progress)
    if (damage) found.push(damage)
  }
  return found
}

/** Whole backups in a place, newest first. */
export async function backupsIn(place: string): Promise<readonly { folder: string; manifest: Manifest }[]> {
  const found: { folder: string; manifest: Manifest }[] = []
  for (const name of await readdir(place)) {
    const folder = join(place, name)
    if (name.endsWith('.partial') || !(await stat(join(folder, NAME)).catch(() => undefined))) continue
    found.push({ folder, manifest: await readManifest(folder) })
  }
  return found.sort((a, b) => (a.manifest.startedAt < b.manifest.startedAt ? 1 : -1))
}
