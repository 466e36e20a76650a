import { userInfo } from 'node:os'
import type { Operator } from '#flows/manage-access.ts'
import type { Result } from '#lib/result.ts'
import { instant } from '#lib/time.ts'

/** Who gives a command on this machine. */
export const operator = (): Operator => ({ account: account(), at: instant(Date.now()) })

/** A number without a line in /etc/passwd has no name. */
function account(): string {
  try {
    return userInfo().username
  } catch {
    return `number ${process.getuid?.() ?? 'unknown'}`
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  'agency.unknown': 'there is no agency',
  'user.exists': 'there is already a user',
  'user.unknown': 'there is no user',
  'carrier.unknown': 'there is no carrier',
  'agency.exists': 'there is already an agency',
  'agency.id': 'an agency is named by 2 to 16 small letters, digits and hyphens, not',
  'carrier.exists': 'there is already a carrier',
  'job.not-so': 'there is no such job, or it is not in a state for that:',
  'replay.nothing-named': 'say which: ids, --cause, --carrier, --since, --until or --all',
  'govreq.not-allowed': 'the profile does not allow requests to',
  profile: 'the profile is not usable:',
  'carrier.code': 'a carrier is named by its two-character or three-letter designator, not',
}

/** The value, or the refusal as a sentence. */
export function sure<T>(result: Result<T>): T {
  if (result.ok) return result.value
  const [problem] = result.problems
  throw new Error(`${SENTENCES[problem?.code ?? ''] ?? problem?.code} ${problem?.detail}`)
}
