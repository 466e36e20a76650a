/** What was read of messages so far, for a message that is read again. */
import { sql } from 'kysely'
import type { Finding } from '#domain/finding.ts'
import { monthOf } from '#domain/normalise.ts'
import type { Pnr } from '#domain/pnr.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import type { Tx } from './db.ts'
import { keptOf } from './transmissions.ts'

export interface PnrReading {
  readonly pnr_id: string
  readonly version: number
  readonly transmission: string
  readonly content: Pnr
}

/** Every version of the PNRs of a leg with these locators. */
export async function pnrReadings(tx: Tx, leg: string, locators: readonly string[]): Promise<readonly PnrReading[]> {
  if (locators.length === 0) return []
  const { rows } = await sql<PnrReading>`select v.pnr_id, v.version, v.transmission, v.content
    from pnr p join pnr_version v on v.month = p.month and v.leg_id = p.leg_id and v.pnr_id = p.id
    where p.month = ${monthOf(leg)}::date and p.leg_id = ${leg} and p.locator = any(${[...locators]})`.execute(tx)
  return rows
}

export interface ApiReading {
  readonly traveller_id: string
  readonly transmission: string
  readonly content: ApiTraveller
}

/** Everything that was said of a leg's travellers by API. */
export async function apiReadings(tx: Tx, leg: string): Promise<readonly ApiReading[]> {
  const { rows } = await sql<ApiReading>`select traveller_id, transmission, content from traveller_part
    where month = ${monthOf(leg)}::date and leg_id = ${leg} and source = 'api'`.execute(tx)
  return rows
}

/** Locks legs that are there, as takers do, in one order; changes nothing. Gives which there are. */
export async function holdLegs(tx: Tx, legs: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{
    id: string
  }>`select id from leg where month = any(${[...new Set(legs.map(monthOf))]}::date[])
    and id = any(${[...legs]}) order by id for update`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

/** What is found in a message by today's reading. How it ended, and what its sender was told, stays. */
export async function saveFindings(tx: Tx, transmission: string, findings: readonly Finding[]): Promise<void> {
  await tx
    .updateTable('transmission')
    .set({ findings: JSON.stringify(keptOf(findings)), finding_count: findings.length })
    .where('month', '=', monthOf(transmission))
    .where('id', '=', transmission)
    .execute()
}
