const BLOCK = 512

export interface TarEntry {
  readonly name: string
  readonly folder: boolean
  readonly size: number
}

/** Takes the bytes of one file. */
export interface TarSink {
  write(bytes: Buffer): Promise<void>
  close(): Promise<void>
}

/**
 * Reads a tar as PostgreSQL writes it (ustar; files and folders), in one pass. `open` is told of each entry and gives
 * where its bytes shall go, or nothing. Throws on what such a tar does not hold: a link, or a name that leads elsewhere.
 */
export async function readTar(
  source: AsyncIterable<Buffer>,
  open: (entry: TarEntry) => Promise<TarSink | undefined>,
): Promise<void> {
  let head: Buffer = Buffer.alloc(0)
  let sink: TarSink | undefined
  let left = 0
  let padding = 0
  for await (const chunk of source) {
    let at = 0
    while (at < chunk.length) {
      if (left > 0) {
        const taken = Math.min(left, chunk.length - at)
        await sink?.write(chunk.subarray(at, at + taken))
        at += taken
        left -= taken
        if (left === 0) {
          await sink?.close()
          sink = undefined
        }
      } else if (padding > 0) {
        const taken = Math.min(padding, chunk.length - at)
        at += taken
        padding -= taken
      } else {
        const taken = Math.min(BLOCK - head.length, chunk.length - at)
        head = Buffer.concat([head, chunk.subarray(at, at + taken)])
        at += taken
        if (head.length < BLOCK) continue
        const entry = readHead(head)
        head = Buffer.alloc(0)
        if (!entry) continue
        sink = await open(entry)
        left = entry.size
        padding = (BLOCK - (left % BLOCK)) % BLOCK
        if (left > 0) continue
        await sink?.close()
        sink = undefined
      }
    }
  }
  if (left > 0 || head.length > 0) throw new Error('the archive ends in the middle of a file')
}

/** Nothing for the empty blocks at the end. */
function readHead(block: Buffer): TarEntry | undefined {
  const text = (from: number, length: number): string => {
    const field = block.toString('utf8', from, from + length)
    const end = field.indexOf('\0')
    return end < 0 ? field : field.slice(0, end)
  }
  if (block[0] === 0) return undefined
  const stated = Number.parseInt(text(148, 8).trim(), 8)
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0)
  if (stated !== sum) throw new Error('the archive is no tar, or damaged')
  const prefix = text(345, 155)
  const name = `${prefix ? `${prefix}/` : ''}${text(0, 100)}`.replace(/\/+$/, '')
  const kind = text(156, 1) || '0'
  if (kind !== '0' && kind !== '5') throw new Error(`the archive holds "${name}", which is neither file nor folder`)
  if (name.startsWith('/') || name.split('/').includes('..')) throw new Error(`the archive holds "${name}"`)
  return { name, folder: kind === '5', size: kind === '5' ? 0 : Number.parseInt(text(124, 12).trim(), 8) }
}
