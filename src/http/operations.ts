/** For those who run the system: metrics and health on an address of their own, which no carrier and no browser reaches. */
import fastify from 'fastify'

export interface Operations {
  readonly host: string
  readonly port: number
  readonly metrics: { text(): Promise<string>; readonly contentType: string }
  readonly ready: () => Promise<boolean>
}

export async function startOperations({ host, port, metrics, ready }: Operations): Promise<{
  readonly address: string
  close(): Promise<void>
}> {
  const http = fastify({ logger: false, bodyLimit: 1024, requestTimeout: 10_000, exposeHeadRoutes: false })
  http.get('/metrics', async (_request, answer) => answer.type(metrics.contentType).send(await metrics.text()))
  http.get('/health/live', async () => ({ live: true }))
  http.get('/health/ready', async (_request, answer) => {
    const isReady = await ready()
    return answer.code(isReady ? 200 : 503).send({ ready: isReady })
  })
  const address = await http.listen({ host, port })
  return { address, close: () => http.close() }
}
