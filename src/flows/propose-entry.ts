import type { Officer } from '#domain/officer.ts'
import type { Sex } from '#domain/traveller.ts'
import { newId } from '#lib/ids.ts'
import { bad, ok, type Result } from '#lib/result.ts'
import { readCivilDate } from '#lib/time.ts'
import { asOfficer, backToWork } from '#store/db.ts'
import { appendLog } from '#store/log.ts'
import { addProposal, findWatchlist } from '#store/watchlists.ts'
import { actorOf, entryBy, type SightDeps } from './sight.ts'

/** A new entry, a change of one, or its removal; in force only once another person approved it. */
export interface EntryProposal {
  /** Absent: a new entry. */
  readonly entry?: string
  readonly remove?: boolean
  readonly surname?: string
  readonly givenNames?: string
  readonly birthDate?: string
  readonly sex?: Sex
  readonly nationality?: string
  readonly document?: { readonly number: string; readonly issuer?: string }
  readonly reason: string
}

export async function proposeEntry(
  list: string,
  content: EntryProposal,
  officer: Officer,
  { db, clock }: SightDeps,
): Promise<Result<{ readonly id: string }>> {
  if (!officer.purpose) return bad({ code: 'purpose.missing', detail: '' })
  const problem = wrong(content)
  if (problem) return bad({ code: problem, detail: '' })
  const at = clock()
  return asOfficer(db, actorOf(officer), async (tx) => {
    if (!(await findWatchlist(tx, list))) return bad({ code: 'not.found', detail: '' })
    await backToWork(tx)
    const id = newId()
    await addProposal(tx, { id, list, content, by: officer.id, at })
    await appendLog(tx, {
      ...entryBy(officer, at, 'watchlist'),
      action: 'propose-entry',
      subjects: [list, id],
      detail: { remove: content.remove ? 1 : 0 },
    })
    return ok({ id })
  })
}

/** A name alone would meet too many: it needs a date of birth or a document beside it. */
function wrong({ remove, entry, surname, birthDate, document }: EntryProposal): string | undefined {
  if (remove) return entry ? undefined : 'entry.missing'
  if (!surname && !document) return 'entry.nothing'
  if (surname && !birthDate && !document) return 'entry.name-alone'
  return birthDate && !readCivilDate(birthDate) ? 'entry.birth-date' : undefined
}
