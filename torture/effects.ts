/**
 * What messages leave behind, so that two databases can be compared: every column but those made from the id of a
 * transmission or from the moment of receipt (ids of travellers and hits; received, stored, changed, first seen, last
 * true, now false since: that alone counts, not since when). Values leave the database as digests only.
 */
import { sql } from 'kysely'
import type { Db } from '#store/db.ts'

interface Kind {
  readonly from: string
  readonly leg: string
  readonly columns: Readonly<Record<string, string>>
}

const PERSON = `concat_ws('/', t.role, t.surname, t.given_names, t.birth_date, t.locator, t.pnr_reference, t.passenger_reference)`
const same = (alias: string, names: string): Record<string, string> =>
  Object.fromEntries(names.split(' ').map((name) => [name, `${alias}.${name}`]))

const OF_TRAVELLER = (table: string, alias: string): string =>
  `${table} ${alias} join traveller t on t.month = ${alias}.month and t.leg_id = ${alias}.leg_id and t.id = ${alias}.traveller_id`

export const EFFECTS: Readonly<Record<string, Kind>> = {
  legs: {
    from: 'leg l',
    leg: 'l.id',
    columns: {
      ...same('l', 'carrier number suffix origin destination date direction departs_local arrives_local departs_at'),
      ...same('l', 'arrives_at travellers with_api with_pnr crew revision'),
      closed: 'l.closed_at is not null',
      cancelled: 'l.cancelled_at is not null',
      pushes: `(select jsonb_agg(p - 'transmission' - 'receivedAt' order by p - 'transmission' - 'receivedAt') from jsonb_array_elements(l.pushes) p)`,
    },
  },
  travellers: {
    from: 'traveller t',
    leg: 't.leg_id',
    columns: {
      ...same('t', 'role kind status surname given_names birth_date sex nationality document seat bags locator'),
      ...same('t', 'passenger_reference pnr_id pnr_reference api_version pnr_version link findings version'),
      merged: 't.merged_into is not null',
      screened: 't.screened_version = t.version',
      epoch: 't.screened_epoch',
    },
  },
  'traveller parts': {
    from: OF_TRAVELLER('traveller_part', 'p'),
    leg: 'p.leg_id',
    columns: { person: PERSON, ...same('p', 'source version sent_at content') },
  },
  documents: {
    from: OF_TRAVELLER('document', 'd'),
    leg: 'd.leg_id',
    columns: { person: PERSON, ...same('d', 'source n kind type number issuer expires') },
  },
  'search keys': {
    from: OF_TRAVELLER('search_key', 'k'),
    leg: 'k.leg_id',
    columns: { person: PERSON, source: 'k.source', keys: 'array(select unnest(k.keys) order by 1)' },
  },
  PNRs: {
    from: 'pnr',
    leg: 'pnr.leg_id',
    columns: same('pnr', 'id locator company created_key state version sent_at sent_reference'),
  },
  'PNR versions': {
    from: 'pnr_version v',
    leg: 'v.leg_id',
    columns: same('v', 'pnr_id version sent_at digest content'),
  },
  'parts of pushes': {
    from: 'push_part p',
    leg: 'p.leg_id',
    columns: same('p', 'push part final declared_total is_full sent_at locators'),
  },
  hits: {
    from: OF_TRAVELLER('hit', 'h'),
    leg: 'h.leg_id',
    columns: {
      person: PERSON,
      ...same('h', 'cause kind source entry version owner severity action score evidence_count why'),
      holds: 'h.now_false_since is null',
      disposition: 'h.disposition_id is not null',
    },
  },
  'turns of hits': {
    from: `${OF_TRAVELLER('hit', 'h')} join hit_event e on e.month = h.month and e.leg_id = h.leg_id and e.hit_id = h.id`,
    leg: 'h.leg_id',
    columns: { person: PERSON, cause: 'h.cause', ...same('e', 'n kind epoch found') },
  },
  reviews: {
    from: OF_TRAVELLER('review', 'r'),
    leg: 'r.leg_id',
    columns: { person: PERSON, owner: 'r.owner', claimed: 'r.claimed_by is not null' },
  },
}

export interface Digest {
  readonly rows: number
  readonly digest: string
}

/** One digest a leg, the same whatever the order of the rows. */
export async function digestsOf(db: Db, name: string): Promise<ReadonlyMap<string, Digest>> {
  const { from, leg, columns } = kindOf(name)
  const row = `md5(row(${Object.values(columns).join(', ')})::text)`
  const { rows } = await sql<{ leg: string; rows: number; digest: string }>`
    select ${sql.raw(leg)} as leg, count(*)::int as rows, md5(string_agg(${sql.raw(row)}, '' order by ${sql.raw(row)})) as digest
    from ${sql.raw(from)} group by 1`.execute(db)
  return new Map(rows.map(({ leg: id, ...digest }) => [id, digest]))
}

/** Digests of a leg's values, column by column, each column sorted by itself. */
export async function columnsOf(db: Db, name: string, legId: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const { from, leg, columns } = kindOf(name)
  const picked = Object.entries(columns).map(([column, value]) => `md5((${value})::text) as "${column}"`)
  const { rows } = await sql<Record<string, string | null>>`
    select ${sql.raw(picked.join(', '))} from ${sql.raw(from)} where ${sql.raw(leg)} = ${legId}`.execute(db)
  return new Map(Object.keys(columns).map((column) => [column, rows.map((row) => row[column] ?? '').sort()]))
}

function kindOf(name: string): Kind {
  const kind = EFFECTS[name]
  if (!kind) throw new Error(`nothing is called "${name}"`)
  return kind
}
