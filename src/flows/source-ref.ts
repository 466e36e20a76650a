import type { Span } from '#domain/finding.ts'

/** Where a value stands in a transmission, as the console asks for it. */
export const sourceRef = (transmission: string | undefined, span: Span | undefined) =>
  transmission && span ? { transmission, start: span[0], end: span[1] } : undefined

/** Every place of a part in its message: of its fields, documents and contacts. */
export function spansOf(part: object): Span[] {
  const spans: Span[] = []
  for (const [key, value] of Object.entries(part)) {
    if (key === 'at') collect(value, spans)
    else if (typeof value === 'object' && value !== null) spans.push(...spansOf(value))
  }
  return spans
}

function collect(value: unknown, spans: Span[]): void {
  if (isSpan(value)) spans.push(value)
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) collect(one, spans)
}

const isSpan = (value: unknown): value is Span =>
  Array.isArray(value) && value.length === 2 && value.every((one) => Number.isInteger(one) && one >= 0)
