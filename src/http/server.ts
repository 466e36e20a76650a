/**
 * The web edge: the console's files, its `/v1` routes, and the door for carriers. Denies unless allowed: a `/v1` route
 * without a permission, and not on the public list, keeps the server from starting.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify'
import type { Officer } from '#domain/officer.ts'
import type { Deps } from '#flows/deps.ts'
import { isAllowed, type Permission } from '#flows/permissions.ts'
import { officerOf } from '#flows/sign-in.ts'
import { instant } from '#lib/time.ts'
import type { Notice } from '#store/live.ts'
import { consoleFiles } from './console-files.ts'
import { doorRoutes } from './door.ts'
import { type EventStreams, eventRoutes, eventStreams } from './events.ts'
import { flightRoutes } from './flights.ts'
import { healthRoutes } from './health.ts'
import { logRoutes } from './log.ts'
import { messageRoutes } from './messages.ts'
import { refuse } from './problem.ts'
import { queueRoutes } from './queue.ts'
import { referralRoutes } from './referrals.ts'
import { ruleRoutes } from './rules.ts'
import { sessionRoutes } from './session.ts'
import { travellerRoutes } from './travellers.ts'
import { watchlistRoutes } from './watchlists.ts'

export { refuse } from './problem.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the officer must be allowed to do; `public` and `signed-in` say that nothing else is asked. */
    permission?: Permission | 'public' | 'signed-in'
  }
  interface FastifyRequest {
    officer: Officer
    sessionToken: string
    sessionExpires: string
  }
}

export interface HttpConfig {
  readonly host: string
  readonly port: number
  readonly publicUrl?: string
}

export interface HttpDeps extends Deps {
  readonly http: {
    readonly secureCookies: boolean
    readonly streams: EventStreams
    /** Simulated seconds in a real one; absent on a real site. */
    readonly speed?: number
    readonly demoAccounts?: readonly {
      readonly login: string
      readonly password: string
      readonly role: Officer['roles'][number]
      readonly agency: string
    }[]
  }
}

type Http = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>
export type HttpPlugin = (http: Http, deps: HttpDeps) => Promise<void>

export const SESSION_COOKIE = 'preclear_session'

/** Route options: who may use it. */
export const may = (permission: Permission | 'public' | 'signed-in') => ({ config: { permission } })

/** Route options: nothing personal without a purpose. */
export const needsPurpose = {
  preHandler: async (request: FastifyRequest, answer: FastifyReply): Promise<void> => {
    if (!request.officer.purpose) refuse(answer, [{ code: 'purpose.missing', detail: '' }])
  },
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
    maxParamLength: 200,
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

export const newNonce = (): string => randomBytes(16).toString('base64url')

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
