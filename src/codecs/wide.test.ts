import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isPnrgov } from '#domain/message.ts'
import { instant } from '#lib/time.ts'
import { decode } from './decode.ts'
import { redact } from './redact.ts'

const context = { receivedAt: instant(Date.parse('2026-06-11T12:00:00.000Z')) }
const text = readFileSync(new URL('../../fixtures/pnrgov/names.edi', import.meta.url), 'utf8')
const judge = {
  ssr: (code: string) => (code === 'KSML' ? 'religion' : undefined),
  text: (one: string) => (/WHEELCHAIR/.test(one) ? 'health' : undefined),
}

test.each(['with a mark', 'without one'])(
  'EDIFACT in UTF-16 %s says what it says in UTF-8, places in its own bytes',
  (how) => {
    const bytes = Buffer.from((how === 'with a mark' ? '\ufeff' : '') + text, 'utf16le')
    const [narrow] = decode(Buffer.from(text), context).messages
    const { messages, findings } = decode(bytes, context)
    const [wide] = messages
    expect(findings[0]?.code).toBe('input.utf-16')
    if (!wide || !narrow || !isPnrgov(wide) || !isPnrgov(narrow)) throw new Error('not read')
    expect(wide.pnrs.flatMap((pnr) => pnr.travellers.map(({ surname }) => surname))).toEqual(
      narrow.pnrs.flatMap((pnr) => pnr.travellers.map(({ surname }) => surname)),
    )
    for (const traveller of wide.pnrs.flatMap((pnr) => pnr.travellers)) {
      const [from, to] = traveller.at.surname ?? [0, 0]
      expect(bytes.subarray(from, to).toString('utf16le').replaceAll('?', '')).toBe(traveller.surname)
    }
  },
)

test.each([
  ['two characters of two bytes, the rest of one', (bytes: Buffer) => [bytes.subarray(0, 4), 'one', bytes.subarray(4)]],
  ['a byte too many in the middle', (bytes: Buffer) => [bytes.subarray(0, 400), 'odd', bytes.subarray(400)]],
])('what must go is gone where widths are mixed: %s', (_what, cut) => {
  const planted = text.replace('TIF+', "SSR+KSML:HK:1:0X:::::NO NUTS'IFT+4:28::0X+WHEELCHAIR TO THE GATE'TIF+")
  const [head, how, tail] = cut(Buffer.from(planted, 'utf16le')) as [Buffer, string, Buffer]
  const rest = how === 'one' ? Buffer.from(tail.filter((byte) => byte !== 0)) : Buffer.concat([Buffer.from(' '), tail])
  const bytes = Buffer.concat([head, rest])
  const { bytes: clean } = redact(bytes, judge, { remarks: 'strict' })
  expect(clean.length).toBe(bytes.length)
  const dense = Buffer.from(Buffer.from(clean).filter((byte) => byte !== 0)).toString('latin1')
  expect(dense).not.toMatch(/KSML|NUTS|WHEELCHAIR/)
  expect(dense).toContain('TIF+')
})

test('what must go is gone from both bytes of every character', () => {
  const planted = text.replace('TIF+', "SSR+KSML:HK:1:0X:::::NO NUTS'IFT+4:28::0X+WHEELCHAIR TO THE GATE'TIF+")
  const bytes = Buffer.from(planted, 'utf16le')
  const { bytes: clean, counts } = redact(bytes, judge, { remarks: 'strict' })
  expect(clean.length).toBe(bytes.length)
  expect(Buffer.from(clean).toString('utf16le')).not.toMatch(/KSML|NUTS|WHEELCHAIR/)
  expect(Buffer.from(clean).toString('utf16le')).toContain('TIF+')
  expect(counts).toMatchObject({ religion: 1, health: 1 })
})

test.each(['\xff\xfe', '\xfe\xff'])('a mark before one byte a character is a stray one', (mark) => {
  const bytes = Buffer.from(`${mark}${text.replace('TIF+', "SSR+KSML:HK:1:0X'TIF+")}`, 'latin1')
  const [message] = decode(bytes, context).messages
  expect(message && isPnrgov(message) && message.pnrs.length).toBeGreaterThan(0)
  expect(Buffer.from(redact(bytes, judge, { remarks: 'strict' }).bytes).toString('latin1')).not.toContain('KSML')
})
