import { Type } from 'typebox'
import { showMessageContent } from '#flows/show-message-content.ts'
import { showMessage, showMessages } from '#flows/show-messages.ts'
import type { MessageContent, MessageDetail, Messages } from './contract.ts'
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
const MessagesQuery = Type.Object({
  carrier: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9]{2,10}$' })),
  state: Type.Optional(State),
  after: Type.Optional(Cursor),
})

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
    async (request): Promise<Messages> => showMessages(request.query, request.officer, deps),
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
