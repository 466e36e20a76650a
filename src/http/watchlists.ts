import { Type } from 'typebox'
import { decideOnProposal } from '#flows/decide-proposal.ts'
import { proposeEntry } from '#flows/propose-entry.ts'
import { showWatchlist, showWatchlists } from '#flows/show-watchlists.ts'
import type { WatchlistDetail, WatchlistView } from './contract.ts'
import { type HttpPlugin, may } from './plugin.ts'
import { refuse } from './problem.ts'
import { Uuid } from './shapes.ts'

const ListId = Type.Object({ id: Type.String({ pattern: '^[a-z0-9-]{1,60}$' }) })
const EntriesQuery = Type.Object({
  text: Type.Optional(Type.String({ maxLength: 80 })),
  after: Type.Optional(Type.String({ maxLength: 80 })),
})
const Name = Type.String({ minLength: 1, maxLength: 120 })
const Proposal = Type.Object(
  {
    entry: Type.Optional(Type.String({ maxLength: 80 })),
    remove: Type.Optional(Type.Boolean()),
    surname: Type.Optional(Name),
    givenNames: Type.Optional(Name),
    birthDate: Type.Optional(Type.String({ pattern: '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$' })),
    sex: Type.Optional(Type.Union([Type.Literal('M'), Type.Literal('F'), Type.Literal('X'), Type.Literal('U')])),
    nationality: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
    document: Type.Optional(
      Type.Object({
        number: Type.String({ minLength: 3, maxLength: 35 }),
        issuer: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
      }),
    ),
    reason: Type.String({ minLength: 3, maxLength: 500 }),
  },
  { additionalProperties: false },
)

export const watchlistRoutes: HttpPlugin = async (http, deps) => {
  http.get(
    '/v1/watchlists',
    may('watchlist.read'),
    async (request): Promise<readonly WatchlistView[]> => showWatchlists(request.officer, deps),
  )

  const detail = { ...may('watchlist.read'), schema: { params: ListId, querystring: EntriesQuery } }
  for (const path of ['/v1/watchlists/:id', '/v1/watchlists/:id/entries']) {
    http.get(path, detail, async (request, answer): Promise<WatchlistDetail | undefined> => {
      const shown = await showWatchlist(request.params.id, request.query, request.officer, deps)
      return shown.ok ? shown.value : refuse(answer, shown.problems)
    })
  }

  http.post(
    '/v1/watchlists/:id/entries',
    { ...may('watchlist.propose'), schema: { params: ListId, body: Proposal } },
    async (request, answer) => {
      const proposed = await proposeEntry(request.params.id, request.body, request.officer, deps)
      return proposed.ok ? proposed.value : refuse(answer, proposed.problems)
    },
  )

  for (const approved of [true, false]) {
    http.post(
      `/v1/proposals/:id/${approved ? 'approve' : 'reject'}`,
      { ...may('watchlist.approve'), schema: { params: Type.Object({ id: Uuid }) } },
      async (request, answer) => {
        const decided = await decideOnProposal(request.params.id, approved, request.officer, deps)
        return decided.ok ? decided.value : refuse(answer, decided.problems)
      },
    )
  }
}
