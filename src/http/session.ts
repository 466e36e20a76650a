import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { Officer } from '#domain/officer.ts'
import { type Purpose, permissionsOf, purposesFor } from '#flows/permissions.ts'
import { choosePurpose, signIn, signOut } from '#flows/sign-in.ts'
import { type Instant, instant } from '#lib/time.ts'
import { allAgencies } from '#store/agencies.ts'
import type { PurposeView, SessionView, SiteView } from './contract.ts'
import { type HttpDeps, type HttpPlugin, may, SESSION_COOKIE } from './plugin.ts'
import { refuse } from './problem.ts'

const SignIn = Type.Object({
  login: Type.String({ minLength: 1, maxLength: 80 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
})
const ChosenPurpose = Type.Object({ purpose: Type.String({ maxLength: 60 }) })

const now = (): Instant => instant(Date.now())

export const sessionRoutes: HttpPlugin = async (http, deps) => {
  http.get('/v1/site', may('public'), async (): Promise<SiteView> => {
    const { environment, version } = deps.site
    const agencies = await allAgencies(deps.db)
    const demoAccounts = deps.http.demoAccounts?.flatMap(({ agency, ...account }) => {
      const known = agencies.get(agency)
      return known ? [{ ...account, agency: { id: known.id, name: known.name } }] : []
    })
    return { environment, version, ...(demoAccounts && { demoAccounts }) }
  })

  http.post('/v1/session', { ...may('public'), schema: { body: SignIn } }, async (request, answer) => {
    if (tooMany(request.ip)) return refuse(answer, [{ code: 'request.too-many', detail: '' }])
    const opened = await signIn(deps.db, request.body, now())
    if (!opened.ok) return refuse(answer, opened.problems)
    setCookie(answer, opened.value.token, deps)
    return sessionView(opened.value.officer, opened.value.expiresAt, deps)
  })

  http.get('/v1/session', may('signed-in'), async (request) =>
    sessionView(request.officer, request.sessionExpires, deps),
  )

  http.put('/v1/session/purpose', { ...may('signed-in'), schema: { body: ChosenPurpose } }, async (request, answer) => {
    const chosen = await choosePurpose(deps.db, request.sessionToken, request.officer, request.body.purpose, now())
    return chosen.ok ? sessionView(chosen.value, request.sessionExpires, deps) : refuse(answer, chosen.problems)
  })

  http.delete('/v1/session', may('signed-in'), async (request, answer) => {
    await signOut(deps.db, request.sessionToken, request.officer, now())
    void answer.clearCookie(SESSION_COOKIE, { path: '/' })
    return answer.code(204).send()
  })
}

function setCookie(answer: FastifyReply, token: string, deps: HttpDeps): void {
  void answer.setCookie(SESSION_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: deps.http.secureCookies,
  })
}

async function sessionView(officer: Officer, expiresAt: string, deps: HttpDeps): Promise<SessionView> {
  const agency = (await allAgencies(deps.db)).get(officer.agency)
  const purposes = purposesFor(officer.agency, officer.roles)
  const purpose = purposes.find((one) => one.id === officer.purpose)
  return {
    user: { id: officer.id, login: officer.login, name: officer.name },
    agency: { id: officer.agency, name: agency?.name ?? { en: officer.agency, az: officer.agency } },
    roles: officer.roles,
    permissions: permissionsOf(officer.roles),
    ...(purpose && { purpose: purposeView(purpose) }),
    purposes: purposes.map(purposeView),
    environment: deps.site.environment,
    legalBasis: deps.site.legalBasis,
    expiresAt,
    ...(deps.http.speed !== undefined && { simulatedNow: deps.clock(), simulatedSpeed: deps.http.speed }),
  }
}

const purposeView = ({ id, label, legalBasis }: Purpose): PurposeView => ({ id, label, legalBasis })

/** Tries at signing in from one address: so many a minute, whatever the login. */
const TRIES_A_MINUTE = 30
const tries = new Map<string, { since: number; count: number }>()

function tooMany(address: string): boolean {
  const at = Date.now()
  const known = tries.get(address)
  if (!known || at - known.since > 60_000) {
    if (tries.size > 10_000) tries.clear()
    tries.set(address, { since: at, count: 1 })
    return false
  }
  known.count += 1
  return known.count > TRIES_A_MINUTE
}
