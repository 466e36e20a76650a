/** Of whom a transmission speaks, as far as the acting agency may see it. */
import { sql } from 'kysely'
import type { Finding } from '#domain/finding.ts'
import type { PnrTraveller } from '#domain/pnr.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import type { Tx } from './db.ts'

export interface MessageHead {
  readonly id: string
  readonly carrier: string
  readonly type: string | null
  readonly received_at: string
  readonly findings: readonly Finding[]
  readonly legs: readonly string[]
  readonly duplicate_of: string | null
}

export async function messageHead(tx: Tx, month: string, id: string): Promise<MessageHead | undefined> {
  return tx
    .selectFrom('transmission')
    .select(['id', 'carrier', 'type', 'received_at', 'findings', 'legs', 'duplicate_of'])
    .where('month', '=', month)
    .where('id', '=', id)
    .executeTakeFirst()
}

export interface SpokenOf {
  readonly leg: string
  readonly traveller: string
  readonly surname: string | null
  readonly given_names: string | null
  readonly content: ApiTraveller | PnrTraveller
}

/** More than the largest flight has, so that no message costs more than it must. */
const MOST = 2_000

/** Every traveller of these legs of whom the transmission says something, with what it says. */
export async function spokenOfIn(tx: Tx, legs: readonly string[], transmission: string): Promise<readonly SpokenOf[]> {
  if (legs.length === 0) return []
  const months = [...new Set(legs.map((leg) => `${leg.slice(0, 4)}-${leg.slice(4, 6)}-01`))]
  const { rows } = await sql<SpokenOf>`
    select p.leg_id as leg, t.id as traveller, t.surname, t.given_names, p.content
    from traveller_part p
    join traveller t on t.month = p.month and t.leg_id = p.leg_id and t.id = p.traveller_id and t.merged_into is null
    where p.month = any(${months}::date[]) and p.leg_id = any(${[...legs]}) and p.transmission = ${transmission}
    order by p.leg_id, t.id, p.source limit ${MOST}`.execute(tx)
  return rows
}
