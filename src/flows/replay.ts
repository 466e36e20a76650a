/**
 * What was put aside through our fault, and its second chance after the mend: it waits again and is settled like
 * whatever comes, from the bytes in the archive. Asked twice it is replayed once.
 */
import type { Officer } from '#domain/officer.ts'
import { bad, ok, type Result } from '#lib/result.ts'
import { asOfficer, type Db } from '#store/db.ts'
import { tell } from '#store/live.ts'
import { appendLog, type LogEntry } from '#store/log.ts'
import { type ParkedGroup, type ParkedQuestion, parkedGroups, unpark } from '#store/parked.ts'
import type { Operator } from './manage-access.ts'
import { actorOf, entryBy, type SightDeps } from './sight.ts'

/** In one transaction, so that a bulk of many holds no lock for long; each step has its line in the log. */
const AT_ONCE = 100

export interface ReplayQuestion extends ParkedQuestion {
  /** Said by whoever means everything that is parked. */
  readonly all?: boolean
}

export interface Replayed {
  readonly replayed: readonly string[]
  /** There may be more, behind this one. */
  readonly next?: string
}

export function showParked(
  { carrier }: { readonly carrier?: string },
  officer: Officer,
  { db }: SightDeps,
): Promise<{ readonly groups: readonly ParkedGroup[] }> {
  return asOfficer(db, actorOf(officer), async (tx) => ({ groups: await parkedGroups(tx, carrier?.toUpperCase()) }))
}

export const replayAsOfficer = (
  asked: ReplayQuestion,
  officer: Officer,
  { db, clock }: SightDeps,
): Promise<Result<Replayed>> => replay(db, asked, entryBy(officer, clock(), 'messages'))

export const replayAsOperator = (db: Db, asked: ReplayQuestion, { account, at }: Operator): Promise<Result<Replayed>> =>
  replay(db, asked, { at, actor: `operator ${account}`, agency: 'site' })

async function replay(
  db: Db,
  { all = false, ...asked }: ReplayQuestion,
  by: Omit<LogEntry, 'action' | 'subjects'>,
): Promise<Result<Replayed>> {
  const { ids, cause, carrier, since, until } = asked
  if (!all && [ids, cause, carrier, since, until].every((one) => one === undefined))
    return bad({ code: 'replay.nothing-named', detail: '' })
  const question = { ...asked, ...(carrier !== undefined && { carrier: carrier.toUpperCase() }) }
  const replayed = await db.transaction().execute(async (tx) => {
    const found = await unpark(tx, question, AT_ONCE)
    if (found.length === 0) return found
    await tell(tx, { kind: 'work' })
    await tell(tx, { kind: 'messages' })
    const detail = {
      count: found.length,
      ...(cause !== undefined && { cause }),
      ...(question.carrier !== undefined && { carrier: question.carrier }),
    }
    await appendLog(tx, { ...by, action: 'replay', subjects: found, detail })
    return found
  })
  const last = replayed.at(-1)
  return ok({ replayed, ...(replayed.length === AT_ONCE && last !== undefined && { next: last }) })
}
