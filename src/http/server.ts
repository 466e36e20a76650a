/**
 * The web edge: the console's files, its `/v1` routes, and the door for carriers. Denies unless allowed: a route that
 * names no permission, and is not on the public list, keeps the server from starting.
 */
import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Deps } from '#flows/deps.ts'
import { logRefusal } from '#flows/officer-work.ts'
import { isAllowed } from '#flows/permissions.ts'
import { officerOf, type SessionLimits } from '#flows/sign-in.ts'
import { instant } from '#lib/time.ts'
import type { Notice } from '#store/live.ts'
import { consoleFiles } from './console-files.ts'
import { doorRoutes } from './door.ts'
import { eventStreams } from './event-streams.ts'
import { eventRoutes } from './events.ts'
import { findRoutes } from './find.ts'
import { flightRoutes } from './flights.ts'
import { healthRoutes } from './health.ts'
import { jobRoutes } from './jobs.ts'
import { type Buckets, buckets } from './limits.ts'
import { logRoutes } from './log.ts'
import { messageRoutes } from './messages.ts'
import { type Asked, type Http, type HttpDeps, type HttpPlugin, type RouteEntry, sessionCookie } from './plugin.ts'
import { refuse, turnBack } from './problem.ts'
import { queueRoutes } from './queue.ts'
import { referralRoutes } from './referrals.ts'
import { ruleRoutes } from './rules.ts'
import { sessionRoutes } from './session.ts'
import { isStorable } from './shapes.ts'
import { travellerRoutes } from './travellers.ts'
import { watchlistRoutes } from './watchlists.ts'

export interface HttpConfig {
  readonly host: string
  readonly port: number
  readonly publicUrl?: string
  readonly trustProxy?: string
  readonly sessions: SessionLimits
}

/** What nobody has to sign in for. Everything else names a permission, `signed-in` or a carrier's key. */
const PUBLIC = new Set([
  'GET /v1/site',
  'POST /v1/session',
  'GET /health/live',
  'GET /health/ready',
  'GET /assets/*',
  'HEAD /assets/*',
])

const CONSOLE: readonly HttpPlugin[] = [
  sessionRoutes,
  eventRoutes,
  flightRoutes,
  travellerRoutes,
  findRoutes,
  queueRoutes,
  referralRoutes,
  messageRoutes,
  jobRoutes,
  watchlistRoutes,
  ruleRoutes,
  logRoutes,
  consoleFiles,
]

/** What of the edge a process offers; health belongs to each. */
export interface HttpParts {
  readonly door?: boolean
  readonly console?: boolean
}

const pluginsOf = ({ door, console }: HttpParts): readonly HttpPlugin[] => [
  healthRoutes,
  ...(door ? [doorRoutes] : []),
  ...(console ? CONSOLE : []),
]

/** Requests of one officer: so many at a stretch, then so many a second. */
const REQUESTS = { size: 300, perSecond: 40 }

/** The server without a port: what tests inject requests into. */
export async function buildHttp(deps: HttpDeps, plugins = pluginsOf({ door: true, console: true })): Promise<Http> {
  const http = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: 64 * 1024,
    requestTimeout: 60_000,
    trustProxy: deps.http.trustProxy ?? false,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (_error, _request, answer) => {
      securityHeaders(answer, deps)
      refuse(answer, [{ code: 'request.malformed', detail: '' }])
    },
  })
    .setValidatorCompiler(TypeBoxValidatorCompiler)
    .withTypeProvider<TypeBoxTypeProvider>()
  await http.register(cookie)
  http.decorateRequest('officer')
  http.decorateRequest('sessionToken', '')
  http.decorateRequest('sessionExpires', '')
  const table: RouteEntry[] = []
  http.decorate('routeTable', table)
  http.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat()) table.push({ method: one, url, asked: askedBy(one, url, config?.permission) })
  })
  const requests = buckets(deps.http.requestRate ?? REQUESTS)
  http.addHook('onRequest', async (request, answer) => protect(request, answer, deps, requests))
  http.addHook('preValidation', async ({ params, query, body }, answer) => {
    if (![params, query, body].every(isStorable)) return refuse(answer, [{ code: 'request.malformed', detail: '' }])
  })
  http.addHook('onResponse', async (request, answer) => {
    deps.http.answered?.(request.routeOptions.url ?? 'none', request.method, answer.statusCode, answer.elapsedTime)
    deps.note('info', 'http', {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: answer.statusCode,
      ms: Math.round(answer.elapsedTime),
      correlation: request.id,
    })
  })
  http.setErrorHandler((error: FastifyError, request, answer) => {
    if (error.validation || (error.statusCode && error.statusCode < 500)) {
      return refuse(answer, [
        { code: error.statusCode === 413 ? 'request.too-large' : 'request.malformed', detail: '' },
      ])
    }
    deps.note('error', 'request failed', {
      correlation: request.id,
      route: request.routeOptions.url ?? 'none',
      name: error.name,
      code: error.code ?? '',
    })
    return refuse(answer, [{ code: 'system.failed', detail: '' }])
  })
  for (const plugin of plugins) await plugin(http, deps)
  return http
}

