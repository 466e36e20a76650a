/** The dossier of a traveller, and the bytes that a value of it came from. */
import { Type } from 'typebox'
import { showSource } from '#flows/show-source.ts'
import { showTraveller } from '#flows/show-traveller.ts'
import type { Dossier, SourceView } from './contract.ts'
import { type HttpPlugin, may } from './plugin.ts'
import { refuse } from './problem.ts'
import { LegId, TransmissionId, Uuid } from './shapes.ts'

const Traveller = Type.Object({ leg: LegId, id: Uuid })
const Source = Type.Object({ leg: LegId, id: Uuid, transmission: TransmissionId })
const Byte = Type.Integer({ minimum: 0, maximum: 2 ** 31 })

export const travellerRoutes: HttpPlugin = async (http, deps) => {
  http.get(
    '/v1/flights/:leg/travellers/:id',
    { ...may('traveller.read'), schema: { params: Traveller } },
    async (request, answer): Promise<Dossier | undefined> => {
      const { leg, id } = request.params
      const shown = await showTraveller(leg, id, request.officer, deps)
      return shown.ok ? shown.value : refuse(answer, shown.problems)
    },
  )

  http.get(
    '/v1/flights/:leg/travellers/:id/source/:transmission',
    {
      ...may('traveller.read'),
      schema: { params: Source, querystring: Type.Object({ start: Byte, end: Byte }) },
    },
    async (request, answer): Promise<SourceView | undefined> => {
      const { id: traveller, ...place } = request.params
      const shown = await showSource({ ...place, traveller, ...request.query }, request.officer, deps)
      return shown.ok ? shown.value : refuse(answer, shown.problems)
    },
  )
}
