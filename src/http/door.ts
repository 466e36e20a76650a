import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { carrierOfKey } from '#flows/carrier-of-key.ts'
import { ownTransmission } from '#flows/own-transmission.ts'
import { receiptOf } from '#flows/receipt.ts'
import type { Reply } from '#flows/reply.ts'
import { takeIn } from '#flows/take-in.ts'
import { Busy } from '#lib/busy.ts'
import { buckets, places } from './limits.ts'
import { type HttpPlugin, may } from './plugin.ts'
import { TransmissionId } from './shapes.ts'

/** A push of 600 travellers has about 2 MB. */
const MOST_BYTES = 16 * 1024 * 1024
/** Messages under way at once, from their first byte on; more are asked to come later, before anything is kept of them. */
const PLACES = { all: 96, each: 48, bytes: 192 * 1024 * 1024 }
/** What one carrier may send at a stretch, and how fast that fills up again. */
const RATE = { size: 400, perSecond: 60 }

const RECEIPT = 'application/json; charset=utf-8'

/**
 * The door for carriers: `POST /carriers/messages`, the bytes as they are. A positive answer means that they are on
 * disk. ACKRES or CUSRES come back where the message and the carrier's profile ask for one, else a receipt.
 */
export const doorRoutes: HttpPlugin = async (http, deps) => {
  const rate = buckets(deps.http.doorRate ?? RATE)
  const room = places(deps.http.doorPlaces ?? PLACES)

  await http.register(async (door) => {
    door.removeAllContentTypeParsers()
    door.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    )

    door.post(
      '/carriers/messages',
      { ...may('carrier'), bodyLimit: MOST_BYTES, preParsing: async (request, answer) => admit(request, answer) },
      async (request, answer) => {
        const { body, carrier } = request
        if (!Buffer.isBuffer(body) || body.length === 0) return turnAway(answer, 400, 'request.malformed')
        try {
          return send(answer, await takeIn({ carrier, channel: 'https', bytes: body, receivedAt: deps.clock() }, deps))
        } catch (problem) {
          if (!(problem instanceof Busy)) throw problem
          return turnAway(answer.header('retry-after', String(problem.retryAfterSeconds)), 503, 'system.busy')
        }
      },
    )
  })

  http.get(
    '/carriers/messages/:transmission',
    { ...may('carrier'), schema: { params: Type.Object({ transmission: TransmissionId }) } },
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
    if (/json|multipart/i.test(request.headers['content-type'] ?? ''))
      return void turnAway(answer, 415, 'request.wrapped')
    if (request.headers['content-encoding']) return void turnAway(answer, 415, 'request.encoded')
    const wait = rate.take(carrier, Date.now())
    if (wait > 0) return void turnAway(answer.header('retry-after', String(wait)), 429, 'request.too-many')
    request.carrier = carrier
    if (answer.raw.destroyed) return // who left while we looked up his key takes no place
    const announced = Number(request.headers['content-length'] ?? MOST_BYTES)
    const free = room.take(carrier, Math.min(announced, MOST_BYTES))
    if (!free) return void turnAway(answer.header('retry-after', '1'), 503, 'system.busy')
    answer.raw.once('finish', free).once('close', free)
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
