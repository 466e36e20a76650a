import { randomBytes } from 'node:crypto'
import type { Instant } from '#lib/time.ts'
import { type Arrival, newTransmissionId } from '#store/transmissions.ts'

const AT = '2026-06-11T06:00:00.000Z' as Instant

/** An arrival of nothing that could be read; like a real one for a queue. */
export function arrivalOfBytes(size = 200, more: Partial<Arrival> = {}): Arrival {
  return {
    id: newTransmissionId(AT),
    month: `${AT.slice(0, 7)}-01`,
    carrier: 'ZX',
    channel: 'https',
    receivedAt: AT,
    size,
    digest: randomBytes(32),
    contentDigest: randomBytes(32),
    sealed: randomBytes(size),
    keyDay: AT.slice(0, 10),
    redactions: { meals: 2 },
    urgency: 2,
    spread: 1,
    ...more,
  }
}
