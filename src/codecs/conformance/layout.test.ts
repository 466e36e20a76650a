import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPaxlst, isPnrgov } from '#domain/message.ts'
import type { PnrTraveller } from '#domain/pnr.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import type { Instant } from '#lib/time.ts'
import { decode } from '../decode.ts'
import { readTape } from '../edifact/tape.ts'
import { layoutSegments, lineOf, showSegment } from './layout.ts'
import { layoutMarkup } from './layout-markup.ts'
import { masked } from './mask.ts'
import { elementName } from './names.ts'

const shownOf = (segment: string, data: boolean): string =>
  lineOf(showSegment(readTape(Buffer.from(`UNB+UNOA:4+A+B+260611:0740+1'${segment}`)), 1, { data }))

test.each([
  ["NAD+FL+++O?'BERG-MÜLLER:ANNA 2'", "NAD+FL+++X?'XXXX-XXXXXX:XXXX 0'"],
  ["DTM+329:880414'", "DTM+329:000000'"],
  ["DTM+189:2606120905:201'", "DTM+189:2606120905:201'"],
  ["LOC+180+AZE+:::BAKU'", "LOC+180+XXX+:::XXXX'"],
  ["LOC+91+AZE'", "LOC+91+AZE'"],
  ["DOC+P:110:111+C01234567'", "DOC+P:110:111+X00000000'"],
  ["SSR+DOCS:HK:1:0X:::::/P/AZE/C01234567'", "SSR+DOCS:HK:1:0X:::::/X/XXX/X00000000'"],
  ["ZZZ+SECRET'", "ZZZ+XXXXXX'"],
  ["ATT+2++FNAD+FL+++BERG'", "ATT+2++XXXX+XX+++XXXX'"],
])('%s is shown as %s', (segment, shown) => {
  expect(shownOf(segment, false)).toBe(shown)
  expect(shownOf(segment, true)).toBe(segment)
})

test('pieces follow each other without a gap, and values know their element', () => {
  const { pieces, from, to } = showSegment(
    readTape(Buffer.from("UNB+UNOA:4+A+B+260611:0740+1'TDT+20+0L214+++0L'")),
    1,
    {
      data: false,
    },
  )
  expect(pieces.map((piece) => piece.from)).toEqual([from, ...pieces.slice(0, -1).map((piece) => piece.to)])
  expect(pieces.at(-1)?.to).toBe(to)
  expect(pieces.filter(({ element }) => element !== undefined).map(({ text, element }) => [text, element])).toEqual([
    ['TDT', 0],
    ['20', 1],
    ['0L214', 2],
    ['0L', 5],
  ])
})

const FOLDER = new URL('../../../fixtures/', import.meta.url)
const ALL = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).sort()
const FILES = ALL.filter((name) => name.endsWith('.edi'))
const XML_FILES = ALL.filter((name) => name.endsWith('.xml'))

test.each([...FILES, ...XML_FILES])(
  '%s: no name, document number or contact can be read in a masked report',
  (file) => {
    const bytes = readFileSync(new URL(file, FOLDER))
    const options = { data: false }
    const layout = file.endsWith('.xml') ? layoutMarkup(bytes, options) : layoutSegments(readTape(bytes), options)
    const shown = Array.from({ length: layout.rows }, (_, row) => lineOf(layout.show(row))).join('\n')
    const { messages } = decode(bytes, { receivedAt: '2026-06-12T07:00:00.000Z' as Instant })
    const people = messages.flatMap((one): readonly (ApiTraveller | PnrTraveller)[] =>
      isPnrgov(one) ? one.pnrs.flatMap(({ travellers }) => travellers) : isPaxlst(one) ? one.travellers : [],
    )
    const secrets = people.flatMap(({ surname, givenNames, documents, contacts }) => [
      surname,
      givenNames,
      ...documents.map(({ numberAsSent }) => numberAsSent),
      ...contacts.map(({ value }) => value),
    ])
    for (const secret of secrets)
      if (secret && secret.length > 4 && masked(secret) !== secret) expect(shown).not.toContain(secret)
  },
)

