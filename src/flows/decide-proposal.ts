import type { Officer } from '#domain/officer.ts'
import type { Entry } from '#domain/watchlist.ts'
import { newId } from '#lib/ids.ts'
import { ok, type Result } from '#lib/result.ts'
import { readCivilDate } from '#lib/time.ts'
import { backToWork } from '#store/db.ts'
import { tell } from '#store/live.ts'
import { appendLog } from '#store/log.ts'
import {
  commitEntry,
  currentEntry,
  decideProposal,
  listOfProposal,
  lockProposal,
  nextEpoch,
} from '#store/watchlists.ts'
import { officerDoes, problem } from './officer-work.ts'
import type { EntryProposal } from './propose-entry.ts'
import { entryBy, type SightDeps } from './sight.ts'

/** Two people for a list: whoever proposed cannot approve. Approving puts the entry in force at once, everywhere. */
export function decideOnProposal(
  id: string,
  approved: boolean,
  officer: Officer,
  deps: SightDeps,
): Promise<Result<{ readonly approved: boolean }>> {
  const action = approved ? 'approve-entry' : 'reject-entry'
  return officerDoes<{ readonly approved: boolean }>(deps, officer, action, [id], async (tx) => {
    const list = await listOfProposal(tx, id)
    if (!list) return problem('not.found')
    await backToWork(tx)
    const proposal = await lockProposal(tx, id)
    if (!proposal) return problem('proposal.decided')
    if (approved && proposal.by_user === officer.id) return problem('proposal.own')
    const content = proposal.content as EntryProposal
    const before = content.entry ? await currentEntry(tx, list, content.entry) : undefined
    if (approved && content.entry && (!before || before.removed_at || before.changed_at > proposal.at))
      return problem('proposal.overtaken')

    const at = deps.clock()
    await decideProposal(tx, id, { by: officer.id, at, approved })
    const entry = entryFrom(list, content, before)
    if (approved) {
      const by = { proposedBy: proposal.by_user, approvedBy: officer.id, at }
      const epoch = await nextEpoch(tx, 'watchlist')
      await commitEntry(tx, { entry, removed: content.remove === true, epoch, ...by })
      await tell(tx, { kind: 'epoch' })
    }
    await appendLog(tx, {
      ...entryBy(officer, at, 'watchlist'),
      action,
      subjects: [list, id, ...(approved ? [entry.id] : [])],
    })
    return ok({ approved })
  })
}

function entryFrom(
  list: string,
  content: EntryProposal,
  before: { readonly version: number; readonly content: Entry } | undefined,
): Entry {
  const version = (before?.version ?? 0) + 1
  if (content.remove && before) return { ...before.content, version }
  const birthDate = content.birthDate ? readCivilDate(content.birthDate) : undefined
  return {
    id: before?.content.id ?? newId(),
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
