import { Type } from 'typebox'
import { showMessage, showMessages } from '#flows/show-messages.ts'
import type { MessageDetail, Messages } from './contract.ts'
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
}
