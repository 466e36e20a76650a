import { expect, inject, test } from 'vitest'
import { openServer, serverProblem } from './server.ts'
import { databaseUrl } from './testing/server.ts'

test('uses the server that is named, and leaves it running', async () => {
  const url = databaseUrl(inject('databaseServer'), 'postgres')
  const server = await openServer({
    databaseUrl: url,
    dataDir: '/nowhere',
    walArchive: undefined,
    log: () => undefined,
  })
  expect(server.url).toBe(url)
  await server.stop()
  expect(await serverProblem(url)).toBeUndefined()
})

test('says that a server does not answer without telling its password', async () => {
  const problem = await serverProblem('postgresql://somebody:quietword@127.0.0.1:9/none')
  expect(problem).toMatch(/does not answer/)
  expect(problem).not.toContain('quietword')
})
