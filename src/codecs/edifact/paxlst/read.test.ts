import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { isPaxlst, type PaxlstMessage } from '#domain/message.ts'
import type { Instant } from '#lib/time.ts'
import { decode } from '../../decode.ts'
import { PAXLST_FINDINGS } from './catalogue.ts'

const FOLDER = new URL('../../../../fixtures/paxlst/', import.meta.url)
const context = { receivedAt: '2026-06-12T07:00:00.000Z' as Instant }
const CASES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.edi'))
  .map((file) => file.slice(0, -4))
const sent = (name: string): Buffer => readFileSync(new URL(`${name}.edi`, FOLDER))

function paxlst(name: string): PaxlstMessage {
  const message = decode(sent(name), context).messages.find(isPaxlst)
  if (!message) throw new Error(`${name} is not read`)
  return message
}

describe.each(CASES)('%s', (name) => {
  test('is read as its golden file says', () => {
    const golden = new URL(`${name}.json`, FOLDER)
    const text = `${JSON.stringify(decode(sent(name), context), undefined, 2)}\n`
    if (process.env.PRECLEAR_GOLDEN === 'write') writeFileSync(golden, text)
    expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(golden, 'utf8')))
  })
})

test('every finding has a fixture', () => {
  const here = { ...context, state: 'AZ' }
  const seen = new Set(CASES.flatMap((name) => decode(sent(name), here).findings.map(({ code }) => code)))
  expect(Object.keys(PAXLST_FINDINGS).filter((code) => !seen.has(code))).toEqual([])
})

test.each(['manifest', 'crew', 'interactive', 'close-on-board', 'legs-under-several-tdt', 'change', 'split-list'])(
  '%s has nothing to be found',
  (name) => {
    expect(decode(sent(name), context).findings).toEqual([])
  },
)

