import { beforeAll, expect, test } from 'vitest'
import type { Pnr } from '#domain/pnr.ts'
import { idOf } from '#lib/ids.ts'
import type { LocalDateTime } from '#lib/time.ts'
import { testDatabase } from '#store/testing/database.ts'
import { showTraveller } from './show-traveller.ts'
import { apiOf, flightIn, minutesOn, NOW, PEOPLE, type Place, pnrOf, siteIn, travellerIn } from './testing/scene.ts'

const { db } = await testDatabase()
const deps = { db, clock: () => NOW }
const PHONE = { kind: 'phone', value: '+99400000000' } as const

let leg: Place
let traveller: string
let companion: string

beforeAll(async () => {
  await siteIn(db)
  leg = await flightIn(db)
  traveller = await travellerIn(db, leg, {
    surname: 'VALEDOVA',
    api: apiOf('VALEDOVA', { contacts: [PHONE], verified: true, residence: 'XXB', frequentFlyer: 'Q0 555' }),
    pnr: pnrOf('VALEDOVA', {
      documents: [{ kind: 'passport', type: 'P', number: 'P877', numberAsSent: 'P877', issuer: 'XXA', at: [200, 204] }],
      frequentFlyers: [{ carrier: 'Q0', number: '555', level: 'GOLD' }],
      tickets: [
        {
          number: '9990000000001',
          total: '310.00',
          currency: 'AZN',
          payments: [
            { form: 'card', formAsSent: 'CC', cardVendor: 'VI', cardMasked: '400000******0002', at: [300, 320] },
          ],
        },
      ],
    }),
    locator: 'QX4TRZ',
  })
  companion = await travellerIn(db, leg, { surname: 'OREN', pnr: pnrOf('OREN', { reference: '2' }), locator: 'QX4TRZ' })
  const place = { month: leg.month, leg_id: leg.id }
  const pnrId = idOf(leg.id, 'pnr', 'QX4TRZ')
  await db
    .insertInto('pnr')
    .values({
      ...place,
      id: pnrId,
      locator: 'QX4TRZ',
      company: 'Q0',
      created_key: '',
      state: 'active',
      version: 2,
      sent_at: NOW,
      sent_reference: '1',
    })
    .execute()
  for (const [version, itinerary] of [
    [
      1,
      [
        {
          kind: 'flight',
          carrier: 'Q0',
          number: '812',
          from: 'IST',
          to: 'GYD',
          departs: '2026-06-11T10:15' as LocalDateTime,
        },
      ],
    ],
    [
      2,
      [
        {
          kind: 'flight',
          carrier: 'Q0',
          number: '812',
          from: 'IST',
          to: 'GYD',
          departs: '2026-06-11T10:15' as LocalDateTime,
        },
        { kind: 'surface' },
      ],
    ],
  ] as const) {
    const content: Pnr = {
      locators: [{ company: 'Q0', locator: 'QX4TRZ' }],
      locator: 'QX4TRZ',
      cancelled: false,
      numberOfTravellers: 2,
      travellers: [pnrOf('VALEDOVA'), pnrOf('OREN', { reference: '2' })],
      itinerary,
      checkIns: [{ traveller: '1', baggage: { count: 2, tags: ['Q0123456'] } }],
      contacts: [PHONE, { kind: 'email', value: 'nobody@example.invalid' }],
      addresses: [],
      agency: { iataNumber: '99999992', city: 'BAK' },
      ssrs: [
        { code: 'DOCS', text: 'x', travellers: ['2'] },
        { code: 'OTHS', text: 'y', travellers: [] },
      ],
      remarks: [],
      splitWith: [],
      history: [],
      at: {},
      span: [100, 900],
    }
    await db
      .insertInto('pnr_version')
      .values({
        ...place,
        pnr_id: pnrId,
        version,
        transmission: '202606-p',
        sent_at: minutesOn(version),
        stored_at: minutesOn(version),
        digest: Buffer.from([version]),
        content: JSON.stringify(content),
      })
      .execute()
  }
  await db
    .insertInto('transmission')
    .values({
      month: '2026-06-01',
      id: '202606-p',
      carrier: 'Q0',
      channel: 'http',
      received_at: NOW,
      size: 900,
      digest: Buffer.of(1),
      content_digest: Buffer.of(1),
      state: 'accepted',
      decided_at: NOW,
      type: 'PNRGOV',
      findings: JSON.stringify(
        [50, 400, 950].map((byte) => ({
          severity: 'warning',
          code: 'tif.title',
          at: { byte, line: 1, segment: 3 },
          detail: '',
        })),
      ),
    })
    .execute()
})

const open = async () => {
  const shown = await showTraveller(leg.id, traveller, PEOPLE.unitA, deps)
  if (!shown.ok) throw new Error('not shown')
  return shown.value
}

test('compares the two sources, each cell with its bytes', async () => {
  const { compare } = await open()
  const row = (field: string) => compare.find((one) => one.field === field)
  expect(row('givenNames')).toEqual({
    field: 'givenNames',
    api: { value: 'MIRAY', source: { transmission: '202606-a', start: 31, end: 36 } },
    pnr: { value: 'MIRAYMRS' },
    verdict: 'spelling',
    rule: 'title',
  })
  expect(row('document.number')).toMatchObject({
    verdict: 'same',
    pnr: { source: { transmission: '202606-p', start: 200, end: 204 } },
  })
})

test('tells each document, contact and card once, with who gave it', async () => {
  const dossier = await open()
  expect(dossier.documents.map((one) => [one.number, one.sources])).toEqual([['P877', ['api', 'pnr']]])
  expect(dossier.contacts.map((one) => [one.value, one.sources])).toEqual([
    ['+99400000000', ['api', 'pnr']],
    ['nobody@example.invalid', ['pnr']],
  ])
  expect(dossier.frequentFlyers).toEqual([{ carrier: 'Q0', number: '555', level: 'GOLD' }])
  expect(dossier).toMatchObject({
    verified: true,
    residence: 'XXB',
    seat: '14C',
    baggage: { count: 2, tags: ['Q0123456'] },
  })
})

test('shows the booking with companions, payments and what each version changed', async () => {
  const { booking, itinerary } = await open()
  expect(booking).toMatchObject({
    locator: 'QX4TRZ',
    companions: [{ id: companion, name: 'OREN MIRAYMRS', kind: 'adult' }],
    agency: { iataNumber: '99999992', city: 'BAK' },
    tickets: [{ number: '9990000000001', total: '310.00 AZN' }],
    payments: [{ form: 'card', card: 'VI 400000******0002', source: { start: 300, end: 320 } }],
  })
  expect(booking?.ssrs.map((ssr) => ssr.code)).toEqual(['OTHS'])
  expect(booking?.versions.map((one) => [one.version, one.changes])).toEqual([
    [2, ['itinerary+:1']],
    [1, []],
  ])
  expect(itinerary.map((one) => [one.kind, one.isThisFlight, one.departsAt])).toEqual([
    ['flight', true, '2026-06-11T07:15:00.000Z'],
    ['surface', false, undefined],
  ])
})

test('lists the findings inside the traveller’s own bytes', async () => {
  expect((await open()).findings.map((finding) => finding.byte)).toEqual([400])
})

test('tells who looked before, newest first', async () => {
  await showTraveller(leg.id, traveller, PEOPLE.unitB, deps)
  const { seenBy } = await open()
  expect(seenBy[0]).toEqual({
    name: 'Officer unit-b',
    agency: 'unit',
    at: NOW,
    purpose: 'serious-crime',
    screen: 'dossier',
  })
})
