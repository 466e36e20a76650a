/** What every group of routes is made of: its type, and who may use a route. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { Officer } from '#domain/officer.ts'
import type { Deps } from '#flows/deps.ts'
import type { Permission } from '#flows/permissions.ts'
import type { SessionLimits } from '#flows/sign-in.ts'
import type { EventStreams } from './event-streams.ts'
import type { PlaceLimits, Rate } from './limits.ts'

/** What an officer must be allowed to do; or `signed-in`: that he is one; `carrier`: a carrier's key; `public`: nothing. */
export type Asked = Permission | 'signed-in' | 'carrier' | 'public'

export interface RouteEntry {
  readonly method: string
  readonly url: string
  readonly asked: Asked
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every route says who may use it. */
    permission?: Asked
  }
  interface FastifyRequest {
    officer: Officer
    sessionToken: string
    sessionExpires: string
  }
  interface FastifyInstance {
    /** Every route that was registered, and what it asks for. */
    readonly routeTable: readonly RouteEntry[]
  }
}

export interface HttpDeps extends Deps {
  readonly http: {
    readonly secureCookies: boolean
    /** Where browsers find the console, if a proxy stands between. */
    readonly publicUrl?: string
    /** Addresses of proxies whose `X-Forwarded-For` counts; none by default. */
    readonly trustProxy?: string
    readonly sessions?: SessionLimits
    /** Requests of one officer at a stretch, and how fast that fills up again. */
    readonly requestRate?: Rate
    /** The same for messages of one carrier. */
    readonly doorRate?: Rate
    /** Messages under way at once: of all carriers, of one, and in bytes. */
    readonly doorPlaces?: PlaceLimits
    readonly streams: EventStreams
    /** Told of every answer: route, never address. */
    readonly answered?: (route: string, method: string, status: number, milliseconds: number) => void
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

export type Http = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>
export type HttpPlugin = (http: Http, deps: HttpDeps) => Promise<void>

/** `__Host-`: only over https, only for this host, never set by a neighbour below the same domain. */
export const sessionCookie = (secure: boolean): string => (secure ? '__Host-preclear' : 'preclear')

/** Route options: who may use it. */
export const may = (permission: Asked) => ({ config: { permission } })
