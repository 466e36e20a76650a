import type { LegState } from '#domain/leg-state.ts'
import type { Db } from '#store/db.ts'

/**
 * Legs as this process left them, so that a message about one traveller need not read everybody on his flight again.
 * Only the revision that the database has under lock tells whether a memory still holds.
 */
export interface LegMemory {
  /** What is known of a leg at this revision; whoever takes it may change it, and gives it back when that is committed. */
  take(leg: string, revision: number): LegState | undefined
  keep(leg: string, revision: number, state: LegState): void
}

/** About 100 MB. Legs that were not spoken of for the longest time are forgotten first. */
const MOST_TRAVELLERS = 15_000

interface Remembered {
  readonly revision: number
  readonly state: LegState
}

function legMemory(): LegMemory {
  const legs = new Map<string, Remembered>()
  let travellers = 0
  const forget = (leg: string): Remembered | undefined => {
    const known = legs.get(leg)
    if (!known) return undefined
    legs.delete(leg)
    travellers -= weightOf(known.state)
    return known
  }
  return {
    take(leg, revision) {
      const known = forget(leg)
      return known?.revision === revision ? known.state : undefined
    },
    keep(leg, revision, state) {
      const known = legs.get(leg)
      if (known && known.revision > revision) return
      forget(leg)
      legs.set(leg, { revision, state })
      travellers += weightOf(state)
      for (const oldest of legs.keys()) {
        if (travellers <= MOST_TRAVELLERS) break
        forget(oldest)
      }
    },
  }
}

/** Counted when it is kept and when it is let go: between the two nobody changes it. */
const weightOf = (state: LegState): number => state.travellers.size + 1

const memories = new WeakMap<Db, LegMemory>()

export function memoryOf(db: Db): LegMemory {
  const known = memories.get(db) ?? legMemory()
  memories.set(db, known)
  return known
}
