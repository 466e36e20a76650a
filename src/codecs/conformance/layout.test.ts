import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isPaxlst, isPnrgov } from '#domain/message.ts'
import type { PnrTraveller } from '#domain/pnr.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import type { Instant } from '#lib/time.ts'
import { decode } from '../decode.ts'
import { readTape } from '../edifact/tape.ts'
import { segmentLine, showSegment } from './layout.ts'
import { masked } from './mask.ts'

const lineOf = (segment: string, data: boolean): string =>
  segmentLine(readTape(Buffer.from(`UNB+UNOA:4+A+B+260611:0740+1'${segment}`)), 1, { data })

test.each([
  ["NAD+FL+++O?'BERG-MÜLLER:ANNA 2'", "NAD+FL+++X?'XXXX-XXXXXX:XXXX 0'"],
  ["DTM+329:880414'", "DTM+329:000000'"],
  ["DTM+189:2606120905:201'", "DTM+189:2606120905:201'"],
  ["LOC+180+AZE+:::BAKU'", "LOC+180+XXX+:::XXXX'"],
  ["LOC+91+AZE'", "LOC+91+AZE'"],
  ["DOC+P:110:111+C01234567'", "DOC+P:110:111+X00000000'"],
  ["SSR+DOCS:HK:1:0X:::::/P/AZE/C01234567'", "SSR+DOCS:HK:1:0X:::::/X/XXX/X00000000'"],
  ["ZZZ+SECRET'", "ZZZ+XXXXXX'"],
])('%s is shown as %s', (segment, shown) => {
  expect(lineOf(segment, false)).toBe(shown)
  expect(lineOf(segment, true)).toBe(segment)
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
const FILES = ['paxlst', 'pnrgov', 'conformance'].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, FOLDER))
    .filter((name) => name.endsWith('.edi'))
    .map((name) => `${folder}/${name}`),
)

test.each(FILES)('%s: no name, document number or contact can be read in a masked report', (file) => {
  const bytes = readFileSync(new URL(file, FOLDER))
  const tape = readTape(bytes)
  const shown = Array.from({ length: tape.segments }, (_, segment) => segmentLine(tape, segment, { data: false })).join(
    '\n',
  )
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
})
