/** The lists of the officer's agency, and who is on them. */
import type { Officer } from '#domain/officer.ts'
import type { Entry } from '#domain/watchlist.ts'
import { agencyView, allAgencies, userNames } from '#store/agencies.ts'
import { asOfficer, backToWork } from '#store/db.ts'
import { listEntries, listWatchlists, openProposals } from '#store/watchlists.ts'
import type { EntryProposal } from './propose-entry.ts'
import { actorOf, type SightDeps, showPersons } from './sight.ts'

const PAGE = 50

export async function showWatchlists(officer: Officer, { db }: SightDeps) {
  return asOfficer(db, actorOf(officer), async (tx) => {
    const agencies = await allAgencies(tx)
    return (await listWatchlists(tx)).map((row) => listView(row, agencies))
  })
}

type ListRow = Awaited<ReturnType<typeof listWatchlists>>[number]

const listView = (row: ListRow, agencies: Awaited<ReturnType<typeof allAgencies>>) => ({
  id: row.id,
  name: row.name,
  owner: agencyView(agencies, row.owner),
  purpose: row.purpose,
  legalBasis: row.legal_basis,
  severity: row.severity,
  action: row.action,
  entries: Number(row.entries ?? 0),
  pending: Number(row.pending ?? 0),
  version: row.version,
  changedAt: row.changed_at,
})

export interface EntriesQuestion {
  readonly text?: string
  readonly after?: string
}

/** Entries are personal data: seen for a purpose, and logged, the search that finds nothing too. */
export function showWatchlist(id: string, asked: EntriesQuestion, officer: Officer, deps: SightDeps) {
  return showPersons(deps, officer, 'watchlist', [id], async (tx) => {
    const list = (await listWatchlists(tx)).find((one) => one.id === id)
    if (!list) return undefined
    const rows = await listEntries(tx, id, { ...asked, limit: PAGE + 1 })
    const proposals = await openProposals(tx, id)
    const agencies = await allAgencies(tx)
    await backToWork(tx)
    const names = await userNames(
      tx,
      proposals.map((one) => one.by_user),
    )
    const page = rows.slice(0, PAGE)
    const last = page.at(-1)
    return {
      value: {
        ...listView(list, agencies),
        items: page.map((row) => entryView(row.content, row.version)),
        proposals: proposals.map((row) => ({
          id: row.id,
          watchlist: row.list,
          by: names.get(row.by_user) ?? row.by_user,
          at: row.at,
          mine: row.by_user === officer.id,
          content: row.content as EntryProposal,
        })),
        ...(rows.length > PAGE && last && { next: last.id }),
      },
      ...(asked.text && { action: 'search' as const }),
      subjects: [id, ...page.map((row) => row.id), ...proposals.map((row) => row.id)],
    }
  })
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
