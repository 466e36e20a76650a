/**
 * Puts together what comes while something is under way, so that many pay once for what each would pay alone. Nobody
 * waits for a batch to fill: one that comes when nothing is under way is done at once. A batch that fails is done again
 * one by one, so that one costs the others nothing.
 */
export interface Batches<T, R> {
  /** Resolves with the result of this one; rejects when it could not be done, by itself either. */
  add(item: T): Promise<R>
}

export interface BatchSettings<T, R> {
  /** Does a batch; gives a result for each, in the same order. */
  readonly work: (items: readonly T[]) => Promise<readonly R[]>
  /** Most items of a batch. */
  readonly most: number
  /** What an item weighs, and the most that a batch may weigh; a heavier item is a batch of its own. */
  readonly weigh?: (item: T) => number
  readonly heaviest?: number
  /** So many batches are done side by side. */
  readonly beside: number
  /** Items for which this is the same are never in two batches at once. */
  readonly apart?: (item: T) => unknown
}

interface Awaiting<T, R> {
  readonly item: T
  readonly done: (result: R) => void
  readonly failed: (problem: unknown) => void
}

export function batches<T, R extends {}>({
  work,
  most,
  weigh,
  heaviest,
  beside,
  apart,
}: BatchSettings<T, R>): Batches<T, R> {
  let waiting: Awaiting<T, R>[] = []
  let underWay = 0
  const busy = new Set<unknown>()
  const next = async (): Promise<void> => {
    const batch = fitting()
    if (batch.length === 0) return
    const keys = apart ? new Set(batch.map(({ item }) => apart(item))) : []
    for (const key of keys) busy.add(key)
    underWay += 1
    await settle(batch)
    underWay -= 1
    for (const key of keys) busy.delete(key)
    while (waiting.length > 0 && underWay < beside) {
      const before = waiting.length
      void next()
      if (waiting.length === before) break
    }
  }
  const settle = async (batch: readonly Awaiting<T, R>[]): Promise<void> => {
    try {
      const results = await work(batch.map(({ item }) => item))
      for (const [at, { done, failed }] of batch.entries()) {
        const result = results[at]
        if (result === undefined) failed(new Error('a batch gave too few results'))
        else done(result)
      }
    } catch (problem) {
      if (batch.length > 1) for (const one of batch) await settle([one])
      else for (const { failed } of batch) failed(problem)
    }
  }
  /** Takes out of what waits, in order, what one batch may hold. */
  const fitting = (): readonly Awaiting<T, R>[] => {
    const batch: Awaiting<T, R>[] = []
    const left: Awaiting<T, R>[] = []
    let weight = 0
    for (const [at, one] of waiting.entries()) {
      if (apart && busy.has(apart(one.item))) {
        left.push(one)
        continue
      }
      weight += weigh?.(one.item) ?? 0
      if (batch.length > 0 && (batch.length >= most || weight > (heaviest ?? Number.POSITIVE_INFINITY))) {
        left.push(...waiting.slice(at))
        break
      }
      batch.push(one)
    }
    waiting = left
    return batch
  }
  return {
    add: (item) =>
      new Promise((done, failed) => {
        waiting.push({ item, done, failed })
        if (underWay < beside) void next()
      }),
  }
}

/** The batches of each owner, made when he first asks. */
export function batchesOf<O extends object, T, R extends {}>(
  settings: (owner: O) => BatchSettings<T, R>,
): (owner: O) => Batches<T, R> {
  const made = new WeakMap<O, Batches<T, R>>()
  return (owner) => {
    const known = made.get(owner) ?? batches(settings(owner))
    made.set(owner, known)
    return known
  }
}
