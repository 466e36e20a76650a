import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import type { Note } from '#flows/deps.ts'
import { unmeasured } from '#flows/measure.ts'
import { seedDemo } from '#flows/seed-demo.ts'
import { burst, intakeOn, paxlst, person, send, settleLeft } from '#flows/testing/intake.ts'
import { NOW } from '#flows/testing/scene.ts'
import { demoEntries } from '#simulator/demo-lists.ts'
import { demoRules } from '#simulator/demo-rules.ts'
import { testDatabase } from '#store/testing/database.ts'
import { openTraces } from './traces.ts'

interface SentSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly status?: { readonly code?: number; readonly message?: string }
  readonly attributes?: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[]
}
interface SentBody {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[] }[]
}

const bodies: string[] = []
const paths = new Set<string | undefined>()
let answersWith = 200
const collector = createServer(async (request: IncomingMessage, answer) => {
  paths.add(request.url)
  bodies.push(await text(request))
  answer.writeHead(answersWith, { 'content-type': 'application/json' }).end('{}')
}).listen(0, '127.0.0.1')
await once(collector, 'listening')
afterAll(() => collector.close())

const { db } = await testDatabase()
const carriers = ['Q0', ...new Set(burst().map(({ carrier }) => carrier))].map((code) => ({
  code,
  name: `Carrier ${code}`,
  profile: {},
}))
await seedDemo(db, { carriers, ...demoEntries(7), rules: demoRules() }, NOW)

const settings = {
  url: `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/traces`,
  share: 1,
  version: '0',
  role: 'all',
}
const spansOf = (sent: readonly string[]): SentSpan[] =>
  sent
    .flatMap((body) => (JSON.parse(body) as SentBody).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
const says = ({ attributes = [] }: SentSpan, key: string): unknown =>
  Object.values(attributes.find((one) => one.key === key)?.value ?? {})[0]

test('each message has a trace from its bytes to its hits, and no span and no line of the log names anybody', async () => {
  const log: string[] = []
  const note: Note = (level, event, detail) => log.push(JSON.stringify({ level, event, ...detail }))
  const traces = openTraces(unmeasured, { ...settings, note })
  const deps = await intakeOn(db, { measure: traces.measure, note })
  const messages = burst().slice(0, 12)
  for (const { carrier, bytes } of messages) await send(deps, bytes, carrier)
  await send(deps, paxlst([person('VALEDOVA', 'MIRAY', { document: 'U1234567', reference: 'ABOREF0001' })]))
  await traces.close()

  const spans = spansOf(bodies)
  const named = (name: string) => spans.filter((span) => span.name === name)
  expect(paths).toEqual(new Set(['/v1/traces']))
  expect(named('receive')).toHaveLength(messages.length + 1)
  for (const root of named('receive')) {
    expect(root.parentSpanId ?? '').toBe('')
    const below = spans.filter(({ parentSpanId }) => parentSpanId === root.spanId)
    expect(below.map(({ name }) => name).toSorted()).toEqual(['archive', 'redact', 'reply', 'settled'])
    expect(new Set(below.map(({ traceId }) => traceId))).toEqual(new Set([root.traceId]))
    const settled = below.find(({ name }) => name === 'settled')
    const batch = named('settle').find(({ spanId }) => spanId === settled?.links?.[0]?.spanId)
    expect(batch?.links?.map(({ spanId }) => spanId)).toContain(root.spanId)
    const steps = spans.filter(({ parentSpanId }) => parentSpanId === batch?.spanId).map(({ name }) => name)
    expect(steps).toEqual(expect.arrayContaining(['decode', 'load', 'apply', 'screen', 'store']))
    expect(says(root, 'preclear.transmission')).toBe(settled && says(settled, 'preclear.transmission'))
  }
  const raised = await db.selectFrom('hit').select('id').execute()
  expect(named('settle').reduce((sum, span) => sum + Number(says(span, 'preclear.hits') ?? 0), 0)).toBe(raised.length)

  const people = await db.selectFrom('traveller').select(['surname', 'locator']).execute()
  const names = people.flatMap(({ surname, locator }) => [surname, locator]).filter((one) => one && one.length > 4)
  expect(names.length).toBeGreaterThan(100)
  expect(log.length).toBeGreaterThan(messages.length)
  const all = [...bodies, ...log].join('\n').toUpperCase()
  for (const name of [...names, 'VALEDOVA', 'MIRAY', 'U1234567', 'ABOREF0001']) expect(all).not.toContain(name)
})

test('another process that settles finds the trace by the transmission alone', async () => {
  bodies.length = 0
  const [intake, worker] = ['intake', 'work'].map((role) =>
    openTraces(unmeasured, { ...settings, role, note: () => undefined }),
  )
  if (!intake || !worker) throw new Error('no traces')
  const id = '202606-018f0000-0000-7000-8000-000000000001'
  const about = { transmission: id, carrier: 'Q0', channel: 'https', bytes: 1 } as const
  intake.measure.part({ name: 'receive', ...about }, () => undefined)
  worker.measure.part({ name: 'settle', transmissions: [id] }, () =>
    worker.measure.settled({ ...about, state: 'accepted', travellers: 1, findings: [], milliseconds: 5 }),
  )
  await Promise.all([intake.close(), worker.close()])
  const spans = spansOf(bodies)
  const [received, settled] = ['receive', 'settled'].map((name) => spans.find((span) => span.name === name))
  expect([settled?.traceId, settled?.parentSpanId]).toEqual([received?.traceId, received?.spanId])
})

test('what fails is told by its kind: the words of an error may quote a row', async () => {
  bodies.length = 0
  const traces = openTraces(unmeasured, { ...settings, note: () => undefined })
  const failing = traces.measure.part({ name: 'store' }, async () => {
    throw new TypeError('Key (surname)=(VALEDOVA) already exists')
  })
  await expect(failing).rejects.toThrow('VALEDOVA')
  await traces.close()
  expect(spansOf(bodies)[0]?.status).toEqual({ code: 2, message: 'TypeError' })
  expect(bodies.join('')).not.toContain('VALEDOVA')
})

test('a collector that takes nothing is told of once, and nothing waits for it', async () => {
  answersWith = 400
  const noted: string[] = []
  const traces = openTraces(unmeasured, { ...settings, note: (_level, event) => noted.push(event) })
  const deps = await intakeOn(db, { measure: traces.measure })
  const reply = await send(deps, paxlst([person('NEWBY', 'ANNA')], { interchange: 'LIST9' }))
  expect(reply.status).toMatch(/^accepted/)
  expect(await settleLeft(deps)).toBe(0)
  await traces.close()
  expect(noted).toEqual(['traces not taken'])
})
