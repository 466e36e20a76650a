import { sql } from 'kysely'
import type { Changes, LegState, TravellerState } from '#domain/leg-state.ts'
import type { Pnr } from '#domain/pnr.ts'
import type { Tx } from './db.ts'
import { recordset } from './recordset.ts'
import type { ChangedLeg } from './save-changes.ts'

/** What somebody is found by, as keyed hashes, source by source. */
export type SearchKeysOf = (
  row: Pick<TravellerState, 'api' | 'pnr'>,
  booking: Pnr | undefined,
) => { readonly api?: readonly string[]; readonly pnr?: readonly string[] }

/**
 * Keeps the search keys of whom a message said something of. Most messages say again what is known: equal keys are
 * left alone, and cost a look in the index.
 */
export async function saveSearchKeys(tx: Tx, legs: readonly ChangedLeg[], keysOf: SearchKeysOf): Promise<void> {
  const rows = legs.flatMap(({ leg, state, changes }) =>
    spokenOf(state, changes).flatMap((row) => {
      const keys = keysOf(row, row.pnrId ? state.pnrs.get(row.pnrId)?.content : undefined)
      const place = { month: leg.month, leg_id: leg.id, traveller_id: row.id }
      return (['api', 'pnr'] as const).flatMap((source) => {
        const list = keys[source]
        return list ? [{ ...place, source, keys: list }] : []
      })
    }),
  )
  if (rows.length === 0) return
  await sql`insert into search_key (month, leg_id, traveller_id, source, keys)
    select given.* from ${recordset(rows, 'month date, leg_id text, traveller_id uuid, source text, keys bigint[]')}
    left join search_key k on k.month = given.month and k.leg_id = given.leg_id and k.traveller_id = given.traveller_id
      and k.source = given.source and k.month = any(${[...new Set(rows.map(({ month }) => month))]}::date[])
    where k.keys is distinct from given.keys
    on conflict (month, leg_id, traveller_id, source) do update set keys = excluded.keys`.execute(tx)
}

/** Whoever has a new part, and everybody in a booking that has a new version: its contacts are everybody's. */
function spokenOf(state: LegState, changes: Changes): TravellerState[] {
  const ids = new Set(changes.parts.map(({ travellerId }) => travellerId))
  const bookings = new Set(changes.pnrVersions.map(({ pnrId }) => pnrId))
  if (bookings.size > 0)
    for (const row of state.travellers.values()) if (row.pnrId && bookings.has(row.pnrId)) ids.add(row.id)
  return [...ids].flatMap((id) => state.travellers.get(id) ?? [])
}
