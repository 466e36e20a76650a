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

interface CopyOut {
  /** One piece for each message of the server; ends when the whole statement has ended. */
  readonly pieces: Readable
  /** Rows of ordinary results that came beside the copy, as text, in the order in which they came. */
  readonly rows: (readonly (string | null)[])[]
}

/** Runs a statement that copies out (COPY … TO STDOUT, BASE_BACKUP); whoever reads slowly holds the server back. */
export function copyOut(client: pg.Client, statement: string): CopyOut {
  const rows: (readonly (string | null)[])[] = []
  let resume = (): void => undefined
  const pieces = new Readable({ objectMode: true, highWaterMark: 16, read: () => resume() })
  client.query({
    submit(connection: pg.Connection) {
      resume = () => connection.stream.resume()
      connection.query(statement)
    },
    handleCopyData({ chunk }: { readonly chunk: Buffer }, connection: pg.Connection) {
      // The piece lies in a buffer that the next one overwrites.
      if (!pieces.push(Buffer.from(chunk))) connection.stream.pause()
    },
    handleDataRow: ({ fields }: { readonly fields: readonly (string | null)[] }) => void rows.push([...fields]),
    handleRowDescription: () => undefined,
    handleCommandComplete: () => undefined,
    handleError: (problem: Error) => void pieces.destroy(problem),
    handleReadyForQuery: () => void pieces.push(null),
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