/** A route that does not say who may use it keeps the server from starting; `public` is said in two places. */
function askedBy(method: string, url: string, permission: Asked | undefined): Asked {
  const asked = permission ?? (url.startsWith('/assets/') ? 'public' : undefined)
  if (!asked || (asked === 'public' && !PUBLIC.has(`${method} ${url}`)))
    throw new Error(`${method} ${url} does not say who may use it`)
  return asked
}

/** The console says for how long nobody touched it; from here on its own questions are not work. */
const IDLE_SECONDS = 60

/** Headers for everybody; then where a request comes from, who sends it, whether he may, and whether not too often. */
async function protect(
  request: FastifyRequest,
  answer: FastifyReply,
  deps: HttpDeps,
  requests: Buckets,
): Promise<void> {
  securityHeaders(answer, deps)
  const { permission } = request.routeOptions.config
  if (!permission || permission === 'carrier') return
  if (changes(request) && !fromOurConsole(request, deps))
    return refuse(answer, [{ code: 'request.origin', detail: '' }])
  if (permission === 'public') return
  const token = request.cookies[sessionCookie(deps.http.secureCookies)]
  const use = {
    limits: deps.http.sessions,
    unattended: Number(request.headers['x-preclear-idle'] ?? 0) >= IDLE_SECONDS,
  }
  const session = token ? await officerOf(deps.db, token, instant(Date.now()), use) : undefined
  if (!token || !session) return refuse(answer, [{ code: 'session.none', detail: '' }])
  const wait = requests.take(session.officer.id, Date.now())
  if (wait > 0) return turnBack(answer, 'request.too-many', wait)
  if (permission !== 'signed-in' && !isAllowed(session.officer.roles, permission)) {
    // What was asked for is not in the log: before it is checked it may be anything, a name included.
    await logRefusal(deps, session.officer, permission, [], 'not.permitted')
    return refuse(answer, [{ code: 'not.found', detail: '' }])
  }
  request.officer = session.officer
  request.sessionToken = token
  request.sessionExpires = session.expiresAt
}

const changes = (request: FastifyRequest): boolean => request.method !== 'GET' && request.method !== 'HEAD'

/** A form on another site can neither set this header nor pass the browser's own mark of where it comes from. */
function fromOurConsole({ headers }: FastifyRequest, { http }: HttpDeps): boolean {
  if (headers['x-preclear'] !== 'console') return false
  const { origin, host, 'sec-fetch-site': site } = headers
  if (site !== undefined) return site === 'same-origin'
  if (origin === undefined) return true
  const from = hostOf(origin)
  return from !== undefined && [host, hostOf(http.publicUrl)].includes(from)
}

const hostOf = (url: string | undefined): string | undefined =>
  url !== undefined && URL.canParse(url) ? new URL(url).host : undefined

function securityHeaders(answer: FastifyReply, deps: HttpDeps): void {
  void answer.headers({
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cache-control': 'no-store',
    ...(deps.http.secureCookies && { 'strict-transport-security': 'max-age=31536000' }),
  })
}

export interface RunningHttp {
  readonly address: string
  hear(notice: Notice): void
  close(): Promise<void>
}

export async function startHttp({
  deps,
  config,
  parts,
  speed,
  demoAccounts,
  answered,
}: {
  readonly deps: Deps
  readonly config: HttpConfig
  readonly parts: HttpParts
  readonly answered?: HttpDeps['http']['answered']
  readonly speed?: number
  readonly demoAccounts?: HttpDeps['http']['demoAccounts']
}): Promise<RunningHttp> {
  const { sessions, publicUrl, trustProxy } = config
  const simulated = speed === undefined ? {} : { speed }
  const streams = eventStreams(deps, { sessions, ...simulated })
  const http = await buildHttp(
    {
      ...deps,
      http: {
        secureCookies: publicUrl?.startsWith('https:') ?? false,
        streams,
        sessions,
        ...simulated,
        ...(answered && { answered }),
        ...(publicUrl && { publicUrl }),
        ...(trustProxy && { trustProxy }),
        ...(demoAccounts && { demoAccounts }),
      },
    },
    pluginsOf(parts),
  )
  const address = await http.listen({ host: config.host, port: config.port })
  return {
    address: publicUrl ?? address,
    hear: (notice) => streams.hear(notice),
    async close() {
      streams.close()
      await http.close()
    },
  }
}
