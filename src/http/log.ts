import { Type } from 'typebox'
import { showLog } from '#flows/show-log.ts'
import type { LogPage } from './contract.ts'
import { type HttpPlugin, may } from './plugin.ts'
import { refuse } from './problem.ts'

const LogQuery = Type.Object({
  person: Type.Optional(Type.String({ maxLength: 80 })),
  action: Type.Optional(Type.String({ pattern: '^[a-z-]{1,40}$' })),
  after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
})

export const logRoutes: HttpPlugin = async (http, deps) => {
  http.get(
    '/v1/log',
    { ...may('log.read'), schema: { querystring: LogQuery } },
    async (request, answer): Promise<LogPage | undefined> => {
      const { after, ...asked } = request.query
      const question = { ...asked, ...(after && { after: Number(after) }) }
      const shown = await showLog(question, request.officer, deps, Date.now())
      return shown.ok ? shown.value : refuse(answer, shown.problems)
    },
  )
}
