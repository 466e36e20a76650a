/** The steps of a message's way that are timed. */
export type Stage = 'redact' | 'archive' | 'decode' | 'load' | 'apply' | 'screen' | 'store' | 'settle'

/** What flows tell of their own work: how much and how long; never of whom. */
export interface Measure {
  /** A transmission is on disk. */
  received(carrier: string, bytes: number, redactions: Readonly<Record<string, number>>): void
  /** A transmission has its final state. */
  settled(one: SettledOne): void
  /** So many hits that were not there before. */
  hits(raised: number): void
  /** A step took so long; of a batch, all of it. */
  stage(name: Stage, milliseconds: number): void
  /** Does a part of a message's way, and tells where it begins and ends. */
  part<T>(part: Part, work: () => T): T
}

/** A part of the way. With `receive` that of a transmission begins; what is settled together has one `settle`. */
export type Part =
  | {
      readonly name: 'receive'
      readonly transmission: string
      readonly carrier: string
      readonly channel: string
      readonly bytes: number
    }
  | { readonly name: 'reply'; readonly transmission: string }
  | { readonly name: 'settle'; readonly transmissions: readonly string[] }
  | { readonly name: Step }

export interface SettledOne {
  readonly transmission: string
  readonly carrier: string
  readonly state: string
  readonly travellers: number
  readonly findings: readonly { readonly code: string; readonly severity: string }[]
  /** Since its receipt. */
  readonly milliseconds: number
}

/** For commands and tests that nobody watches. */
export const unmeasured: Measure = {
  received: () => undefined,
  settled: () => undefined,
  hits: () => undefined,
  stage: () => undefined,
  part: (_, work) => work(),
}

type Step = Exclude<Stage, 'settle'>

/** Times one step, whether it succeeds or not. */
export async function timed<T>(measure: Measure, name: Step, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  try {
    return await measure.part({ name }, work)
  } finally {
    measure.stage(name, performance.now() - began)
  }
}

/** The same for a step that is done at once. */
export function timedNow<T>(measure: Measure, name: Step, work: () => T): T {
  const began = performance.now()
  const result = measure.part({ name }, work)
  measure.stage(name, performance.now() - began)
  return result
}
