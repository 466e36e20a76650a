import type { Officer } from '#domain/officer.ts'
import type { Sex } from '#domain/traveller.ts'
import { newId } from '#lib/ids.ts'
import { ok, type Result } from '#lib/result.ts'
import { readCivilDate } from '#lib/time.ts'
import { backToWork } from '#store/db.ts'
import { appendLog } from '#store/log.ts'
import { addProposal, findWatchlist, isEntry } from '#store/watchlists.ts'
import { officerDoes, problem } from './officer-work.ts'
import { entryBy, type SightDeps } from './sight.ts'

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

export function proposeEntry(
  list: string,
  content: EntryProposal,
  officer: Officer,
  deps: SightDeps,
): Promise<Result<{ readonly id: string }>> {
  return officerDoes<{ readonly id: string }>(deps, officer, 'propose-entry', [list], async (tx) => {
    const wrong = whatIsWrong(content)
    if (wrong) return problem(wrong)
    if (!(await findWatchlist(tx, list))) return problem('not.found')
    if (content.entry && !(await isEntry(tx, list, content.entry))) return problem('not.found')
    await backToWork(tx)
    const id = newId()
    const at = deps.clock()
    await addProposal(tx, { id, list, content, by: officer.id, at })
    await appendLog(tx, {
      ...entryBy(officer, at, 'watchlist'),
      action: 'propose-entry',
      subjects: [list, id, ...(content.entry ? [content.entry] : [])],
      detail: { remove: content.remove ? 1 : 0 },
    })
    return ok({ id })
  })
}

/** A name alone would meet too many: it needs a date of birth or a document beside it. */
function whatIsWrong({ remove, entry, surname, birthDate, document }: EntryProposal): string | undefined {
  if (remove) return entry ? undefined : 'entry.missing'
  if (!surname && !document) return 'entry.nothing'
  if (surname && !birthDate && !document) return 'entry.name-alone'
  return birthDate && !readCivilDate(birthDate) ? 'entry.birth-date' : undefined
}
