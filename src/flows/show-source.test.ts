import { beforeAll, expect, test } from 'vitest'
import { ensureMonths } from '#store/legs.ts'
import { testDatabase } from '#store/testing/database.ts'
import { keysOf, seal } from './seal.ts'
import { segmentsWithin } from './segments.ts'
import { showSource } from './show-source.ts'
import {
  apiOf,
  flightIn,
  hitIn,
  logEnd,
  logSince,
  NOW,
  PEOPLE,
  type Place,
  siteIn,
  travellerIn,
} from './testing/scene.ts'

const { db } = await testDatabase()
const { unitA, border } = PEOPLE
const deps = { db, clock: () => NOW, keys: keysOf(new Uint8Array(32).fill(7)) }

const SENT = [
  "UNB+UNOA:4+Q0+UNIT+260611:0500+1'",
  "NAD+FL+++OREN:LIV'",
  "ATT+2++F'",
  "NAD+FL+++VALEDOVA:MIRAY'",
  "ATT+2++F'",
  "DTM+329:880229'",
  "DOC+P:110:111+P877'",
  "NAD+FL+++TIKHO:SOL'",
].join('\r\n')
const bytes = Buffer.from(SENT)
const at = (text: string): [number, number] => [SENT.indexOf(text), SENT.indexOf(text) + text.length]
const from = '202606-0190c0de'

let leg: Place
let traveller: string

beforeAll(async () => {
  await siteIn(db)
  leg = await flightIn(db)
  const api = apiOf('VALEDOVA', { at: { surname: at('VALEDOVA'), birthDate: at('880229') }, documents: [] })
  const document = { kind: 'passport', type: 'P', number: 'P877', numberAsSent: 'P877', at: at('P877') } as const
  traveller = await travellerIn(db, leg, { surname: 'VALEDOVA', api: { ...api, documents: [document] }, apiFrom: from })
  await travellerIn(db, leg, { surname: 'OREN', api: apiOf('OREN', { at: { surname: at('OREN') } }), apiFrom: from })
  await ensureMonths(db, ['2026-06-01'])
  for (const [id, kept] of [
    [from, bytes],
    ['202606-0190ffff', Buffer.from("UNB+OTHER'")],
  ] as const) {
    await db
      .insertInto('transmission')
      .values({
        month: '2026-06-01',
        id,
        carrier: 'Q0',
        channel: 'http',
        received_at: NOW,
        size: kept.length,
        digest: Buffer.from(id),
        content_digest: Buffer.from(id),
        sealed: await seal(db, deps.keys, id, '2026-06-11', kept),
        key_day: '2026-06-11',
        state: 'accepted',
        decided_at: NOW,
        type: 'PAXLST',
      })
      .execute()
  }
})

const ask = (text: string, who = unitA, transmission = from) => {
  const [start, end] = at(text)
  return showSource({ leg: leg.id, traveller, transmission, start, end }, who, deps)
}

test('shows the segment with the value marked, and those around it that are about the traveller', async () => {
  const before = await logEnd(db)
  const shown = await ask('880229')
  if (!shown.ok) throw new Error('not shown')
  expect(shown.value.segments.map((one) => one.text)).toEqual([
    "NAD+FL+++VALEDOVA:MIRAY'",
    "ATT+2++F'",
    "DTM+329:880229'",
    "DOC+P:110:111+P877'",
  ])
  const marked = shown.value.segments.find((one) => one.mark)
  expect(marked).toMatchObject({ number: 6, byte: SENT.indexOf('DTM') })
  expect(marked?.text.slice(...(marked.mark ?? [0, 0]))).toBe('880229')
  expect(shown.value).toMatchObject({ carrier: 'Q0', type: 'PAXLST', receivedAt: NOW })
  expect((await logSince(db, before)).map((row) => [row.screen, row.subjects])).toEqual([
    ['source', [leg.id, traveller, from]],
  ])
})

test('a neighbour in the same message, and another message, stay unseen', async () => {
  expect(await ask('OREN')).toMatchObject({ ok: false, problems: [{ code: 'not.found' }] })
  expect(await ask('TIKHO')).toMatchObject({ ok: false })
  expect(await ask('880229', unitA, '202606-0190ffff')).toMatchObject({ ok: false })
  expect(await ask('880229', unitA, '202606-0190aaaa')).toMatchObject({ ok: false })
})

test('an authority sees the bytes of values on its own hit only', async () => {
  expect(await ask('880229', border)).toMatchObject({ ok: false })
  await hitIn(db, leg, traveller, 'border')
  const shown = await ask('880229', border)
  expect(shown.ok && shown.value.segments.map((one) => one.text)).toEqual([
    "NAD+FL+++VALEDOVA:MIRAY'",
    "DTM+329:880229'",
    "DOC+P:110:111+P877'",
  ])
})

test.each([
  ["UNA:+.? 'UNB+UNOA:4+A?'B'NAD+X'", 'NAD', ["UNB+UNOA:4+A?'B'", "NAD+X'"]],
  ['UNA:+.\\ ~UNB+UNOA:4+A\\~B~NAD+X~', 'NAD', ['UNB+UNOA:4+A\\~B~', 'NAD+X~']],
  ["UNB+UNOA:4+A'NAD+X", 'NAD', ["UNB+UNOA:4+A'", 'NAD+X']],
  ["UNB+UNOA:4+A'\r\n\r\nNAD+X'", 'NAD', ["UNB+UNOA:4+A'", "NAD+X'"]],
] as const)('cuts %j at its own terminators', (text, tag, segments) => {
  const start = text.indexOf(tag)
  const shown = segmentsWithin(Buffer.from(text), [[0, text.length]], [start, start + 3], 9)
  expect(shown.map((one) => one.text)).toEqual(segments)
  expect(shown.map((one) => one.mark)).toEqual([undefined, [0, 3]])
})

test('a mark counts characters, not bytes', () => {
  const text = "UNB+UNOW:4+Q0'NAD+FL+++QƏRİBZAD:NƏZRİN'"
  const value = Buffer.from('NƏZRİN')
  const start = Buffer.from(text).indexOf(value)
  const [shown] = segmentsWithin(Buffer.from(text), [[0, 99]], [start, start + value.length], 0)
  expect(shown?.text.slice(...(shown.mark ?? [0, 0]))).toBe('NƏZRİN')
})
