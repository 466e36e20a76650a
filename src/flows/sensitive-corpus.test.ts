import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { redact } from '#codecs/redact.ts'
import { sensitiveJudge } from '#protection/sensitive.ts'

/** Lines of `fixtures/sensitive`, parted at `|`; what begins with # explains. */
const linesOf = (file: string): string[][] =>
  readFileSync(new URL(`../../fixtures/sensitive/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('|'))

const push = (...segments: string[]): string =>
  [
    "UNB+IATA:1+0X+AZPRECLEAR+260611:0858+REF1'UNH+1+PNRGOV:13:1:IA+0X0100/110626/0900+01:F'MSG+:22'ORG+0X:GYD'",
    "TVL+110626:1000:110626:1300+GYD+TBS+0X+0100'EQN+1'SRC'RCI+0X:QWERT1::010626:1000'",
    ...segments,
    "UNT+9+1'UNZ+1+REF1'",
  ].join('')

const released = (text: string): string => text.replace(/[?+:']/g, '?$&')
const TRAVELLER = "TIF+ALMAZ+NERGIZ:A:1'"
const FLIGHT = "TVL+110626:1000:110626:1300+GYD+TBS+0X+0100:Y'RPI+1+HK'"

/** Every place of a message that carries free text, with a text in it. */
const CARRIERS: Readonly<Record<string, (text: string) => string>> = {
  'SSR text': (text) => push(TRAVELLER, `SSR+OTHS:HK:1:0X:::::${text}'`),
  'SSR that is screened': (text) => push(TRAVELLER, `SSR+UMNR:HK:1:0X:::::${text}'`),
  'wish for a seat': (text) => push(TRAVELLER, FLIGHT, `SSR+RQST:HK:1:0X:::GYD:TBS:${text}+::1'`),
  'SSR of a child': (text) => push(TRAVELLER, `SSR+CHLD:HK:1:0X:::::${text}'`),
  'check-in in words': (text) => push(TRAVELLER, FLIGHT, `DAT+3:${text}'`),
  'text of a payment': (text) => push(TRAVELLER, `FOP+MS:::::::::::N ALMAZ::${text}'`),
  'behind a lost terminator': (text) => push(`TIF+ALMAZ+NERGIZ:A:1IFT+4:28::0X+${text}'`),
  'SSR of a flight': (text) => push(TRAVELLER, FLIGHT, `SSR+OTHS:HK:1:0X:::GYD:TBS:${text}+::1'`),
  'SSR in the history': (text) =>
    push(TRAVELLER, `ABI+4+0042+GYD++0X'DAT+T:010626:1000'SAC+++A'SSR+OTHS:HK:1:0X:::GYD:TBS:${text}'`),
  OSI: (text) => push(`IFT+4:28::0X+${text}'`, TRAVELLER),
  remark: (text) => push(`IFT+4:7+${text}'`, TRAVELLER),
  'fare text': (text) => push(TRAVELLER, `IFT+4:15:0+${text}'`),
  'OSI in two elements': (text) => push(`IFT+4:28::0X+PLS NOTE+${text}'`, TRAVELLER),
  history: (text) => push(TRAVELLER, `LTS+0/Z/9/${text}'`),
  'line of history': (text) => push(TRAVELLER, `LTS+${text}'`),
  FTX: (text) => push(TRAVELLER, `FTX+AAI+++${text}'`),
  ADD: (text) => push(`ADD++700:NIZAMI KUC 1:BAKI:::AZ:1000:${text}'`, TRAVELLER),
  TBD: (text) => push(TRAVELLER, FLIGHT, `TBD++1+++0X:0771000001:1:TBS::::${text}'`),
  FAR: (text) => push(TRAVELLER, `FAR+A+++${text}'`),
  'group name': (text) => push(`TIF+${text}:G'`, TRAVELLER),
  'unknown segment': (text) => push(TRAVELLER, `ZZZ+${text}'`),
}

const clean = (bytes: Uint8Array) => redact(bytes, sensitiveJudge, { remarks: 'all' })
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

interface MustGo {
  readonly category: string
  readonly language: string
  readonly text: string
  /** What may stand nowhere any more. */
  readonly pieces: readonly string[]
}

const MUST_GO: readonly MustGo[] = linesOf('must-go.list').map(([category = '', language = '', line = '']) => ({
  category,
  language,
  text: line.replaceAll(/[[\]]/g, ''),
  pieces: [...line.matchAll(/\[([^\]]+)\]/g)].map(([, piece = '']) => piece),
}))
const MUST_STAY = linesOf('must-stay.list').map(([kind = '', text = '']) => ({ kind, text }))

