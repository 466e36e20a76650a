import type { MessageRange } from '../interchange.ts'
import type { Tape } from '../tape.ts'

/** RFF TN of a list that says nothing else usable, so that its sender can be told under his own reference. */
export function transactionIn(
  tape: Tape,
  { from, to }: MessageRange,
): { readonly transaction?: string; readonly revision?: string } {
  for (let at = from; at < to; at++) {
    if (tape.tag(at) !== 'RFF' || tape.text(at, 1, 1) !== 'TN') continue
    const transaction = tape.text(at, 1, 2)?.trim()
    const revision = tape.text(at, 1, 5)?.trim()
    return { ...(transaction && { transaction }), ...(revision && { revision }) }
  }
  return {}
}
