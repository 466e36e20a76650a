/** The triage queue: what waits, who holds it, what is decided, and what is passed on. */
import { Type } from 'typebox'
import { claim, release } from '#flows/claim.ts'
import { dispose } from '#flows/dispose.ts'
import { refer } from '#flows/refer.ts'
import { showQueue } from '#flows/show-queue.ts'
import { takeNext } from '#flows/take-next.ts'
import { undoDisposition } from '#flows/undo-disposition.ts'
import type { Queue, ReferralRow, ReviewState, Taken } from './contract.ts'
import { type HttpPlugin, may } from './plugin.ts'
import { refuse } from './problem.ts'
import { Action, Cursor, LegId, Uuid } from './shapes.ts'

const QueueQuery = Type.Object({
  view: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('mine'), Type.Literal('decided')])),
  after: Type.Optional(Cursor),
})
const Subject = Type.Object({ leg: LegId, traveller: Uuid })
const Hits = Type.Array(Uuid, { minItems: 1, maxItems: 100 })
const Decision = Type.Object({
  hits: Hits,
  outcome: Type.Union([
    Type.Literal('confirmed'),
    Type.Literal('not-the-person'),
    Type.Literal('no-further-action'),
    Type.Literal('needs-more-data'),
  ]),
  reason: Type.String({ maxLength: 50 }),
  note: Type.Optional(Type.String({ maxLength: 2_000 })),
})
const Draft = Type.Object({
  to: Type.String({ maxLength: 50 }),
  action: Action,
  reason: Type.String({ maxLength: 500 }),
  hits: Hits,
})

export const queueRoutes: HttpPlugin = async (http, deps) => {
  http.get(
    '/v1/queue',
    { ...may('queue.work'), schema: { querystring: QueueQuery } },
    async (request, answer): Promise<Queue | undefined> => {
      const shown = await showQueue({ view: 'open', ...request.query }, request.officer, deps)
      return shown.ok ? shown.value : refuse(answer, shown.problems)
    },
  )

  http.post('/v1/queue/take-next', may('queue.work'), async (request, answer): Promise<Taken | undefined> => {
    const taken = await takeNext(request.officer, deps)
    return taken.ok ? taken.value : refuse(answer, taken.problems)
  })

  const subject = { ...may('queue.work'), schema: { params: Subject } }

  http.post('/v1/queue/:leg/:traveller/claim', subject, async (request, answer): Promise<ReviewState | undefined> => {
    const held = await claim(request.params, request.officer, deps)
    return held.ok ? held.value : refuse(answer, held.problems)
  })

  http.delete('/v1/queue/:leg/:traveller/claim', subject, async (request, answer): Promise<ReviewState | undefined> => {
    const held = await release(request.params, request.officer, deps)
    return held.ok ? held.value : refuse(answer, held.problems)
  })

  http.post(
    '/v1/queue/:leg/:traveller/disposition',
    { ...may('queue.work'), schema: { params: Subject, body: Decision } },
    async (request, answer): Promise<ReviewState | undefined> => {
      const disposed = await dispose(request.params, request.body, request.officer, deps)
      return disposed.ok ? disposed.value : refuse(answer, disposed.problems)
    },
  )

  http.post('/v1/queue/:leg/:traveller/undo', subject, async (request, answer): Promise<ReviewState | undefined> => {
    const undone = await undoDisposition(request.params, request.officer, deps)
    return undone.ok ? undone.value : refuse(answer, undone.problems)
  })

  http.post(
    '/v1/queue/:leg/:traveller/referral',
    {
      ...may('referral.send'),
      schema: {
        params: Subject,
        body: Draft,
        querystring: Type.Object({ preview: Type.Optional(Type.Boolean()) }),
      },
    },
    async (request, answer): Promise<ReferralRow | undefined> => {
      const { params, body, officer, query } = request
      const referred = await refer(params, body, officer, deps, query.preview === true)
      return referred.ok ? referred.value : refuse(answer, referred.problems)
    },
  )
}
