import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { Officer } from '#domain/officer.ts'
import { type Purpose, permissionsOf, purposesFor } from '#flows/permissions.ts'
import { choosePurpose, officerOf, signIn, signOut } from '#flows/sign-in.ts'
import { type Instant, instant } from '#lib/time.ts'
import { allAgencies } from '#store/agencies.ts'
import type { PurposeView, SessionView, SiteView } from './contract.ts'
import { signInGuard } from './limits.ts'
import { type HttpDeps, type HttpPlugin, may, sessionCookie } from './plugin.ts'
import { refuse, turnBack } from './problem.ts'

const SignIn = Type.Object({
  login: Type.String({ minLength: 1, maxLength: 80 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
})
const ChosenPurpose = Type.Object({ purpose: Type.String({ maxLength: 60 }) })

const now = (): Instant => instant(Date.now())

/** Comparing a password takes 19 MiB and a core for a moment. */
const MOST_AT_ONCE = 8

export const sessionRoutes: HttpPlugin = async (http, deps) => {
  const { secureCookies, sessions, streams } = deps.http
  const cookie = sessionCookie(secureCookies)
  const guard = signInGuard()
  let underWay = 0

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
    if (underWay >= MOST_AT_ONCE) return turnBack(answer, 'system.busy', 1)
    const { password } = request.body
    const login = request.body.login.trim().toLowerCase()
    const early = guard.attempt(login, request.ip, Date.now())
    if (early) return turnBack(answer, early.code, early.wait)
    underWay += 1
    const opened = await signIn(deps.db, { login, password }, now(), sessions).finally(() => {
      underWay -= 1
    })
    if (!opened.ok) return refuse(answer, opened.problems)
    guard.succeeded(login, request.ip)
    await endEarlier(request.cookies[cookie])
    setCookie(answer, opened.value.token)
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
    streams.end(request.sessionToken)
    void answer.clearCookie(cookie, { path: '/', secure: secureCookies })
    return answer.code(204).send()
  })

  /** Whoever signs in again in the same browser leaves no session behind. */
  async function endEarlier(token: string | undefined): Promise<void> {
    const earlier = token && (await officerOf(deps.db, token, now(), { limits: sessions }))
    if (!earlier) return
    await signOut(deps.db, token, earlier.officer, now())
    streams.end(token)
  }

  function setCookie(answer: FastifyReply, token: string): void {
    void answer.setCookie(cookie, token, { path: '/', httpOnly: true, sameSite: 'strict', secure: secureCookies })
  }
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
