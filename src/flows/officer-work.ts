/** What an officer changes: seen first through the row policies, then written by the system in the same transaction. */
import type { Officer } from '#domain/officer.ts'
import { bad, type Problem, type Result } from '#lib/result.ts'
import { asOfficer, type Tx } from '#store/db.ts'
import { appendLog } from '#store/log.ts'
import { actorOf, entryBy, type SightDeps } from './sight.ts'

export interface Subject {
  readonly leg: string
  readonly traveller: string
}

export const problem = (code: string, detail = ''): { readonly ok: false; readonly problems: readonly Problem[] } =>
  bad({ code, detail })

/**
 * Without a purpose nothing is decided either. `work` checks before it writes, so that a refused attempt leaves nothing
 * but its line in the log.
 */
export async function officerDoes<T>(
  { db, clock }: SightDeps,
  officer: Officer,
  action: string,
  subjects: readonly string[],
  work: (tx: Tx) => Promise<Result<T>>,
): Promise<Result<T>> {
  const done = officer.purpose ? await asOfficer(db, actorOf(officer), work) : problem('purpose.missing')
  if (!done.ok) await logRefusal({ db, clock }, officer, action, subjects, done.problems[0]?.code)
  return done
}

export async function logRefusal(
  { db, clock }: SightDeps,
  officer: Officer,
  action: string,
  subjects: readonly string[],
  code = 'unknown',
): Promise<void> {
  await appendLog(db, { ...entryBy(officer, clock()), action: 'refused', subjects, detail: { code, action } })
}
