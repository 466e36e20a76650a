import type { Db } from './db.ts'

/** Every hit with enough of its movement to find it in a truth file; for measuring detection on simulated data only. */
export async function scoredHits(db: Db) {
  const rows = await db
    .selectFrom('hit')
    .innerJoin('leg', (join) => join.onRef('leg.month', '=', 'hit.month').onRef('leg.id', '=', 'hit.leg_id'))
    .innerJoin('traveller', (join) =>
      join
        .onRef('traveller.month', '=', 'hit.month')
        .onRef('traveller.leg_id', '=', 'hit.leg_id')
        .onRef('traveller.id', '=', 'hit.traveller_id'),
    )
    .select([
      'hit.kind',
      'hit.source',
      'hit.entry',
      'leg.carrier',
      'leg.number',
      'leg.date',
      'leg.origin',
      'leg.destination',
      'traveller.locator',
      'traveller.passenger_reference as reference',
      'traveller.document',
    ])
    .orderBy('hit.leg_id')
    .orderBy('hit.id')
    .execute()
  return rows.map((row) => ({
    ...(row.entry ? { entry: row.entry } : { rule: row.source }),
    carrier: row.carrier,
    number: row.number,
    date: row.date,
    from: row.origin,
    to: row.destination,
    ...(row.locator && { locator: row.locator }),
    ...(row.reference && { reference: row.reference }),
    ...(row.document && { document: row.document.number }),
  }))
}
