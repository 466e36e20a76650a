import { describe, expect, test } from 'vitest'
import { decode } from '#codecs/decode.ts'
import { isPaxlst, isPnrgov } from '#domain/message.ts'
import { testDatabase } from '#store/testing/database.ts'
import { burst, intakeOn, paxlst, person, pnrgov, pnrSegments, send } from './testing/intake.ts'
import { siteIn } from './testing/scene.ts'

const { db } = await testDatabase()
await siteIn(db)
await db
  .insertInto('carrier')
  .values([
    { code: 'Q3', name: 'Quartz Three', profile: '{"contrl":"always"}' },
    { code: 'Q4', name: 'Quartz Four', profile: '{"contrl":"on-error"}' },
    { code: 'Q5', name: 'Quartz Five', profile: '{"cusres":true,"replies":{"ackresErrors":{"118":"unable"}}}' },
    { code: 'Q6', name: 'Quartz Six', profile: '{"cusres":true,"errorNumbers":true,"asksForMissingData":true}' },
    {
      code: 'Q7',
      name: 'Quartz Seven',
      profile: '{"cusres":true,"asksForMissingData":true,"errorNumbers":true,"contrl":"always"}',
    },
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

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString()

describe('a refusal names its reason', () => {
  const tooFar = pnrgov(pnrSegments({ locator: 'QXAAAA', people: ['VALEDOVA+MIRAYMRS'] })).replaceAll(
    '110626',
    '110629',
  )
  const noFlight = interchange('PAXLST:D:05B:UN:IATA', ['BGM+745', 'RFF+TN:TN9:::2', 'NAD+FL+++VALEDOVA:MIRAY'])

  test('ACKRES: by the code of the error, or by 118 where the carrier knows no other', async () => {
    expect(text((await send(deps, tooFar)).body)).toContain("MSG+:23+7'ERC+102'UNT")
    expect(text((await send(deps, tooFar, 'Q5')).body)).toContain("MSG+:23+7'ERC+118'UNT")
  })

  test('CUSRES: as text, or by number where that was agreed; under the reference of the request', async () => {
    const inWords = text((await send(deps, noFlight, 'Q5')).body)
    expect(inWords).toContain("BGM+962'RFF+TN:TN9:::2'ERP+1'ERC+1'FTX+AAP+++MESSAGE REJECTED:104 MANDATORY")
    const byNumber = text((await send(deps, noFlight, 'Q6')).body)
    expect(byNumber).toContain("RFF+TN:TN9:::2'ERP+1'ERC+104'FTX+AAP+++MANDATORY SEGMENT MISSING'UNT")
  })

  test('of missing data by number, behind the code that keeps the traveller waiting', async () => {
    const list = paxlst([person('OREN', 'DANI', { reference: 'ABO1' })], { transaction: 'TN8' })
    const decided = decode((await send(deps, list, 'Q6')).body ?? new Uint8Array(), { receivedAt: deps.clock() })
    expect(decided.messages[0]).toMatchObject({
      decisions: [
        { passengerReference: 'ABO1', code: '4Z' },
        { passengerReference: 'ABO1', code: '125' },
      ],
    })
  })
})

test('no answer holds a name or a document of the message that it answers', async () => {
  let answers = 0
  for (const { bytes } of burst().slice(0, 60)) {
    const answer = (await send(deps, bytes, 'Q7')).body
    if (!answer) continue
    answers += 1
    const said = new Set(text(answer).split(/[^A-Z0-9]+/))
    const { messages } = decode(bytes, { receivedAt: deps.clock() })
    const people = [
      ...messages.filter(isPaxlst).flatMap((one) => one.travellers),
      ...messages.filter(isPnrgov).flatMap((one) => one.pnrs.flatMap((pnr) => pnr.travellers)),
    ]
    const told = people.flatMap(({ surname, givenNames, documents }) => [
      ...(surname ?? '').split(' '),
      ...(givenNames ?? '').split(' '),
      ...documents.map(({ number }) => number ?? ''),
    ])
    expect(told.filter((one) => one.length > 3 && said.has(one))).toEqual([])
  }
  expect(answers).toBeGreaterThan(20)
})
