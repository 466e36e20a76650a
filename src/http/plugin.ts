/** What every group of routes is made of: its type, and who may use a route. */
import { randomBytes } from 'node:crypto'
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
import type { EventStreams } from './event-streams.ts'

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

export type Http = FastifyInstance<
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

export const newNonce = (): string => randomBytes(16).toString('base64url')
