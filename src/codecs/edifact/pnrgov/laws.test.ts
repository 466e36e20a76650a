import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Message, PnrgovMessage } from '#domain/message.ts'
import { isPnrgov } from '#domain/message.ts'
import type { Instant } from '#lib/time.ts'
import { readInterchanges } from '../interchange.ts'
import { readTape } from '../tape.ts'
import { readPnrgov } from './read.ts'
import { writePnrgov } from './write.ts'

const FOLDER = new URL('../../../../fixtures/pnrgov/', import.meta.url)
const RECEIVED = '2026-06-11T12:00:00.000Z' as Instant
const CASES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.edi'))
  .map((file) => file.slice(0, -4))
const sent = (name: string): Buffer => readFileSync(new URL(`${name}.edi`, FOLDER))

function read(bytes: Uint8Array): {
  readonly messages: readonly PnrgovMessage[]
  readonly findings: readonly string[]
} {
  const findings: string[] = []
  const sink = { add: (code: string) => void findings.push(code) }
  const tape = readTape(bytes, sink)
  const messages: Message[] = readInterchanges(tape, sink).map((range) =>
    readPnrgov(tape, range, sink, { receivedAt: RECEIVED }),
  )
  return { messages: messages.filter(isPnrgov), findings }
}

/** Places in the bytes, and in the order of segments, are the message's, not the model's. */
const withoutPlaces = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, field) =>
      key === 'span' || key === 'index' || key === 'nth' || (key === 'at' && typeof field === 'object')
        ? undefined
        : field,
    ),
  )

/** Understood in full, but with segments out of the guide's order or values that redaction has blanked. */
const NOT_IN_ORDER = new Set(['redacted', 'second-tvl', 'tickets'])

