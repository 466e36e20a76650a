import { sql } from 'kysely'
import type { Changes, LegState, TravellerState } from '#domain/leg-state.ts'
import type { Leg } from '#domain/movement.ts'
import { summarise } from '#domain/summary.ts'
import type { Instant } from '#lib/time.ts'
import type { Tx } from './db.ts'
import { recordset } from './recordset.ts'
import { type SearchKeysOf, saveSearchKeys } from './save-search-keys.ts'

/** A leg, what is known of it now, and what of that is new. */
export interface ChangedLeg {
  readonly leg: Leg
  readonly state: LegState
  readonly changes: Changes
}

/**
 * Writes what messages changed, in a few statements whatever the number of legs and people.
 *
 * @param epoch the lists and rules that everybody who changed has been screened by
 * @param searchKeys what he is found by
 */
export async function saveChanges(
  tx: Tx,
  legs: readonly ChangedLeg[],
  at: Instant,
  epoch: number,
  searchKeys: SearchKeysOf,
): Promise<void> {
  await savePnrs(tx, legs)
  await savePnrVersions(tx, legs, at)
  await saveParts(tx, legs, at)
  await saveTravellers(tx, legs, at, epoch)
  await saveSearchKeys(tx, legs, searchKeys)
}

const placeOf = ({ leg }: ChangedLeg) => ({ month: leg.month, leg_id: leg.id })

async function savePnrs(tx: Tx, legs: readonly ChangedLeg[]): Promise<void> {
  const rows = legs.flatMap((one) =>
    [...one.changes.pnrs].flatMap((id) => {
      const pnr = one.state.pnrs.get(id)
      if (!pnr) return []
      return [
        {
          ...placeOf(one),
          id,
          locator: pnr.locator,
          company: pnr.company,
          created_key: pnr.createdKey,
          state: pnr.state,
          version: pnr.version,
          sent_at: pnr.sentAt,
          sent_reference: pnr.sentReference,
        },
      ]
    }),
  )
  if (rows.length === 0) return
  await sql`insert into pnr (month, leg_id, id, locator, company, created_key, state, version, sent_at, sent_reference)
    select * from ${recordset(
      rows,
      `month date, leg_id text, id uuid, locator text, company text, created_key text, state text, version int,
      sent_at timestamptz, sent_reference text`,
    )}
    on conflict (month, leg_id, id) do update set state = excluded.state, version = excluded.version,
      sent_at = excluded.sent_at, sent_reference = excluded.sent_reference`.execute(tx)
}

async function savePnrVersions(tx: Tx, legs: readonly ChangedLeg[], at: Instant): Promise<void> {
  const rows = legs.flatMap((one) =>
    one.changes.pnrVersions.map(({ pnrId, version, transmission, sentAt, content, redecoded }) => ({
      ...placeOf(one),
      pnr_id: pnrId,
      version,
      transmission,
      sent_at: sentAt,
      content,
      redecoded_by: redecoded,
    })),
  )
  if (rows.length === 0) return
  await sql`insert into pnr_version (month, leg_id, pnr_id, version, transmission, sent_at, stored_at, content, redecoded_by)
    select month, leg_id, pnr_id, version, transmission, sent_at, ${at}::timestamptz, content, redecoded_by
    from ${recordset(
      rows,
      `month date, leg_id text, pnr_id uuid, version int, transmission text, sent_at timestamptz,
      content jsonb, redecoded_by uuid`,
    )}`.execute(tx)
}

async function saveParts(tx: Tx, legs: readonly ChangedLeg[], at: Instant): Promise<void> {
  const rows = legs.flatMap((one) =>
    one.changes.parts.map(({ travellerId, source, version, redecoded }) => ({
      ...placeOf(one),
      traveller_id: travellerId,
      source,
      version: version.version,
      transmission: version.transmission,
      sent_at: version.sentAt,
      content: version.content,
      redecoded_by: redecoded,
    })),
  )
  if (rows.length === 0) return
  await sql`insert into traveller_part (month, leg_id, traveller_id, source, version, transmission, sent_at, stored_at, content, redecoded_by)
    select month, leg_id, traveller_id, source, version, transmission, sent_at, ${at}::timestamptz, content, redecoded_by
    from ${recordset(
      rows,
      `month date, leg_id text, traveller_id uuid, source text, version int, transmission text, sent_at timestamptz,
      content jsonb, redecoded_by uuid`,
    )}`.execute(tx)
}

async function saveTravellers(tx: Tx, legs: readonly ChangedLeg[], at: Instant, epoch: number): Promise<void> {
  const rows = legs.flatMap((one) => changedRows(one).map((row) => ({ ...placeOf(one), ...columnsOf(row, one.state) })))
  if (rows.length === 0) return
  await sql`insert into traveller (month, leg_id, id, role, kind, status, surname, given_names, birth_date, sex, nationality,
      document, seat, bags, locator, passenger_reference, pnr_id, pnr_reference, api_version, pnr_version, link, merged_into,
      version, screened_version, screened_epoch, changed_at)
    select month, leg_id, id, role, kind, status, surname, given_names, birth_date, sex, nationality,
      document, seat, bags, locator, passenger_reference, pnr_id, pnr_reference, api_version, pnr_version, link, merged_into,
      version, version, ${epoch}::bigint, ${at}::timestamptz
    from ${recordset(
      rows,
      `month date, leg_id text, id uuid, role text, kind text, status text, surname text, given_names text, birth_date text,
      sex text, nationality text, document jsonb, seat text, bags int, locator text, passenger_reference text, pnr_id uuid,
      pnr_reference text, api_version int, pnr_version int, link text[], merged_into uuid, version int`,
    )}
    on conflict (month, leg_id, id) do update set
      role = excluded.role, kind = excluded.kind, status = excluded.status, surname = excluded.surname,
      given_names = excluded.given_names, birth_date = excluded.birth_date, sex = excluded.sex,
      nationality = excluded.nationality, document = excluded.document, seat = excluded.seat, bags = excluded.bags,
      locator = excluded.locator, passenger_reference = excluded.passenger_reference, pnr_id = excluded.pnr_id,
      pnr_reference = excluded.pnr_reference, api_version = excluded.api_version, pnr_version = excluded.pnr_version,
      link = excluded.link, merged_into = excluded.merged_into, version = excluded.version,
      screened_version = excluded.screened_version, screened_epoch = excluded.screened_epoch,
      changed_at = excluded.changed_at`.execute(tx)
}

const changedRows = ({ state, changes }: ChangedLeg): TravellerState[] =>
  [...changes.travellers].flatMap((id) => state.travellers.get(id) ?? [])

function columnsOf(row: TravellerState, state: LegState) {
  const summary = summarise(row.api?.content, row.pnr?.content)
  return {
    id: row.id,
    role: summary.role,
    kind: summary.kind,
    status: row.status,
    surname: summary.surname,
    given_names: summary.givenNames,
    birth_date: summary.birthDate,
    sex: summary.sex,
    nationality: summary.nationality,
    document: summary.document,
    seat: summary.seat,
    bags: summary.bags,
    locator: (row.pnrId && state.pnrs.get(row.pnrId)?.locator) || summary.locator || null,
    passenger_reference: summary.passengerReference,
    pnr_id: row.pnrId,
    pnr_reference: row.pnr?.content.reference,
    api_version: row.api?.version,
    pnr_version: row.pnr?.version,
    link: row.link,
    merged_into: row.mergedInto,
    version: row.version,
  }
}
