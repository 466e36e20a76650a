/** To whom an agency may refer, and what it may ask for: one table, read by the composer and by the flow that sends. */
import type { ActionCode } from '#domain/hit.ts'

export type AgencyKind = 'unit' | 'authority'

export interface Party {
  readonly id: string
  readonly kind: AgencyKind
}

/** An authority acts on the person; the unit, which meets nobody, can only be told. None of it refuses anybody entry. */
const ACTIONS: Readonly<Record<AgencyKind, readonly ActionCode[]>> = {
  authority: ['check-document', 'interview', 'search-baggage', 'inform-owner', 'observe'],
  unit: ['inform-owner', 'observe'],
}

/** What `to` may be asked by `from`; nothing where it may not be asked at all. The unit does not refer to itself. */
export function actionsFor(from: Party, to: Party): readonly ActionCode[] {
  if (from.id === to.id && from.kind === 'unit') return []
  return ACTIONS[to.kind]
}
