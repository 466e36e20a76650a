import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { PassThrough, type Readable } from 'node:stream'
import pg from 'pg'
import { copyOut, lumps } from './copy.ts'
import { type PhysicalManifest, writeBackup } from './manifest.ts'
import { type PackedFile, packInto } from './packed-file.ts'

export interface BackupOptions {
  readonly url: string
  /** The backup's own folder; there must be none yet. */
  readonly folder: string
  /** Version of Preclear. */
  readonly version: string
  readonly now: () => string
  readonly progress: (done: number, of: number) => void
}

/**
 * A base backup through the replication protocol, as pg_basebackup makes it: the server reads its files, checks their
 * pages and adds the write-ahead log that makes them whole, while everybody works on. A slot that lives as long as the
 * connection keeps that log. The result is `base.tar.zst` (and one more for each tablespace).
 */
export async function backUpPhysically(
  options: BackupOptions & {
    /** The folder of this cluster within the archive of logs, if it has one. */
    readonly walName?: string | undefined
  },
): Promise<PhysicalManifest> {
  const { url, folder, version, now, walName } = options
  const startedAt = now()
  const migrations = await migrationsOf(url)
  return writeBackup(folder, async (partial) => {
    await mkdir(partial, { recursive: true, mode: 0o700 })
    const client = await replicationClient(url)
    try {
      const [shown] = (await client.query<{ server_version: string }>('SHOW server_version')).rows
      const [segments] = (await client.query<{ wal_segment_size: string }>('SHOW wal_segment_size')).rows
      const [archiving] = (await client.query<{ archive_mode: string }>('SHOW archive_mode')).rows
      const slot = `preclear_backup_${randomBytes(6).toString('hex')}`
      await client.query(`CREATE_REPLICATION_SLOT ${slot} TEMPORARY PHYSICAL RESERVE_WAL`)
      const { pieces, rows } = copyOut(
        client,
        `BASE_BACKUP (LABEL 'preclear', CHECKPOINT 'fast', PROGRESS true, WAL true, WAIT false, MANIFEST 'no')`,
        'message',
      )
      const { files, plainBytes } = await packArchives(pieces, partial, (done) =>
        options.progress(done, 1_024 * rows.slice(1).reduce((sum, row) => sum + Number(row[2]), 0)),
      )
      const [startLsn, timeline] = rows[0] ?? []
      const endLsn = rows.at(-1)?.[0]
      if (!startLsn || !timeline || !endLsn) throw new Error('the server did not say what the backup holds')
      return {
        form: 1,
        kind: 'physical',
        preclear: version,
        postgres: String(Number.parseInt(shown?.server_version ?? '', 10)),
        startedAt,
        endedAt: now(),
        migrations,
        startLsn,
        endLsn,
        timeline: Number(timeline),
        firstSegment: segmentOf(Number(timeline), startLsn, segmentBytes(segments?.wal_segment_size ?? '16MB')),
        ...(walName && archiving?.archive_mode === 'on' && { walFolder: walName }),
        plainBytes,
        files,
      }
    } finally {
      await client.end().catch(() => undefined)
    }
  })
}

async function replicationClient(url: string): Promise<pg.Client> {
  const config: pg.ClientConfig & { readonly replication: string } = {
    connectionString: url,
    application_name: 'preclear backup',
    replication: 'true',
  }
  const client = new pg.Client(config)
  client.on('error', () => undefined) // the statement that runs is told
  await client.connect().catch((problem: unknown) => {
    throw new Error(
      `The server takes no connection for replication (${problem instanceof Error ? problem.message : 'no reason given'}). ` +
        'Its user needs the right REPLICATION and a line for it in pg_hba.conf; a logical backup needs neither.',
    )
  })
  return client
}

/**
 * The server's messages: `n` begins an archive (its name and a path, each ended by a zero), `d` brings bytes of it,
 * `p` tells how far the server is.
 */
async function packArchives(
  pieces: Readable,
  folder: string,
  progress: (done: number) => void,
): Promise<{ readonly files: readonly PackedFile[]; readonly plainBytes: number }> {
  const files: PackedFile[] = []
  let plainBytes = 0
  let archive: { readonly bytes: PassThrough; readonly packed: Promise<PackedFile> } | undefined
  const joined = lumps((lump) => archive?.bytes.write(lump))
  const finish = async (): Promise<void> => {
    joined.flush()
    archive?.bytes.end()
    if (archive) files.push(await archive.packed)
    archive = undefined
  }
  try {
    for await (const piece of pieces as AsyncIterable<Buffer>) {
      const kind = piece.toString('latin1', 0, 1)
      if (kind === 'n') {
        await finish()
        const bytes = new PassThrough({ highWaterMark: 1 << 20 })
        const name = piece.toString('utf8', 1, piece.indexOf(0, 1))
        if (!/^[\w.-]+$/.test(name)) throw new Error('the server named an archive that is no file')
        const packed = packInto(folder, `${name}.zst`, bytes)
        packed.catch((problem) => pieces.destroy(problem)) // a full disk ends the reading
        archive = { bytes, packed }
      } else if (kind === 'd') {
        plainBytes += piece.length - 1
        progress(plainBytes)
        joined.add(piece.subarray(1))
        if (archive?.bytes.writableNeedDrain) await drained(archive.bytes)
      }
    }
    await finish()
  } catch (problem) {
    archive?.bytes.destroy()
    throw problem
  }
  return { files, plainBytes }
}

/** Until there is room again, or nobody reads any more. */
const drained = (stream: PassThrough): Promise<void> =>
  new Promise((done) => {
    const end = (): void => {
      stream.off('drain', end).off('close', end)
      done()
    }
    stream.on('drain', end).on('close', end)
  })

const segmentBytes = (setting: string): number =>
  Number.parseInt(setting, 10) * (setting.endsWith('GB') ? 2 ** 30 : 2 ** 20)

/** `000000010000000000000003`: timeline, then the place in the log, of which the first half counts 4 GiB each. */
function segmentOf(timeline: number, lsn: string, bytes: number): string {
  const [high = '0', low = '0'] = lsn.split('/')
  const part = (value: number): string => value.toString(16).toUpperCase().padStart(8, '0')
  return part(timeline) + part(Number.parseInt(high, 16)) + part(Math.floor(Number.parseInt(low, 16) / bytes))
}

export async function migrationsOf(url: string): Promise<PhysicalManifest['migrations']> {
  const client = new pg.Client({ connectionString: url, application_name: 'preclear backup' })
  await client.connect()
  try {
    return (await client.query<{ name: string; digest: string }>('select name, digest from migration order by name'))
      .rows
  } finally {
    await client.end()
  }
}
