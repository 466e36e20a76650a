/** The access log, for the data-protection officer: who saw whom, why, when, through which screen. Reading it is logged too. */
import type { Officer } from '#domain/officer.ts'
import { userNames } from '#store/agencies.ts'
import { appendLog, type ChainState, readLog, verifyLog } from '#store/log.ts'
import { entryBy, type SightDeps } from './sight.ts'

const PAGE = 100
/** The chain is recomputed at most this often: it takes seconds when it is long. */
const VERIFY_EVERY_MS = 60_000

let verified: { readonly at: number; readonly state: Promise<ChainState> } | undefined

export interface LogQuestion {
  readonly person?: string
  readonly action?: string
  readonly after?: number
}

export async function showLog(asked: LogQuestion, officer: Officer, { db, clock }: SightDeps, now: number) {
  if (!verified || now - verified.at > VERIFY_EVERY_MS) verified = { at: now, state: verifyLog(db) }
  const state = await verified.state
  return db.transaction().execute(async (tx) => {
    const rows = await readLog(tx, { ...asked, limit: PAGE + 1 })
    const names = await userNames(
      tx,
      rows.map((row) => (isUuid(row.actor) ? row.actor : undefined)),
    )
    const page = rows.slice(0, PAGE)
    await appendLog(tx, {
      ...entryBy(officer, clock(), 'log'),
      action: 'consult-log',
      subjects: [],
      detail: { rows: page.length },
    })
    const last = page.at(-1)
    return {
      rows: page.map((row) => ({
        seq: row.seq,
        at: row.at,
        actor: names.get(row.actor) ?? row.actor,
        agency: row.agency,
        ...(row.purpose && { purpose: row.purpose }),
        action: row.action,
        ...(row.screen && { screen: row.screen }),
        subjects: row.subjects.length,
        detail: row.detail,
      })),
      verified: state,
      ...(rows.length > PAGE && last && { next: String(last.seq) }),
    }
  })
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text)
