import { once } from 'node:events'
import { Readable } from 'node:stream'
import type pg from 'pg'

declare module 'pg' {
  interface Connection {
    sendCopyFromChunk(chunk: Uint8Array): void
    endCopyFrom(): void
    sendCopyFail(reason: string): void
  }
}

const LUMP = 1 << 18

/** Joins small pieces: what each one costs on its way through streams and threads is paid once for a quarter megabyte. */
export function lumps(give: (lump: Buffer) => void): { add(piece: Uint8Array): void; flush(): void } {
  let lump = Buffer.allocUnsafe(LUMP)
  let length = 0
  const flush = (): void => {
    if (length > 0) give(lump.subarray(0, length))
    lump = Buffer.allocUnsafe(LUMP)
    length = 0
  }
  return {
    add(piece) {
      if (piece.length > LUMP - length) flush()
      if (piece.length > LUMP) return give(Buffer.from(piece))
      lump.set(piece, length)
      length += piece.length
    },
    flush,
  }
}

interface CopyOut {
  /** Ends when the whole statement has ended. */
  readonly pieces: Readable
  /** Rows of ordinary results that came beside the copy, as text, in the order in which they came. */
  readonly rows: (readonly (string | null)[])[]
}

/**
 * Runs a statement that copies out (COPY … TO STDOUT, BASE_BACKUP); whoever reads slowly holds the server back. A piece
 * is a message of the server, or many `joined` ones.
 */
export function copyOut(client: pg.Client, statement: string, pieceIs: 'message' | 'joined'): CopyOut {
  const rows: (readonly (string | null)[])[] = []
  let resume = (): void => undefined
  let pause = (): void => undefined
  const pieces = new Readable({ objectMode: true, highWaterMark: 16, read: () => resume() })
  const give = (piece: Buffer): void => {
    if (!pieces.push(piece)) pause()
  }
  const joined = pieceIs === 'joined' ? lumps(give) : undefined
  client.query({
    submit(connection: pg.Connection) {
      resume = () => connection.stream.resume()
      pause = () => connection.stream.pause()
      connection.query(statement)
    },
    handleCopyData({ chunk }: { readonly chunk: Buffer }) {
      if (joined) joined.add(chunk)
      else give(Buffer.from(chunk)) // it lies in a buffer that the next one overwrites
    },
    handleDataRow: ({ fields }: { readonly fields: readonly (string | null)[] }) => void rows.push([...fields]),
    handleRowDescription: () => undefined,
    handleCommandComplete: () => undefined,
    handleError: (problem: Error) => void pieces.destroy(problem),
    handleReadyForQuery() {
      joined?.flush()
      pieces.push(null)
    },
  })
  return { pieces, rows }
}

/** Runs COPY … FROM STDIN with what `source` gives; gives the number of rows. */
export function copyIn(client: pg.Client, statement: string, source: AsyncIterable<Uint8Array>): Promise<number> {
  return new Promise((done, failed) => {
    let rows = 0
    let broken: unknown
    const feed = async (connection: pg.Connection): Promise<void> => {
      try {
        for await (const chunk of source) {
          if (broken !== undefined) return
          connection.sendCopyFromChunk(chunk)
          if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain')
        }
        connection.endCopyFrom()
      } catch (problem) {
        broken ??= problem
        connection.sendCopyFail('the source could not be read')
      }
    }
    client.query({
      submit: (connection: pg.Connection) => connection.query(statement),
      handleCopyInResponse: (connection: pg.Connection) => void feed(connection),
      handleCommandComplete: ({ text }: { readonly text: string }) => {
        rows = Number(/^COPY (\d+)$/.exec(text)?.[1] ?? 0)
      },
      handleError: (problem: Error) => {
        broken ??= problem
        failed(broken)
      },
      handleReadyForQuery: () => done(rows),
    })
  })
}
