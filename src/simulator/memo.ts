/** Keeps the results of a function that is pure in its key, the `limit` used last. */
export function remember<V>(limit: number, make: (key: string) => V): (key: string) => V {
  const known = new Map<string, V>()
  return (key) => {
    const found = known.get(key) ?? make(key)
    known.delete(key)
    known.set(key, found)
    if (known.size > limit) {
      const oldest = known.keys().next()
      if (!oldest.done) known.delete(oldest.value)
    }
    return found
  }
}
