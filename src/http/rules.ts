import { Type } from 'typebox'
import { pauseRule } from '#flows/pause-rule.ts'
import { showRescreens, showRules } from '#flows/show-rules.ts'
import type { RescreenView, RuleRow } from './contract.ts'
import { type HttpPlugin, may } from './plugin.ts'
import { refuse } from './problem.ts'

const RuleId = Type.Object({ id: Type.String({ pattern: '^[a-z0-9-]{1,60}$' }) })

export const ruleRoutes: HttpPlugin = async (http, deps) => {
  http.get(
    '/v1/rules',
    may('rule.read'),
    async (request): Promise<readonly RuleRow[]> => showRules(request.officer, deps),
  )

  for (const [verb, state] of [
    ['pause', 'paused'],
    ['resume', 'live'],
  ] as const) {
    http.post(
      `/v1/rules/:id/${verb}`,
      { ...may('rule.pause'), schema: { params: RuleId } },
      async (request, answer) => {
        const done = await pauseRule(request.params.id, state, request.officer, deps)
        return done.ok ? done.value : refuse(answer, done.problems)
      },
    )
  }

  http.get(
    '/v1/rescreens',
    may('rule.read'),
    async (request): Promise<readonly RescreenView[]> => showRescreens(request.officer, deps),
  )
}
