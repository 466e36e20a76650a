/** Travellers by their search keys, month by month; and what an officer may then see of those who were found. */
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { ApiTraveller } from '#domain/traveller.ts'
import type { Tx } from './db.ts'
import { recordset } from './recordset.ts'
import type { TravellerTable } from './tables.ts'

/** Keys of which one must be there, for each thing that must be met. */
export type Wanted = readonly (readonly string[])[]

export interface Search {
  /** First days of months, in the order in which they are looked through. */
  readonly months: readonly string[]
  /** Any of these will do. */
  readonly wanted: readonly Wanted[]
  readonly readsPnr: boolean
  /** An agency that sees only travellers on whom it has a hit. */
  readonly onlyWithHitOf?: string | undefined
  readonly limit: number
}

export interface Found {
  readonly month: string
  readonly leg_id: string
  readonly traveller_id: string
}

/**
 * Whoever has the keys, at most `limit`. In the work role: what of it an officer may see is for `foundTravellers` to
 * say. Months are asked one by one, so that a common name is not looked for in years when one month has enough.
 */
export async function findByKeys(tx: Tx, search: Search): Promise<readonly Found[]> {
  const found = new Map<string, Found>()
  // The planner takes comparing hundreds of keys for as cheap as comparing one, and would rather read a small table.
  await sql`select set_config('enable_seqscan', 'off', true)`.execute(tx)
  for (const month of search.months) {
    const { rows } = await keysIn(month, search, search.limit).execute(tx)
    for (const row of rows) found.set(row.traveller_id, { month, ...row })
    if (found.size >= search.limit) break
  }
  await sql`select set_config('enable_seqscan', 'on', true)`.execute(tx)
  return [...found.values()].slice(0, search.limit)
}

/** One traveller may come twice, once from each source. */
export const keysIn = (
  month: string,
  { wanted, readsPnr, onlyWithHitOf }: Omit<Search, 'months'>,
  limit: number,
): RawBuilder<Omit<Found, 'month'>> => sql`select k.leg_id, k.traveller_id from search_key k
  where k.month = ${month}::date and (${sql.join(wanted.map(meets), sql` or `)})
    ${readsPnr ? sql`` : sql`and k.source = 'api'`}
    ${
      onlyWithHitOf === undefined
        ? sql``
        : sql`and exists (select from hit h where h.month = ${month}::date and h.leg_id = k.leg_id
            and h.traveller_id = k.traveller_id and h.owner = ${onlyWithHitOf})`
    }
  limit ${2 * limit}`

const meets = (wanted: Wanted): RawBuilder<unknown> =>
  sql`(${sql.join(
    wanted.map((keys) => sql`k.keys && ${[...keys]}::bigint[]`),
    sql` and `,
  )})`

type Columns = Selectable<TravellerTable>

export interface FoundTraveller
  extends Pick<
    Columns,
    | 'leg_id'
    | 'id'
    | 'status'
    | 'surname'
    | 'given_names'
    | 'birth_date'
    | 'nationality'
    | 'document'
    | 'locator'
    | 'api_version'
    | 'pnr_version'
  > {
  readonly date: string
  readonly departs_at: string | null
  /** Only where this agency may not read PNR: then the answer is made from this alone. */
  readonly api: ApiTraveller | null
}

/** As the officer: row policies leave out whom his agency may not see. */
export async function foundTravellers(
  tx: Tx,
  found: readonly Found[],
  readsPnr: boolean,
): Promise<readonly FoundTraveller[]> {
  if (found.length === 0) return []
  const { rows } = await linesOf(found, readsPnr).execute(tx)
  return rows
}

export const linesOf = (found: readonly Found[], readsPnr: boolean): RawBuilder<FoundTraveller> => {
  const months = sql`${[...new Set(found.map(({ month }) => month))]}::date[]`
  return sql`select t.leg_id, t.id, t.status, t.surname, t.given_names, t.birth_date, t.nationality, t.document, t.locator,
      t.api_version, t.pnr_version, l.date, l.departs_at, ${readsPnr ? sql`null` : sql`a.content`} as api
    from ${recordset(found, 'month date, leg_id text, traveller_id uuid')}
    join traveller t on t.month = given.month and t.leg_id = given.leg_id and t.id = given.traveller_id and t.month = any(${months})
    join leg l on l.month = t.month and l.id = t.leg_id and l.month = any(${months})
    ${
      readsPnr
        ? sql``
        : sql`left join traveller_part a on a.month = t.month and a.leg_id = t.leg_id and a.traveller_id = t.id
          and a.source = 'api' and a.version = t.api_version and a.month = any(${months})`
    }
    where t.merged_into is null`
}

export interface BookedName {
  readonly traveller_id: string
  readonly surname: string | null
  readonly given_names: string | null
  readonly document_surname: string | null
  readonly document_given_names: string | null
}

/** The names of a booking, where API says another one: as the officer. */
export async function bookedNames(tx: Tx, travellers: readonly FoundTraveller[]): Promise<readonly BookedName[]> {
  const asked = travellers.flatMap(({ leg_id, id, pnr_version }) =>
    pnr_version === null ? [] : [{ month: `${leg_id.slice(0, 4)}-${leg_id.slice(4, 6)}-01`, leg_id, id, pnr_version }],
  )
  if (asked.length === 0) return []
  const { rows } =
    await sql<BookedName>`select p.traveller_id, p.content->>'surname' as surname, p.content->>'givenNames' as given_names,
      p.content->>'documentSurname' as document_surname, p.content->>'documentGivenNames' as document_given_names
    from ${recordset(asked, 'month date, leg_id text, id uuid, pnr_version int')}
    join traveller_part p on p.month = given.month and p.leg_id = given.leg_id and p.traveller_id = given.id and p.source = 'pnr'
      and p.version = given.pnr_version and p.month = any(${[...new Set(asked.map(({ month }) => month))]}::date[])`.execute(
      tx,
    )
  return rows
}
