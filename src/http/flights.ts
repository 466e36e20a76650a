/** The flight board and the manifest of one flight. */
import { Type } from 'typebox'
import { showBoard } from '#flows/show-board.ts'
import { showManifest } from '#flows/show-manifest.ts'
import type { FlightBoard, Manifest } from './contract.ts'
import { type HttpPlugin, may } from './plugin.ts'
import { refuse } from './problem.ts'
import { Cursor, LegId, readInstant, UtcInstant } from './shapes.ts'

const BoardQuery = Type.Object({
  from: Type.Optional(UtcInstant),
  to: Type.Optional(UtcInstant),
  direction: Type.Optional(
    Type.Union([Type.Literal('in'), Type.Literal('out'), Type.Literal('domestic'), Type.Literal('over')]),
  ),
  airport: Type.Optional(Type.String({ pattern: '^[A-Z0-9]{3,4}$' })),
  text: Type.Optional(Type.String({ maxLength: 20 })),
  with: Type.Optional(Type.Union([Type.Literal('hits'), Type.Literal('no-data')])),
  after: Type.Optional(Cursor),
})

export const flightRoutes: HttpPlugin = async (http, deps) => {
  http.get(
    '/v1/flights',
    { ...may('flights.read'), schema: { querystring: BoardQuery } },
    async (request): Promise<FlightBoard> => {
      const { from, to, ...question } = request.query
      return showBoard({ ...question, from: readInstant(from), to: readInstant(to) }, request.officer, deps)
    },
  )

  http.get(
    '/v1/flights/:leg/manifest',
    { ...may('manifest.read'), schema: { params: Type.Object({ leg: LegId }) } },
    async (request, answer): Promise<Manifest | undefined> => {
      const shown = await showManifest(request.params.leg, request.officer, deps)
      return shown.ok ? shown.value : refuse(answer, shown.problems)
    },
  )
}
