import type { Finding, Span } from '#domain/finding.ts'

/** A message whose places are counted otherwise: every span in it goes through `to`. */
export function movedPlaces<T>(value: T, to: (byte: number) => number): T {
  return moved(value, to) as T
}

function moved(value: unknown, to: (byte: number) => number): unknown {
  if (Array.isArray(value)) return value.map((one) => moved(one, to))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      key === 'at' || key === 'span' ? movedSpans(one, to) : moved(one, to),
    ]),
  )
}

/** A span, or spans by what they are of; anything else is no place, such as a time. */
function movedSpans(value: unknown, to: (byte: number) => number): unknown {
  if (isSpan(value)) return [to(value[0]), to(value[1])]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return moved(value, to)
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, movedSpans(one, to)]))
}

const isSpan = (value: unknown): value is Span =>
  Array.isArray(value) && value.length === 2 && value.every((one) => Number.isInteger(one))

export const movedFinding = (finding: Finding, to: (byte: number) => number): Finding => ({
  ...finding,
  at: { ...finding.at, byte: to(finding.at.byte) },
})
