type Fields = Readonly<Record<string, unknown>>

/**
 * Whether two contents say the same: wherever their bytes stood in the message, and in whatever order their fields come
 * (a database gives them back in an order of its own).
 */
export function sameContent(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) || Array.isArray(other))
    return Array.isArray(one) && Array.isArray(other) && sameItems(one, other)
  return sameFields(one as Fields, other as Fields)
}

function sameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at++) if (!sameContent(one[at], other[at])) return false
  return true
}

function sameFields(one: Fields, other: Fields): boolean {
  let more = 0
  for (const key in one) {
    if (!counts(key, one[key])) continue
    if (!sameContent(one[key], other[key])) return false
    more += 1
  }
  for (const key in other) if (counts(key, other[key])) more -= 1
  return more === 0
}

/** Places in the bytes are no content. */
const counts = (key: string, value: unknown): boolean =>
  value !== undefined && key !== 'span' && !(key === 'at' && typeof value === 'object')
