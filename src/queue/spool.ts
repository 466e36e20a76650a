/**
 * A folder that keeps arrivals while the stream is away: what it has kept survives the end of the process and of the
 * power. What comes while one file is written shares the next.
 *
 * A file is records of length (4 bytes), CRC-32 (4 bytes) and the bytes of an arrival; its name sorts by time and says
 * how many there are. It is written beside its name, brought to the disk, and only then given it.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { batches } from '#lib/batches.ts'
import { Busy } from '#lib/busy.ts'
import { newId } from '#lib/ids.ts'
import { type Instant, instant } from '#lib/time.ts'

export interface Spool {
  /** Resolves when it is on the disk. Rejects with `Busy` when the folder or the disk is full. */
  keep(record: Uint8Array): Promise<void>
  /**
   * Gives away what is kept, oldest first; a file is removed when `give` has resolved for all of it. Rejects as `give`
   * does; then the file stays. What `give` answers with false, and what is torn, is put aside.
   */
  drain(give: Give): Promise<void>
  held(): Held
}

export interface Held {
  readonly arrivals: number
  readonly bytes: number
  readonly oldest?: Instant
}

export interface SpoolSettings {
  readonly dir: string
  /** Bytes that may be kept. */
  readonly most: number
  /** A file was put aside in `quarantine`, for people to look at. */
  readonly quarantined: (file: string) => void
}

const NAME = /^(\d{15})-\d{9}-[0-9a-f-]{36}\.(\d+)\.spool$/
const RECORD_HEAD = 8
/** Files of another process are taken over when they are so old: that one would have given them away. */
const FOREIGN_AFTER_MS = 30_000
/** Records under way at once, about. */
const BESIDE = 256

type Give = (record: Uint8Array) => Promise<boolean>

export async function openSpool({ dir, most, quarantined }: SpoolSettings): Promise<Spool> {
  await mkdir(join(dir, 'quarantine'), { recursive: true, mode: 0o700 })
  const began = Date.now()
  const files = new Map<string, number>()
  const ours = new Set<string>()
  let used = 0
  let written = 0

  const forget = (name: string): void => {
    used -= files.get(name) ?? 0
    files.delete(name)
    ours.delete(name)
  }
  const look = async (): Promise<void> => {
    const names = new Set((await readdir(dir)).filter((name) => NAME.test(name)))
    for (const name of files.keys()) if (!names.has(name)) forget(name)
    for (const name of names) {
      if (files.has(name)) continue
      const { size } = await stat(join(dir, name)).catch(() => ({ size: 0 }))
      if (files.has(name)) continue
      files.set(name, size)
      used += size
    }
  }
  const write = async (records: readonly Uint8Array[]): Promise<void> => {
    const bytes = Buffer.concat(records.flatMap((record) => [headOf(record), record]))
    if (used + bytes.length > most) throw new Busy(30)
    written += 1
    const stamp = `${String(Date.now()).padStart(15, '0')}-${String(written).padStart(9, '0')}-${newId()}`
    const name = `${stamp}.${records.length}.spool`
    const part = join(dir, `${stamp}.part`)
    try {
      await onDisk(part, bytes)
      ours.add(name)
      await rename(part, join(dir, name))
      await onDisk(dir)
    } catch {
      ours.delete(name)
      await rm(part, { force: true }).catch(() => undefined)
      throw new Busy(30)
    }
    if (files.has(name)) return
    files.set(name, bytes.length)
    used += bytes.length
  }
  const giveFile = async (name: string, bytes: Buffer | undefined, give: Give): Promise<void> => {
    if (bytes) {
      const { records, whole } = recordsOf(bytes)
      const taken = await Promise.all(records.map(give))
      if (whole && !taken.includes(false) && records.length === countOf(name))
        await rm(join(dir, name), { force: true })
      else {
        await rename(join(dir, name), join(dir, 'quarantine', name)).catch(() => undefined)
        quarantined(name)
      }
    }
    forget(name)
  }
  const keeping = batches<Uint8Array, true>({
    most: 256,
    weigh: (record) => record.length,
    heaviest: 8 * 1024 * 1024,
    beside: 1,
    work: async (records) => {
      await write(records)
      return records.map(() => true)
    },
  })

  for (const name of await readdir(dir)) {
    // Torn by the end of a process: nobody was told that it was kept.
    if (name.endsWith('.part') && (await ageOf(join(dir, name), began)) > FOREIGN_AFTER_MS)
      await rm(join(dir, name), { force: true })
  }
  await look()
  const left = new Set(files.keys())

  return {
    keep: async (record) => {
      await keeping.add(record)
    },
    async drain(give) {
      await look()
      const names = [...files.keys()].sort().filter((name) => {
        return ours.has(name) || left.has(name) || Date.now() - timeOf(name) >= FOREIGN_AFTER_MS
      })
      // The first one by itself, to see whether there is anybody to give to.
      for (let at = 0, count = 1; at < names.length; at += count, count = filesOf(names.slice(at), BESIDE)) {
        const group = names.slice(at, at + count)
        const contents = await Promise.all(group.map((name) => readFile(join(dir, name)).catch(() => undefined)))
        const given = await Promise.allSettled(group.map((name, n) => giveFile(name, contents[n], give)))
        for (const one of given) if (one.status === 'rejected') throw one.reason
      }
    },
    held() {
      const oldest = [...files.keys()].sort()[0]
      const arrivals = [...files.keys()].reduce((sum, name) => sum + countOf(name), 0)
      return { arrivals, bytes: used, ...(oldest && { oldest: instant(timeOf(oldest)) }) }
    },
  }
}

const timeOf = (name: string): number => Number(NAME.exec(name)?.[1] ?? 0)
const countOf = (name: string): number => Number(NAME.exec(name)?.[2] ?? 0)

const ageOf = (path: string, now: number): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => now - mtimeMs,
    () => 0,
  )

/** How many of these files, from the first on, have about so many records. */
function filesOf(names: readonly string[], most: number): number {
  let records = 0
  const at = names.findIndex((name) => {
    records += countOf(name)
    return records >= most
  })
  return at < 0 ? Math.max(1, names.length) : at + 1
}

/** Writes a new file and brings it to the disk; without bytes, brings a folder's names to the disk. */
async function onDisk(path: string, bytes?: Uint8Array): Promise<void> {
  const file = await open(path, bytes ? 'wx' : 'r', 0o600)
  try {
    if (bytes) await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

function headOf(record: Uint8Array): Uint8Array {
  const head = Buffer.alloc(RECORD_HEAD)
  head.writeUInt32BE(record.length)
  head.writeUInt32BE(crc32(record), 4)
  return head
}

/** The records up to the first that is torn. */
function recordsOf(bytes: Buffer): { readonly records: readonly Uint8Array[]; readonly whole: boolean } {
  const records: Uint8Array[] = []
  let at = 0
  while (at + RECORD_HEAD <= bytes.length) {
    const end = at + RECORD_HEAD + bytes.readUInt32BE(at)
    const record = bytes.subarray(at + RECORD_HEAD, end)
    if (end > bytes.length || crc32(record) !== bytes.readUInt32BE(at + 4)) break
    records.push(record)
    at = end
  }
  return { records, whole: at === bytes.length }
}
