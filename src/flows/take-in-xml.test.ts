import { expect, test } from 'vitest'
import { decode } from '#codecs/decode.ts'
import { writePnrgovXml } from '#codecs/xml/write.ts'
import { isPnrgov } from '#domain/message.ts'
import { testDatabase } from '#store/testing/database.ts'
import { openSealed } from './seal.ts'
import { bytesOf, intakeOn, pnrgov, pnrSegments, send } from './testing/intake.ts'
import { siteIn } from './testing/scene.ts'

const { db } = await testDatabase()
await siteIn(db)
const deps = await intakeOn(db)

/** The push as XML, prepared at another time. */
function asXml(edifact: string, prepared: string): string {
  const [message] = decode(bytesOf(edifact), { receivedAt: deps.clock() }).messages
  if (!message || !isPnrgov(message)) throw new Error('not read')
  return Buffer.from(writePnrgovXml(message))
    .toString()
    .replace(/TimeStamp="[^"]*"/, `TimeStamp="${prepared}"`)
}

const travellers = () =>
  db
    .selectFrom('traveller')
    .select(['surname', 'given_names', 'birth_date', 'status'])
    .where('merged_into', 'is', null)
    .orderBy('surname')
    .execute()

const DOCS = 'SSR+DOCS:HK:1::::::/P/TUR/U1234567/TUR/12APR85/F/01JAN30/VALEDOVA/MIRAY'
const one = pnrSegments({ locator: 'QXAAAA', people: ['VALEDOVA+MIRAYMRS'], docs: [DOCS] })
const two = pnrSegments({ locator: 'QXBBBB', people: ['ANDERSEN+OLEMR'] })

test('a push in XML says what the same push in EDIFACT says, and the newer one counts', async () => {
  const early = pnrgov([...one, ...two], { prepared: '260611:0600' })
  await send(deps, early)
  const before = await travellers()
  expect(before.map(({ surname }) => surname)).toEqual(['ANDERSEN', 'VALEDOVA'])
  const same = await send(deps, asXml(early, '2026-06-11T06:30:00Z'))
  expect(same).toMatchObject({ status: 'accepted', travellers: 2 })
  expect(same.body).toBeUndefined()
  expect(await travellers()).toEqual(before)
  await send(deps, asXml(pnrgov(one), '2026-06-11T07:00:00Z'))
  const after = await travellers()
  expect(after.find(({ surname }) => surname === 'VALEDOVA')?.status).toBe(
    before.find(({ surname }) => surname === 'VALEDOVA')?.status,
  )
  expect(after.find(({ surname }) => surname === 'ANDERSEN')?.status).toBe('cancelled')
  await send(deps, asXml(early, '2026-06-11T06:45:00Z'))
  expect(await travellers()).toEqual(after)
})

test('what the law forbids is gone before XML is sealed', async () => {
  const text = asXml(pnrgov(one, { interchange: 'P9' }), '2026-06-11T08:00:00Z').replace(
    '<Passenger ',
    '<SSR SSRCode="KSML" Status="HK"><Text>MEAL</Text></SSR><Passenger ',
  )
  const reply = await send(deps, text)
  const sealed = await openSealed(db, deps.keys, reply.transmission)
  expect(Buffer.from(sealed ?? []).toString()).not.toMatch(/KSML|MEAL/)
  expect(sealed?.length).toBe(Buffer.from(text).length)
})
