import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { seedDemo } from '#flows/seed-demo.ts'
import { burst, intakeOn, paxlst, person, send } from '#flows/testing/intake.ts'
import { NOW } from '#flows/testing/scene.ts'
import { startOperations } from '#http/operations.ts'
import { demoEntries } from '#simulator/demo-lists.ts'
import { demoRules } from '#simulator/demo-rules.ts'
import { connectionsOf } from '#store/db.ts'
import { standing } from '#store/observe.ts'
import { testDatabase } from '#store/testing/database.ts'
import { openMetrics } from './metrics.ts'

const { db } = await testDatabase()
await seedDemo(
  db,
  { carriers: [{ code: 'Q0', name: 'Quartz Air', profile: {} }], ...demoEntries(7), rules: demoRules() },
  NOW,
)
const metrics = openMetrics(
  { version: '0', role: 'all' },
  {
    pool: () => connectionsOf(db),
    reference: () => ({ epoch: 2, names: 9, rules: 5 }),
    database: () => standing(db),
    disk: async () => ({ free: 4, size: 9 }),
    stream: () => ({ away: true, spooled: { arrivals: 3, bytes: 70 } }),
  },
)
const deps = await intakeOn(db, { measure: metrics.measure })
const operations = await startOperations({ host: '127.0.0.1', port: 0, metrics, ready: async () => false })
afterAll(() => operations.close())

const scrape = async (): Promise<string> => (await fetch(`${operations.address}/metrics`)).text()
const reads = (text: string, series: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.split(' ')
      .at(-1),
  )

test('what was received, settled, noticed and found is counted, each step timed', async () => {
  const messages = burst().slice(0, 12)
  for (const { carrier, bytes } of messages) await send(deps, bytes, carrier)
  const text = await scrape()
  const sum = (name: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
      .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0)
  expect(sum('preclear_messages_received_total')).toBe(messages.length)
  expect(sum('preclear_bytes_received_total')).toBe(messages.reduce((total, one) => total + one.bytes.length, 0))
  expect(sum('preclear_messages_settled_total')).toBe(messages.length)
  expect(reads(text, 'preclear_receipt_to_settled_seconds_count')).toBe(messages.length)
  expect(reads(text, 'preclear_travellers_settled_total')).toBeGreaterThan(100)
  for (const stage of ['redact', 'archive', 'decode', 'load', 'apply', 'screen', 'store', 'settle'])
    expect(reads(text, `preclear_stage_seconds_count{stage="${stage}"}`)).toBeGreaterThanOrEqual(messages.length)
  expect(reads(text, 'preclear_work_waiting')).toBe(0)
  expect(reads(text, 'preclear_database_up')).toBe(1)
  expect(Math.abs(reads(text, 'preclear_clock_ahead_seconds'))).toBeLessThan(5)
  expect(reads(text, 'preclear_spool_arrivals')).toBe(3)
  const raised = await db
    .selectFrom('hit')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirst()
  expect(reads(text, 'preclear_hits_raised_total')).toBe(raised?.count)
})

test('metrics name no traveller, document or booking', async () => {
  await send(deps, paxlst([person('VALEDOVA', 'MIRAY', { document: 'U1234567', reference: 'ABOREF0001' })]))
  const text = await scrape()
  const people = await db.selectFrom('traveller').select(['surname', 'locator']).execute()
  const names = people.flatMap(({ surname, locator }) => [surname, locator]).filter((one) => one && one.length > 3)
  expect(names.length).toBeGreaterThan(100)
  for (const name of [...names, 'U1234567', 'ABOREF0001']) expect(text).not.toContain(name)
})

test('whoever watches is told when the process is not ready', async () => {
  expect((await fetch(`${operations.address}/health/ready`)).status).toBe(503)
  expect((await fetch(`${operations.address}/health/live`)).status).toBe(200)
  expect((await fetch(`${operations.address}/v1/site`)).status).toBe(404)
})

const file = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

test('every metric of ours is explained, and dashboard and alerts use none that there is not', async () => {
  const known = [...(await scrape()).matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', type]) => ({ name, type }))
  const own = known.filter(({ name }) => !/^preclear_(process|nodejs)_/.test(name))
  for (const { name } of own) expect(file('docs/monitoring.md'), name).toContain(`\`${name}\``)
  const series = new Set(
    known.flatMap(({ name, type }) =>
      type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name],
    ),
  )
  const dashboard = JSON.parse(file('ops/grafana/preclear.json')) as {
    panels: readonly { type: string; targets?: readonly { expr: string }[] }[]
  }
  const expressions = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
  expect(expressions.length).toBeGreaterThan(15)
  const used = [
    ...expressions.join('\n').matchAll(/preclear_\w+/g),
    ...file('ops/prometheus/alerts.yml').matchAll(/preclear_\w+/g),
  ]
  expect(used.length).toBeGreaterThan(25)
  for (const [name] of used) expect(series, name).toContain(name)
  const told = [...file('docs/monitoring.md').matchAll(/`(preclear_\w+)`/g)].map(([, name]) => name)
  for (const name of told) expect([...known.map((one) => one.name), ...series]).toContain(name)
})
