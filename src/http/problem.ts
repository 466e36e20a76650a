import type { FastifyReply } from 'fastify'
import type { Problem } from '#lib/result.ts'
import type { Refusal } from './contract.ts'

/** Statuses of refusals. What is not listed is 409: the request was understood, and the state of things is against it. */
const STATUSES: Readonly<Record<string, number>> = {
  'not.found': 404,
  'queue.empty': 404,
  'session.none': 401,
  'session.wrong': 401,
  'session.locked': 429,
  'purpose.missing': 403,
  'purpose.unknown': 422,
  'find.unreadable': 422,
  'find.months': 422,
  'entry.missing': 422,
  'entry.nothing': 422,
  'entry.name-alone': 422,
  'entry.birth-date': 422,
  'replay.nothing-named': 422,
  'request.malformed': 400,
  'request.origin': 403,
  'request.too-large': 413,
  'request.too-many': 429,
  'system.failed': 500,
  'system.busy': 503,
}

export const statusOf = (code: string): number => STATUSES[code] ?? 409

/**
 * Answers a refusal. What one may not see and what does not exist are answered alike: a permission that is missing is
 * `not.found`.
 */
export function refuse(answer: FastifyReply, problems: readonly Problem[]): undefined {
  const code = problems[0]?.code ?? 'system.failed'
  const body: Refusal = { code, correlation: answer.request.id }
  void answer.code(statusOf(code)).send(body)
  return undefined
}

/** Answers that now is not the time, and when it may be. */
export function turnBack(answer: FastifyReply, code: string, seconds: number): undefined {
  void answer.header('retry-after', String(Math.max(1, seconds)))
  return refuse(answer, [{ code, detail: '' }])
}
