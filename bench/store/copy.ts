/** COPY FROM STDIN over a connection of `pg`, which has the messages for it but no call. */
import type pg from 'pg'

/** What `pg` keeps of a connection that it gives to a query which submits itself. */
interface Wire {
  query(text: string): void
  sendCopyFromChunk(chunk: Uint8Array): void
  endCopyFrom(): void
  sendCopyFail(message: string): void
}

/** Sends lines of COPY's text format: tabs between values, `\N` for null, each line ended. */
export function copyInto(client: pg.Client, table: string, text: string): Promise<void> {
  return new Promise((done, failed) => {
    const query = {
      submit: (wire: Wire) => wire.query(`copy ${table} from stdin`),
      handleCopyInResponse: (wire: Wire) => {
        wire.sendCopyFromChunk(Buffer.from(text))
        wire.endCopyFrom()
      },
      handleCommandComplete: () => undefined,
      handleReadyForQuery: () => done(),
      handleError: (problem: Error) => failed(problem),
    }
    client.query(query as unknown as pg.Submittable)
  })
}

type Value = string | number | boolean | null | undefined | readonly string[] | object

/** One row: texts in an array as PostgreSQL writes them, everything else as JSON. */
export const line = (values: readonly Value[]): string => `${values.map(written).join('\t')}\n`

function written(value: Value): string {
  if (value === null || value === undefined) return '\\N'
  if (Array.isArray(value) && typeof value[0] === 'string')
    return escaped(`{${value.map((one) => `"${one}"`).join(',')}}`)
  return escaped(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

const escaped = (text: string): string =>
  /[\\\n\t\r]/.test(text)
    ? text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r')
    : text
