/** The access log, for the data-protection officer: who saw whom, why, when, through which screen. Reading it is logged too. */
import type { Officer } from '#domain/officer.ts'
import { given } from '#lib/given.ts'
import { isUnit, userNames } from '#store/agencies.ts'
import { backToWork, type Db } from '#store/db.ts'
import { type ChainState, readLog, verifyLog } from '#store/log.ts'
import { type SightDeps, showPersons } from './sight.ts'

const PAGE = 100
/** The chain is recomputed at most this often: it takes seconds when it is long. */
const VERIFY_EVERY_MS = 60_000

const verified = new WeakMap<Db, { readonly at: number; readonly state: Promise<ChainState> }>()

export interface LogQuestion {
  /** Somebody's id: as the one who looked, or as one who was seen. */
  readonly person?: string
  readonly action?: string
  readonly after?: number
}

/** The unit's officer sees what all agencies did; another agency's, what its own people did. `now` is the real clock's. */
export async function showLog(asked: LogQuestion, officer: Officer, deps: SightDeps, now: number) {
  const state = officer.purpose ? await chainState(deps.db, now) : undefined
  return showPersons(deps, officer, 'log', [], async (tx) => {
    await backToWork(tx)
    const only = (await isUnit(tx, officer.agency)) ? {} : { agency: officer.agency }
    const rows = await readLog(tx, { ...asked, ...only, limit: PAGE + 1 })
    const page = rows.slice(0, PAGE)
    const names = await userNames(
      tx,
      page.map((row) => (isUuid(row.actor) ? row.actor : undefined)),
    )
    const last = page.at(-1)
    return {
      value: {
        rows: page.map((row) => ({
          seq: row.seq,
          at: row.at,
          actor: names.get(row.actor) ?? row.actor,
          agency: row.agency,
          action: row.action,
          subjects: row.subjects.length,
          detail: row.detail,
          ...given({ purpose: row.purpose, screen: row.screen }),
        })),
        verified: state ?? { ok: false, upTo: 0, head: '' },
        ...(rows.length > PAGE && last && { next: String(last.seq) }),
      },
      action: 'consult-log',
      subjects: [],
      detail: { rows: page.length },
    }
  })
}

function chainState(db: Db, now: number): Promise<ChainState> {
  const known = verified.get(db)
  if (known && now - known.at < VERIFY_EVERY_MS) return known.state
  const state = verifyLog(db)
  verified.set(db, { at: now, state })
  state.catch(() => verified.delete(db))
  return state
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text)
