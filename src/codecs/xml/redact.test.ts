import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isPnrgov } from '#domain/message.ts'
import { instant } from '#lib/time.ts'
import { decode } from '../decode.ts'
import { redact } from '../redact.ts'
import { sentText } from '../sent-text.ts'

/** Stands in for those who know what is sensitive. */
const judge = {
  ssr: (code: string) => (/^(KSML|WCHR)$/i.test(code) ? 'religion' : undefined),
  text: (text: string) => (/kosher|wheelchair|KSML|WCHR/i.test(text) ? 'health' : undefined),
  treatment: (code: string) => (code === 'OTHS' ? ('remark' as const) : ('screen' as const)),
}
const FOLDER = new URL('../../../fixtures/pnrgov-xml/', import.meta.url)
const BASE = readFileSync(new URL('single-passenger.xml', FOLDER), 'utf8')
const planted = (text: string): string => BASE.replace('<POS>', `${text}\n      <POS>`)
const redacted = (text: string | Uint8Array) => {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  const result = redact(bytes, judge, { remarks: 'strict' })
  return { ...result, text: sentText(result.bytes).text, length: bytes.length }
}

const numbered = (count: number): string => Array.from({ length: count }, (_, index) => `a${index}="1"`).join(' ')
/** As somebody who opens the sealed bytes would read them. */
const resolved = (text: string): string =>
  text
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/&#x([\da-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll(/<!--.*?-->|<b x="1"\/>|\p{Cf}|\0/gu, '')

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
    ['what stands behind the longest value that is read', `<OSI>CTCM ${'A '.repeat(40_000)}&#75;SML</OSI>`],
    ['a long attribute', `<SSR SSRCode="SPEQ" Text="${'A '.repeat(40_000)}KSML"/>`],
    ['an attribute behind too many', `<Z ${numbered(120)} w="&#75;SML"/>`],
    ['an attribute that comes twice', '<Z w="A" W="&#75;SML"/>'],
    ['the name of a namespace', '<Z xmlns:q="&#75;SML"/>'],
    ['a comment with references', '<!-- &#75;SML -->'],
    ['an instruction with references', '<?x &#x4b;SML?>'],
    ['a word that a comment parts', '<OSI>CTCM K<!-- -->SML</OSI>'],
    ['a word that signs nobody sees part', '<OSI>CTCM K&#8203;SML</OSI>'],
    ['a word with a child in it', '<OSI>CTCM K<b x="1"/>SML</OSI>'],
    ['a remark in an attribute', '<Remark Text="NUTS"/>'],
    ['a remark in a child', '<OSI><Airline Code="0X"/><Text>NUTS</Text></OSI>'],
    ['the text of a service that nobody knows', '<SSR SSRCode="KSML"><Detail><Note>NUTS</Note></Detail></SSR>'],
    ['a value without a name', '<OSI "&#75;SML"></OSI>'],
  ])('%s', (_, text) => {
    const result = redacted(planted(text))
    expect(resolved(result.text)).not.toMatch(GONE)
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

  test.each([
    ['cut off in a text', `${BASE.slice(0, BASE.indexOf('<POS>'))}<OSI>CTCM &#75;SML`],
    ['cut off in an attribute', `${BASE.slice(0, BASE.indexOf('<POS>'))}<OSI Text="&#75;SML`],
    ['behind the root', `${BASE}<SSR SSRCode="&#75;SML"/>`],
    ['text behind the root', `${BASE}&#75;SML`],
    ['text before the prolog', `LOG 12:00 ${planted('<SSR SSRCode="&#75;SML"/>')}`],
    ['an entity of its own', BASE.replace('<IATA', '<!DOCTYPE a [<!ENTITY k "&#75;SML">]><IATA')],
    ['two bytes a character, no mark, a blank first', Buffer.from(`\n${planted('<OSI>KSML</OSI>')}`, 'utf16le')],
    ['four bytes a character', Buffer.from([...planted('<OSI>KSML</OSI>')].map((one) => `${one}\0\0\0`).join(''))],
  ])('in a document with %s', (_, sent) => {
    const result = redacted(sent)
    expect(resolved(result.text)).not.toMatch(GONE)
    expect(result.bytes.length).toBe(result.length)
    expect(Object.keys(result.counts)).not.toEqual([])
  })

  test('the number of a card, whatever its check digit and however it is written', () => {
    const account = (number: string): string =>
      redacted(planted(`<PaymentInfo PaymentType="CC" AccountNbr="${number}"/>`)).text
    expect(account('4111111111111112')).toContain('"411111XXXXXX1112"')
    expect(account('&#52;111111111111111')).toContain('"XXXXXXXXXXXXXXXXXXXX"')
    expect(redacted(planted('<OSI>FOP &#52;111111111111111</OSI>')).text).not.toContain('111111111111111')
  })

  test('the same in two bytes a character', () => {
    const wide = Buffer.from(`\ufeff${planted('<SSR SSRCode="KSML"><Text>NO NUTS</Text></SSR>')}`, 'utf16le')
    const result = redacted(wide)
    expect(result.text).not.toMatch(GONE)
    expect(result.bytes.length).toBe(wide.length)
  })
})

