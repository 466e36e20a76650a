/** Asks consumers of a stream for what they have at once, and answers for what they gave. */
import { createInbox, type Msg, type NatsConnection } from '@nats-io/transport-node'

export interface Puller {
  pull(consumer: string, limits: { readonly batch: number; readonly maxBytes?: number }): Promise<Pulled>
  close(): void
}

export interface Pulled {
  readonly messages: readonly Msg[]
  /** The first that waits is heavier than what was asked for. */
  readonly tooHeavy: boolean
  /** Nobody answers for this consumer: it has no leader now, or is not there. */
  readonly silent: boolean
}

/** What comes later is ours nevertheless, so that little is lost by not waiting for a leader who is gone. */
const GIVEN_WITHIN_MS = 500
const HEARD_WITHIN_MS = 1_000
const NOBODY = 503
const TOO_HEAVY = /exceeds maxbytes/i

interface Status {
  readonly code: number
  readonly text: string
}

interface Asked {
  readonly inbox: string
  add(message: Msg): void
  end(status?: Status): void
}

/**
 * Of each consumer one thing is asked at a time: what comes bears the subject under which it was put, and tells by its
 * reply subject which consumer it is from.
 *
 * @param late gets what comes when nobody waits for it any more: it is in our hands nevertheless
 */
export function puller(nc: NatsConnection, stream: string, late: (message: Msg) => void): Puller {
  const inbox = createInbox()
  const waiting = new Map<string, Asked>()
  let count = 0
  const subscription = nc.subscribe(`${inbox}.>`, {
    callback: (problem, message) => {
      if (problem) return
      if (message.reply) {
        const asked = waiting.get(deliveryOf(message).consumer)
        if (asked) asked.add(message)
        else late(message)
        return
      }
      const asked = waiting.get(message.subject.split('.').at(-1) ?? '')
      const { code = 0, description = '' } = message.headers ?? {}
      if (asked?.inbox === message.subject) asked.end({ code, text: description })
    },
  })
  return {
    pull: (consumer, { batch, maxBytes }) =>
      new Promise((done) => {
        count += 1
        const reply = `${inbox}.${count}.${consumer}`
        const messages: Msg[] = []
        const end = (status?: Status): void => {
          clearTimeout(timer)
          waiting.delete(consumer)
          const tooHeavy = status !== undefined && TOO_HEAVY.test(status.text)
          const silent = status ? status.code === NOBODY : messages.length === 0
          done({ messages, tooHeavy, silent })
        }
        const timer = setTimeout(end, GIVEN_WITHIN_MS)
        waiting.set(consumer, {
          inbox: reply,
          end,
          add(message) {
            messages.push(message)
            if (messages.length === batch) end()
          },
        })
        nc.publish(
          `$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`,
          JSON.stringify({ batch, no_wait: true, ...(maxBytes !== undefined && { max_bytes: maxBytes }) }),
          { reply },
        )
      }),
    close: () => subscription.unsubscribe(),
  }
}

interface Delivery {
  readonly consumer: string
  readonly times: number
  readonly sequence: number
}

/** Where and how often a message was handed out, as its reply subject tells: `$JS.ACK.…`, in its older and newer form. */
export function deliveryOf({ reply = '' }: Msg): Delivery {
  const parts = reply.split('.')
  const at = parts.length > 9 ? 5 : 3
  return { consumer: parts[at] ?? '', times: Number(parts[at + 1]), sequence: Number(parts[at + 2]) }
}

/** Tells the consumer, and hears that it has written it down. */
export async function answer(nc: NatsConnection, { reply = '' }: Msg, what: string): Promise<void> {
  await nc.request(reply, what, { timeout: HEARD_WITHIN_MS })
}

export const DONE = '+ACK'
export const STILL_AT_IT = '+WPI'
export const notNow = (afterMs: number): string => `-NAK {"delay": ${Math.round(afterMs * 1e6)}}`
export const LET_GO = '-NAK'