describe('bytes that are no EDIFACT', () => {
  const XML =
    '<?xml version="1.0"?>\n<IATA_PNRGOVNotifRQ Version="13.1">\n  <PNR a=\'x"y\'>BERG ANNA</PNR><Empty/>\n</IATA_PNRGOVNotifRQ>\n'
  const rows = (bytes: Buffer, data: boolean): readonly string[] => {
    const layout = layoutMarkup(bytes, { data })
    return Array.from({ length: layout.rows }, (_, row) => lineOf(layout.show(row)))
  }

  test('are shown tag by tag, values by their shape', () => {
    expect(rows(Buffer.from(XML), false)).toEqual([
      '<?xml version="1.0"?>',
      '<IATA_PNRGOVNotifRQ Version="13.1">  ',
      `<PNR a='x"x'>XXXX XXXX</PNR>`,
      '<Empty/></IATA_PNRGOVNotifRQ>',
    ])
    expect(rows(Buffer.from(XML), true).join('')).toBe(XML.replaceAll('\n', ''))
  })

  test('a byte is found in its row', () => {
    const bytes = Buffer.from(XML)
    const layout = layoutMarkup(bytes, { data: true })
    for (let byte = 0; byte < bytes.length; byte++) {
      const { from, to } = layout.show(layout.rowAt({ byte, line: 1, segment: 1 }) - 1)
      expect(byte >= from && byte < to).toBe(true)
    }
  })

  test('whatever they are, every byte is in one piece of one row', () => {
    const sign = fc.constantFrom(...Buffer.from('<>"\'/ab =é\n', 'latin1'))
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 60 }), (signs) => {
        const bytes = Buffer.from(signs)
        const layout = layoutMarkup(bytes, { data: true })
        const pieces = Array.from({ length: layout.rows }, (_, row) => layout.show(row).pieces).flat()
        let at = 0
        for (const { from, to } of pieces) {
          expect(from).toBe(at)
          at = to
        }
        expect(at).toBe(bytes.length)
      }),
    )
  })

  test('long ones without a tag are shown in rows', () => {
    expect(rows(Buffer.from('x'.repeat(5_000)), true).map(({ length }) => length)).toEqual([2_000, 2_000, 1_000])
  })
})

test.each([
  ['<Surname BERG>', '<Surname XXXX>'],
  ['<A Surname=BERG Code="VIE"/>', '<A Surname=XXXX Code="VIE"/>'],
  ['<a:Text x:SSRCode="DOCS" Name="BERG">', '<a:Text x:SSRCode="DOCS" Name="XXXX">'],
  ['BERG </x BERG', 'XXXX </x XXXX'],
])('of %s nothing more than %s is shown', (sent, shown) => {
  const layout = layoutMarkup(Buffer.from(sent), { data: false })
  expect(Array.from({ length: layout.rows }, (_, row) => lineOf(layout.show(row))).join('')).toBe(shown)
})

test('the row of a finding is its segment', () => {
  const layout = layoutSegments(readTape(Buffer.from("UNB+UNOA:4+A+B+260611:0740+1'UNH+1'UNZ+1+1'")), { data: false })
  expect([0, 5, 29, 31, 99].map((byte) => layout.rowAt({ byte, line: 1, segment: 1 }))).toEqual([1, 1, 2, 2, 3])
})

describe('values have names', () => {
  test.each([
    ['DTM', '329', 1, 2, 'date of birth'],
    ['DTM', '999', 1, 2, 'date and time'],
    ['LOC', '91', 2, 1, 'issuing State'],
    ['TVL', '110626', 5, 1, 'flight number'],
    ['SSR', 'DOCS', 1, 9, 'document, nationality, birth date, sex, expiry, names'],
    ['SSR', 'OTHS', 1, 9, 'text'],
    ['TIF', 'BERG', 0, 1, 'traveller'],
    ['ZZZ', undefined, 0, 1, undefined],
  ])('%s %s %i.%i', (tag, qualifier, element, component, name) => {
    expect(elementName(tag, qualifier, element, component)?.en).toBe(name)
  })

  test('of every segment of the clean messages of the corpus, in both languages', () => {
    const nameless = new Set<string>()
    for (const file of FILES) {
      const bytes = readFileSync(new URL(file, FOLDER))
      if (decode(bytes, { receivedAt: '2026-06-12T07:00:00.000Z' as Instant }).findings.length > 0) continue
      const tape = readTape(bytes)
      for (let segment = 0; segment < tape.segments; segment++) {
        const name = elementName(tape.tag(segment), undefined, 0, 1)
        if (!(name?.en && name.az)) nameless.add(tape.tag(segment))
      }
    }
    expect([...nameless]).toEqual([])
  })
})
