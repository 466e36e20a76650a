import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Message } from '#domain/message.ts'
import { isPnrgov } from '#domain/message.ts'
import type { Instant } from '#lib/time.ts'
import { collectFindings } from '../../catalogue.ts'
import { readInterchanges } from '../interchange.ts'
import { readTape } from '../tape.ts'
import { PNRGOV_FINDINGS } from './catalogue.ts'
import { readPnrgov } from './read.ts'

const FOLDER = new URL('../../../../fixtures/pnrgov/', import.meta.url)
const RECEIVED = '2026-06-11T12:00:00.000Z' as Instant
const CASES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.edi'))
  .map((file) => file.slice(0, -4))
const sent = (name: string): Buffer => readFileSync(new URL(`${name}.edi`, FOLDER))

function decoded(bytes: Uint8Array): {
  readonly messages: readonly Message[]
  readonly codes: readonly string[]
  readonly findings: unknown
} {
  const sink = collectFindings()
  const tape = readTape(bytes, sink)
  const messages = readInterchanges(tape, sink).map((range) => readPnrgov(tape, range, sink, { receivedAt: RECEIVED }))
  return { messages, findings: sink.findings, codes: sink.findings.map(({ code }) => code) }
}

describe.each(CASES)('%s', (name) => {
  test('is read as its golden file says', () => {
    const { messages, findings } = decoded(sent(name))
    const golden = new URL(`${name}.json`, FOLDER)
    const text = `${JSON.stringify({ messages, findings }, undefined, 2)}\n`
    if (process.env.PRECLEAR_GOLDEN === 'write') writeFileSync(golden, text)
    expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(golden, 'utf8')))
  })
})

test('every finding has a fixture', () => {
  const seen = new Set(CASES.flatMap((name) => decoded(sent(name)).codes))
  expect(Object.keys(PNRGOV_FINDINGS).filter((code) => !seen.has(code))).toEqual([])
})

test('spans of a field are the bytes that it was read from', () => {
  const bytes = sent('single-passenger')
  const [message] = decoded(bytes).messages
  if (!message || !isPnrgov(message)) throw new Error('not read')
  const [pnr] = message.pnrs
  const [traveller] = pnr?.travellers ?? []
  const at = (span: readonly [number, number] | undefined): string => bytes.subarray(...(span ?? [0, 0])).toString()
  expect(at(traveller?.at.surname)).toBe('ALMAZ')
  expect(at(traveller?.at.givenNames)).toBe('NERGIZMS')
  expect(at(traveller?.at.documentSurname)).toBe('ALMAZ')
  expect(at(traveller?.at.documentGivenNames)).toBe('NERGIZ')
  expect(at(traveller?.at.birthDate)).toBe('14APR88')
  expect(at(traveller?.at.sex)).toBe('F')
  expect(at(traveller?.at.nationality)).toBe('AZE')
  expect(at(traveller?.at.seat)).toBe('12A')
  expect(at(traveller?.documents[0]?.at)).toBe('C01234567')
  expect(at(pnr?.at.locator)).toBe('QAB3ZD')
  expect(at(pnr?.at.agency)).toMatch(/^ORG/)
  expect(at(pnr?.contacts[0]?.at)).toBe('CTCM 994500000001')
  expect(at(pnr?.span)).toMatch(/^SRC.*RCI\+0X:QAB3ZD$/s)
})

test('whom a check-in names is added, unless the traveller of his reference has a name in common with him', () => {
  const named = (name: string): readonly string[] => {
    const text = sent('clean-13-1')
      .toString()
      .replace(/SRC'.*$/s, '')
    const pnr = `SRC'RCI+0X:ABC123'TIF+NAR+SEVILMS:A:1'TVL+110626:0815:110626:1030+GYD+TBS+0X+0412:Y'`
    const [message] = decoded(Buffer.from(`${text}${pnr}DAT+2:110626:0700'TRI++1'TIF+${name}:A:1'UNT+9+1'`)).messages
    if (!message || !isPnrgov(message)) throw new Error('not read')
    return message.pnrs.flatMap(({ travellers }) => travellers.map(({ surname }) => surname))
  }
  expect(named('NARLI+SEVILMS')).toEqual(['NAR'])
  expect(named('ALMAZ+SEVIL')).toEqual(['NAR'])
  expect(named('NAMELUM+ALI')).toEqual(['NAR', 'NAMELUM'])
})

/** The segments of a message with several PNRs, without its envelope's ends. */
const BASE = sent('infant-hidden').toString().split("'\n").slice(0, -1)
const locators = (bytes: Uint8Array): readonly string[] =>
  decoded(bytes).messages.flatMap((message) => (isPnrgov(message) ? message.pnrs.map(({ locator }) => locator) : []))
const people = (bytes: Uint8Array): number =>
  decoded(bytes).messages.flatMap((message) =>
    isPnrgov(message) ? message.pnrs.flatMap(({ travellers }) => travellers) : [],
  ).length
const joined = (segments: readonly string[]): Buffer => Buffer.from(`${segments.join("'\n")}'\n`)

test('losing or doubling one segment of a PNR costs its neighbours nothing', () => {
  const all = locators(joined(BASE))
  expect(all).toHaveLength(3)
  const first = BASE.indexOf('SRC')
  for (let at = first; at < BASE.length - 2; at++) {
    const doubled = locators(joined([...BASE.slice(0, at + 1), ...BASE.slice(at)]))
    for (const locator of all) expect(doubled).toContain(locator)
    const without = BASE.toSpliced(at, 1)
    const left = locators(joined(without))
    expect(all.filter((locator) => left.includes(locator)).length).toBeGreaterThanOrEqual(2)
    const lost = BASE[at]?.startsWith('TIF') || BASE[at]?.startsWith('SSR') ? 1 : 0
    expect(people(joined(without))).toBeGreaterThanOrEqual(people(joined(BASE)) - lost)
  }
})

test('never throws: any bytes, any prefix, any mixture of segments', () => {
  const whole = sent('codeshare-check-in-history')
  for (let length = 0; length <= whole.length; length += 7) decoded(whole.subarray(0, length))
  const segments = CASES.flatMap((name) =>
    sent(name)
      .toString('latin1')
      .split(/(?<=')/),
  )
  const head = Buffer.from(`${BASE.slice(0, 4).join("'")}'`)
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...segments), fc.string(), fc.string({ unit: 'binary' })), { maxLength: 40 }),
      (pieces) => {
        decoded(Buffer.concat([head, Buffer.from(pieces.join(''))]))
      },
    ),
    { numRuns: 200 },
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void decoded(bytes)),
    { numRuns: 100 },
  )
})
