/** Everybody on a leg whom the acting agency may see: one line each. */
import { type Selectable, sql } from 'kysely'
import type { HitSeverity } from '#domain/hit.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import type { Tx } from './db.ts'
import type { TravellerTable } from './tables.ts'

export interface LegPlace {
  readonly month: string
  readonly id: string
}

type Columns = Selectable<TravellerTable>

export interface TravellerLine
  extends Pick<
    Columns,
    | 'id'
    | 'role'
    | 'kind'
    | 'status'
    | 'surname'
    | 'given_names'
    | 'birth_date'
    | 'sex'
    | 'nationality'
    | 'document'
    | 'seat'
    | 'bags'
    | 'locator'
    | 'pnr_id'
    | 'api_version'
    | 'pnr_version'
    | 'findings'
  > {
  readonly hits_open: number
  readonly severities: readonly HitSeverity[] | null
  readonly referrals: number
  /** Only where this agency may not read PNR: then the line is made from this alone. */
  readonly api: ApiTraveller | null
}

/** `readsPnr` false: the summary, which mixes both sources, is not for this agency; its API part is given instead. */
export async function manifestLines(tx: Tx, leg: LegPlace, readsPnr: boolean): Promise<readonly TravellerLine[]> {
  const { rows } = await sql<TravellerLine>`
    select t.id, t.role, t.kind, t.status, t.surname, t.given_names, t.birth_date, t.sex, t.nationality, t.document, t.seat, t.bags,
      t.locator, t.pnr_id, t.api_version, t.pnr_version, t.findings, coalesce(h.open, 0)::int as hits_open, h.severities,
      coalesce(r.count, 0)::int as referrals, ${readsPnr ? sql`null` : sql`a.content`} as api
    from traveller t
    left join (
      select traveller_id, count(*) as open, array_agg(distinct severity) as severities from hit
      where month = ${leg.month}::date and leg_id = ${leg.id} and disposition_id is null and now_false_since is null group by traveller_id
    ) h on h.traveller_id = t.id
    left join (
      select traveller_id, count(*) as count from referral
      where month = ${leg.month}::date and leg_id = ${leg.id} and recalled_at is null group by traveller_id
    ) r on r.traveller_id = t.id
    ${
      readsPnr
        ? sql``
        : sql`left join traveller_part a on a.month = t.month and a.leg_id = t.leg_id and a.traveller_id = t.id
          and a.source = 'api' and a.version = t.api_version`
    }
    where t.month = ${leg.month}::date and t.leg_id = ${leg.id} and t.merged_into is null
    order by t.surname nulls last, t.given_names, t.id limit 2000`.execute(tx)
  return rows
}
