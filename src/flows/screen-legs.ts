import type { LegState, TravellerState } from '#domain/leg-state.ts'
import type { Leg, Movement } from '#domain/movement.ts'
import { screen } from '#screening/screen.ts'
import type { Tx } from '#store/db.ts'
import { foldHits, type Screened } from '#store/hits.ts'
import { tell } from '#store/live.ts'
import type { Deps } from './deps.ts'

/** Who of a leg is to be screened. */
export interface ToScreen {
  readonly leg: Leg
  readonly state: LegState
  readonly travellers: Iterable<string>
}

/**
 * Screens travellers by every list and rule in force and folds what is found into their hits. Whoever no longer travels,
 * or was found to be another row's person, gives no hit; what he gave before is marked, not erased.
 *
 * @param transmissions the message that caused it, by traveller; absent when a list or rule did
 */
export async function screenLegs(
  tx: Tx,
  legs: readonly ToScreen[],
  { reference, clock }: Pick<Deps, 'reference' | 'clock'>,
  transmissions?: ReadonlyMap<string, string>,
): Promise<{ readonly screened: readonly Screened[]; readonly raised: number; readonly epoch: number }> {
  const { index, rules, epoch, title } = reference.current()
  const now = clock()
  const screened = legs.flatMap(({ leg, state, travellers }) =>
    [...travellers].flatMap((id): Screened[] => {
      const row = state.travellers.get(id)
      if (!row) return []
      const travels = row.status !== 'cancelled' && !row.mergedInto
      const found = travels ? screen(movementOf(leg, state, row), { index, rules, now }) : []
      return [{ leg, travellerId: id, version: row.version, found }]
    }),
  )
  const { raised, owners } = await foldHits(tx, screened, {
    at: now,
    epoch,
    title,
    ...(transmissions && { transmissions }),
  })
  for (const [owner, urgent] of owners) await tell(tx, { kind: 'queue', owner, urgent })
  return { screened, raised, epoch }
}

export function movementOf(leg: Leg, state: LegState, row: TravellerState): Movement {
  const pnr = row.pnrId ? state.pnrs.get(row.pnrId)?.content : undefined
  return {
    travellerId: row.id,
    leg,
    role: row.api?.content.role ?? 'passenger',
    ...(row.api && { api: row.api.content }),
    ...(row.pnr && { pnrTraveller: row.pnr.content }),
    ...(pnr && { pnr }),
  }
}
