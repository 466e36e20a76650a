import type { LegState, TravellerState } from '#domain/leg-state.ts'
import type { Leg, Movement } from '#domain/movement.ts'
import { screen } from '#screening/screen.ts'
import type { Tx } from '#store/db.ts'
import { foldHits } from '#store/hits.ts'
import { tell } from '#store/live.ts'
import type { Deps } from './deps.ts'

/**
 * Screens travellers of one leg by every list and rule in force and folds what is found into their hits. Whoever no
 * longer travels, or was found to be another row's person, gives no hit; what he gave before is marked, not erased.
 */
export async function screenLeg(
  tx: Tx,
  leg: Leg,
  state: LegState,
  travellers: Iterable<string>,
  { reference, clock, transmission }: Pick<Deps, 'reference' | 'clock'> & { readonly transmission?: string },
): Promise<number> {
  const { index, rules, epoch, title } = reference.current()
  const now = clock()
  const screened = [...travellers].flatMap((id) => {
    const row = state.travellers.get(id)
    if (!row) return []
    const travels = row.status !== 'cancelled' && !row.mergedInto
    return [
      {
        travellerId: id,
        version: row.version,
        found: travels ? screen(movementOf(leg, state, row), { index, rules, now }) : [],
      },
    ]
  })
  const { raised, owners } = await foldHits(tx, leg, screened, {
    at: now,
    epoch,
    title,
    ...(transmission && { transmission }),
  })
  for (const [owner, urgent] of owners) await tell(tx, { kind: 'queue', owner, urgent })
  return raised
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
