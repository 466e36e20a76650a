import type { Refusal } from '../../src/http/contract.ts'

/** The server understood and said no; `refusal.code` is a key of the catalogue. */
export class RefusedError extends Error {
  readonly refusal: Refusal
  readonly status: number

  constructor(refusal: Refusal, status: number) {
    super(refusal.code)
    this.refusal = refusal
    this.status = status
  }
}

/** Listens for a session that is over. */
export const sessionEnded = new EventTarget()

/** When a key or the pointer was last used: what the page asks for by itself keeps no session alive. */
let touchedAt = Date.now()
for (const kind of ['keydown', 'pointerdown', 'wheel', 'touchstart'])
  globalThis.addEventListener?.(
    kind,
    () => {
      touchedAt = Date.now()
    },
    { capture: true, passive: true },
  )

const idleSeconds = (): string => String(Math.floor((Date.now() - touchedAt) / 1_000))

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: {
      'x-preclear': 'console',
      'x-preclear-idle': idleSeconds(),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (response.status === 204) return undefined as T
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok) return answer as T
  const refusal = isRefusal(answer) ? answer : { code: 'system.failed', correlation: '' }
  if (refusal.code === 'session.none') sessionEnded.dispatchEvent(new Event('ended'))
  throw new RefusedError(refusal, response.status)
}

const isRefusal = (answer: unknown): answer is Refusal =>
  typeof answer === 'object' && answer !== null && 'code' in answer && typeof answer.code === 'string'

export const get = <T>(path: string): Promise<T> => ask('GET', path)
export const post = <T>(path: string, body: unknown = {}): Promise<T> => ask('POST', path, body)
export const put = <T>(path: string, body: unknown): Promise<T> => ask('PUT', path, body)
export const remove = <T>(path: string): Promise<T> => ask('DELETE', path)

/** `?a=1&b=2` of what is set. */
export function query(values: Readonly<Record<string, string | undefined>>): string {
  const set = Object.entries(values).filter((one): one is [string, string] => one[1] !== undefined && one[1] !== '')
  return set.length > 0 ? `?${new URLSearchParams(set)}` : ''
}
