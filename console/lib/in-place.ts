/** Rows by their keys: what is on screen takes the newest values, and nothing comes, goes or moves. */
export function inPlace<T>(
  shown: readonly T[],
  now: readonly T[],
  keyOf: (row: T) => string,
): { readonly rows: readonly T[]; readonly gone: ReadonlySet<string> } {
  const current = new Map(now.map((row) => [keyOf(row), row]))
  const rows = shown.map((row) => current.get(keyOf(row)) ?? row)
  return { rows, gone: new Set(shown.map(keyOf).filter((key) => !current.has(key))) }
}

/** What came since: in `now`, not on screen. */
export function freshRows<T>(shown: readonly T[], now: readonly T[], keyOf: (row: T) => string): readonly T[] {
  const there = new Set(shown.map(keyOf))
  return now.filter((row) => !there.has(keyOf(row)))
}
