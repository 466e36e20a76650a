/** Everything kept about one traveller on one leg, as far as the acting agency may see it. */
import { type Selectable, sql } from 'kysely'
import type { Finding } from '#domain/finding.ts'
import type { PnrTraveller } from '#domain/pnr.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import type { Tx } from './db.ts'
import type { LegPlace } from './manifest.ts'
import type { HitTable, KindColumn, PnrContent, TravellerTable } from './tables.ts'

export type TravellerRow = Selectable<TravellerTable>

export async function findTraveller(tx: Tx, leg: LegPlace, id: string): Promise<TravellerRow | undefined> {
  return tx
    .selectFrom('traveller')
    .selectAll()
    .where('month', '=', leg.month)
    .where('leg_id', '=', leg.id)
    .where('id', '=', id)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
}

export interface Part<T> {
  readonly transmission: string
  readonly content: T
}

export interface Parts {
  readonly api?: Part<ApiTraveller>
  readonly pnr?: Part<PnrTraveller>
}

/** What each source says now. A part that this agency may not read is not there. */
export async function partsInForce(tx: Tx, leg: LegPlace, traveller: TravellerRow): Promise<Parts> {
  const { rows } = await sql<
    | { source: 'api'; transmission: string; content: ApiTraveller }
    | { source: 'pnr'; transmission: string; content: PnrTraveller }
  >`select source, transmission, content from traveller_part
    where month = ${leg.month}::date and leg_id = ${leg.id} and traveller_id = ${traveller.id}
      and ((source = 'api' and version = ${traveller.api_version}) or (source = 'pnr' and version = ${traveller.pnr_version}))
    order by source`.execute(tx)
  const parts: { api?: Part<ApiTraveller>; pnr?: Part<PnrTraveller> } = {}
  for (const row of rows) {
    if (row.source === 'api') parts.api = row
    else parts.pnr = row
  }
  return parts
}

export interface PnrVersionRow {
  readonly version: number
  readonly transmission: string
  readonly stored_at: string
  readonly received_at: string | null
  readonly content: Omit<PnrContent, 'travellers'> & {
    readonly travellers?: PnrContent['travellers']
    readonly references?: readonly string[]
  }
}

export interface PnrRow {
  readonly locator: string
  readonly state: 'active' | 'cancelled'
  readonly version: number
  readonly versions: readonly PnrVersionRow[]
}

/** A PNR with its versions, newest first; nothing for an agency that may not read PNR. */
export async function findPnr(tx: Tx, leg: LegPlace, id: string): Promise<PnrRow | undefined> {
  const pnr = await tx
    .selectFrom('pnr')
    .select(['locator', 'state', 'version'])
    .where('month', '=', leg.month)
    .where('leg_id', '=', leg.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!pnr) return undefined
  const { rows } = await sql<PnrVersionRow>`
    select v.version, v.transmission, v.stored_at, x.received_at, v.content from pnr_version v
    left join transmission x on x.month = to_date(left(v.transmission, 6), 'YYYYMM') and x.id = v.transmission
    where v.month = ${leg.month}::date and v.leg_id = ${leg.id} and v.pnr_id = ${id}
    order by v.sent_at desc, v.version desc limit 50`.execute(tx)
  return { ...pnr, versions: rows }
}

export interface CompanionRow {
  readonly id: string
  readonly surname: string | null
  readonly given_names: string | null
  readonly kind: KindColumn
  readonly pnr_reference: string | null
}

export function companionsOf(tx: Tx, leg: LegPlace, traveller: TravellerRow): Promise<CompanionRow[]> {
  return tx
    .selectFrom('traveller')
    .select(['id', 'surname', 'given_names', 'kind', 'pnr_reference'])
    .where('month', '=', leg.month)
    .where('leg_id', '=', leg.id)
    .where('pnr_id', '=', traveller.pnr_id)
    .where('merged_into', 'is', null)
    .where('id', '<>', traveller.id)
    .orderBy('pnr_reference')
    .orderBy('id')
    .limit(200)
    .execute()
}

export interface HitRow extends Selectable<HitTable> {
  readonly reason: string | null
  readonly outcome: 'confirmed' | 'not-the-person' | 'no-further-action' | 'needs-more-data' | null
  readonly disposition_reason: string | null
  readonly note: string | null
  readonly by_user: string | null
  readonly disposed_at: string | null
  readonly referred: boolean
}