test.each(readdirSync(FOLDER).filter((file) => file.endsWith('.xml') && !file.startsWith('utf16')))(
  'whatever stands anywhere in %s',
  (file) => {
    const sent = readFileSync(new URL(file, FOLDER), 'latin1')
    const pieces = sent.split(/(?=<)/)
    for (let at = 1; at <= pieces.length; at++) {
      for (const planted of ['<OSI>CTCM &#75;SML</OSI>', '<!-- KSML -->', '<SSR SSRCode="K&#83;ML"/>']) {
        const text = [...pieces.slice(0, at), planted, ...pieces.slice(at)].join('')
        const { bytes } = redact(Buffer.from(text, 'latin1'), judge, { remarks: 'strict' })
        expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/KSML|&#75;SML|K&#83;ML/)
      }
    }
  },
)

test('what remains is as well-formed as it was, and nobody is lost', () => {
  const result = redacted(planted('<SSR SSRCode="KSML" Status="HK"><Text>NO &amp; NUTS</Text></SSR>'))
  const { messages, findings } = decode(result.bytes, { receivedAt: instant(Date.parse('2026-06-12T07:00:00Z')) })
  const [message] = messages
  expect(findings).toEqual([])
  expect(message && isPnrgov(message) && message.pnrs[0]?.ssrs).toEqual([])
  expect(message && isPnrgov(message) && message.pnrs[0]?.travellers[0]?.surname).toBe('ALMAZ')
})

test('stray words between the passengers of a PNR cost nobody his place', () => {
  const stray = BASE.replace('<POS>', 'KSML <POS>').replace('</PNR>', ', KSML</PNR>')
  const { text } = redacted(stray)
  expect(text).not.toContain('KSML')
  expect(text).toContain('<Surname>ALMAZ</Surname>')
})

test('numbers of tickets and programmes are no cards', () => {
  const ticketed = BASE.replace('7710000000017', '4222222222222').replace('700012345', '4111111111111111')
  expect(redacted(ticketed).text).toBe(ticketed)
})

test('of a set of one byte a character, what is declared is read and goes', () => {
  // Алма, кошер
  const text = planted('<OSI><Text>CTC \xea\xee\xf8\xe5\xf0</Text></OSI>').replaceAll('ALMAZ', '\xc0\xeb\xec\xe0')
  const whole = Buffer.from(text.replace('UTF-8', 'windows-1251'), 'latin1')
  const russian = { ...judge, text: (one: string) => (one.includes('кошер') ? 'religion' : undefined) }
  expect(redact(whole, russian, { remarks: 'strict' }).counts).toEqual({ religion: 1 })
  const { messages, findings } = decode(whole, { receivedAt: instant(Date.parse('2026-06-11T12:00:00Z')) })
  const [message] = messages
  expect(message && isPnrgov(message) && message.pnrs[0]?.travellers[0]?.surname).toBe('Алма')
  expect(findings.map(({ code }) => code)).not.toContain('xml.encoding')
})

test('a large document in one line is gone through once', { timeout: 10_000 }, () => {
  const line = BASE.replaceAll(/\n\s*/g, '').replace(
    '<POS>',
    `${'<SSR SSRCode="OTHS"><Text>CTC</Text></SSR>'.repeat(60_000)}<POS>`,
  )
  expect(redacted(line).text).toHaveLength(line.length)
})

test('harmless documents are not touched, names least of all', () => {
  const named = BASE.replaceAll('ALMAZ', 'KOSHER').replace('SAMPLE.EXAMPLE', 'WHEELCHAIR.EXAMPLE')
  const result = redacted(named)
  expect(result.text).toBe(named)
  expect(result.counts).toEqual({})
})