describe.each(CASES)('%s', (name) => {
  const { messages, findings } = read(sent(name))
  test('what was understood of it is written, and understood again', () => {
    for (const { envelope: _, una: __, ...model } of messages) {
      const [again] = read(writePnrgov({ ...model, envelope: _ })).messages
      if (!again) throw new Error('not read')
      const { envelope: ___, una: ____, ...rest } = again
      // What a head lacks is written all the same: nobody may send less
      const filled = { originator: rest.originator, declaredTotal: rest.declaredTotal, ...model }
      expect(withoutPlaces(rest)).toEqual(withoutPlaces(filled))
    }
  })
  // A writer has the usual delimiters, whatever it was read with
  if (
    name.startsWith('dirty-') ||
    NOT_IN_ORDER.has(name) ||
    findings.length > 0 ||
    messages.some(({ una }) => una && !/^:\+.\?.'$/.test(una))
  )
    return
  test('is clean, and written as it was sent', () => {
    const written = messages.map((message) => Buffer.from(writePnrgov(message)).toString()).join('')
    const lines = (text: string): string[] => text.replaceAll(/\r?\n/g, '').split(/(?<=(?<!\?)')/)
    expect(lines(written)).toEqual(lines(sent(name).toString()))
  })
})

const CLEAN = CASES.filter((name) => name.startsWith('clean-'))

test('there is a clean message of each version, and none of them needs anything kept', () => {
  const versions = new Set<string>()
  for (const name of CLEAN) {
    const { messages, findings } = read(sent(name))
    expect([name, findings]).toEqual([name, []])
    for (const { version } of messages) versions.add(version)
    if (name === 'clean-more-said') continue
    expect(messages.flatMap(({ kept, pnrs }) => [kept ?? [], ...pnrs.map((pnr) => pnr.kept ?? [])].flat())).toEqual([])
  }
  const all = ['10:1', '11:1', '12:1', '13:1', '14:1', '15:1', '16:1', '17:1', '18:1', '21:1']
  expect(all.filter((version) => !versions.has(version))).toEqual([])
})

const segmentsOf = (name: string): readonly string[] =>
  sent(name)
    .toString()
    .split(/(?<=(?<!\?)')\s*/)
    .filter((one) => one !== '')

const peopleOf = (bytes: Uint8Array): readonly string[] =>
  read(bytes).messages.flatMap(({ pnrs }) =>
    pnrs.flatMap(({ travellers }) => travellers.map(({ surname, givenNames = '' }) => `${surname}/${givenNames}`)),
  )

test('segments that nobody knows come back where they stood', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CLEAN.filter((name) => !name.includes('21-1'))),
      fc.nat(),
      fc.stringMatching(/^[A-Z0-9]{1,8}$/),
      (name, at, value) => {
        const segments = segmentsOf(name)
        const first = segments.indexOf("SRC'")
        const place = first + 1 + (at % (segments.findIndex((one) => one.startsWith('UNT')) - first))
        const sentNow = segments.toSpliced(place, 0, `ZZQ+${value}::A+?+'`)
        const [message] = read(Buffer.from(sentNow.join(''))).messages
        if (!message) throw new Error('not read')
        const written = Buffer.from(writePnrgov(message))
          .toString()
          .split(/(?<=(?<!\?)')/)
        expect(written.filter((one) => !one.startsWith('UNT'))).toEqual(sentNow.filter((one) => !one.startsWith('UNT')))
      },
    ),
    { numRuns: 200 },
  )
})

/** A segment with some of its bytes gone, changed or doubled; its terminator among them. */
const damage = fc.record({
  at: fc.nat(),
  width: fc.integer({ min: 1, max: 6 }),
  put: fc.stringMatching(/^[A-Z0-9+:'?]{0,4}$/),
})

test('whoever stands outside the broken segment is not lost', () => {
  fc.assert(
    fc.property(fc.constantFrom(...CLEAN), fc.nat(), damage, (name, which, { at, width, put }) => {
      const segments = segmentsOf(name)
      const bodies = segments.flatMap((one, index) => (/^UN/.test(one) ? [] : [index]))
      const broken = bodies[which % bodies.length] ?? 0
      const whole = segments[broken] ?? ''
      const from = at % whole.length
      const mutant = whole.slice(0, from) + put + whole.slice(from + width)
      const bytes = Buffer.from(segments.with(broken, mutant).join(''))
      const left = peopleOf(bytes)
      // A segment whose terminator is gone takes the next one with it
      const hit = [whole, ...(/(?<!\?)'$/.test(mutant) ? [] : [segments[broken + 1] ?? ''])]
      const own = (person: string): boolean =>
        hit.some((one) => person.split('/').some((part) => part !== '' && one.replaceAll('?', '').includes(part)))
      // A terminator in front of what is no tag any more is data: it ends no name, but adds to one
      const there = (person: string): boolean =>
        left.includes(person) || left.some((one) => one.startsWith(`${person.replace(/\/$/, '')}'`))
      expect(peopleOf(sent(name)).filter((person) => !own(person) && !there(person))).toEqual([])
    }),
    { numRuns: 600 },
  )
})

const odd = (...segments: readonly string[]): PnrgovMessage => {
  const head = "UNB+IATA:1+0X+AZ+260611:0600+1'UNH+1+PNRGOV:13:1:IA'MSG+:22'ORG+0X:GYD'"
  const flight = 'TVL+110626:0815:110626:1030+GYD+TBS+0X+0412'
  const bytes = Buffer.from(
    `${head}${flight}'EQN+1'SRC'RCI+0X:ABC123'${segments.map((one) => `${one.replace('FLIGHT', flight)}'`).join('')}UNT+1+1'UNZ+1+1'`,
  )
  const [message] = read(bytes).messages
  if (!message) throw new Error('not read')
  return message
}

test.each([
  'ORG+0X:GYD',
  'ADD++700:NIZAMI KUC 1:BAKI:::AZ:1000:994500000001',
  'IFT+4:28::0X+CTCM 994500000001',
  'SSR+DOCS:HK:1:0X:::::/P/AZE/C1/AZE/14APR88/F/02JUN31/ROE/BEN',
  'FTI+0X:700012345',
  'TKT+7710000000017:T:1',
  'FOP+CA::1893.00',
  'TIF+GROUP:G:12',
])('nobody is lost behind the lost terminator of %s', (segment) => {
  const [pnr] = odd('TIF+ROE+BEN:A:1', `${segment}TIF+DOE+ADA:A:2`, 'SSR+CHLD:HK:1:0X').pnrs
  expect(pnr?.travellers.map(({ surname, kind }) => [surname, kind])).toEqual([
    ['ROE', 'adult'],
    ['DOE', 'child'],
  ])
})

/** What the guide has otherwise, and what it says of the travellers. */
const ODD: readonly (readonly [readonly string[], readonly object[]])[] = [
  [['TIF+DOE+ADAMRS:A:1+BENMR:A:2+CYMSTR:C:3'], [{ givenNames: 'ADAMRS' }, { givenNames: 'BENMR' }, { kind: 'child' }]],
  [['TIF+DOE+ADA:A:1', 'FLIGHT:Y', 'TRI++7::24A:1'], [{ checkedIn: true, seat: '24A' }]],
  [['FLIGHT:Y', 'TRI++7:::1', 'TIF+DOE+ADA:A:1', 'SSD+24A'], [{ surname: 'DOE', checkedIn: true, seat: '24A' }]],
  [['TIF+DOE+ADA:A:1', 'FAR+N+++++'], [{ fares: [{ type: 'N' }] }]],
  [
    ['TIF+DOE+ADA:A:1', 'SSR+DOCS:HK:1:0X:::::/P/AZE/C1/AZE/14APR88/F/02JUN31//ADALINA'],
    [{ documentSurname: 'ADALINA', sex: 'F' }],
  ],
  [
    ['TIF+DOE+ADA:A:1', 'SSR+CTCE:HK:1:0X:::::ADA-99B//EXAMPLE.COM-1DOE/ADA'],
    [{ contacts: [{ kind: 'email', value: 'ADA-99B@EXAMPLE.COM' }] }],
  ],
  [['TIF+DOE+ADA:A:1', 'SSR+TKNE:HK:1:0X:::::771-0000000017C1'], [{ tickets: [{ number: '7710000000017' }] }]],
]
test.each(ODD)('%j is understood, written, and understood again', (segments, travellers) => {
  const message = odd(...segments)
  expect(message.pnrs[0]?.travellers).toMatchObject(travellers)
  const [again] = read(writePnrgov(message)).messages
  expect(withoutPlaces(again?.pnrs)).toEqual(withoutPlaces(message.pnrs))
})
