import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { isHeld } from '../embedded/owner.ts'
import { startEmbedded } from '../embedded/start.ts'
import { migrate } from '../migrate.ts'
import { databaseUrl, onServer } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server that test files may make databases on. */
    readonly databaseServer: string
    /** The migrated database that they copy. */
    readonly databaseTemplate: string
  }
}

const PREFIX = 'preclear-test-'

/**
 * One server for the whole test run, with one migrated template. TEST_DATABASE_URL (or DATABASE_URL) names a server to
 * use instead; only databases made here are touched on it.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL ?? process.env.DATABASE_URL
  const server = given ? { url: given, end: async () => undefined } : await startServer()
  const template = `preclear_template_${process.pid}`
  await onServer(server.url, (client) => client.query(`create database ${template}`))
  await migrate(databaseUrl(server.url, template))
  project.provide('databaseServer', server.url)
  project.provide('databaseTemplate', template)
  return async () => {
    await onServer(server.url, (client) => client.query(`drop database ${template} with (force)`))
    await server.end()
  }
}

async function startServer(): Promise<{ readonly url: string; end(): Promise<void> }> {
  await removeLeftovers()
  const dataDir = await mkdtemp(join(tmpdir(), PREFIX))
  const embedded = await startEmbedded({ dataDir, log: () => undefined, durable: false })
  return {
    url: embedded.url,
    async end() {
      await embedded.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Folders of runs that were killed; their servers ended with them. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = join(tmpdir(), name, 'postgres.owner')
    if (!name.startsWith(PREFIX) || (await isHeld(owner))) continue
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined)
  }
}
