/** Resolves at the first SIGINT or SIGTERM. A second one soon after is the same telling (a group is signalled as a whole); a later one ends at once. */
export function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    let first = 0
    const hear = (): void => {
      if (first === 0) {
        first = Date.now()
        resolve()
      } else if (Date.now() - first > 1_500) process.exit(130)
    }
    process.on('SIGINT', hear)
    process.on('SIGTERM', hear)
  })
}
