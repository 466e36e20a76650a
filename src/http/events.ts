import { type HttpPlugin, may } from './plugin.ts'

/** The stream of what changed, for one console. */
export const eventRoutes: HttpPlugin = async (http, deps) => {
  http.get('/v1/events', may('signed-in'), async (request, answer) => {
    answer.hijack()
    answer.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    answer.raw.write('retry: 2000\n\n')
    const listener = { officer: request.officer, token: request.sessionToken }
    if (!deps.http.streams.add(listener, answer.raw)) answer.raw.end()
  })
}
