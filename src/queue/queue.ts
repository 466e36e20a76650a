import type { Instant } from '#lib/time.ts'
import type { Arrival } from '#store/transmissions.ts'

/** What the intake hands to the workers: redacted, sealed bytes, kept until one of them has settled them. */
export interface Queue {
  /**
   * Keeps an arrival for good: once this resolves, it may be acknowledged. Rejects with `Busy` when nothing more can
   * be kept now; then nothing was.
   */
  put(arrival: Arrival): Promise<Kept>
  /**
   * Some of what waits, urgent ones first and carriers in turn. It is in the caller's hands until `done`, `later` or the
   * end of his process. Resolves empty when there is nothing for a while, or when `signal` aborts.
   */
  take(limits: TakeLimits, signal: AbortSignal): Promise<readonly Taken[]>
  /** These have their final state, and are never handed out again. */
  done(taken: readonly Taken[]): Promise<void>
  /** Not now: handed out again after so long. */
  later(taken: Taken, afterMs: number): Promise<void>
  depth(): Promise<Depth>
  /** Lets go of what is in this process's hands: others may have it at once. */
  close(): Promise<void>
}

export interface Kept {
  /** The same came before: that transmission. Only an engine that keeps arrivals in the archive itself can tell. */
  readonly first?: string
  /** It is in this process's hands already, without having been taken. */
  readonly mine?: Taken
}

export interface TakeLimits {
  readonly most: number
  /** Sum of bytes; one that is heavier by itself is taken alone. */
  readonly heaviest: number
  /** Nothing else is in the caller's hands: he may have one that ended a process before. Otherwise he gets none of these. */
  readonly alone: boolean
}

export interface Taken {
  readonly id: string
  /** Travels along where the archive does not have it yet. */
  readonly arrival?: Arrival
  /** The same for messages about one flight. */
  readonly spread: number
  /** How often it was handed out, this time included. */
  readonly tries: number
  /** How many processes ended with it in their hands. */
  readonly deaths: number
  /** The engine's own. */
  readonly ticket?: unknown
}

export interface Depth {
  readonly waiting: number
  /** When the one that waits for longest was put. */
  readonly oldest?: Instant
}
