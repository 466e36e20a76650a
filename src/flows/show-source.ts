/**
 * The sender's bytes around a value, as archived (sensitive values are gone already). Only of a transmission that says
 * something of this traveller, and only inside the bytes that are about him: neighbours in the message stay unseen.
 */
import type { Span } from '#domain/finding.ts'
import type { Officer } from '#domain/officer.ts'
import { allAgencies } from '#store/agencies.ts'
import { findLeg } from '#store/board.ts'
import { backToWork, type Tx } from '#store/db.ts'
import { concerns, findTraveller, pnrSpansIn, type TravellerRow, transmissionsOf } from '#store/dossier.ts'
import type { LegPlace } from '#store/manifest.ts'
import type { Deps } from './deps.ts'
import { openSealed } from './seal.ts'
import { segmentsWithin } from './segments.ts'
import { showPersons } from './sight.ts'
import { spansOf } from './source-ref.ts'

export interface SourceQuestion {
  readonly leg: string
  readonly traveller: string
  readonly transmission: string
  readonly start: number
  readonly end: number
}

const AROUND = 4

export function showSource(asked: SourceQuestion, officer: Officer, deps: Pick<Deps, 'db' | 'clock' | 'keys'>) {
  const { transmission } = asked
  return showPersons(deps, officer, 'source', [asked.leg, asked.traveller, transmission], async (tx) => {
    const leg = await findLeg(tx, asked.leg)
    const traveller = leg && (await findTraveller(tx, leg, asked.traveller))
    if (!traveller) return undefined
    const unit = (await allAgencies(tx)).get(officer.agency)?.kind === 'unit'
    const own = await ownBytes(tx, leg, traveller, transmission, unit)
    const [head] = await transmissionsOf(tx, [transmission])
    if (!head || !own.some(([start, end]) => asked.start >= start && asked.end <= end)) return undefined
    await backToWork(tx)
    const bytes = await openSealed(tx, deps.keys, transmission)
    if (!bytes) return undefined
    return {
      value: {
        transmission,
        carrier: head.carrier,
        type: head.type ?? '',
        receivedAt: head.received_at,
        segments: segmentsWithin(bytes, own, [asked.start, asked.end], AROUND),
      },
      subjects: [leg.id, traveller.id, transmission],
      detail: { start: asked.start, end: asked.end },
    }
  })
}

/**
 * Where the transmission speaks of him. For the unit from his first byte to his last, and the whole PNR; for another
 * agency each of his values alone, since between them others of the booking may be named.
 */
async function ownBytes(
  tx: Tx,
  leg: LegPlace,
  traveller: TravellerRow,
  transmission: string,
  unit: boolean,
): Promise<readonly Span[]> {
  const parts = await concerns(tx, leg, traveller, transmission)
  const values = parts.map((part) => spansOf(part.content)).filter((spans) => spans.length > 0)
  if (!unit) return values.flat()
  const booked = traveller.pnr_id ? await pnrSpansIn(tx, leg, traveller.pnr_id, transmission) : []
  return [...values.map(hull), ...booked]
}

const hull = (spans: readonly Span[]): Span => [
  Math.min(...spans.map((span) => span[0])),
  Math.max(...spans.map((span) => span[1])),
]
