import { monthOf } from '#domain/normalise.ts'
import { tell } from '#store/live.ts'
import { countAttempt, settleTransmissions } from '#store/transmissions.ts'
import type { Deps } from './deps.ts'

const ATTEMPTS = 3

/** SQLSTATEs after which the same work may well succeed: serialisation, deadlock, lost or refused connection, shutdown. */
const PASSING = new Set([
  '40001',
  '40P01',
  '08000',
  '08003',
  '08006',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
])

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'

/**
 * Does the work of settling; a passing trouble is tried again. What fails for another reason is our fault: it is done
 * again one by one, and the transmission that still fails is parked with its cause, to be replayed after the mend, and
 * nobody else waits for it. When even that cannot be written it stays archived, and `settleWaiting` finds it.
 *
 * @param alone settles one of several
 */
export async function retrying<T extends { readonly id: string }>(
  deps: Deps,
  list: readonly T[],
  work: () => Promise<void>,
  alone: ((one: T) => Promise<void>) | undefined,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const code = codeOf(error)
      if (attempt < ATTEMPTS && PASSING.has(code)) continue
      const name = error instanceof Error ? error.name : 'unknown'
      const [first] = list
      deps.note('error', 'settling failed', { transmission: first?.id ?? '', together: list.length, code, name })
      if (PASSING.has(code)) return
      for (const one of list) await (alone ? alone(one) : park(deps, one.id, `failed.${code}`))
      return
    }
  }
}

/** The fourth final state: our fault, kept whole, replayable. */
export async function park({ db, clock }: Deps, transmission: string, cause: string): Promise<void> {
  const month = monthOf(transmission)
  await countAttempt(db, month, transmission)
  const settlement = { state: 'parked', at: clock(), cause, legs: [], travellers: 0, findings: [] } as const
  await settleTransmissions(db, [{ month, id: transmission, settlement }])
  await tell(db, { kind: 'messages' })
}
