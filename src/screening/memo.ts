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

/** Remembers what was asked for of late: at least `limit` of it, at most twice as much. */
export class Lately<K, V> {
  private readonly limit: number
  private recent = new Map<K, V>()
  private older = new Map<K, V>()

  constructor(limit: number) {
    this.limit = limit
  }

  get(key: K): V | undefined {
    const value = this.recent.get(key)
    if (value !== undefined) return value
    const old = this.older.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: K, value: V): void {
    if (this.recent.size >= this.limit) {
      this.older = this.recent
      this.recent = new Map()
    }
    this.recent.set(key, value)
  }
}
