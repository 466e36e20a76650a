import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isPnrgov } from '#domain/message.ts'
import { instant } from '#lib/time.ts'
import { decode } from '../decode.ts'
import { redact } from '../redact.ts'
import { xmlText } from './text.ts'

/** Stands in for those who know what is sensitive. */
const judge = {
  ssr: (code: string) => (/^(KSML|WCHR)$/i.test(code) ? 'religion' : undefined),
  text: (text: string) => (/kosher|wheelchair|KSML|WCHR/i.test(text) ? 'health' : undefined),
  treatment: (code: string) => (code === 'OTHS' ? ('remark' as const) : ('screen' as const)),
}
const BASE = readFileSync(new URL('../../../fixtures/pnrgov-xml/single-passenger.xml', import.meta.url), 'utf8')
const planted = (text: string): string => BASE.replace('<POS>', `${text}\n      <POS>`)
const redacted = (text: string | Uint8Array) => {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  const result = redact(bytes, judge, { remarks: 'strict' })
  return { ...result, text: xmlText(result.bytes).text, length: bytes.length }
}

const GONE = /k\s*s\s*m\s*l|kosher|wheelchair|wchr|nuts/i

describe('what must go', () => {
  test.each([
    ['an SSR by its code, with all its data', '<SSR SSRCode="KSML" Status="HK"><Text>NO NUTS</Text></SSR>'],
    ['a code in small letters', '<SSR SSR_Code="ksml"/>'],
    ['a code with character references', '<SSR SSRCode="&#75;S&#x4d;L"><Text>NO NUTS</Text></SSR>'],
    ['the text of a service', '<SSR SSRCode="SPEQ"><Text>FOLDING WHEELCHAIR</Text></SSR>'],
    ['a text in an attribute', '<SSR SSRCode="SPEQ" Text="WHEELCHAIR"/>'],
    ['a word split by CDATA', '<OSI>CTCM 1 WHEEL<![CDATA[CHAIR]]></OSI>'],
    ['a remark', '<Remark>WHEELCHAIR TO THE GATE</Remark>'],
    ['an element that nobody knows', '<Wish Of="KOSHER">WHEELCHAIR</Wish>'],
    ['a comment', '<!-- KOSHER FOR 12A -->'],
    ['an instruction', '<?note WHEELCHAIR?>'],
    ['history', '<History><HistoryEntry Action="added">SSR KSML HK1</HistoryEntry></History>'],
    ['what is malformed', '<OSI WHEELCHAIR'],
    ['what is nested too deeply', `${'<a>'.repeat(70)}KOSHER${'</a>'.repeat(70)}`],
  ])('%s', (_, text) => {
    const result = redacted(planted(text))
    expect(result.text).not.toMatch(GONE)
    expect(result.bytes.length).toBe(result.length)
    expect(Object.values(result.counts).reduce((sum, one) => sum + one, 0)).toBeGreaterThan(0)
  })

  test('a general remark that reveals nothing, where the law is strict', () => {
    expect(redacted(planted('<Remark>LIKES WINDOWS</Remark>')).counts).toEqual({ remark: 1 })
    expect(redact(Buffer.from(planted('<Remark>LIKES WINDOWS</Remark>')), judge, { remarks: 'all' }).counts).toEqual({})
  })

  test('a card number but for six and four digits', () => {
    const result = redacted(planted('<OSI>FOP 4111111111111111</OSI>'))
    expect(result.text).toContain('411111XXXXXX1111')
    expect(result.counts).toEqual({ card: 1 })
  })

  test('the same in two bytes a character', () => {
    const wide = Buffer.from(`\ufeff${planted('<SSR SSRCode="KSML"><Text>NO NUTS</Text></SSR>')}`, 'utf16le')
    const result = redacted(wide)
    expect(result.text).not.toMatch(GONE)
    expect(result.bytes.length).toBe(wide.length)
  })
})

test('what remains is as well-formed as it was, and nobody is lost', () => {
  const result = redacted(planted('<SSR SSRCode="KSML" Status="HK"><Text>NO &amp; NUTS</Text></SSR>'))
  const { messages, findings } = decode(result.bytes, { receivedAt: instant(Date.parse('2026-06-12T07:00:00Z')) })
  const [message] = messages
  expect(findings).toEqual([])
  expect(message && isPnrgov(message) && message.pnrs[0]?.ssrs).toEqual([])
  expect(message && isPnrgov(message) && message.pnrs[0]?.travellers[0]?.surname).toBe('ALMAZ')
})

test('harmless documents are not touched, names least of all', () => {
  const named = BASE.replaceAll('ALMAZ', 'KOSHER').replace('SAMPLE.EXAMPLE', 'WHEELCHAIR.EXAMPLE')
  const result = redacted(named)
  expect(result.text).toBe(named)
  expect(result.counts).toEqual({})
})
