import type { Manifest, OnLeg } from './manifest.ts'
import type { Corruption, RuleTarget } from './targets.ts'

/** What was planted, one line of `truth.jsonl`: this traveller on this leg was made from this entry, or for this rule. */
export interface TruthLine {
  readonly id: string
  readonly entry?: string
  readonly list?: string
  readonly rule?: RuleTarget
  readonly corruption: Corruption | 'behaviour'
  readonly carrier: string
  readonly number: string
  readonly date: string
  readonly from: string
  readonly to: string
  readonly locator: string
  /** The carrier's unique passenger reference in API lists. */
  readonly reference?: string
  readonly document?: string
}

export function truthOf(on: OnLeg, manifest: Manifest): TruthLine | undefined {
  const { target, id } = on.booking.plan
  const traveller = on.booking.travellers[0]
  if (!target || !traveller) return undefined
  const attendance = on.attendance.get(traveller.reference)
  const number = traveller.person.documents[0]?.number
  return {
    id: `${id} ${manifest.leg.from}${manifest.leg.to}`,
    ...(target.entry && { entry: target.entry.id, list: target.entry.list }),
    ...(target.rule && { rule: target.rule }),
    corruption: target.corruption,
    carrier: manifest.flight.carrier,
    number: manifest.flight.number,
    date: manifest.leg.departs.slice(0, 10),
    from: manifest.leg.from,
    to: manifest.leg.to,
    locator: on.booking.locator,
    ...(attendance && { reference: attendance.passengerReference }),
    ...(number && { document: number }),
  }
}