test('both lists are long enough to mean something', () => {
  expect(MUST_GO.length).toBeGreaterThan(300)
  expect(MUST_STAY.length).toBeGreaterThan(250)
  const kinds = new Set(MUST_GO.map(({ category, language }) => `${category} ${language}`))
  for (const category of ['religion', 'health', 'politics', 'union', 'ethnicity', 'sexual-life'])
    for (const language of ['en', 'az', 'ru', 'ru-latin', 'tr', 'de', 'fr', 'fa', 'ar'])
      expect(kinds).toContain(`${category} ${language}`)
})

describe.each(Object.entries(CARRIERS))('%s', (_, carry) => {
  test('nothing of what must go is left, and each is counted once', () => {
    const left = MUST_GO.flatMap(({ category, text, pieces }) => {
      const sent = utf8(carry(released(text)))
      const { bytes, counts } = clean(sent)
      const after = latin1(bytes)
      const still = pieces.filter((piece) => after.includes(latin1(utf8(released(piece)))))
      const counted = counts[category] === 1 && Object.keys(counts).length === 1
      return still.length === 0 && counted && bytes.length === sent.length
        ? []
        : [`${text}: ${still.join()} ${JSON.stringify(counts)}`]
    })
    expect(left).toEqual([])
  })

  test('what must stay is not touched', () => {
    const lost = MUST_STAY.flatMap(({ text }) => {
      const sent = utf8(carry(released(text)))
      return Buffer.compare(clean(sent).bytes, sent) === 0 ? [] : [text]
    })
    expect(lost).toEqual([])
  })
})

test('what is no EDIFACT is searched too', () => {
  const left = MUST_GO.flatMap(({ text, pieces }) => {
    const after = latin1(clean(utf8(`LOG 2026 ${text}\nNEXT LINE`)).bytes)
    return pieces.some((piece) => after.includes(latin1(utf8(piece)))) ? [text] : []
  })
  expect(left).toEqual([])
  const lost = MUST_STAY.flatMap(({ text }) => {
    const sent = utf8(`LOG 2026 ${text}\nNEXT LINE`)
    return Buffer.compare(clean(sent).bytes, sent) === 0 ? [] : [text]
  })
  expect(lost).toEqual([])
})

/** Characters of a set of eight bits as bytes; nothing where one is not in it. */
function encoded(text: string, charset: string): Uint8Array | undefined {
  const decoder = new TextDecoder(charset)
  const byChar = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
  const bytes = [...text].map((char) => byChar.get(char))
  return bytes.every((byte) => byte !== undefined) ? Uint8Array.from(bytes) : undefined
}

test.each([
  'windows-1251',
  'iso-8859-5',
  'koi8-r',
  'ibm866',
  'windows-1254',
  'windows-1252',
  'windows-1256',
  'iso-8859-6',
])('in %s nothing is left either', (charset) => {
  const carry = CARRIERS.OSI
  let seen = 0
  const left = MUST_GO.flatMap(({ text }) => {
    if (/^[ -~]*$/.test(text) || !carry) return []
    const sent = encoded(carry(released(text)), charset)
    if (!sent) return []
    seen++
    return Object.keys(clean(sent).counts).length > 0 ? [] : [text]
  })
  expect(seen).toBeGreaterThan(5)
  expect(left).toEqual([])
})

test('names of persons are nobody’s business', () => {
  const names = MUST_STAY.filter(({ kind }) => kind === 'surname').map(({ text }) => released(text))
  const segments = names.flatMap((name) => [
    `TIF+${name}+NERGIZ:A:1'`,
    `SSR+DOCS:HK:1:0X:::::/P/AZE/C00000001/AZE/12DEC79/F/15MAY29/${name}'`,
  ])
  const sent = utf8(push(...segments))
  expect(redact(sent, sensitiveJudge, { remarks: 'strict' }).counts).toEqual({})
})

test('a line break inside a word, and a release character, change nothing', () => {
  for (const text of ['HAL\r\nAL FOOD', 'K?SML', 'WHEEL\r\nCHAIR', 'KS\nML', 'MUSLIM\r\n MEAL']) {
    const { bytes, counts } = clean(utf8(push(`IFT+4:28::0X+${text}'`, TRAVELLER)))
    expect(Object.keys(counts)).toHaveLength(1)
    expect(latin1(bytes).replaceAll(/[\r\n?]/g, '')).not.toMatch(/HALAL|KSML|CHAIR|MUSLIM/)
  }
})
