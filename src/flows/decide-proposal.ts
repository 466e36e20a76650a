import type { Officer } from '#domain/officer.ts'
import type { Entry } from '#domain/watchlist.ts'
import { newId } from '#lib/ids.ts'
import { bad, ok, type Result } from '#lib/result.ts'
import { readCivilDate } from '#lib/time.ts'
import { asOfficer, backToWork, type Tx } from '#store/db.ts'
import { tell } from '#store/live.ts'
import { appendLog } from '#store/log.ts'
import { commitEntry, currentEntry, decideProposal, findWatchlist, lockProposal, nextEpoch } from '#store/watchlists.ts'
import type { EntryProposal } from './propose-entry.ts'
import { actorOf, entryBy, type SightDeps } from './sight.ts'

/** Two people for a list: whoever proposed cannot approve. Approving puts the entry in force at once, everywhere. */
export async function decideOnProposal(
  id: string,
  approved: boolean,
  officer: Officer,
  { db, clock }: SightDeps,
): Promise<Result<{ readonly approved: boolean }>> {
  if (!officer.purpose) return bad({ code: 'purpose.missing', detail: '' })
  const at = clock()
  return asOfficer(db, actorOf(officer), async (tx) => {
    const seen = await tx.selectFrom('proposal').select(['list']).where('id', '=', id).executeTakeFirst()
    const list = seen && (await findWatchlist(tx, seen.list))
    if (!list) return bad({ code: 'not.found', detail: '' })
    await backToWork(tx)
    const proposal = await lockProposal(tx, id)
    if (!proposal) return bad({ code: 'proposal.decided', detail: '' })
    if (approved && proposal.by_user === officer.id) return bad({ code: 'proposal.own', detail: '' })
    const content = proposal.content as EntryProposal
    await decideProposal(tx, id, { by: officer.id, at, approved })
    const entry = approved
      ? await putInForce(tx, list.id, content, { proposedBy: proposal.by_user, approvedBy: officer.id, at })
      : undefined
    await appendLog(tx, {
      ...entryBy(officer, at, 'watchlist'),
      action: approved ? 'approve-entry' : 'reject-entry',
      subjects: [list.id, id, ...(entry ? [entry] : [])],
    })
    return ok({ approved })
  })
}

async function putInForce(
  tx: Tx,
  list: string,
  content: EntryProposal,
  by: { readonly proposedBy: string; readonly approvedBy: string; readonly at: string },
): Promise<string> {
  const before = content.entry ? await currentEntry(tx, list, content.entry) : undefined
  const entry = entryFrom(list, content, before?.content, (before?.version ?? 0) + 1)
  const epoch = await nextEpoch(tx, 'watchlist')
  await commitEntry(tx, { entry, removed: content.remove === true, epoch, ...by })
  await tell(tx, { kind: 'epoch' })
  return entry.id
}

function entryFrom(list: string, content: EntryProposal, before: Entry | undefined, version: number): Entry {
  if (content.remove && before) return { ...before, version }
  const birthDate = content.birthDate ? readCivilDate(content.birthDate) : undefined
  return {
    id: before?.id ?? content.entry ?? newId(),
    list,
    version,
    names: content.surname
      ? [{ surname: content.surname, ...(content.givenNames && { givenNames: content.givenNames }) }]
      : [],
    birthDates: birthDate ? [birthDate] : [],
    nationalities: content.nationality ? [content.nationality] : [],
    documents: content.document ? [content.document] : [],
    ...(content.sex && { sex: content.sex }),
    reason: content.reason,
  }
}
