/** What was referred, for its sender and for whoever acts on it. */
import { Type } from 'typebox'
import { recordOutcome } from '#flows/record-outcome.ts'
import { recipients } from '#flows/refer.ts'
import { showReferral, showReferrals } from '#flows/show-referrals.ts'
import type { Recipients, ReferralRow, Referrals } from './contract.ts'
import { type HttpPlugin, may } from './plugin.ts'
import { refuse } from './problem.ts'
import { Uuid } from './shapes.ts'

const Referral = Type.Object({ id: Uuid })
const ReferralsQuery = Type.Object({ state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('done')])) })
const Outcome = Type.Object({
  key: Type.String({ minLength: 1, maxLength: 100 }),
  code: Type.Union([
    Type.Literal('found'),
    Type.Literal('not-found'),
    Type.Literal('no-show'),
    Type.Literal('seized'),
    Type.Literal('other'),
  ]),
  count: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
  note: Type.Optional(Type.String({ maxLength: 2_000 })),
})

export const referralRoutes: HttpPlugin = async (http, deps) => {
  http.get(
    '/v1/agencies/recipients',
    may('referral.send'),
    async (request): Promise<Recipients> => recipients(request.officer, deps),
  )

  http.get(
    '/v1/referrals',
    { ...may('referral.receive'), schema: { querystring: ReferralsQuery } },
    async (request, answer): Promise<Referrals | undefined> => {
      const shown = await showReferrals(request.query.state ?? 'open', request.officer, deps)
      return shown.ok ? shown.value : refuse(answer, shown.problems)
    },
  )

  http.get(
    '/v1/referrals/:id',
    { ...may('referral.receive'), schema: { params: Referral } },
    async (request, answer): Promise<ReferralRow | undefined> => {
      const shown = await showReferral(request.params.id, request.officer, deps)
      return shown.ok ? shown.value : refuse(answer, shown.problems)
    },
  )

  http.post(
    '/v1/referrals/:id/outcome',
    { ...may('referral.receive'), schema: { params: Referral, body: Outcome } },
    async (request, answer): Promise<ReferralRow | undefined> => {
      const recorded = await recordOutcome(request.params.id, request.body, request.officer, deps)
      return recorded.ok ? recorded.value : refuse(answer, recorded.problems)
    },
  )
}
