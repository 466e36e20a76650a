import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import {
  type Changes,
  contentKey,
  type LegState,
  legState,
  type PnrState,
  type TravellerState,
  type Version,
} from '#domain/leg-state.ts'
import type { LinkEvidence } from '#domain/link.ts'
import type { Leg } from '#domain/movement.ts'
import type { PnrTraveller } from '#domain/pnr.ts'
import { summarise } from '#domain/summary.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import type { Instant } from '#lib/time.ts'
import type { Tx } from './db.ts'
import type { PnrContent } from './tables.ts'

/** Everybody on a leg, with the parts in force and their PNRs; `pnrIds` and travellers alone decide what changes next. */
export async function loadLegState(tx: Tx, leg: Leg): Promise<LegState> {
  const [travellers, pnrs] = await Promise.all([loadTravellers(tx, leg), loadPnrs(tx, leg)])
  return legState(leg.id, travellers, pnrs)
}

interface TravellerRow {
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

async function loadTravellers(tx: Tx, leg: Leg): Promise<TravellerState[]> {
  const { rows } = await sql<TravellerRow>`
    select t.id, t.status, t.link, t.version, t.merged_into, t.pnr_id,
      t.api_version, a.sent_at as api_sent_at, a.transmission as api_transmission, a.content as api, coalesce(n.api, 0)::int as api_versions,
      t.pnr_version as part_version, p.sent_at as pnr_sent_at, p.transmission as pnr_transmission, p.content as pnr, coalesce(n.pnr, 0)::int as pnr_versions
    from traveller t
    left join traveller_part a on a.month = t.month and a.leg_id = t.leg_id and a.traveller_id = t.id and a.source = 'api' and a.version = t.api_version
    left join traveller_part p on p.month = t.month and p.leg_id = t.leg_id and p.traveller_id = t.id and p.source = 'pnr' and p.version = t.pnr_version
    left join (
      select traveller_id, max(version) filter (where source = 'api') as api, max(version) filter (where source = 'pnr') as pnr
      from traveller_part where month = ${leg.month}::date and leg_id = ${leg.id} group by traveller_id
    ) n on n.traveller_id = t.id
    where t.month = ${leg.month}::date and t.leg_id = ${leg.id} order by t.id`.execute(tx)
  return rows.map((row) => ({
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
  }))
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

async function loadPnrs(tx: Tx, leg: Leg): Promise<PnrState[]> {
  const { rows } = await sql<{
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
    select p.id, p.locator, p.company, p.created_key, p.state, p.version, p.sent_at, p.sent_reference, v.content,
      (select max(version) from pnr_version m where m.month = p.month and m.leg_id = p.leg_id and m.pnr_id = p.id)::int as versions
    from pnr p
    left join pnr_version v on v.month = p.month and v.leg_id = p.leg_id and v.pnr_id = p.id and v.version = p.version
    where p.month = ${leg.month}::date and p.leg_id = ${leg.id} order by p.id`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    locator: row.locator,
    company: row.company,
    createdKey: row.created_key,
    state: row.state,
    version: row.version,
    versions: row.versions ?? row.version,
    sentAt: row.sent_at,
    sentReference: row.sent_reference,
    digest: row.content ? contentKey(row.content) : '',
    content: row.content ?? undefined,
  }))
}

/** Writes what a report changed, in a few statements whatever the size of the leg. */
export async function saveChanges(
  tx: Tx,
  leg: Leg,
  state: LegState,
  changes: Changes,
  at: Instant,
  transmission: string,
): Promise<void> {
  const place = { month: leg.month, leg_id: leg.id }
  const pnrs = [...changes.pnrs].flatMap((id) => state.pnrs.get(id) ?? [])
  if (pnrs.length > 0) {
    await tx
      .insertInto('pnr')
      .values(
        pnrs.map((pnr) => ({
          ...place,
          id: pnr.id,
          locator: pnr.locator,
          company: pnr.company,
          created_key: pnr.createdKey,
          state: pnr.state,
          version: pnr.version,
          sent_at: pnr.sentAt,
          sent_reference: pnr.sentReference,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['month', 'leg_id', 'id']).doUpdateSet((eb) => ({
          state: eb.ref('excluded.state'),
          version: eb.ref('excluded.version'),
          sent_at: eb.ref('excluded.sent_at'),
          sent_reference: eb.ref('excluded.sent_reference'),
        })),
      )
      .execute()
  }
  if (changes.pnrVersions.length > 0) {
    await tx
      .insertInto('pnr_version')
      .values(
        changes.pnrVersions.map((one) => ({
          ...place,
          pnr_id: one.pnrId,
          version: one.version,
          transmission,
          sent_at: one.sentAt,
          stored_at: at,
          digest: createHash('sha256').update(one.digest).digest(),
          content: JSON.stringify(one.content),
        })),
      )
      .execute()
  }
  if (changes.parts.length > 0) {
    await tx
      .insertInto('traveller_part')
      .values(
        changes.parts.map(({ travellerId, source, version }) => ({
          ...place,
          traveller_id: travellerId,
          source,
          version: version.version,
          transmission: version.transmission,
          sent_at: version.sentAt,
          stored_at: at,
          content: JSON.stringify(version.content),
        })),
      )
      .execute()
  }
  await saveTravellers(tx, leg, state, changes, at)
}

async function saveTravellers(tx: Tx, leg: Leg, state: LegState, changes: Changes, at: Instant): Promise<void> {
  const rows = [...changes.travellers].flatMap((id) => state.travellers.get(id) ?? [])
  if (rows.length === 0) return
  const place = { month: leg.month, leg_id: leg.id }
  await tx
    .insertInto('traveller')
    .values(
      rows.map((row) => {
        const summary = summarise(row.api?.content, row.pnr?.content)
        return {
          ...place,
          id: row.id,
          role: summary.role,
          kind: summary.kind,
          status: row.status,
          surname: summary.surname ?? null,
          given_names: summary.givenNames ?? null,
          birth_date: summary.birthDate ?? null,
          sex: summary.sex ?? null,
          nationality: summary.nationality ?? null,
          document: summary.document ? JSON.stringify(summary.document) : null,
          seat: summary.seat ?? null,
          bags: summary.bags ?? null,
          locator: (row.pnrId && state.pnrs.get(row.pnrId)?.locator) || summary.locator || null,
          passenger_reference: summary.passengerReference ?? null,
          pnr_id: row.pnrId ?? null,
          pnr_reference: row.pnr?.content.reference ?? null,
          api_version: row.api?.version ?? null,
          pnr_version: row.pnr?.version ?? null,
          link: [...row.link],
          merged_into: row.mergedInto ?? null,
          version: row.version,
          changed_at: at,
        }
      }),
    )
    .onConflict((conflict) =>
      conflict.columns(['month', 'leg_id', 'id']).doUpdateSet((eb) => ({
        role: eb.ref('excluded.role'),
        kind: eb.ref('excluded.kind'),
        status: eb.ref('excluded.status'),
        surname: eb.ref('excluded.surname'),
        given_names: eb.ref('excluded.given_names'),
        birth_date: eb.ref('excluded.birth_date'),
        sex: eb.ref('excluded.sex'),
        nationality: eb.ref('excluded.nationality'),
        document: eb.ref('excluded.document'),
        seat: eb.ref('excluded.seat'),
        bags: eb.ref('excluded.bags'),
        locator: eb.ref('excluded.locator'),
        passenger_reference: eb.ref('excluded.passenger_reference'),
        pnr_id: eb.ref('excluded.pnr_id'),
        pnr_reference: eb.ref('excluded.pnr_reference'),
        api_version: eb.ref('excluded.api_version'),
        pnr_version: eb.ref('excluded.pnr_version'),
        link: eb.ref('excluded.link'),
        merged_into: eb.ref('excluded.merged_into'),
        version: eb.ref('excluded.version'),
        changed_at: eb.ref('excluded.changed_at'),
      })),
    )
    .execute()
  await saveDocuments(tx, leg, rows)
}

async function saveDocuments(tx: Tx, leg: Leg, rows: readonly TravellerState[]): Promise<void> {
  const place = { month: leg.month, leg_id: leg.id }
  await tx
    .deleteFrom('document')
    .where('month', '=', leg.month)
    .where('leg_id', '=', leg.id)
    .where(
      'traveller_id',
      'in',
      rows.map((row) => row.id),
    )
    .execute()
  const documents = rows.flatMap((row) =>
    (['api', 'pnr'] as const).flatMap((source) =>
      (row[source]?.content.documents ?? []).map((document, n) => ({
        ...place,
        traveller_id: row.id,
        source,
        n,
        kind: document.kind,
        type: document.type,
        number: document.number,
        issuer: document.issuer ?? null,
        expires: document.expires ?? null,
      })),
    ),
  )
  if (documents.length > 0) await tx.insertInto('document').values(documents).execute()
}
