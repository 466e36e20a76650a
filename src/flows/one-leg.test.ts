import pg from 'pg'
import { afterAll, expect, test, vi } from 'vitest'
import { demoEntries } from '#simulator/demo-lists.ts'
import { demoRules } from '#simulator/demo-rules.ts'
import { PLACES } from '#store/distribution.ts'
import { testDatabase } from '#store/testing/database.ts'
import { seedDemo } from './seed-demo.ts'
import { takeIn } from './take-in.ts'
import { burst, intakeOn } from './testing/intake.ts'
import { NOW } from './testing/scene.ts'

const { db } = await testDatabase()
await seedDemo(
  db,
  { carriers: [{ code: 'Q0', name: 'Quartz Air', profile: {} }], ...demoEntries(7), rules: demoRules() },
  NOW,
)

const split = PLACES.filter(({ as }) => as === 'distributed')
const recorded = new Set<string>()
const query = vi.spyOn(pg.Client.prototype, 'query')
afterAll(() => query.mockRestore())

/** Text of every statement that the driver was given. */
function recordedBy(calls: readonly (readonly unknown[])[]): void {
  for (const [first] of calls) {
    const text =
      typeof first === 'string' ? first : first && typeof first === 'object' && 'text' in first ? first.text : ''
    if (typeof text === 'string') recorded.add(text.replace(/\s+/g, ' '))
  }
}

interface Use {
  readonly table: string
  readonly by: string
  readonly statement: string
}

/** Every split table that a statement reads or writes, by the name that stands behind from, join, into or update. */
const uses = (): readonly Use[] =>
  [...recorded].flatMap((statement) =>
    split.flatMap(({ table, by = '' }) =>
      new RegExp(`\\b(from|join|into|update)\\s+(only )?"?${table}"?(?![\\w(])`, 'i').test(statement)
        ? [{ table, by, statement }]
        : [],
    ),
  )

/**
 * What asks every server, and why it may.
 * Same content: a carrier that sends the same bytes again months later is told so; by digest, not by leg.
 */
const EVERYWHERE = [/t\.content_digest = decode\(given\.digest/]

test('take-in: every statement on a table that is split says which month and which leg, or which transmission', async () => {
  const deps = await intakeOn(db)
  await Promise.all(
    burst()
      .filter((_, at) => at % 6 === 0)
      .map(({ carrier, bytes, at }) => takeIn({ carrier, channel: 'https', bytes, receivedAt: at }, deps)),
  )
  recordedBy(query.mock.calls)
  const found = uses()
  expect([...new Set(found.map(({ table }) => table))].sort()).toEqual(
    expect.arrayContaining(['hit', 'leg', 'pnr', 'pnr_version', 'transmission', 'traveller', 'traveller_part']),
  )
  const wide = found.filter(
    ({ by, statement }) =>
      !EVERYWHERE.some((one) => one.test(statement)) &&
      !(/\bmonth\b/.test(statement) && new RegExp(`\\b${by}\\b`).test(statement)),
  )
  expect(wide.map(({ table, statement }) => `${table}: ${statement.slice(0, 200)}`)).toEqual([])
  for (const one of EVERYWHERE) expect(found.filter(({ statement }) => one.test(statement)).length).toBeGreaterThan(0)
})

test('take-in: where two tables of one statement are split, they are joined by month and leg', () => {
  const joined = [...recorded].filter(
    (statement) =>
      new Set(
        uses()
          .filter((use) => use.statement === statement)
          .map(({ table }) => table),
      ).size > 1,
  )
  for (const statement of joined) {
    const where = statement.match(/\b(using|on|where)\b.*?(month).*?(leg_id|\bid\b)/i)
    expect({ statement: statement.slice(0, 300), joined: where !== null }).toEqual({
      statement: statement.slice(0, 300),
      joined: true,
    })
  }
})
