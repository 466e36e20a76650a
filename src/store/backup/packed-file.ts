import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline as connect } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'

/** A file of a backup: its name in the folder, its bytes on disk, and the SHA-256 of these. */
export interface PackedFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

const CHUNK = 1 << 18

/** Writes what `source` gives, packed with zstd, to a new file; it is on disk when this returns. */
export async function packInto(folder: string, name: string, source: AsyncIterable<Uint8Array>): Promise<PackedFile> {
  const digest = createHash('sha256')
  let bytes = 0
  await pipeline(
    source,
    createZstdCompress({ chunkSize: CHUNK, params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
    async function* (packed: AsyncIterable<Buffer>) {
      for await (const chunk of packed) {
        digest.update(chunk)
        bytes += chunk.length
        yield chunk
      }
    },
    createWriteStream(join(folder, name), { flags: 'wx', mode: 0o600, flush: true, highWaterMark: CHUNK }),
  )
  return { name, bytes, sha256: digest.digest('hex') }
}

/** The plain bytes of a packed file. */
export function unpacked(folder: string, name: string): AsyncIterable<Buffer> {
  const packed = createReadStream(join(folder, name), { highWaterMark: CHUNK })
  const plain = createZstdDecompress({ chunkSize: CHUNK })
  return connect(packed, plain, () => undefined)
}

/** What is wrong with a file; nothing when it is as it was written. */
export async function damageOf(
  folder: string,
  { name, bytes, sha256 }: PackedFile,
  progress: (bytes: number) => void,
): Promise<string | undefined> {
  const found = await stat(join(folder, name)).catch(() => undefined)
  if (!found) return `${name} is missing`
  if (found.size !== bytes) return `${name} has ${found.size} bytes and had ${bytes}`
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(join(folder, name), { highWaterMark: 1 << 20 })) {
    digest.update(chunk)
    progress(chunk.length)
  }
  return digest.digest('hex') === sha256 ? undefined : `${name} is damaged: its SHA-256 is another`
}
