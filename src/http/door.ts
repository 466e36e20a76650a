import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { carrierOfKey } from '#flows/carrier-of-key.ts'
import { ownTransmission } from '#flows/own-transmission.ts'
import { receiptOf } from '#flows/receipt.ts'
import type { Reply } from '#flows/reply.ts'
import { takeIn } from '#flows/take-in.ts'
import type { HttpPlugin } from './plugin.ts'
import { TransmissionId } from './shapes.ts'

const MOST_BYTES = 64 * 1024 * 1024
/** Messages under way at once, over all carriers; more are asked to come later, before anything is kept of them. */
const MOST_AT_ONCE = 24
/** What one carrier may send at a stretch, and how fast that fills up again. */
const BUCKET = { size: 400, perSecond: 60 }

const RECEIPT = 'application/json; charset=utf-8'

/**
 * The door for carriers: `POST /carriers/messages`, the bytes as they are. A positive answer means that they are on
 * disk. ACKRES or CUSRES come back where the message and the carrier's profile ask for one, else a receipt.
 */
export const doorRoutes: HttpPlugin = async (http, deps) => {
  const buckets = new Map<string, { tokens: number; at: number }>()
  let atOnce = 0

  await http.register(async (door) => {
    door.removeAllContentTypeParsers()
    door.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    )

    door.post(
      '/carriers/messages',
      { bodyLimit: MOST_BYTES, preParsing: async (request, answer) => admit(request, answer) },
      async (request, answer) => {
        const carrier = request.carrier
        if (!Buffer.isBuffer(request.body) || request.body.length === 0)
          return turnAway(answer, 400, 'request.malformed')
        atOnce += 1
        try {
          const reply = await takeIn({ carrier, channel: 'https', bytes: request.body, receivedAt: deps.clock() }, deps)
          return send(answer, reply)
        } finally {
          atOnce -= 1
        }
      },
    )
  })

  http.get(
    '/carriers/messages/:transmission',
    { schema: { params: Type.Object({ transmission: TransmissionId }) } },
    async (request, answer) => {
      const carrier = await carrierOfKey(deps.db, request.headers.authorization)
      if (!carrier) return turnAway(answer, 401, 'carrier.unknown')
      const reply = await ownTransmission(deps.db, carrier, request.params.transmission)
      return reply ? answer.type(RECEIPT).send(receiptOf(reply)) : turnAway(answer, 404, 'not.found')
    },
  )

  /** Who sends, and whether now is the time, before a single byte of the body is read. */
  async function admit(request: FastifyRequest, answer: FastifyReply): Promise<void> {
    const carrier = await carrierOfKey(deps.db, request.headers.authorization)
    if (!carrier) return void turnAway(answer.header('www-authenticate', 'Bearer'), 401, 'carrier.unknown')
    if (/json/i.test(request.headers['content-type'] ?? '')) return void turnAway(answer, 415, 'request.wrapped')
    if (!take(carrier)) return void turnAway(answer.header('retry-after', '2'), 429, 'request.too-many')
    if (atOnce >= MOST_AT_ONCE) return void turnAway(answer.header('retry-after', '1'), 503, 'system.busy')
    request.carrier = carrier
  }

  function take(carrier: string): boolean {
    const now = Date.now()
    const bucket = buckets.get(carrier) ?? { tokens: BUCKET.size, at: now }
    bucket.tokens = Math.min(BUCKET.size, bucket.tokens + ((now - bucket.at) / 1_000) * BUCKET.perSecond)
    bucket.at = now
    buckets.set(carrier, bucket)
    if (bucket.tokens < 1) return false
    bucket.tokens -= 1
    return true
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The carrier whose key came with the message. */
    carrier: string
  }
}

function turnAway(answer: FastifyReply, status: number, code: string): FastifyReply {
  return answer.code(status).type(RECEIPT).send({ code, correlation: answer.request.id })
}

const STATUS: Readonly<Record<Reply['status'], number>> = {
  accepted: 200,
  'accepted-with-findings': 200,
  rejected: 422,
  received: 202,
  parked: 202,
}

function send(answer: FastifyReply, reply: Reply): FastifyReply {
  void answer
    .code(STATUS[reply.status])
    .headers({ 'x-preclear-transmission': reply.transmission, 'x-preclear-state': reply.status })
  if (reply.body) return answer.type(reply.bodyType ?? 'application/edifact').send(Buffer.from(reply.body))
  return answer.type(RECEIPT).send(receiptOf(reply))
}
