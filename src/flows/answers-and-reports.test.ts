import { expect, test } from 'vitest'
import { decode } from '#codecs/decode.ts'
import { testDatabase } from '#store/testing/database.ts'
import { intakeOn, paxlst, person, send } from './testing/intake.ts'
import { siteIn } from './testing/scene.ts'

const { db } = await testDatabase()
await siteIn(db)
await db
  .insertInto('carrier')
  .values([
    { code: 'Q3', name: 'Quartz Three', profile: '{"contrl":"always"}' },
    { code: 'Q4', name: 'Quartz Four', profile: '{"contrl":"on-error"}' },
  ])
  .execute()
const deps = await intakeOn(db)

const interchange = (message: string, body: readonly string[]): string =>
  [
    "UNA:+.? '",
    'UNB+UNOA:4+Q0+AZEPIU+260611:0600+A1',
    `UNH+1+${message}`,
    ...body,
    `UNT+${body.length + 2}+1`,
    'UNZ+1+A1',
  ]
    .map((one, index) => (index === 0 ? one : `${one}'`))
    .join('')

const answered = (bytes: Uint8Array | undefined) =>
  bytes ? decode(bytes, { receivedAt: deps.clock() }).messages.map((message) => message.type) : []

test.each([
  ['a CUSRES 312', interchange('CUSRES:D:05B:UN:IATA', ['BGM+312', 'RFF+TN:GOV1', 'ERP+2', 'RFF+ABO:R1', 'ERC+1Z'])],
  ['an ACKRES', interchange('ACKRES:14:1:IA+X', ['MSG+:23+3'])],
  ['a CONTRL', interchange('CONTRL:D:3:UN', ['UCI+A0+AZEPIU+Q0+7'])],
])('%s is taken note of and never answered', async (_, text) => {
  const reply = await send(deps, text, 'Q3')
  expect(reply).toMatchObject({ status: 'accepted', travellers: 0 })
  expect(reply.body).toBeUndefined()
})

test('a request that only a State makes is turned away with a finding', async () => {
  const reply = await send(deps, interchange('GOVREQ:14:1:IA+X', ['MSG+:43', 'ORG+XL']))
  expect(reply).toMatchObject({ status: 'rejected', cause: 'message.not-for-us' })
  expect(reply.findings.map(({ code }) => code)).toEqual(['message.not-for-us'])
})

test('a syntax report follows the profile: always, only where something is rejected, or never', async () => {
  const list = paxlst([person('VALEDOVA', 'MIRAY', { document: 'U1234567' })])
  const useless = interchange('IFTMIN:D:12B:UN', ['BGM+1'])
  expect(answered((await send(deps, list, 'Q3')).body)).toEqual(['CONTRL'])
  expect(answered((await send(deps, list, 'Q4')).body)).toEqual([])
  expect(answered((await send(deps, useless, 'Q4')).body)).toEqual(['CONTRL'])
  expect(answered((await send(deps, useless)).body)).toEqual([])
})
