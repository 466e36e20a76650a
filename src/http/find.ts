/** Travellers by one thing that is known of them. What was typed travels in the body: it belongs in no address and no log. */
import { Type } from 'typebox'
import { find } from '#flows/find.ts'
import type { FoundTravellers } from './contract.ts'
import { type HttpPlugin, may } from './plugin.ts'
import { refuse } from './problem.ts'
import { Cursor } from './shapes.ts'

const Month = Type.String({ pattern: '^[12][0-9]{3}-(0[1-9]|1[0-2])$' })
const Question = Type.Object({
  kind: Type.Union([
    Type.Literal('name'),
    Type.Literal('document'),
    Type.Literal('phone'),
    Type.Literal('email'),
    Type.Literal('locator'),
    Type.Literal('ticket'),
    Type.Literal('card'),
  ]),
  text: Type.String({ maxLength: 200 }),
  birthDate: Type.Optional(Type.String({ maxLength: 10 })),
  wide: Type.Optional(Type.Boolean()),
  from: Type.Optional(Month),
  to: Type.Optional(Month),
  after: Type.Optional(Cursor),
})

export const findRoutes: HttpPlugin = async (http, deps) => {
  http.post(
    '/v1/find',
    { ...may('traveller.find'), schema: { body: Question } },
    async (request, answer): Promise<FoundTravellers | undefined> => {
      const found = await find(request.body, request.officer, deps)
      return found.ok ? found.value : refuse(answer, found.problems)
    },
  )
}
