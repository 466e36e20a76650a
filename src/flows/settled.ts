/** Those who wait for a transmission that another process settles. */
export interface Settled {
  /** Resolves when it is told of, or after so long. */
  wait(transmission: string, milliseconds: number): Promise<void>
  /** Notices of the database: these have their final state. */
  hear(transmissions: readonly string[]): void
}

export function settledElsewhere(): Settled {
  const waiting = new Map<string, () => void>()
  return {
    wait: (transmission, milliseconds) =>
      new Promise((resolve) => {
        const end = (): void => {
          clearTimeout(timer)
          waiting.delete(transmission)
          resolve()
        }
        const timer = setTimeout(end, milliseconds)
        waiting.set(transmission, end)
      }),
    hear(transmissions) {
      for (const one of transmissions) waiting.get(one)?.()
    },
  }
}
