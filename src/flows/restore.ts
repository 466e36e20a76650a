/**
 * From a backup to a database that can be worked with: verified first, into an empty place only, brought to the newest
 * form, looked at before anybody works on it, and logged.
 */
import { basename, join, resolve } from 'node:path'
import { type Instant, instant } from '#lib/time.ts'
import { layOut } from '#store/backup/lay-out.ts'
import { type LogPieces, logPieces } from '#store/backup/log-pieces.ts'
import { loadLogically } from '#store/backup/logical.ts'
import { damages, type LogicalManifest, type PhysicalManifest, readManifest } from '#store/backup/manifest.ts'
import { lastKeyDay } from '#store/data-keys.ts'
import { openDb } from '#store/db.ts'
import { dropMonths } from '#store/drop-months.ts'
import { emptyHome, restoreCluster } from '#store/embedded/restore.ts'
import { startEmbedded } from '#store/embedded/start.ts'
import { type ChainState, verifyLog } from '#store/log.ts'
import { migrate } from '#store/migrate.ts'
import { lastTransmission } from '#store/transmissions.ts'
import { logChange, type Operator } from './manage-access.ts'
import { fitsArchive, keysOf } from './seal.ts'

export interface RestoreRequest {
  /** The backup. */
  readonly folder: string
  /** An empty data folder for the embedded server, or an empty database on another one. */
  readonly into: { readonly dataDir: string } | { readonly url: string }
  /** The archive of write-ahead logs; without it, what is restored is the end of the backup. */
  readonly walArchive: string | undefined
  /** Nothing after this is restored. */
  readonly toTime: Instant | undefined
  readonly master: Uint8Array | undefined
  /** What is older than so many months was to go, and does not come back. */
  readonly keep?: { readonly now: Instant; readonly months: number }
  readonly by: Operator
  readonly log: (line: string) => void
  readonly progress: (stage: 'verify' | 'unpack' | 'load', done: number, of: number) => void
}

export interface Restored {
  /** Migrations that came since the backup was made. */
  readonly migrations: readonly string[]
  /** Months that were in the backup and are past their time. */
  readonly dropped: readonly string[]
  readonly chain: ChainState
  /** The archived log that was read back; nothing where the backup alone was restored. */
  readonly pieces?: LogPieces
  /** The last message that was acknowledged. */
  readonly last: { readonly id: string; readonly at: string } | undefined
  /** Whether the master key that is in place opens the archive of messages. */
  readonly key: 'fits' | 'does not fit' | 'missing' | 'not needed'
}

export async function restore(request: RestoreRequest): Promise<Restored> {
  const { into, progress } = request
  const folder = resolve(request.folder)
  if ('dataDir' in into) await emptyHome(into.dataDir)
  const manifest = await readManifest(folder)
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0)
  let read = 0
  const found = await damages(folder, (bytes) => {
    read += bytes
    progress('verify', read, total)
  })
  if (found.length > 0) throw new Error(`The backup cannot be used:\n${found.join('\n')}`)
  return manifest.kind === 'physical'
    ? restorePhysically(request, folder, manifest)
    : restoreLogically(request, folder, manifest)
}

async function restorePhysically(
  request: RestoreRequest,
  folder: string,
  manifest: PhysicalManifest,
): Promise<Restored> {
  const { into, toTime, progress } = request
  if (!('dataDir' in into)) {
    throw new Error('A physical backup becomes a cluster of its own: name its data folder with --data.')
  }
  const walFolder = walFolderOf(request, manifest)
  const pieces = walFolder === undefined ? undefined : await logPieces(walFolder, manifest.firstSegment)
  let done = 0
  const restored = await restoreCluster(
    {
      dataDir: into.dataDir,
      major: manifest.postgres,
      log: request.log,
      walFolder,
      recovery: { toTime },
      lay: (site) =>
        layOut(folder, manifest, site, (bytes) => {
          done += bytes
          progress('unpack', done, manifest.plainBytes)
        }),
    },
    (url) => lookAfter(url, request),
  )
  return { ...restored, ...(pieces && { pieces }) }
}

function walFolderOf({ walArchive, toTime }: RestoreRequest, manifest: PhysicalManifest): string | undefined {
  if (toTime && instant(Date.parse(manifest.endedAt)) > toTime) {
    throw new Error(`The backup ended at ${manifest.endedAt}, after that time: use an older one.`)
  }
  if (walArchive && manifest.walFolder) return join(resolve(walArchive), manifest.walFolder)
  if (toTime && !manifest.walFolder)
    throw new Error('No log was archived when the backup was made: leave out --to-time.')
  if (toTime) throw new Error('A restore to a time needs the archive of the log (--wal or PRECLEAR_WAL_ARCHIVE).')
  return undefined
}

async function restoreLogically(request: RestoreRequest, folder: string, manifest: LogicalManifest): Promise<Restored> {
  const { into, toTime, log, progress } = request
  if (toTime) throw new Error('A logical backup is of one moment: leave out --to-time.')
  const load = async (url: string): Promise<Restored> => {
    await loadLogically(url, folder, manifest, (done, of) => progress('load', done, of))
    return lookAfter(url, request)
  }
  if ('url' in into) return load(into.url)
  const server = await startEmbedded({ dataDir: into.dataDir, log })
  try {
    return await load(server.url)
  } finally {
    await server.stop()
  }
}

async function lookAfter(url: string, { master, by, folder, keep }: RestoreRequest): Promise<Restored> {
  const migrations = await migrate(url)
  const dropped = keep ? await dropMonths(url, keep) : []
  const db = openDb(url, { max: 2, name: 'preclear restore' })
  try {
    const chain = await verifyLog(db)
    const last = await lastTransmission(db)
    const sealed = (await lastKeyDay(db)) !== undefined
    const fits = master && sealed && (await fitsArchive(db, keysOf(master)))
    const detail = last ? `last message ${last.id}` : ''
    await logChange(db, by, { action: 'restore', agency: 'site', subject: basename(resolve(folder)), detail })
    return {
      migrations,
      dropped,
      chain,
      last,
      key: !sealed ? 'not needed' : !master ? 'missing' : fits ? 'fits' : 'does not fit',
    }
  } finally {
    await db.destroy()
  }
}
