import { Type } from 'typebox'
import { replayAsOfficer, showParked } from '#flows/replay.ts'
import { showMessageContent } from '#flows/show-message-content.ts'
import { showMessage, showMessages } from '#flows/show-messages.ts'
import type { MessageContent, MessageDetail, Messages, ParkedView, ReplayView } from './contract.ts'
import { type HttpPlugin, may } from './plugin.ts'
import { refuse } from './problem.ts'
import { Cursor, TransmissionId } from './shapes.ts'

const State = Type.Union([
  Type.Literal('received'),
  Type.Literal('accepted'),
  Type.Literal('accepted-with-findings'),
  Type.Literal('rejected'),
  Type.Literal('parked'),
])
const Carrier = Type.String({ pattern: '^[A-Za-z0-9]{2,10}$' })
const Cause = Type.String({ pattern: '^[a-zA-Z0-9._-]{1,80}$' })
const MessagesQuery = Type.Object({
  carrier: Type.Optional(Carrier),
  state: Type.Optional(State),
  cause: Type.Optional(Cause),
  ids: Type.Optional(Type.String({ pattern: '^[0-9a-f-]{8,50}(,[0-9a-f-]{8,50}){0,99}$' })),
  after: Type.Optional(Cursor),
})

const ParkedQuery = Type.Object({ carrier: Type.Optional(Carrier) })
const ReplayBody = Type.Object(
  {
    ids: Type.Optional(Type.Array(TransmissionId, { minItems: 1, maxItems: 100 })),
    all: Type.Optional(Type.Literal(true)),
    cause: Type.Optional(Cause),
    carrier: Type.Optional(Carrier),
    after: Type.Optional(TransmissionId),
  },
  { additionalProperties: false },
)

const Row = Type.Integer({ minimum: 0, maximum: 2 ** 31 })
const ContentQuery = Type.Object({
  at: Type.Optional(Row),
  from: Type.Optional(Row),
  find: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
})

export const messageRoutes: HttpPlugin = async (http, deps) => {
  http.get(
    '/v1/messages',
    { ...may('messages.read'), schema: { querystring: MessagesQuery } },
    async ({ query: { ids, ...query }, officer }): Promise<Messages> =>
      showMessages({ ...query, ...(ids && { ids: ids.split(',') }) }, officer, deps),
  )

  http.get(
    '/v1/messages/parked',
    { ...may('messages.read'), schema: { querystring: ParkedQuery } },
    async (request): Promise<ParkedView> => showParked(request.query, request.officer, deps),
  )

  http.post(
    '/v1/messages/replay',
    { ...may('messages.replay'), schema: { body: ReplayBody } },
    async (request, answer): Promise<ReplayView | undefined> => {
      const done = await replayAsOfficer(request.body, request.officer, deps)
      return done.ok ? done.value : refuse(answer, done.problems)
    },
  )

  http.get(
    '/v1/messages/:id',
    { ...may('messages.read'), schema: { params: Type.Object({ id: TransmissionId }) } },
    async (request, answer): Promise<MessageDetail | undefined> => {
      const shown = await showMessage(request.params.id, request.officer, deps)
      return shown.ok ? shown.value : refuse(answer, shown.problems)
    },
  )

  http.get(
    '/v1/messages/:id/content',
    {
      ...may('traveller.read'),
      schema: { params: Type.Object({ id: TransmissionId }), querystring: ContentQuery },
    },
    async (request, answer): Promise<MessageContent | undefined> => {
      const shown = await showMessageContent({ ...request.params, ...request.query }, request.officer, deps)
      return shown.ok ? shown.value : refuse(answer, shown.problems)
    },
  )
}
