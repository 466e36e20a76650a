import { Type } from 'typebox'
import { byOfficer, changeJob, showJobs, startRedecode } from '#flows/jobs.ts'
import type { JobView } from './contract.ts'
import { type HttpPlugin, may } from './plugin.ts'
import { refuse } from './problem.ts'
import { UtcInstant, Uuid } from './shapes.ts'

const Redecode = Type.Object(
  {
    since: Type.Optional(UtcInstant),
    until: Type.Optional(UtcInstant),
    carrier: Type.Optional(Type.String({ pattern: '^[A-Z0-9]{2,10}$' })),
    type: Type.Optional(Type.Union([Type.Literal('PNRGOV'), Type.Literal('PAXLST')])),
    apply: Type.Boolean(),
  },
  { additionalProperties: false },
)

export const jobRoutes: HttpPlugin = async (http, deps) => {
  http.get(
    '/v1/jobs',
    may('jobs.run'),
    async (request): Promise<readonly JobView[]> => (await showJobs(request.officer, deps)).map(viewOf),
  )

  http.post(
    '/v1/jobs',
    { ...may('jobs.run'), schema: { body: Redecode } },
    async (request): Promise<JobView> =>
      viewOf(await startRedecode(deps.db, request.body, byOfficer(request.officer, deps))),
  )

  for (const move of ['pause', 'resume', 'cancel'] as const) {
    http.post(
      `/v1/jobs/:id/${move}`,
      { ...may('jobs.run'), schema: { params: Type.Object({ id: Uuid }) } },
      async (request, answer) => {
        const done = await changeJob(deps.db, request.params.id, move, byOfficer(request.officer, deps))
        return done.ok ? {} : refuse(answer, done.problems)
      },
    )
  }
}

type Row = Awaited<ReturnType<typeof showJobs>>[number]

const viewOf = (row: Row): JobView => ({
  id: row.id,
  question: row.question,
  state: row.state,
  done: row.done,
  total: row.total,
  changed: row.changed,
  unreadable: row.unreadable,
  findingsBefore: row.findings_before,
  findingsAfter: row.findings_after,
  createdAt: row.created_at,
  ...(row.started_at && { startedAt: row.started_at }),
  ...(row.ended_at && { endedAt: row.ended_at }),
  ...(row.cause && { cause: row.cause }),
})
