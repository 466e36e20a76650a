import { type HttpPlugin, may } from './plugin.ts'

/** The stream of what changed, for one console. */
export const eventRoutes: HttpPlugin = async (http, deps) => {
  http.get('/v1/events', may('signed-in'), async (request, answer) => {
    answer.hijack()
    for (const [name, value] of Object.entries(answer.getHeaders()))
      if (value !== undefined) answer.raw.setHeader(name, value)
    answer.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    })
    answer.raw.write('retry: 2000\n\n')
    const listener = { officer: request.officer, token: request.sessionToken }
    if (!deps.http.streams.add(listener, answer.raw)) answer.raw.end()
  })
}
