/** Where a page ended, as an opaque text: the values that its rows are ordered by. */
export const writeCursor = (...values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

/** Nothing that somebody made up is trusted: what cannot be read starts at the first page. */
export function readCursor(text: string | undefined): readonly (string | number)[] {
  if (!text) return []
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return Array.isArray(values) ? values.filter((value) => typeof value === 'string' || typeof value === 'number') : []
  } catch {
    return []
  }
}

/** Where a page ended that is ordered by time, then by id. Only a time as we write it counts: `2026-02-30` is none. */
export function readTimeCursor(text: string | undefined): { readonly at: string; readonly id: string } | undefined {
  const [at, id] = readCursor(text)
  if (typeof at !== 'string' || typeof id !== 'string' || !/^[\w-]+$/.test(id)) return undefined
  const ms = /^[12]\d{3}-/.test(at) ? Date.parse(at) : Number.NaN
  return !Number.isNaN(ms) && new Date(ms).toISOString() === at ? { at, id } : undefined
}
