/** Remembers what a pure function gave, for so many arguments; then begins anew. Names repeat, so most are found. */
export function remembered<V>(limit: number, make: (text: string) => V): (text: string) => V {
  const known = new Map<string, V>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= limit) known.clear()
    const value = make(text)
    known.set(text, value)
    return value
  }
}
