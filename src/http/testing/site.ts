/** A small fictional site behind the whole web edge, without a port: its officers, and how their console asks. */
import { createHash } from 'node:crypto'
import type { Officer, RoleName } from '#domain/officer.ts'
import { intakeOn } from '#flows/testing/intake.ts'
import { PEOPLE, siteIn } from '#flows/testing/scene.ts'
import { idOf } from '#lib/ids.ts'
import type { Db } from '#store/db.ts'
import { eventStreams } from '../event-streams.ts'
import { type HttpDeps, sessionCookie } from '../plugin.ts'
import { buildHttp } from '../server.ts'

const officer = (login: string, agency: string, role: RoleName, purpose: string): Officer => ({
  id: idOf('user', login),
  login,
  name: `Officer ${login}`,
  agency,
  roles: [role],
  purpose,
})

export const STAFF = {
  ...PEOPLE,
  lists: officer('lists-a', 'unit', 'watchlist-officer', 'serious-crime'),
  lists2: officer('lists-b', 'unit', 'watchlist-officer', 'serious-crime'),
  targeting: officer('targeting-a', 'unit', 'targeting-officer', 'serious-crime'),
  targeting2: officer('targeting-b', 'unit', 'targeting-officer', 'serious-crime'),
  liaison: officer('liaison-a', 'unit', 'carrier-liaison', 'serious-crime'),
  dpo: officer('dpo-a', 'unit', 'dpo', 'oversight'),
  borderLists: officer('border-lists', 'border', 'watchlist-officer', 'border-control'),
  borderDpo: officer('border-dpo', 'border', 'dpo', 'oversight'),
} as const

/** Holds no role at all. */
export const NOBODY: Officer = { ...officer('nobody-a', 'unit', 'dpo', 'oversight'), roles: [] }

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD'
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
  /** Instead of the officer's session with its purpose. */
  readonly token?: string
}

export const AIMLESS = ' without a purpose'

export async function httpSite(db: Db, options: Partial<HttpDeps['http']> = {}) {
  const deps = await intakeOn(db)
  const streams = eventStreams(deps)
  const http = await buildHttp({ ...deps, http: { secureCookies: false, streams, ...options } })
  const people = [...Object.values(STAFF), NOBODY]
  if (!(await db.selectFrom('agency').select('id').executeTakeFirst())) {
    await siteIn(db)
    await db
      .insertInto('app_user')
      .values(
        people
          .filter(({ login }) => !Object.values(PEOPLE).some((known) => known.login === login))
          .map(({ id, login, name, agency, roles }) => ({ id, login, name, agency, roles: [...roles], password: '' })),
      )
      .execute()
    for (const one of people) await sessionsOf(db, one)
  }
  const cookie = sessionCookie(options.secureCookies ?? false)

  /** As the console asks, with the officer's session and its own header; `undefined` is somebody who is not signed in. */
  const ask = async (who: Officer | undefined, url: string, { method, body, headers, token }: Asked = {}) => {
    const used = token ?? who?.id
    const answer = await http.inject({
      method: method ?? (body ? 'POST' : 'GET'),
      url,
      headers: { 'x-preclear': 'console', ...headers },
      ...(used && { cookies: { [cookie]: used } }),
      ...(body && { payload: body }),
    })
    const type = String(answer.headers['content-type'] ?? '')
    return {
      status: answer.statusCode,
      headers: answer.headers,
      cookies: answer.cookies,
      body: type.includes('json') ? answer.json<unknown>() : answer.body,
    }
  }
  return {
    deps,
    http,
    streams,
    ask,
    async close() {
      streams.close()
      await http.close()
    },
  }
}

/** Tokens are ids here: the session with the officer's purpose, and one without. */
async function sessionsOf(db: Db, { id, purpose }: Officer): Promise<void> {
  const now = Date.now()
  await db
    .insertInto('session')
    .values(
      [
        { token: id, chosen: purpose ?? null },
        { token: `${id}${AIMLESS}`, chosen: null },
      ].map(({ token, chosen }) => ({
        token_hash: createHash('sha256').update(token).digest(),
        user_id: id,
        purpose: chosen,
        created_at: new Date(now).toISOString(),
        seen_at: new Date(now).toISOString(),
        expires_at: new Date(now + 3_600_000).toISOString(),
      })),
    )
    .execute()
}

/** Without what differs from answer to answer. */
export const sameBut = (body: unknown): unknown =>
  typeof body === 'object' && body !== null ? { ...body, correlation: '' } : body
