import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant } from '#lib/time.ts'
import { readInterchanges } from './interchange.ts'
import { readPnrgov } from './pnrgov/read.ts'
import { redact } from './redact.ts'
import type { SensitiveJudge } from './redaction.ts'
import { readTape } from './tape.ts'

const SILENT = { add: () => {} }
const CODES = 'HNML KSML MOML VJML AVML VGML DBML WCHR WCHC MEDA BLND DEAF STCR DPNA MAAS'.split(' ')

/** Knows a few codes and words; the real judge is tested where it lives. */
const JUDGE: SensitiveJudge = {
  ssr: (code) => (CODES.includes(code) ? 'health' : undefined),
  text: (text) =>
    /KOSHER|[A-Z]{2}ML|WCH[RC]|MEDA|BLND|DEAF|STCR|DPNA|MAAS|ИНВАЛИД/i.test(text) ? 'health' : undefined,
  treatment: (code) =>
    /^(DOC|CTCE|INFT|SEAT|TKN|FOID)/.test(code)
      ? 'keep'
      : code === 'UMNR'
        ? 'screen'
        : code === 'OTHS'
          ? 'remark'
          : 'drop',
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

function redacted(text: string, remarks: 'strict' | 'all' = 'strict') {
  const bytes = bytesOf(text)
  const result = redact(readTape(bytes, SILENT), JUDGE, { remarks })
  return { ...result, text: textOf(result.bytes), length: bytes.length }
}

const push = (...segments: string[]): string =>
  [
    "UNA:+.? 'UNB+IATA:1+0X+AZPRECLEAR+260611:0858+REF1'UNH+1+PNRGOV:13:1:IA+0X0100/110626/0900+01:F'MSG+:22'ORG+0X:GYD'",
    "TVL+110626:1000:110626:1300+GYD+TBS+0X+0100'EQN+1'SRC'RCI+0X:QWERT1::010626:1000'",
    ...segments,
    "UNT+9+1'UNZ+1+REF1'",
  ].join('')

function modelOf(bytes: Uint8Array): string {
  const tape = readTape(bytes, SILENT)
  const context = { receivedAt: '2026-06-11T09:00:00.000Z' as Instant }
  return JSON.stringify(readInterchanges(tape, SILENT).map((range) => readPnrgov(tape, range, SILENT, context)))
}

describe.each(CODES)('%s', (code) => {
  test.each([
    ['GR1', `SSR+${code}:HK:1:0X:::GYD:TBS:SECRET WISH+::1'ORG+0X:GYD'TIF+ALMAZ+NERGIZ:A:1'`],
    ['GR2', `TIF+ALMAZ+NERGIZ:A:1'SSR+${code}:HK:1:0X:::::SECRET WISH'`],
    [
      'GR5',
      `TIF+ALMAZ+NERGIZ:A:1'TVL+110626:1000:110626:1300+GYD+TBS+0X+0100:Y'RPI+1+HK'SSR+${code}:HK:1:0X:::GYD:TBS:SECRET+::1'`,
    ],
    [
      'GR11',
      `TIF+ALMAZ+NERGIZ:A:1'ABI+4+0042+GYD++0X'DAT+T:010626:1000'SAC+++A'SSR+${code}:HK:1:0X:::GYD:TBS:SECRET+::1'`,
    ],
    ['LTS', `TIF+ALMAZ+NERGIZ:A:1'LTS+0/O/9/SSR${code}0XHK1 SECRET'`],
    ['IFT', `IFT+4:28::0X+${code} SECRET'TIF+ALMAZ+NERGIZ:A:1'`],
    ['IFT of a contact', `IFT+4:28::0X+CTCM 994500000001 ${code} SECRET'TIF+ALMAZ+NERGIZ:A:1'`],
    [
      'a lost terminator',
      `TIF+ALMAZ+NERGIZ:A:1'TVL+110626:1000:110626:1300+GYD+TBS+0X+0100:Y'RPI+1+HKSSR+${code}:HK:1:0X:::GYD:TBS:SECRET+::1'`,
    ],
    [
      'TBD',
      `TIF+ALMAZ+NERGIZ:A:1'TVL+110626:1000:110626:1300+GYD+TBS+0X+0100:Y'DAT+2'TRI++1:::1'TBD++1+++0X:0771000001:1:TBS::::${code}'`,
    ],
    ['ADD', `ADD++700:NIZAMI KUC 1:BAKI:::AZ:1000:SECRET ${code}'TIF+ALMAZ+NERGIZ:A:1'`],
    ['an unknown segment', `ZZZ+${code}:SECRET'TIF+ALMAZ+NERGIZ:A:1'`],
  ])('goes from %s', (_place, segments) => {
    const { text, bytes, length, counts } = redacted(push(segments))
    expect(text).not.toContain(code)
    expect(text.length).toBe(length)
    expect(counts.health).toBe(1)
    const model = modelOf(bytes)
    expect(model).not.toContain(code)
    expect(model).toContain('ALMAZ')
    if (_place !== 'TBD') {
      if (_place !== 'an unknown segment') expect(text).not.toContain('SECRET')
      expect(model).not.toContain('SECRET')
    }
  })
})

const DOCS = 'SSR+DOCS:HK:1:0X:::::/P/AZE/C00000001/AZE/12DEC79/F/15MAY29/ALMAZ/NERGIZ'
const HIDDEN = [
  `${DOCS}SSR+KSML:HK:1:0X:::GYD:TBS'`,
  "SSR+CTCE:HK:1:0X:::::A//EXAMPLE.COMSSR+KSML:HK:1:0X:::GYD:TBS'",
  "TKT+7710000000017:T:1SSR+KSML:HK:1:0X:::GYD:TBS'",
  "FTI+0X:88001122IFT+4:28::0X+KSML PLS'",
  "EBD+USD:60.00+1::NLTS+SSRKSML0XHK1'",
  "REF+:88001'KSML:HK:1:0X'",
  "REF+:88001'SSRR+KSML:HK:1:0X'",
  "REF+:88001'SSRKSML0XHK1'",
  "SSR:KSML:HK:1:0X'",
  "SSR++KSML:HK:1:0X'",
  "SSR+:KSML:HK:1:0X'",
  "TVL+110626:1000:110626:1300+GYD+TBS+0X+0100:Y'DAT+3:KSML ORDERED 11JUN260900Z'",
  "TKT+7710000000017:T:1'FOP+MS:::::::::::ALMAZ NERGIZ::PAID WITH KSML'",
]
test.each(HIDDEN)('what hides in another segment goes: %s', (segment) => {
  const { text } = redacted(push(`TIF+ALMAZ+NERGIZ:A:1'${segment}TIF+ROE+BEN:A:2'`))
  expect(text.replaceAll(':', '')).not.toContain('KSML')
  expect(text).toContain('ALMAZ+NERGIZ')
  expect(text).toContain('ROE+BEN')
})

test('a remark goes, the traveller behind its lost terminator does not', () => {
  const { text } = redacted(push("IFT+4:28::0X+SEATS TOGETHERTIF+ALMAZ+NERGIZ:A:1'"))
  expect(text).toContain('TIF+ALMAZ+NERGIZ:A:1')
  expect(text).not.toContain('TOGETHER')
})

test('a lost terminator behind a document costs the document nothing', () => {
  const { text } = redacted(push(`TIF+ALMAZ+NERGIZ:A:1'${DOCS}SSR+SEAT:HK:1:0X:::GYD:TBS+12A::1'`))
  expect(text).toContain(`${DOCS}SSR+SEAT:HK:1:0X:::GYD:TBS+12A::1'`)
})

test('names, documents, addresses, contacts and tickets stay', () => {
  const kept =
    "SSR+DOCS:HK:1:0X:::::/P/AZE/C00000001/AZE/12DEC79/F/15MAY29/KOSHER/MEDA'SSR+CTCE:HK:1:0X:::::/KOSHER//EXAMPLE.COM'" +
    "IFT+4:28::0X+CTCM 994500000001'IFT+4:15:0+GYD 0X TBS 100.00NUC100.00END'ADD++700:KOSHER KUC 1:BAKI:::AZ:1000:994500000001'" +
    "TIF+KOSHER+MEDAMRS:A:1'TKT+7710000000017:T:1'SSR+UMNR:HK:1:0X:::::UM08'"
  expect(redacted(push(kept)).text).toBe(push(kept))
})

test('strict remarks: what is neither contact, payer, ticket, fare nor minor goes', () => {
  const remarks = push(
    "IFT+4:28::0X+SEATS TOGETHER PLS'SSR+OTHS:HK:1:0X:::::HONEYMOON'LTS+0/Z/SOME LINE'SSR+ZZZZ:HK:1:0X:::::UNKNOWN'",
  )
  const strict = redacted(remarks)
  expect(strict.counts).toEqual({ remark: 3, unlisted: 1 })
  expect(modelOf(strict.bytes)).not.toMatch(/TOGETHER|HONEYMOON|SOME LINE|UNKNOWN/)
  const all = redacted(remarks, 'all')
  expect(all.counts).toEqual({ unlisted: 1 })
  expect(modelOf(all.bytes)).toMatch(/TOGETHER/)
})

test.each([
  ['3782 822463 10005', '3782 82XXXX X0005'],
  ['4111.1111.1111.1111', '4111.11XX.XXXX.1111'],
  ['4111  1111 1111 1111', '4111  11XX XXXX 1111'],
  ['41111111\r\n11111111', '411111XX\r\nXXXX1111'],
  ['7710000000007', '7710000000007'],
  ['994 50 123 45 67 89 02', '994 50 123 45 67 89 02'],
])('of %s stays %s', (sent, kept) => {
  for (const segment of [`IFT+4:16+FP ${sent}'`, `LTS+FP ${sent}'`, `SSR+UMNR:HK:1:0X:::::${sent}'`])
    expect(redacted(push(segment)).text).toContain(segment.replace(sent, kept))
})

test('a card number goes from any place of a form of payment', () => {
  const torn = redacted(push("TIF+ALMAZ+N:A:1'TKT+7710000000017:T:1FOP+CC::10.00:VI:4111111111111111:0928'"))
  expect(torn.text).toContain(':411111XXXXXX1111:')
  expect(torn.counts).toEqual({ card: 1 })
  for (const form of ['CC::10.00:VI 4111111111111111', 'CC::4111111111111111', 'CC+4111111111111111'])
    expect(redacted(push(`TIF+ALMAZ+N:A:1'FOP+${form}'`)).text).toContain('411111XXXXXX1111')
})

test('card numbers keep six and four digits, wherever they stand', () => {
  const { text, counts } = redacted(
    push(
      "IFT+4:16+PAID BY 4111 1111 1111 1111'TIF+ALMAZ+N:A:1'TKT+7710000000017:T:1'FOP+CC:3:10.00:VI:4111111111111111:0928'LTS+FP CC5500000000000004/0928'",
    ),
  )
  expect(text).toContain('4111 11XX XXXX 1111')
  expect(text).toContain(':411111XXXXXX1111:')
  expect(text).toContain('550000XXXXXX0004')
  expect(text).toContain('7710000000017')
  expect(counts.card).toBe(3)
})

test('what is no EDIFACT is searched word by word', () => {
  const { text, counts } = redacted('{"ssr":"KSML","note":"инвалид, kosher meal","name":"ALMAZ"} 4111111111111111')
  expect(text).toMatch(/"ssr":"XXXX","note":"X+, XXXXXX meal","name":"ALMAZ"} 411111XXXXXX1111/)
  expect(counts).toEqual({ health: 3, card: 1 })
})

