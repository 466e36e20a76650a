import { monthOf } from '#domain/normalise.ts'
import { tell } from '#store/live.ts'
import { countAttempt, settleTransmission } from '#store/transmissions.ts'
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
 * Does the work of settling; a passing trouble is tried again. What fails for another reason is our fault: the
 * transmission is parked with its cause, to be replayed after the mend, and nobody else waits for it. When even that
 * cannot be written it stays archived, and `settleWaiting` finds it.
 */
export async function retrying(deps: Deps, transmission: string, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const code = codeOf(error)
      if (attempt < ATTEMPTS && PASSING.has(code)) continue
      deps.note('error', 'settling failed', {
        transmission,
        code,
        name: error instanceof Error ? error.name : 'unknown',
      })
      if (PASSING.has(code)) return
      await park(deps, transmission, `failed.${code}`)
      return
    }
  }
}

/** The fourth final state: our fault, kept whole, replayable. */
export async function park({ db, clock }: Deps, transmission: string, cause: string): Promise<void> {
  const month = monthOf(transmission)
  await countAttempt(db, month, transmission)
  await settleTransmission(db, month, transmission, {
    state: 'parked',
    at: clock(),
    cause,
    legs: [],
    travellers: 0,
    findings: [],
  })
  await tell(db, { kind: 'messages' })
}
