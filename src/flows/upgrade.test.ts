import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { demoEntries } from '#simulator/demo-lists.ts'
import { demoRules } from '#simulator/demo-rules.ts'
import { openDb } from '#store/db.ts'
import { migrate } from '#store/migrate.ts'
import { testDatabase } from '#store/testing/database.ts'
import { seedDemo } from './seed-demo.ts'
import { takeIn } from './take-in.ts'
import { burst, intakeOn } from './testing/intake.ts'
import { NOW } from './testing/scene.ts'

const { db, url } = await testDatabase()
await seedDemo(
  db,
  { carriers: [{ code: 'Q0', name: 'Quartz Air', profile: {} }], ...demoEntries(7), rules: demoRules() },
  NOW,
)

const scratch = await mkdtemp(join(tmpdir(), 'preclear-upgrade-'))
afterAll(() => rm(scratch, { recursive: true }))

/** Our migrations, and those of a version to come that only add. */
async function nextVersion(): Promise<URL> {
  const ours = new URL('../store/migrations/', import.meta.url)
  for (const name of await readdir(ours)) await copyFile(new URL(name, ours), join(scratch, name))
  await writeFile(
    join(scratch, '9001-next.sql'),
    `alter table traveller add column visa text not null default '';
    alter table transmission add column weight int;
    create table visa (id text primary key);`,
  )
  return pathToFileURL(`${scratch}/`)
}

test('the database grows while the version before takes in, and both then take in side by side', async () => {
  const before = await intakeOn(db)
  const messages = burst().slice(0, 60)
  const all: Promise<unknown>[] = []
  const sendTo = (deps: typeof before, from: number, to: number) => {
    for (const { carrier, bytes, at } of messages.slice(from, to))
      all.push(takeIn({ carrier, channel: 'https', bytes, receivedAt: at }, deps))
  }
  sendTo(before, 0, 20)
  expect(await migrate(url, undefined, await nextVersion())).toEqual(['9001-next.sql'])
  const second = openDb(url, { max: 6, name: 'preclear test' })
  try {
    const after = await intakeOn(second)
    sendTo(before, 20, 40)
    sendTo(after, 40, messages.length)
    sendTo(after, 20, 30) // the same messages at the same time: counted, applied once
    await Promise.all(all)
    expect(await migrate(url)).toEqual([])
    const { rows } = await sql<{ state: string; count: number }>`
      select state, count(*) from transmission where duplicate_of is null group by 1`.execute(db)
    expect(rows.filter(({ state }) => state === 'received' || state === 'parked')).toEqual([])
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(messages.length)
    const left = await sql<{ count: number }>`select count(*) from work`.execute(db)
    expect(left.rows).toEqual([{ count: 0 }])
  } finally {
    await second.destroy()
  }
}, 60_000)
