import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPaxlst, type PaxlstMessage } from '#domain/message.ts'
import type { Instant } from '#lib/time.ts'
import { decode } from '../../decode.ts'
import { writePaxlst } from './write.ts'

const FOLDER = new URL('../../../../fixtures/paxlst/', import.meta.url)
const context = { receivedAt: '2026-06-12T07:00:00.000Z' as Instant }
const CASES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.edi'))
  .map((file) => file.slice(0, -4))
const sent = (name: string): Buffer => readFileSync(new URL(`${name}.edi`, FOLDER))

const listsIn = (bytes: Uint8Array): readonly PaxlstMessage[] => decode(bytes, context).messages.filter(isPaxlst)

/** Places in the bytes, and in the order of segments, are the message's, not the model's. */
const withoutPlaces = ({ kept = [], ...model }: PaxlstMessage): unknown => [
  plain(model),
  kept.map((one) => JSON.stringify(plain(one))).sort(),
]

const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, field) =>
      key === 'span' || key === 'index' || key === 'nth' || (key === 'at' && typeof field === 'object')
        ? undefined
        : field,
    ),
  )

/** Segments as sent, without line breaks; the envelopes of an interchange with several messages stay out. */
function segmentsOf(text: string, terminator: string): string[] {
  const found = text.replaceAll(/\r?\n/g, '').split(terminator)
  const several = found.filter((one) => one.startsWith('UNH')).length > 1
  return several ? found.filter((one) => one !== '' && !/^UN[ABEGZ]/.test(one)) : found
}

/** Understood in full, but with segments out of the guide's order, or in a form that no writer has. */
const NOT_IN_ORDER = new Set([
  'dirty-close-out',
  'dirty-lines-and-blanks',
  'dirty-no-una-own-separators',
  'dirty-order',
  'manifest',
])

describe.each(CASES)('%s', (name) => {
  const { messages, findings } = decode(sent(name), context)
  const lists = messages.filter(isPaxlst)
  const legacy = lists.some(({ version }) => version === 'LEGACY')

  test('what was understood of it is written, and understood again', () => {
    for (const list of lists) {
      const version = legacy ? { version: 'D:12B' } : {}
      expect(listsIn(writePaxlst(list)).map(withoutPlaces)).toEqual([withoutPlaces({ ...list, ...version })])
    }
  })

  if (findings.length > 0 || legacy || NOT_IN_ORDER.has(name)) return
  test('is clean, and written as it was sent', () => {
    const terminator = lists[0]?.una?.at(5) ?? "'"
    const written = lists.flatMap((list) => segmentsOf(Buffer.from(writePaxlst(list)).toString(), terminator))
    const own = lists.length > 1 ? written.filter((one) => one !== '' && !/^UN[ABEGZ]/.test(one)) : written
    expect(own).toEqual(segmentsOf(sent(name).toString(), terminator))
  })
})

const CLEAN = CASES.filter((name) => name.startsWith('clean-'))

test('there is a clean message of each release and kind', () => {
  const seen = new Set<string>()
  for (const name of CLEAN) {
    const { messages, findings } = decode(sent(name), context)
    expect([name, findings]).toEqual([name, []])
    for (const { version, function: kind, crew, masterCrew, stage } of messages.filter(isPaxlst))
      seen.add(`${version} ${kind}${crew ? ` ${crew.part}` : ''} ${masterCrew ?? stage ?? ''}`.trimEnd())
  }
  const kinds = [
    'list',
    'list check-in',
    'list departure',
    'list scheduled',
    'list overflight',
    'change',
    'change scheduled',
    'change domestic',
    'cancel',
    'reduce',
    'close',
    'close-on-board',
    'close-not-on-board',
    'cancel-flight',
    'change-flight',
    'master-crew add',
    'master-crew delete',
    'master-crew change',
    'gate-pass',
  ]
  const releases = ['D:02B', 'D:05B', 'D:12B', 'D:15B', 'D:16B']
  expect(releases.flatMap((one) => kinds.map((kind) => `${one} ${kind}`)).filter((one) => !seen.has(one))).toEqual([])
})

const single = CLEAN.filter((name) => listsIn(sent(name)).length === 1)

const pieces = (name: string): readonly string[] =>
  sent(name)
    .toString()
    .split(/(?<=(?<!\?)')\s*/)
    .filter((one) => one !== '')

test('segments that nobody knows come back where they stood', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...single),
      fc.nat(),
      fc.stringMatching(/^[A-Z0-9]{1,8}$/),
      fc.boolean(),
      (name, at, value, wide) => {
        const segments = pieces(name)
        const first = segments.findIndex((one) => one.startsWith('UNH'))
        const last = segments.findIndex((one) => one.startsWith('UNT'))
        const place = first + 1 + (at % (last - first))
        const now = segments.toSpliced(place, 0, wide ? `ZZQ+${value}::A+?+'` : `RFF+ZZ:${value}'`)
        const [list] = listsIn(Buffer.from(now.join('')))
        if (!list) throw new Error('not read')
        const written = Buffer.from(writePaxlst(list))
          .toString()
          .split(/(?<=(?<!\?)')/)
        const body = (all: readonly string[]): string[] => all.filter((one) => one !== '' && !one.startsWith('UNT'))
        expect(body(written)).toEqual(body(now))
      },
    ),
    { numRuns: 300 },
  )
})

/** A segment with some of its bytes gone, changed or doubled; its terminator among them. */
const damage = fc.record({
  at: fc.nat(),
  width: fc.integer({ min: 1, max: 6 }),
  put: fc.stringMatching(/^[A-Z0-9+:'?]{0,4}$/),
})

/** The NAD of somebody of whom only a reference is sent. */
function headOf(segments: readonly string[], reference: string): number {
  const at = segments.findIndex((one) => one.includes(reference))
  return segments.slice(0, Math.max(0, at)).findLastIndex((one) => one.startsWith('NAD'))
}

const peopleOf = (bytes: Uint8Array): readonly string[] =>
  listsIn(bytes).flatMap(({ travellers }) =>
    travellers.map(({ surname = '', givenNames = '', passengerReference = '' }) =>
      surname ? `${surname}/${givenNames}` : passengerReference,
    ),
  )

test('whoever stands outside the broken segment is not lost', () => {
  fc.assert(
    fc.property(fc.constantFrom(...CLEAN), fc.nat(), damage, (name, which, { at, width, put }) => {
      const segments = pieces(name)
      const bodies = segments.flatMap((one, index) => (/^UN/.test(one) ? [] : [index]))
      const broken = bodies[which % bodies.length] ?? 0
      const whole = segments[broken] ?? ''
      const from = at % whole.length
      const mutant = whole.slice(0, from) + put + whole.slice(from + width)
      const left = peopleOf(Buffer.from(segments.with(broken, mutant).join('')))
      // A segment whose terminator is gone takes the next one with it
      const hit = [whole, ...(/(?<!\?)'$/.test(mutant) ? [] : [segments[broken + 1] ?? ''])]
      const own = (person: string): boolean =>
        hit.some((one) => person.split('/').some((part) => part !== '' && one.includes(part))) ||
        hit.some((_, behind) => headOf(segments, person) === broken + behind)
      // A terminator in front of what is no tag any more is data: it ends no value, but adds to one
      const there = (person: string): boolean =>
        left.includes(person) || left.some((one) => one.startsWith(`${person.replace(/\/$/, '')}'`))
      expect(peopleOf(sent(name)).filter((person) => !own(person) && !there(person))).toEqual([])
    }),
    { numRuns: 600 },
  )
})
