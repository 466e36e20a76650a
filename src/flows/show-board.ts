/** The flight board: what flies, what came of it, what waits. Counts only; nobody's data, so nothing is logged. */
import type { Direction } from '#domain/movement.ts'
import type { Officer } from '#domain/officer.ts'
import { incompletePushes } from '#domain/push-parts.ts'
import { given } from '#lib/given.ts'
import { epochMs, type Instant, instant } from '#lib/time.ts'
import { highestSeverity } from '#review/priority.ts'
import { type BoardFilter, boardLegs, hitsByLeg, referralsByLeg } from '#store/board.ts'
import { asOfficer } from '#store/db.ts'
import type { PushNote } from '#store/tables.ts'
import { readTimeCursor, writeCursor } from './cursor.ts'
import type { Deps } from './deps.ts'
import { flightView, pushDots } from './flight-view.ts'
import { actorOf, type SightDeps } from './sight.ts'

export interface BoardQuestion {
  readonly from?: Instant | undefined
  readonly to?: Instant | undefined
  readonly direction?: Direction | undefined
  readonly airport?: string | undefined
  readonly text?: string | undefined
  readonly with?: 'hits' | 'no-data' | undefined
  readonly after?: string | undefined
  readonly limit?: number | undefined
}

const HOURS_BACK = 6
const HOURS_AHEAD = 48
const PAGE = 300

export async function showBoard(
  question: BoardQuestion,
  officer: Officer,
  { db, clock, site }: SightDeps & Partial<Pick<Deps, 'site'>>,
) {
  const now = clock()
  const filter = filterOf(question, now)
  return asOfficer(db, actorOf(officer), async (tx) => {
    const { legs, total } = await boardLegs(tx, filter)
    const ids = legs.map((leg) => leg.id)
    const hits = await hitsByLeg(tx, ids)
    const referrals = await referralsByLeg(tx, ids)
    const last = legs.at(-1)
    return {
      asOf: now,
      total,
      flights: legs.map((leg) => {
        const found = hits.get(leg.id)
        return {
          ...flightView(leg, now),
          travellers: leg.travellers,
          withApi: leg.with_api,
          withPnr: leg.with_pnr,
          crew: leg.crew,
          pushes: pushDots(leg.pushes, leg.departs_at),
          ...given({ incompletePushes: incomplete(leg.pushes, now, site?.pushMinutes) }),
          hits: {
            open: found?.open ?? 0,
            decided: found?.decided ?? 0,
            ...given({ highest: highestSeverity(found?.severities ?? []) }),
          },
          referrals: referrals.get(leg.id) ?? 0,
        }
      }),
      ...(last && legs.length === filter.limit && { next: writeCursor(last.sort_at, last.id) }),
    }
  })
}

const PUSH_MINUTES = 5

/** How many pushes of several parts lack one, and no part has come for some minutes. */
function incomplete(pushes: readonly PushNote[], now: Instant, minutes = PUSH_MINUTES): number | undefined {
  const parts = pushes.flatMap(({ part, receivedAt }) =>
    part ? [{ ...part, receivedAt: instant(Date.parse(receivedAt)) }] : [],
  )
  return incompletePushes(parts, now, minutes).length || undefined
}

function filterOf(question: BoardQuestion, now: Instant): BoardFilter {
  return {
    from: question.from ?? instant(epochMs(now) - HOURS_BACK * 3_600_000),
    to: question.to ?? instant(epochMs(now) + HOURS_AHEAD * 3_600_000),
    direction: question.direction,
    airport: question.airport,
    text: question.text?.toUpperCase().replace(/[^A-Z0-9]/g, '') || undefined,
    with: question.with,
    after: readTimeCursor(question.after),
    limit: Math.min(question.limit ?? PAGE, PAGE),
  }
}
