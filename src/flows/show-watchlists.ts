/** The lists of the officer's agency, and who is on them. */
import type { Officer } from '#domain/officer.ts'
import type { Entry } from '#domain/watchlist.ts'
import { bad, ok, type Result } from '#lib/result.ts'
import { agencyView, allAgencies, userNames } from '#store/agencies.ts'
import { asOfficer, backToWork } from '#store/db.ts'
import { appendLog } from '#store/log.ts'
import { findWatchlist, listEntries, listWatchlists, openProposals } from '#store/watchlists.ts'
import type { EntryProposal } from './propose-entry.ts'
import { actorOf, entryBy, type SightDeps } from './sight.ts'

const PAGE = 50

export async function showWatchlists(officer: Officer, { db }: SightDeps) {
  return asOfficer(db, actorOf(officer), async (tx) => {
    const agencies = await allAgencies(tx)
    return (await listWatchlists(tx)).map((row) => ({
      ...listView(row, agencies),
      entries: Number(row.entries ?? 0),
      pending: Number(row.pending ?? 0),
    }))
  })
}

type ListRow = NonNullable<Awaited<ReturnType<typeof findWatchlist>>>

const listView = (row: ListRow, agencies: Awaited<ReturnType<typeof allAgencies>>) => ({
  id: row.id,
  name: row.name,
  owner: agencyView(agencies, row.owner),
  purpose: row.purpose,
  legalBasis: row.legal_basis,
  severity: row.severity,
  action: row.action,
  version: row.version,
  changedAt: row.changed_at,
})

export interface EntriesQuestion {
  readonly text?: string
  readonly after?: string
}

/** Entries are personal data: seen for a purpose, and logged. */
export async function showWatchlist(
  id: string,
  asked: EntriesQuestion,
  officer: Officer,
  { db, clock }: SightDeps,
): Promise<Result<unknown>> {
  if (!officer.purpose) return bad({ code: 'purpose.missing', detail: '' })
  const shown = await asOfficer(db, actorOf(officer), async (tx) => {
    const list = await findWatchlist(tx, id)
    if (!list) return undefined
    const summary = (await listWatchlists(tx)).find((one) => one.id === id)
    const rows = await listEntries(tx, id, { ...asked, limit: PAGE + 1 })
    const proposals = await openProposals(tx, id)
    const agencies = await allAgencies(tx)
    await backToWork(tx)
    const names = await userNames(
      tx,
      proposals.map((one) => one.by_user),
    )
    const page = rows.slice(0, PAGE)
    await appendLog(tx, {
      ...entryBy(officer, clock(), 'watchlist'),
      action: asked.text ? 'search' : 'consult',
      subjects: page.map((row) => row.id),
      detail: { list: id },
    })
    return {
      ...listView(list, agencies),
      entries: Number(summary?.entries ?? 0),
      pending: Number(summary?.pending ?? 0),
      items: page.map((row) => entryView(row.content, row.version)),
      proposals: proposals.map((row) => ({
        id: row.id,
        watchlist: row.list,
        by: names.get(row.by_user) ?? row.by_user,
        at: row.at,
        mine: row.by_user === officer.id,
        content: row.content as EntryProposal,
      })),
      ...(rows.length > PAGE && { next: page.at(-1)?.id }),
    }
  })
  return shown ? ok(shown) : bad({ code: 'not.found', detail: '' })
}

const entryView = (entry: Entry, version: number) => ({
  id: entry.id,
  version,
  names: entry.names.map((name) => [name.surname, name.givenNames].filter(Boolean).join(', ')),
  birthDates: entry.birthDates,
  nationalities: entry.nationalities,
  documents: entry.documents.map((one) => [one.number, one.issuer].filter(Boolean).join(' ')),
  ...(entry.sex && { sex: entry.sex }),
  ...(entry.reason && { reason: entry.reason }),
})
