import { monthOf } from '#domain/normalise.ts'
import { tell } from '#store/live.ts'
import { countAttempt, settleTransmissions } from '#store/transmissions.ts'
import type { Deps } from './deps.ts'

const ATTEMPTS = 3

/**
 * Classes of SQLSTATE after which the same work may well succeed: lost connection, serialisation or deadlock, too few
 * resources (a full disk, memory, connections), a row in other hands, the operator's doing (shutdown, recovery), a fault
 * of the system beneath.
 */
const PASSING_CLASSES = new Set(['08', '40', '53', '55', '57', '58'])
/** What the driver says, without a code, when a connection breaks under a query or cannot be had in time. */
const BROKEN =
  /^(Connection terminated|Client has encountered a connection error|timeout expir|timeout exceeded|Query read timeout|none of the servers)/

function isPassing(error: unknown): boolean {
  const code = codeOf(error)
  if (/^E[A-Z]{3,}$/.test(code)) return true // the network's or the system's: ECONNRESET, EPIPE, ETIMEDOUT
  if (code === 'unknown') return error instanceof Error && BROKEN.test(error.message)
  return PASSING_CLASSES.has(code.slice(0, 2))
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'

export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')

/**
 * Does the work of settling; a passing trouble is tried again, and while it lasts what was archived waits in the queue
 * (then nothing comes back). What fails for another reason is our fault: of several each is to be tried alone (it rejects); one is
 * parked with its cause, to be replayed after the mend, and nobody else waits for it.
 */
export async function retrying<T extends { readonly id: string }, R>(
  deps: Deps,
  list: readonly T[],
  work: () => Promise<R>,
): Promise<R | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const code = codeOf(error)
      const passing = isPassing(error)
      if (attempt < ATTEMPTS && passing) continue
      const [first] = list
      deps.note('error', 'settling failed', {
        transmission: first?.id ?? '',
        together: list.length,
        code,
        name: nameOf(error),
      })
      if (passing) return undefined
      if (list.length > 1) throw error
      if (first) await park(deps, first.id, `failed.${code}`)
      return undefined
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
