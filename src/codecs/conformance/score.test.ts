import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding } from '#domain/finding.ts'
import type { Instant } from '#lib/time.ts'
import { CATALOGUE } from '../catalogue.ts'
import { decode } from '../decode.ts'
import { dimensionOf } from './dimensions.ts'
import { elementOf } from './elements.ts'
import { placesIn } from './places.ts'
import { DEFAULT_PROFILE } from './profile.ts'
import { readProfile } from './read-profile.ts'
import { countCodes, lossScore, type ScoreContext, type ScoredFile, type ScoredMessage, scoreFile } from './score.ts'
import { Totals } from './summary.ts'

const fixture = (name: string): Buffer => readFileSync(new URL(`../../../fixtures/${name}.edi`, import.meta.url))

function scored(bytes: Uint8Array, more: Partial<ScoreContext> = {}): ScoredFile {
  const decoded = decode(bytes, { receivedAt: '2026-06-12T07:00:00.000Z' as Instant })
  return scoreFile(decoded, { profile: DEFAULT_PROFILE, placeOf: placesIn(bytes), ...more })
}

function only(name: string, more: Partial<ScoreContext> = {}): ScoredMessage {
  const [message] = scored(fixture(name), more).messages
  if (!message) throw new Error('no message')
  return message
}

