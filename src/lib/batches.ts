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
}

interface Awaiting<T, R> {
  readonly item: T
  readonly done: (result: R) => void
  readonly failed: (problem: unknown) => void
}

export function batches<T, R extends {}>({ work, most, weigh, heaviest, beside }: BatchSettings<T, R>): Batches<T, R> {
  const waiting: Awaiting<T, R>[] = []
  let underWay = 0
  const next = async (): Promise<void> => {
    const batch = waiting.splice(0, fitting())
    underWay += 1
    await settle(batch)
    underWay -= 1
    if (waiting.length > 0) void next()
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
  const fitting = (): number => {
    let weight = 0
    let count = 0
    for (const { item } of waiting) {
      weight += weigh?.(item) ?? 0
      if (count > 0 && (count >= most || weight > (heaviest ?? Number.POSITIVE_INFINITY))) break
      count += 1
    }
    return count
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