test('whoever is glued to another segment is found, though UNT counts what is there', () => {
  const lost = sent('dirty-terminators-lost').toString()
  const segments = lost.match(/UNH\+.*UNT/s)?.[0].match(/'/g)?.length ?? 0
  const counted = lost.replace(/UNT\+\d+/, `UNT+${segments + 1}`)
  const names = (text: string): unknown =>
    decode(Buffer.from(text), context)
      .messages.filter(isPaxlst)[0]
      ?.travellers.map(({ surname }) => surname)
  expect(names(counted)).toEqual(names(lost))
})

test('legs are the same whether they stand under one TDT or several', () => {
  const bare = (name: string): unknown => paxlst(name).legs.map(({ at: _, ...leg }) => leg)
  expect(bare('legs-under-one-tdt')).toEqual(bare('legs-under-several-tdt'))
  expect(paxlst('legs-under-one-tdt').legs.map(({ place }) => place)).toEqual(['before', 'border', 'after'])
})

test('where no leg is marked, the one into or out of the State crosses the border', () => {
  const { messages } = decode(sent('flight-problems'), { ...context, state: 'AZ' })
  expect(messages.filter(isPaxlst)[1]?.legs.map(({ from, place }) => [from, place])).toEqual([
    ['VIE', 'before'],
    ['IST', 'border'],
  ])
})

test('spans of a field are the bytes that it was read from', () => {
  const bytes = sent('manifest')
  const [traveller] = paxlst('manifest').travellers
  const at = (span: readonly [number, number] | undefined): string => bytes.subarray(...(span ?? [0, 0])).toString()
  expect(Object.fromEntries(Object.entries(traveller?.at ?? {}).map(([field, span]) => [field, at(span)]))).toEqual({
    surname: 'ROWANTREE-FELD',
    givenNames: 'ILSE:MARGIT',
    sex: 'F',
    birthDate: '880317',
    baggage: 'MEA+CT++:2',
    embark: 'VIE',
    disembark: 'GYD',
    nationality: 'DEU',
    locator: 'HJ4KLM',
    passengerReference: '0L214VIE0001',
    seat: '14C',
  })
  expect(at(traveller?.documents[0]?.at)).toBe('C77X00Q41')
  expect(at(paxlst('manifest').travellers[1]?.contacts[0]?.at)).toBe('994 12 5550144')
})

/** A list of one person, with these segments of his. */
function oneWith(...segments: string[]): PaxlstMessage['travellers'][number] {
  const head = ["UNB+UNOA:4+A+B+260612:0740+1'UNH+1+PAXLST:D:12B:UN:IATA'BGM+745'TDT+20+0L214+++0L'LOC+125+VIE'"]
  const text = [...head, "DTM+189:2606120905:201'LOC+87+GYD'NAD+FL+++A:B'", ...segments.map((one) => `${one}'`)].join(
    '',
  )
  const message = decode(new TextEncoder().encode(`${text}UNT+9+1'UNZ+1+1'`), context).messages.find(isPaxlst)
  if (!message?.travellers[0]) throw new Error('nobody')
  return message.travellers[0]
}

test.each([
  ['DTM+329:260611', '2026-06-11'],
  ['DTM+329:260612', '2026-06-12'],
  ['DTM+329:260613', '1926-06-13'],
  ['DTM+329:270101', '1927-01-01'],
  ['DTM+329:000229', '2000-02-29'],
  ['DTM+329:010229', undefined],
  ['DTM+329:710000', '1971'],
  ['DTM+329:710500', '1971-05'],
  ['DTM+329:19710513:102', '1971-05-13'],
  ['DTM+329:1971-05-13', '1971-05-13'],
  ['DTM+329:', undefined],
  ['DTM+329:7X0513', undefined],
])('date of birth %s', (segment, expected) => {
  expect(oneWith(segment).birthDate).toBe(expected)
})

test.each([
  [['MEA+CT++:2', 'MEA+WT++KGM:31'], { count: 2, weightKg: 31, tags: [] }],
  [['MEA+CT++2'], { count: 2, tags: [] }],
  [['MEA+WT++LBR:44'], { weightKg: 20, tags: [] }],
  [['MEA+WT++KG:12,5'], { weightKg: 12.5, tags: [] }],
  [['FTX+BAG+++0L012399:3'], { tags: ['0L012399', '0L012400', '0L012401'] }],
  [['FTX+BAG+++0220123456:2', 'FTX+BAG+++X'], { tags: ['0220123456', '0220123457', 'X'] }],
  [['FTX+BAG+++A99:3'], { tags: ['A99'] }],
])('baggage %j', (segments, expected) => {
  expect(oneWith(...segments).baggage).toEqual(expected)
})

test.each([
  ['014C', '14C'],
  ['14-C', '14C'],
  ['14c', '14C'],
  ['INF', 'INF'],
  ['JMP', 'JMP'],
])('seat %s', (value, expected) => {
  expect(oneWith(`RFF+SEA:${value}`).seat).toBe(expected)
})

test.each([
  ['D', 'DEU'],
  ['AZ', 'AZE'],
  ['aze', 'AZE'],
  ['XXB', 'XXB'],
  ['ROM', 'ROU'],
  ['QQQ', undefined],
])('nationality %s', (value, expected) => {
  expect(oneWith(`NAT+2+${value}`).nationality).toBe(expected)
})

test('references behind a document stay the person’s, dates and issuer go to the document', () => {
  const person = oneWith(
    'DOC+P:110:111+AB123456',
    'RFF+ABO:R1',
    'DTM+36:300101',
    'LOC+91+AZ',
    'NAT+2+AZE',
    'LOC+179+UBBB',
  )
  expect(person).toMatchObject({ passengerReference: 'R1', nationality: 'AZE', disembark: 'GYD' })
  expect(person.documents).toMatchObject([{ number: 'AB123456', expires: '2030-01-01', issuer: 'AZE' }])
})

describe('whatever happens to a message', () => {
  const clean = sent('manifest').toString('latin1').replaceAll('\n', '')
  const segments = clean.slice(9).split("'").slice(0, -1)

  it('every beginning of it can be read', () => {
    for (let length = 0; length <= clean.length; length += 3) decode(Buffer.from(clean.slice(0, length)), context)
  })

  it('no bytes make the reader fail', () => {
    const byte = fc.constantFrom(...Buffer.from("+:?' \nA1\u00ff", 'latin1'))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(clean.length - 1), byte), { minLength: 1, maxLength: 20 }), (changes) => {
        const bytes = Buffer.from(clean, 'latin1')
        for (const [at, value] of changes) bytes[at] = value
        decode(bytes, context)
      }),
    )
  })

  it('takes time in proportion to the number of persons', { timeout: 20_000 }, () => {
    const persons = Array.from({ length: 60_000 }, (_, n) => `NAD+FL+++A:B'RFF+ABO:${n}ABCDEFGH'`)
    const bytes = Buffer.from(`UNB+UNOA:4+A+B+260612:0740+1'UNH+1+PAXLST:D:12B:UN:IATA'TDT+20+0L1'${persons.join('')}`)
    const started = performance.now()
    expect(decode(bytes, context).messages.filter(isPaxlst)[0]?.travellers).toHaveLength(60_000)
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('a lost or doubled segment never costs another traveller', () => {
    const persons = segments.map((one, at) => (one.startsWith('NAD+FL') ? at : -1)).filter((at) => at >= 0)
    const surnames = ['ROWANTREE-FELD', 'QARAGOZOVA', 'LUMENVALE']
    for (const change of ['lost', 'doubled'] as const) {
      for (let at = 2; at < segments.length; at++) {
        const changed = segments.flatMap((one, index) => (index !== at ? [one] : change === 'lost' ? [] : [one, one]))
        const { messages } = decode(Buffer.from(changed.map((one) => `${one}'`).join('')), context)
        const found = messages.filter(isPaxlst).flatMap((one) => one.travellers.map(({ surname }) => surname))
        const own = change === 'lost' ? persons.indexOf(at) : -1
        const expected = at === 2 && change === 'lost' ? [] : surnames.filter((_, index) => index !== own)
        expect(found, `${change} ${segments[at]}`).toEqual(expect.arrayContaining(expected))
      }
    }
  })
})