/** The acting agency's own hits on a traveller, open ones first, each with what was decided on it. */
export async function hitsOn(tx: Tx, leg: LegPlace, travellerId: string): Promise<readonly HitRow[]> {
  const { rows } = await sql<HitRow>`
    select h.*, e.content->>'reason' as reason, d.outcome, d.reason as disposition_reason, d.note, d.by_user, d.at as disposed_at,
      exists (select from referral r where r.month = h.month and r.leg_id = h.leg_id and h.id = any(r.hits)) as referred
    from hit h
    left join disposition d on d.month = h.month and d.leg_id = h.leg_id and d.id = h.disposition_id
    left join entry e on h.kind = 'watchlist' and e.list = h.source and e.id = h.entry
    where h.month = ${leg.month}::date and h.leg_id = ${leg.id} and h.traveller_id = ${travellerId}
    order by (h.disposition_id is null and h.now_false_since is null) desc, h.severity = 'high' desc, h.severity = 'medium' desc, h.id
    limit 200`.execute(tx)
  return rows
}

export interface TransmissionFindings {
  readonly id: string
  readonly carrier: string
  readonly type: string | null
  readonly received_at: string
  readonly findings: readonly Finding[]
}

export function transmissionsOf(tx: Tx, ids: readonly string[]): Promise<TransmissionFindings[]> {
  if (ids.length === 0) return Promise.resolve([])
  return tx
    .selectFrom('transmission')
    .select(['id', 'carrier', 'type', 'received_at', 'findings'])
    .where('month', 'in', [...new Set(ids.map((id) => `${id.slice(0, 4)}-${id.slice(4, 6)}-01`))])
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute()
}

export interface SeenRow {
  readonly actor: string
  readonly at: string
  readonly purpose: string | null
  readonly screen: string | null
}

/** The last twenty times that somebody of this agency had the traveller on screen; needs the work role. */
export async function seenBy(tx: Tx, agency: string, travellerId: string): Promise<readonly SeenRow[]> {
  // Materialized: the index on subjects first; the newest entries of the whole log are no way to find a rare one.
  const { rows } = await sql<SeenRow>`
    with seen as materialized (
      select seq, actor, at, purpose, screen from log
      where subjects @> array[${travellerId}::text] and agency = ${agency} and action = 'consult'
    )
    select actor, at, purpose, screen from seen order by seq desc limit 20`.execute(tx)
  return rows
}

export interface ReviewRow {
  readonly claimed_by: string | null
  readonly claimed_until: string | null
}

export async function findReview(
  tx: Tx,
  leg: LegPlace,
  travellerId: string,
  owner: string,
): Promise<ReviewRow | undefined> {
  return tx
    .selectFrom('review')
    .select(['claimed_by', 'claimed_until'])
    .where('month', '=', leg.month)
    .where('leg_id', '=', leg.id)
    .where('traveller_id', '=', travellerId)
    .where('owner', '=', owner)
    .executeTakeFirst()
}

/** Which transmissions say something of this traveller: its parts of any version, and its PNR's. */
export async function concerns(
  tx: Tx,
  leg: LegPlace,
  traveller: TravellerRow,
  transmission: string,
): Promise<readonly (Part<ApiTraveller | PnrTraveller> & { readonly source: 'api' | 'pnr' })[]> {
  const { rows } = await sql<
    Part<ApiTraveller | PnrTraveller> & { source: 'api' | 'pnr' }
  >`select source, transmission, content from traveller_part
    where month = ${leg.month}::date and leg_id = ${leg.id} and traveller_id = ${traveller.id} and transmission = ${transmission}
    order by source, version`.execute(tx)
  return rows
}

export async function pnrSpansIn(
  tx: Tx,
  leg: LegPlace,
  pnrId: string,
  transmission: string,
): Promise<readonly (readonly [number, number])[]> {
  const { rows } = await sql<{ span: [number, number] }>`select content->'span' as span from pnr_version
    where month = ${leg.month}::date and leg_id = ${leg.id} and pnr_id = ${pnrId} and transmission = ${transmission} order by version`.execute(
    tx,
  )
  return rows.map((row) => row.span)
}
