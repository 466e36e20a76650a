import type { Db, Tx } from './db.ts'

export interface AgencyRow {
  readonly id: string
  readonly name: { readonly en: string; readonly az: string }
  readonly kind: 'unit' | 'authority'
  readonly readsPnr: boolean
}

export type Agencies = ReadonlyMap<string, AgencyRow>

/** All agencies, by id: a handful, and no secret. */
export async function allAgencies(tx: Db): Promise<Agencies> {
  const rows = await tx.selectFrom('agency').selectAll().orderBy('id').limit(500).execute()
  return new Map(
    rows.map((row) => [
      row.id,
      { id: row.id, name: { en: row.name_en, az: row.name_az }, kind: row.kind, readsPnr: row.reads_pnr },
    ]),
  )
}

export async function insertAgency(tx: Tx, { id, name, kind, readsPnr }: AgencyRow): Promise<void> {
  await tx.insertInto('agency').values({ id, name_en: name.en, name_az: name.az, kind, reads_pnr: readsPnr }).execute()
}

/** Whether the law lets this agency read PNR. */
export async function mayReadPnr(tx: Tx, agency: string): Promise<boolean> {
  const row = await tx.selectFrom('agency').select('reads_pnr').where('id', '=', agency).executeTakeFirst()
  return row?.reads_pnr ?? false
}

/** Whether this agency is the unit, whose officers answer for what all of them see. */
export async function isUnit(db: Db | Tx, agency: string): Promise<boolean> {
  const row = await db.selectFrom('agency').select('kind').where('id', '=', agency).executeTakeFirst()
  return row?.kind === 'unit'
}

export async function isAgency(db: Db | Tx, id: string): Promise<boolean> {
  return (await db.selectFrom('agency').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

export const agencyView = (agencies: Agencies, id: string) => ({
  id,
  name: agencies.get(id)?.name ?? { en: id, az: id },
})

/** Names of colleagues by id. Only for ids that came from rows which the officer may see; needs the work role. */
export async function userNames(
  tx: Tx,
  ids: Iterable<string | null | undefined>,
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set([...ids].filter((id) => typeof id === 'string'))]
  if (wanted.length === 0) return new Map()
  const rows = await tx.selectFrom('app_user').select(['id', 'name']).where('id', 'in', wanted).execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}
