/** Every sight of a person goes through here: no purpose, nothing shown; what is shown is logged in the same transaction. */
import type { Officer } from '#domain/officer.ts'
import { bad, ok, type Problem, type Result } from '#lib/result.ts'
import { type Actor, asOfficer, type Db, type Tx } from '#store/db.ts'
import { appendLog, type LogEntry } from '#store/log.ts'
import type { Deps } from './deps.ts'

export type SightDeps = Pick<Deps, 'db' | 'clock'>

/** The page through which somebody is seen, as the log names it. */
export type Screen =
  | 'manifest'
  | 'dossier'
  | 'source'
  | 'message'
  | 'queue'
  | 'referrals'
  | 'referral'
  | 'referral-preview'
  | 'watchlist'
  | 'find'
  | 'log'

export interface Sight<T> {
  readonly value: T
  /** Ids of whoever is on it, and of their leg. */
  readonly subjects: readonly string[]
  readonly detail?: Readonly<Record<string, string | number>>
  /** Where it is more than looking at what a page shows. */
  readonly action?: 'search' | 'consult-log'
}

export const actorOf = (officer: Officer): Actor => ({
  user: officer.id,
  agency: officer.agency,
  ...(officer.purpose && { purpose: officer.purpose }),
})

/**
 * Looks, as the officer, and logs who was seen. `look` gives nothing for what does not exist for him: the attempt is
 * logged, and answered as if there were no such thing. It may end in the work role, for names and the log.
 */
export async function showPersons<T>(
  { db, clock }: SightDeps,
  officer: Officer,
  screen: Screen,
  asked: readonly string[],
  look: (tx: Tx) => Promise<Sight<T> | undefined>,
): Promise<Result<T>> {
  const entry = entryBy(officer, clock(), screen)
  if (!officer.purpose) return refused(db, entry, asked, 'purpose.missing')
  const sight = await asOfficer(db, actorOf(officer), async (tx) => {
    const seen = await look(tx)
    if (seen) {
      await appendLog(tx, {
        ...entry,
        action: seen.action ?? 'consult',
        subjects: seen.subjects,
        ...(seen.detail && { detail: seen.detail }),
      })
    }
    return seen
  })
  return sight ? ok(sight.value) : refused(db, entry, asked, 'not.found')
}

export const entryBy = (officer: Officer, at: string, screen?: string): Omit<LogEntry, 'action' | 'subjects'> => ({
  at,
  actor: officer.id,
  agency: officer.agency,
  ...(officer.purpose && { purpose: officer.purpose }),
  ...(screen && { screen }),
})

async function refused(
  db: Db,
  entry: Omit<LogEntry, 'action' | 'subjects'>,
  subjects: readonly string[],
  code: 'purpose.missing' | 'not.found',
): Promise<{ readonly ok: false; readonly problems: readonly Problem[] }> {
  await appendLog(db, { ...entry, action: 'refused', subjects, detail: { code } })
  return bad({ code, detail: entry.screen ?? '' })
}
