/** The same values without those that are undefined or null: unknown is absent, never empty. */
export function given<T extends object>(values: T): Given<T> {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined && value !== null)
  return Object.fromEntries(kept) as Given<T> // exactly the entries that the type keeps
}

type Absent<V> = undefined extends V ? true : null extends V ? true : false

export type Given<T> = {
  [K in keyof T as Absent<T[K]> extends true ? never : K]: T[K]
} & {
  [K in keyof T as Absent<T[K]> extends true ? K : never]?: NonNullable<T[K]>
}
