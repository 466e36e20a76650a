import { epochMs, type Instant } from '#lib/time.ts'

/** A part of a push that came: its number (UNH 0070), and whether it is the last (0073 F). */
export interface SeenPart {
  readonly number: number
  readonly final: boolean
}

/** Numbers that did not come, and whether it is still open how many there are. */
export interface MissingParts {
  readonly numbers: readonly number[]
  readonly endUnknown: boolean
}

/** A part number has two digits; whoever sends another does not get an endless list for it. */
const MOST_PARTS = 999

/** Which parts of a push are missing, of whatever came in whatever order, some of it twice; nothing when it is complete. */
export function missingParts(seen: readonly SeenPart[]): MissingParts | undefined {
  const numbers = new Set<number>()
  let last = 0
  let final = 0
  for (const part of seen) {
    numbers.add(part.number)
    if (part.number > last) last = part.number
    if (part.final && part.number > final) final = part.number
  }
  const missing: number[] = []
  for (let number = 1; number < Math.min(last, MOST_PARTS); number++) if (!numbers.has(number)) missing.push(number)
  const endUnknown = final < last || last === 0
  return missing.length > 0 || endUnknown ? { numbers: missing, endUnknown } : undefined
}

/** A part as it is noted with its flight: which push it belongs to, and when it came. */
export interface NotedPart extends SeenPart {
  readonly push: string
  readonly receivedAt: Instant
}

/** Pushes of which no part has come for that many minutes, and some are missing. */
export function incompletePushes(parts: readonly NotedPart[], now: Instant, minutes: number): readonly MissingParts[] {
  const found: MissingParts[] = []
  for (const ofPush of Map.groupBy(parts, ({ push }) => push).values()) {
    const latest = Math.max(...ofPush.map(({ receivedAt }) => epochMs(receivedAt)))
    const missing = latest + minutes * 60_000 <= epochMs(now) ? missingParts(ofPush) : undefined
    if (missing) found.push(missing)
  }
  return found
}
