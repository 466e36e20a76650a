import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Instant } from '#lib/time.ts'
import { decode } from './decode.ts'
import { describe as described } from './describe.ts'

const context = { receivedAt: '2026-06-11T12:00:00.000Z' as Instant }
const fixture = (name: string): Uint8Array => readFileSync(new URL(`../../fixtures/${name}.edi`, import.meta.url))

test('a list of persons is described with legs, travellers, documents, seats and bags', () => {
  const { messages, findings } = described(decode(fixture('paxlst/manifest'), context)) as {
    messages: { [key: string]: unknown; travellers: unknown[] }[]
    findings: unknown[]
  }
  expect(messages[0]).toMatchObject({
    type: 'PAXLST',
    version: 'D:12B',
    function: 'list',
    reference: 'LST01',
    pnrs: [],
  })
  expect(messages[0]?.legs).toEqual([
    {
      carrier: '0L',
      number: '214',
      from: 'VIE',
      to: 'GYD',
      departs: '2026-06-12T09:05',
      arrives: '2026-06-12T16:20',
      place: 'border',
    },
  ])
  expect(messages[0]?.travellers[0]).toMatchObject({
    role: 'passenger',
    surname: 'ROWANTREE-FELD',
    givenNames: 'ILSE MARGIT',
    birthDate: '1988-03-17',
    sex: 'F',
    nationality: 'DEU',
    documents: [{ type: 'P', number: 'C77X00Q41', issuer: 'DEU', expires: '2031-09-04' }],
    seats: ['14C'],
    bags: 2,
  })
  expect(findings).toEqual([])
})

test('a PNRGOV is described with its PNRs, and nothing says where bytes stood', () => {
  const text = JSON.stringify(described(decode(fixture('pnrgov/single-passenger'), context)))
  const { messages } = JSON.parse(text)
  expect(messages[0].type).toBe('PNRGOV')
  expect(messages[0].pnrs[0].locator).toMatch(/^[A-Z0-9]+$/)
  expect(messages[0].pnrs[0].travellers).toEqual(messages[0].travellers)
  expect(text).not.toContain('"span"')
})

test('what cannot be read is described too', () => {
  const bytes = new TextEncoder().encode("UNB+UNOA:4+A+B+260611:1200+7'UNH+1+IFTMIN:4:1:UN'UNT+2+1'UNZ+1+7'")
  expect(described(decode(bytes, context))).toMatchObject({
    messages: [{ type: 'IFTMIN', function: 'unreadable', legs: [], travellers: [], pnrs: [] }],
    findings: [{ severity: 'fatal', code: 'message.unknown-type', at: { line: 1, segment: 2 } }],
  })
  expect(described(decode(new Uint8Array(), context))).toMatchObject({
    messages: [],
    findings: [{ severity: 'fatal' }],
  })
})
