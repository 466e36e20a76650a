import { chown, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Site } from '../embedded/restore.ts'
import type { PhysicalManifest } from './manifest.ts'
import { unpacked } from './packed-file.ts'
import { readTar, type TarEntry, type TarSink } from './tar.ts'

const BASE = 'base.tar.zst'

/** What every cluster has; without one of these the archive is of something else. */
const NEEDED = ['PG_VERSION', 'backup_label', 'global/pg_control']

/** Puts the files of a physical backup into an empty folder, owned by the account that will run the server. */
export async function layOut(
  folder: string,
  { files }: PhysicalManifest,
  { folder: to, account }: Site,
  progress: (bytes: number) => void,
): Promise<void> {
  if (files.length !== 1 || files[0]?.name !== BASE) {
    throw new Error('The backup has more than one tablespace: unpack it as docs/backup.md says for a server.')
  }
  await walk(folder, async (entry) => {
    const path = join(to, entry.name)
    if (entry.folder) {
      await mkdir(path, { recursive: true, mode: 0o700 })
      if (account) await chown(path, account.uid, account.gid)
      return undefined
    }
    const file = await open(path, 'wx', 0o600)
    if (account) await file.chown(account.uid, account.gid)
    return {
      async write(bytes) {
        progress(bytes.length)
        for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten
      },
      close: () => file.close(),
    }
  })
}

/** Reads a physical backup to its end as a restore would, and keeps nothing. Throws on the first thing that is amiss. */
export const readThrough = (folder: string): Promise<void> => walk(folder, async () => undefined)

async function walk(folder: string, open: (entry: TarEntry) => Promise<TarSink | undefined>): Promise<void> {
  const missing = new Set(NEEDED)
  await readTar(unpacked(folder, BASE), (entry) => {
    missing.delete(entry.name)
    return open(entry)
  })
  if (missing.size > 0) throw new Error(`${BASE} holds no ${[...missing].join(', ')}`)
}
