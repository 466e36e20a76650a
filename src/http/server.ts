/**
 * The web edge: the console's files, its `/v1` routes, and the door for carriers. Denies unless allowed: a `/v1` route
 * without a permission, and not on the public list, keeps the server from starting.
 */
import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Deps } from '#flows/deps.ts'
import { isAllowed } from '#flows/permissions.ts'
import { officerOf } from '#flows/sign-in.ts'
import { instant } from '#lib/time.ts'
import type { Notice } from '#store/live.ts'
import { consoleFiles } from './console-files.ts'
import { doorRoutes } from './door.ts'
import { eventStreams } from './event-streams.ts'
import { eventRoutes } from './events.ts'
import { flightRoutes } from './flights.ts'
import { healthRoutes } from './health.ts'
import { logRoutes } from './log.ts'
import { messageRoutes } from './messages.ts'
import { type Http, type HttpDeps, type HttpPlugin, SESSION_COOKIE } from './plugin.ts'
import { refuse } from './problem.ts'
import { queueRoutes } from './queue.ts'
import { referralRoutes } from './referrals.ts'
import { ruleRoutes } from './rules.ts'
import { sessionRoutes } from './session.ts'
import { travellerRoutes } from './travellers.ts'
import { watchlistRoutes } from './watchlists.ts'

export interface HttpConfig {
  readonly host: string
  readonly port: number
  readonly publicUrl?: string
}

const PLUGINS: readonly HttpPlugin[] = [
  healthRoutes,
  doorRoutes,
  sessionRoutes,
  eventRoutes,
  flightRoutes,
  travellerRoutes,
  queueRoutes,
  referralRoutes,
  messageRoutes,
  watchlistRoutes,
  ruleRoutes,
  logRoutes,
  consoleFiles,
]

/** The server without a port: what tests inject requests into. */
export async function buildHttp(deps: HttpDeps): Promise<Http> {
  const http = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: 64 * 1024,
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 200 },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true } },
  })
    .setValidatorCompiler(TypeBoxValidatorCompiler)
    .withTypeProvider<TypeBoxTypeProvider>()
  await http.register(cookie)
  http.decorateRequest('officer')
  http.decorateRequest('sessionToken', '')
  http.decorateRequest('sessionExpires', '')
  http.addHook('onRoute', (route) => {
    if (route.url.startsWith('/v1/') && !route.config?.permission) throw new Error(`${route.url} has no permission`)
  })
  http.addHook('onRequest', async (request, answer) => protect(request, answer, deps))
  http.addHook('onResponse', async (request, answer) => {
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
  for (const plugin of PLUGINS) await plugin(http, deps)
  return http
}

/** Headers for everybody; for `/v1` also: where a request comes from, who sends it, and whether he may. */
async function protect(request: FastifyRequest, answer: FastifyReply, deps: HttpDeps): Promise<void> {
  securityHeaders(answer, deps)
  const permission = request.routeOptions.config.permission
  if (!permission || permission === 'public') {
    if (permission === 'public' && changes(request) && !fromOurConsole(request))
      refuse(answer, [{ code: 'request.origin', detail: '' }])
    return
  }
  if (changes(request) && !fromOurConsole(request)) return refuse(answer, [{ code: 'request.origin', detail: '' }])
  const token = request.cookies[SESSION_COOKIE]
  const session = token ? await officerOf(deps.db, token, instant(Date.now())) : undefined
  if (!token || !session) return refuse(answer, [{ code: 'session.none', detail: '' }])
  if (permission !== 'signed-in' && !isAllowed(session.officer.roles, permission))
    return refuse(answer, [{ code: 'not.found', detail: '' }])
  request.officer = session.officer
  request.sessionToken = token
  request.sessionExpires = session.expiresAt
}

const changes = (request: FastifyRequest): boolean => request.method !== 'GET' && request.method !== 'HEAD'

/** A form on another site can neither set this header nor pass the browser's own mark of where it comes from. */
function fromOurConsole(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  return request.headers['x-preclear'] === 'console' && (site === undefined || site === 'same-origin')
}

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
  speed,
  demoAccounts,
}: {
  readonly deps: Deps
  readonly config: HttpConfig
  readonly speed?: number
  readonly demoAccounts?: HttpDeps['http']['demoAccounts']
}): Promise<RunningHttp> {
  const streams = eventStreams(deps, speed)
  const secureCookies = config.publicUrl?.startsWith('https:') ?? false
  const http = await buildHttp({
    ...deps,
    http: { secureCookies, streams, ...(speed !== undefined && { speed }), ...(demoAccounts && { demoAccounts }) },
  })
  const address = await http.listen({ host: config.host, port: config.port })
  return {
    address: config.publicUrl ?? address,
    hear: (notice) => streams.hear(notice),
    async close() {
      streams.close()
      await http.close()
    },
  }
}
