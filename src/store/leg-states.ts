import { sql } from 'kysely'
import { type LegState, legState, type PnrState, type TravellerState, type Version } from '#domain/leg-state.ts'
import type { LinkEvidence } from '#domain/link.ts'
import type { Leg } from '#domain/movement.ts'
import type { PnrTraveller } from '#domain/pnr.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import type { Instant } from '#lib/time.ts'
import type { Tx } from './db.ts'
import type { PnrContent } from './tables.ts'

type LegId = Pick<Leg, 'id' | 'month'>

/** Everybody on these legs, with the parts in force and their PNRs: what decides what a message changes. */
export async function loadLegStates(tx: Tx, legs: readonly LegId[]): Promise<ReadonlyMap<string, LegState>> {
  if (legs.length === 0) return new Map()
  const [travellers, pnrs] = await Promise.all([loadTravellers(tx, legs), loadPnrs(tx, legs)])
  return new Map(legs.map(({ id }) => [id, legState(id, travellers.get(id) ?? [], pnrs.get(id) ?? [])]))
}

const months = (legs: readonly LegId[]): string[] => [...new Set(legs.map(({ month }) => month))]
const ids = (legs: readonly LegId[]): string[] => legs.map(({ id }) => id)

interface TravellerRow {
  leg_id: string
  id: string
  status: TravellerState['status']
  link: LinkEvidence[]
  version: number
  merged_into: string | null
  pnr_id: string | null
  api_version: number | null
  api_sent_at: string | null
  api_transmission: string | null
  api: ApiTraveller | null
  api_versions: number
  part_version: number | null
  pnr_sent_at: string | null
  pnr_transmission: string | null
  pnr: PnrTraveller | null
  pnr_versions: number
}

async function loadTravellers(tx: Tx, legs: readonly LegId[]): Promise<Map<string, TravellerState[]>> {
  const { rows } = await sql<TravellerRow>`
    select t.leg_id, t.id, t.status, t.link, t.version, t.merged_into, t.pnr_id,
      t.api_version, a.sent_at as api_sent_at, a.transmission as api_transmission, a.content as api, coalesce(n.api, 0)::int as api_versions,
      t.pnr_version as part_version, p.sent_at as pnr_sent_at, p.transmission as pnr_transmission, p.content as pnr, coalesce(n.pnr, 0)::int as pnr_versions
    from traveller t
    left join traveller_part a on a.month = t.month and a.leg_id = t.leg_id and a.traveller_id = t.id and a.source = 'api' and a.version = t.api_version
    left join traveller_part p on p.month = t.month and p.leg_id = t.leg_id and p.traveller_id = t.id and p.source = 'pnr' and p.version = t.pnr_version
    left join (
      select leg_id, traveller_id, max(version) filter (where source = 'api') as api, max(version) filter (where source = 'pnr') as pnr
      from traveller_part where month = any(${months(legs)}::date[]) and leg_id = any(${ids(legs)}) group by leg_id, traveller_id
    ) n on n.leg_id = t.leg_id and n.traveller_id = t.id
    where t.month = any(${months(legs)}::date[]) and t.leg_id = any(${ids(legs)}) order by t.id`.execute(tx)
  const byLeg = new Map<string, TravellerState[]>()
  for (const row of rows) put(byLeg, row.leg_id, travellerOf(row))
  return byLeg
}

function put<T>(byLeg: Map<string, T[]>, leg: string, row: T): void {
  const rows = byLeg.get(leg)
  if (rows) rows.push(row)
  else byLeg.set(leg, [row])
}

function travellerOf(row: TravellerRow): TravellerState {
  return {
    id: row.id,
    status: row.status,
    link: row.link,
    version: row.version,
    apiVersions: row.api_versions,
    pnrVersions: row.pnr_versions,
    ...(row.merged_into && { mergedInto: row.merged_into }),
    ...(row.pnr_id && { pnrId: row.pnr_id }),
    ...(row.api && { api: versionOf(row.api_version, row.api_sent_at, row.api_transmission, row.api) }),
    ...(row.pnr && { pnr: versionOf(row.part_version, row.pnr_sent_at, row.pnr_transmission, row.pnr) }),
  }
}

const versionOf = <T>(
  version: number | null,
  sentAt: string | null,
  transmission: string | null,
  content: T,
): Version<T> => ({
  version: version ?? 1,
  sentAt: (sentAt ?? '') as Instant,
  transmission: transmission ?? '',
  content,
})

async function loadPnrs(tx: Tx, legs: readonly LegId[]): Promise<Map<string, PnrState[]>> {
  const { rows } = await sql<{
    leg_id: string
    id: string
    locator: string
    company: string
    created_key: string
    state: PnrState['state']
    version: number
    versions: number
    sent_at: Instant
    sent_reference: string
    content: PnrContent | null
  }>`
    select p.leg_id, p.id, p.locator, p.company, p.created_key, p.state, p.version, p.sent_at, p.sent_reference, v.content,
      (select max(version) from pnr_version m where m.month = p.month and m.leg_id = p.leg_id and m.pnr_id = p.id)::int as versions
    from pnr p
    left join pnr_version v on v.month = p.month and v.leg_id = p.leg_id and v.pnr_id = p.id and v.version = p.version
    where p.month = any(${months(legs)}::date[]) and p.leg_id = any(${ids(legs)}) order by p.id`.execute(tx)
  const byLeg = new Map<string, PnrState[]>()
  for (const row of rows)
    put(byLeg, row.leg_id, {
      id: row.id,
      locator: row.locator,
      company: row.company,
      createdKey: row.created_key,
      state: row.state,
      version: row.version,
      versions: row.versions ?? row.version,
      sentAt: row.sent_at,
      sentReference: row.sent_reference,
      content: row.content ?? undefined,
    })
  return byLeg
}
