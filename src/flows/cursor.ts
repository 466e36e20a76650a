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
