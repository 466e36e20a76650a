import { type RawBuilder, sql } from 'kysely'

/**
 * Rows for a statement that is the same however many there are: `insert into t select … from ${recordset(rows, 'id text,
 * n int')}`. They travel as one JSON text, which PostgreSQL takes apart faster than as many parameters.
 *
 * @param columns names and types; each row has them as keys, what is absent is null
 */
export const recordset = (rows: readonly object[], columns: string): RawBuilder<unknown> =>
  sql`json_to_recordset(${JSON.stringify(rows)}::json) as given(${sql.raw(columns)})`