test('the bytes of the sender are left alone, in a Buffer too', () => {
  const sent = push("SSR+KSML:HK:1:0X'TIF+ALMAZ+N:A:1'")
  const bytes = Buffer.from(sent)
  expect(redact(readTape(bytes, SILENT), JUDGE, { remarks: 'strict' }).counts).toEqual({ health: 1 })
  expect(bytes.toString()).toBe(sent)
})

test('a UNB that swallowed what follows it is searched as plain text', () => {
  const segments = Array.from({ length: 12 }, () => 'TVL+260612:0740+GYD+TBS+0X+0214')
  const { text } = redacted(['UNB+UNOA:4+0X+AZ+260612:0740+R1', ...segments, 'IFT*4:28*WCHR TO THE GATE'].join('\n'))
  expect(text).toContain('IFT*4:28*XXXX TO THE GATE')
})

test('lines around an interchange are searched too', () => {
  const { text } = redacted(`LOG KSML\r\n${push("TIF+ALMAZ+N:A:1'")}\r\nMEDA`)
  expect(text).toMatch(/^LOG XXXX\r\n/)
  expect(text).toMatch(/\r\nXXXX$/)
})

test('never throws, keeps the length and every separator, and twice is once', () => {
  const piece = fc.constantFrom(
    "SSR+KSML:HK'",
    "IFT+4:28+KOSHER?'S+A:B'",
    'RPI+1+HKIFT+4:28+X',
    '\r\n',
    'é',
    "UNZ+1'",
    push("LTS+A'"),
    '+',
    ':',
    '?',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }), (pieces) => {
      const once = redacted(pieces.join(''))
      expect(once.bytes.length).toBe(once.length)
      const before = readTape(bytesOf(pieces.join('')), SILENT)
      const after = readTape(once.bytes, SILENT)
      expect(after.segments).toBe(before.segments)
      const again = redact(after, JUDGE, { remarks: 'strict' })
      expect(textOf(again.bytes)).toBe(once.text)
    }),
    { numRuns: 150 },
  )
})