describe('the score', () => {
  test('of a clean and complete list that is sent in time is 100', () => {
    const message = only('paxlst/manifest', { receivedAt: '2026-06-12T06:00:00.000Z' as Instant })
    expect(message.scores).toEqual({
      schema: 100,
      completeness: expect.any(Number),
      plausibility: 100,
      timeliness: 100,
    })
    expect(message.elements.filter(({ obligation, has, of }) => obligation === 'required' && has < of)).toEqual([])
    expect(message.score).toBe(100)
  })

  test('of what is no message is 0', () => {
    expect(scored(Buffer.from('GYD 0L214 PAX 180'))).toMatchObject({ score: 0, messages: [] })
    expect(scored(fixture('pnrgov/no-flight')).score).toBe(0)
  })

  test('of a code is half its points, the other half by the share of persons', () => {
    const found = (count: number): Finding[] =>
      Array.from({ length: count }, () => ({
        severity: 'error',
        code: 'paxlst.document',
        at: { byte: 0, line: 1, segment: 1 },
        detail: '',
      }))
    const of = (count: number): number => lossScore(countCodes(found(count)), 'schema', 10, DEFAULT_PROFILE)
    expect([0, 1, 5, 10, 500].map(of)).toEqual([100, 83.5, 77.5, 70, 70])
  })

  test('what was not judged leaves its weight to the others', () => {
    const bytes = Buffer.from(fixture('paxlst/manifest').toString().replaceAll('VIE', 'QQQ'))
    const [message] = scored(bytes).messages
    expect(message?.timeliness).toEqual({ judged: false, because: 'unknown-airport' })
    expect(message?.scores.timeliness).toBeUndefined()
    expect(message?.score).toBeGreaterThan(50)
  })

  test('of any bytes lies between 0 and 100, and every finding points into them', () => {
    const whole = fixture('paxlst/person-problems')
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 30 }), (changes) => {
        const bytes = Buffer.from(whole)
        for (const [at, value] of changes) bytes[at] = value
        const { score, messages, findings } = scored(bytes)
        const all = [...findings, ...messages.flatMap((message) => message.findings)]
        for (const one of [score, ...messages.flatMap((message) => [message.score, ...Object.values(message.scores)])])
          expect(one >= 0 && one <= 100).toBe(true)
        for (const { at } of all) expect(at.byte <= bytes.length && at.line >= 1 && at.segment >= 1).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('every finding of the reader is in the result once', () => {
    for (const name of ['paxlst/person-problems', 'paxlst/split-list', 'pnrgov/dirty', 'pnrgov/three-parts']) {
      const bytes = fixture(name)
      const read = decode(bytes, { receivedAt: '2026-06-12T07:00:00.000Z' as Instant }).findings
      const { findings, messages } = scored(bytes)
      const all = [...findings, ...messages.flatMap((message) => message.findings)]
      expect(all.filter(({ code }) => !code.startsWith('check.'))).toHaveLength(read.length)
    }
  })
})

describe('the parts of one list', () => {
  const part = (number: number, access: string, document: string): string =>
    [
      `UNH+${number}+PAXLST:D:12B:UN:IATA+${access}+0${number}:${number === 2 ? 'F' : 'C'}'BGM+745'TDT+20+0L214+++0L'LOC+125+VIE'`,
      "DTM+189:2606120905:201'LOC+87+GYD'DTM+232:2606121620:201'NAD+FL+++LUMENVALE:TOBIAS",
      `${number}'ATT+2++M'DTM+329:910722'NAT+2+DEU'RFF+ABO:R${number}'DOC+P:110:111+${document}'`,
      `DTM+36:310904'LOC+91+DEU'UNT+15+${number}'`,
    ].join('')
  const codesOf = (...parts: readonly string[]): readonly string[] =>
    scored(Buffer.from(`UNB+UNOA:4+0L+B+260612:0540+1'${parts.join('')}UNZ+2+1'`)).messages.flatMap(({ findings }) =>
      findings.map(({ code }) => code).filter((code) => code.endsWith('repeated')),
    )

  test('are one list: what stands twice in it is found', () => {
    expect(codesOf(part(1, 'A', 'C1234567'), part(2, 'A', 'C1234567'))).toEqual(['check.document-repeated'])
    expect(codesOf(part(1, 'A', 'C1234567'), part(2, 'A', 'C7654321'))).toEqual([])
    expect(codesOf(part(1, 'A', 'C1234567'), part(2, 'B', 'C1234567'))).toEqual([])
  })
})

test('who lacks nothing is counted', () => {
  const count = (name: string) => only(name).elements.find(({ id }) => id === 'B–C' || id === '1–19')
  expect(count('paxlst/manifest')).toMatchObject({ has: 3, of: 3 })
  expect(count('paxlst/person-problems')?.has).toBeLessThan(5)
  expect(count('pnrgov/single-passenger')).toMatchObject({ has: 1, of: 1 })
})

describe('timeliness', () => {
  // 09:05 in Vienna is 07:05 UTC
  test.each([
    ['2026-06-12T07:05:00.000Z', { minutes: 0, verdict: 'in-time', score: 100 }, []],
    ['2026-06-12T07:35:00.000Z', { minutes: 30, verdict: 'late', score: 75 }, ['check.late']],
    ['2026-06-12T23:05:00.000Z', { minutes: 960, verdict: 'late', score: 0 }, ['check.late']],
    ['2026-06-11T07:04:00.000Z', { minutes: -1441, verdict: 'early', score: 100 }, ['check.early']],
  ])('received at %s', (receivedAt, expected, codes) => {
    const deadlines = { interactive: { opens: -1440, latest: 0, worthless: 120 } }
    const message = only('paxlst/manifest', {
      receivedAt: receivedAt as Instant,
      profile: { ...DEFAULT_PROFILE, deadlines },
    })
    expect(message.timeliness).toMatchObject({ judged: true, ...expected })
    expect(message.findings.map(({ code }) => code)).toEqual(codes)
  })

  test('a timetable knows better than the message', () => {
    const departureOf = (): Instant => '2026-06-12T10:05:00.000Z' as Instant
    const receivedAt = '2026-06-12T08:05:00.000Z' as Instant
    expect(only('paxlst/manifest', { departureOf, receivedAt }).timeliness).toMatchObject({
      minutes: -120,
      verdict: 'in-time',
    })
  })
})

describe('a profile', () => {
  test('says only what differs', () => {
    const read = readProfile({
      name: 'X',
      obligations: { C1: 'required' },
      deadlines: { 'crew-list': { latest: -60 } },
    })
    expect(read).toMatchObject({
      ok: true,
      value: {
        ...DEFAULT_PROFILE,
        name: 'X',
        obligations: { C1: 'required' },
        deadlines: { ...DEFAULT_PROFILE.deadlines, 'crew-list': { latest: -60, worthless: 120 } },
      },
    })
    const profile = read.ok ? read.value : DEFAULT_PROFILE
    expect(only('paxlst/manifest', { profile }).elements.find(({ id }) => id === 'C1')?.obligation).toBe('required')
  })

  test.each([
    [[], 'profile is no object'],
    [{ colour: 1 }, 'profile.colour is not known'],
    [{ obligations: { B1: 'maybe' } }, 'obligations.B1 is none of required, if-used, option'],
    [{ obligations: { Z9: 'option' } }, 'obligations.Z9 is no element'],
    [{ deadlines: { fax: {} } }, 'deadlines.fax is not known'],
    [{ points: { error: -1 } }, 'points.error is no number from 0 on'],
    [{ weights: { schema: 0, completeness: 0, plausibility: 0, timeliness: 0 } }, 'weights are all 0'],
    [{ placeholders: 'TBA' }, 'placeholders is no list of texts'],
  ])('%j is refused', (json, detail) => {
    expect(readProfile(json)).toMatchObject({ ok: false, problems: [{ detail }] })
  })
})

test('totals are the mean by travellers, whatever the order of the files', () => {
  const files = ['paxlst/manifest', 'paxlst/person-problems', 'pnrgov/dirty'].map((name) => scored(fixture(name)))
  const summaryOf = (all: readonly ScoredFile[]) => {
    const totals = new Totals()
    for (const file of all) totals.add(file)
    return totals.summary()
  }
  const [one, other] = [summaryOf(files), summaryOf(files.toReversed())]
  expect(one.findings).toEqual(other.findings)
  expect(one.score).toBeCloseTo(other.score)
  expect(one.travellers).toBe(
    files.flatMap(({ messages }) => messages).reduce((sum, { travellers }) => sum + travellers, 0),
  )
  const [first] = summaryOf(files.slice(0, 1)).elements
  expect(first).toMatchObject({ id: 'A1', has: 1, of: 1 })
})

test.each([
  ['envelope.unt-missing', 'schema'],
  ['paxlst.birth-date-missing', 'completeness'],
  ['paxlst.surname', 'completeness'],
  ['paxlst.birth-date', 'schema'],
  ['paxlst.document-expired', 'plausibility'],
  ['check.late', 'timeliness'],
  ['check.test-indicator', 'schema'],
  ['check.default-value', 'plausibility'],
])('%s belongs to %s', (code, dimension) => {
  expect(code in CATALOGUE).toBe(true)
  expect(dimensionOf(code)).toBe(dimension)
})

test('every element that is counted has a name', () => {
  for (const name of ['paxlst/manifest', 'pnrgov/single-passenger'])
    for (const { id } of only(name).elements) expect(elementOf(id)).toMatchObject({ en: /./, az: /./, place: /./ })
})
