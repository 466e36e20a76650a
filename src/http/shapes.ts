/** Shapes that many addresses share. What does not fit one is answered like what does not exist, or as a bad request. */
import { Type } from 'typebox'
import { type Instant, instant } from '#lib/time.ts'

/** `202606-1f…`: month of departure and a digest. */
export const LegId = Type.String({ pattern: '^[12][0-9]{3}(0[1-9]|1[0-2])-[0-9a-f]{16}$' })
export const Uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' })
/** `202606-…`: month of receipt and a part that sorts by time. */
export const TransmissionId = Type.String({ pattern: '^[12][0-9]{3}(0[1-9]|1[0-2])-[0-9a-f-]{1,40}$' })
export const Cursor = Type.String({ maxLength: 400, pattern: '^[A-Za-z0-9_-]+$' })

/** `2026-06-11T06:00:00.000Z`. */
export const UtcInstant = Type.String({
  pattern: '^[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?Z$',
})

/** Nothing where there is no such day or hour. */
export function readInstant(text: string | undefined): Instant | undefined {
  const at = Date.parse(text ?? '')
  return Number.isNaN(at) ? undefined : instant(at)
}

export const Action = Type.Union([
  Type.Literal('check-document'),
  Type.Literal('interview'),
  Type.Literal('search-baggage'),
  Type.Literal('inform-owner'),
  Type.Literal('observe'),
])

/** Whether all texts of a request can be kept: the database takes neither NUL nor half of a surrogate pair. */
export function isStorable(given: unknown): boolean {
  const left = [given]
  while (left.length > 0) {
    const one = left.pop()
    if (typeof one === 'string' && (one.includes('\0') || !one.isWellFormed())) return false
    if (typeof one === 'object' && one !== null && !ArrayBuffer.isView(one)) left.push(...Object.values(one))
  }
  return true
}
