/** What each process of the bench opens: the database, lists and rules, and its place among the workers. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { carryOver } from '#flows/carry-over.ts'
import type { Deps } from '#flows/deps.ts'
import { unmeasured } from '#flows/measure.ts'
import { openReference } from '#flows/reference.ts'
import { keysOf } from '#flows/seal.ts'
import { settledElsewhere } from '#flows/settled.ts'
import { work } from '#flows/work.ts'
import type { Instant } from '#lib/time.ts'
import { jetStreamQueue } from '#queue/jetstream.ts'
import { postgresQueue } from '#queue/postgres.ts'
import { openDb } from '#store/db.ts'
import { listen } from '#store/live.ts'
import { joinWorkers } from '#store/workers.ts'

export const FROM = '2026-06-10T06:00:00.000Z' as Instant

const SITE = {
  environment: 'training',
  version: 'bench',
  state: 'AZ',
  homeAirport: 'GYD',
  address: 'BENCH',
  legalBasis: '',
  dataDir: '',
} as const

export async function openSite(
  url: string,
  clock: () => Instant,
  nats: readonly string[] = [],
): Promise<{
  readonly deps: Deps
  /** What a sender meets: the stream, where there is one. */
  readonly atDoor: Deps
  /** Works until `signal` aborts. */
  work(signal: AbortSignal): Promise<unknown>
  close(): Promise<void>
}> {
  const db = openDb(url, { max: 8, name: 'preclear bench' })
  const worker = await joinWorkers(url, 'bench')
  const queue = postgresQueue(db, { worker })
  const settled = settledElsewhere()
  const hears = await listen(
    url,
    (notice) => {
      if (notice.kind === 'work') queue.wake()
      else if (notice.kind === 'settled') settled.hear(notice.ids)
    },
    () => undefined,
  )
  const deps: Deps = {
    db,
    clock,
    site: SITE,
    keys: keysOf(new Uint8Array(32)),
    reference: await openReference(db),
    queue,
    settled,
    note: () => undefined,
    measure: unmeasured,
  }
  const place = mkdtempSync(join(tmpdir(), 'preclear-spool-'))
  const stream =
    nats.length > 0
      ? await jetStreamQueue({ nats: { servers: nats }, worker, spool: { dir: place }, note: () => undefined })
      : undefined
  return {
    deps,
    atDoor: stream ? { ...deps, queue: stream } : deps,
    work: (signal) => Promise.all([work(deps, signal), stream && carryOver(stream, deps, signal)]),
    async close() {
      await stream?.close()
      rmSync(place, { recursive: true, force: true })
      await hears.close()
      await queue.close()
      await worker.close()
      await db.destroy()
    },
  }
}
