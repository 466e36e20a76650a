import { Type } from 'typebox'
import { showLog } from '#flows/show-log.ts'
import type { LogPage } from './contract.ts'
import { type HttpPlugin, may, needsPurpose } from './plugin.ts'

const LogQuery = Type.Object({
  person: Type.Optional(Type.String({ maxLength: 80 })),
  action: Type.Optional(Type.String({ pattern: '^[a-z-]{1,40}$' })),
  after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
})

export const logRoutes: HttpPlugin = async (http, deps) => {
  http.get(
    '/v1/log',
    { ...may('log.read'), ...needsPurpose, schema: { querystring: LogQuery } },
    async (request): Promise<LogPage> => {
      const { after, ...asked } = request.query
      return showLog({ ...asked, ...(after && { after: Number(after) }) }, request.officer, deps, Date.now())
    },
  )
}
