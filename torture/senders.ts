/**
 * Carriers as they are: each message is sent until it has a final answer, patiently, at whatever door answers; now and
 * then one is sent twice. The record of what they were told is what the auditor holds against the database.
 */
import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { CarrierMessage } from '#simulator/pushes.ts'
import type { Random } from '#simulator/random.ts'

/** What one carrier was told of one message; the same bytes again belong to the same line. */
export interface Line {
  readonly carrier: string
  readonly digest: string
  readonly travellers: number
  /** Transmissions of which a positive or negative answer told. */
  readonly told: Map<string, string>
  /** The state that the sender took for final. */
  final?: string
}

export interface Record {
  readonly lines: ReadonlyMap<string, Line>
  /** When each acknowledgement came, and when the request for it had been sent. */
  readonly acknowledged: readonly { readonly sentAt: number; readonly at: number }[]
  /** Tries that ended without an answer, by why. */
  readonly retries: ReadonlyMap<string, number>
  /** Answers that must not be: a message that was acknowledged is not known, a key does not hold. */
  readonly wrong: readonly string[]
}

export interface Senders {
  readonly record: Record
  deliver(message: CarrierMessage): Promise<void>
}

export interface SendersSettings {
  readonly doors: readonly string[]
  readonly keys: Readonly<globalThis.Record<string, string>>
  readonly chance: Random
  /** Share of messages that are sent again though they were answered. */
  readonly repeated: number
  /** Whoever has no final answer by then gives up. */
  readonly giveUp: AbortSignal
}

const ANSWER_WITHIN_MS = 8_000
const ASK_EVERY_MS = 200
const LONGEST_REST_MS = 3_000
const FINAL = new Set(['accepted', 'accepted-with-findings', 'rejected', 'parked'])

interface Answer {
  readonly status: number
  readonly transmission?: string
  readonly state?: string
  readonly retryAfter?: number
}

export function openSenders({ doors, keys, chance, repeated, giveUp }: SendersSettings): Senders {
  const lines = new Map<string, Line>()
  const acknowledged: { sentAt: number; at: number }[] = []
  const retries = new Map<string, number>()
  const wrong: string[] = []
  const record = { lines, acknowledged, retries, wrong }

  return {
    record,
    async deliver(message) {
      const line = lineOf(message)
      await sendUntilAnswered(message, line)
      if (chance.chance(repeated)) await sendUntilAnswered(message, line)
    },
  }

  function lineOf({ carrier, bytes, travellers }: CarrierMessage): Line {
    const digest = createHash('sha256').update(bytes).digest('hex')
    const key = `${carrier} ${digest}`
    const line: Line = lines.get(key) ?? { carrier, digest, travellers, told: new Map() }
    lines.set(key, line)
    return line
  }

  async function sendUntilAnswered(message: CarrierMessage, line: Line): Promise<void> {
    const sentAt = performance.now()
    const answer = await untilGiven(() => post(message), `of ${message.carrier}`)
    if (!answer?.transmission || !answer.state) return
    acknowledged.push({ sentAt, at: performance.now() })
    line.told.set(answer.transmission, answer.state)
    const final = await untilFinal(message.carrier, answer.transmission, answer.state)
    if (!final) return
    line.told.set(answer.transmission, final)
    line.final ??= final
    if (line.final !== final) wrong.push(`${answer.transmission} was told ${final}, and ${line.final} before`)
  }

  /** Asks how an acknowledged transmission stands until that is final. */
  async function untilFinal(carrier: string, transmission: string, state: string): Promise<string | undefined> {
    let now = state
    while (!FINAL.has(now)) {
      await pause(ASK_EVERY_MS)
      const answer = await untilGiven(() => ask(carrier, transmission), transmission)
      if (!answer?.state) return undefined
      now = answer.state
    }
    return now
  }

  /** Tries until there is an answer that is not "later". */
  async function untilGiven(attempt: () => Promise<Answer>, about: string): Promise<Answer | undefined> {
    for (let tries = 0; !giveUp.aborted; tries++) {
      const answer = await attempt().catch((problem: unknown) => reasonOf(problem))
      const given = typeof answer === 'string' ? undefined : answer
      if (given && given.status < 500 && given.status !== 429) {
        if (given.state) return given
        wrong.push(`${about}: answered ${given.status} without a state`)
        return undefined
      }
      const why = given ? String(given.status) : String(answer)
      retries.set(why, (retries.get(why) ?? 0) + 1)
      await pause(Math.min(LONGEST_REST_MS, (given?.retryAfter ?? 0.1 * 2 ** tries) * 1_000))
    }
    return undefined
  }

  async function post({ carrier, bytes }: CarrierMessage): Promise<Answer> {
    const answer = await fetch(`${chance.pick(doors)}/carriers/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys[carrier] ?? ''}`, 'content-type': 'application/edifact' },
      body: Buffer.from(bytes),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    await answer.arrayBuffer()
    const { headers, status } = answer
    const [transmission, state] = [headers.get('x-preclear-transmission'), headers.get('x-preclear-state')]
    const after = Number(headers.get('retry-after'))
    return {
      status,
      ...(transmission && { transmission }),
      ...(state && { state }),
      ...(after > 0 && { retryAfter: after }),
    }
  }

  async function ask(carrier: string, transmission: string): Promise<Answer> {
    const answer = await fetch(`${chance.pick(doors)}/carriers/messages/${transmission}`, {
      headers: { authorization: `Bearer ${keys[carrier] ?? ''}` },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    const body: unknown = await answer.json().catch(() => undefined)
    const state = body && typeof body === 'object' && 'state' in body ? String(body.state) : undefined
    return { status: answer.status, ...(answer.ok && state && { state }) }
  }
}

function reasonOf(problem: unknown): string {
  if (!(problem instanceof Error)) return 'unknown'
  const { cause } = problem
  return cause instanceof Error && 'code' in cause ? String(cause.code) : problem.name
}
