import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Instant, readCivilDate } from '#lib/time.ts'
import {
  applyApi,
  applyPnrs,
  applyReferences,
  cancelAbsent,
  type LegState,
  legState,
  noChanges,
  type Sent,
} from './leg-state.ts'
import type { Pnr, PnrTraveller } from './pnr.ts'
import { sameContent } from './same-content.ts'
import type { ApiTraveller, TravelDocument } from './traveller.ts'

const LEG = '202606-0000000000000001'

const sent = (minute: number, transmission = `t${minute}`): Sent => ({
  transmission,
  sentAt: `2026-06-10T10:${String(minute).padStart(2, '0')}:00.000Z` as Instant,
  reference: `REF${minute}`,
})

const passport = (number: string): TravelDocument => ({
  kind: 'passport',
  type: 'P',
  number,
  numberAsSent: number,
  issuer: 'AZE',
})

function person(surname: string, givenNames: string, more: Partial<ApiTraveller> = {}): ApiTraveller {
  return {
    role: 'passenger',
    surname,
    givenNames,
    sex: 'U',
    nationalities: [],
    addresses: [],
    documents: [],
    contacts: [],
    baggage: { tags: [] },
    at: {},
    ...more,
  }
}

function booked(
  reference: string,
  surname: string,
  givenNames: string,
  more: Partial<PnrTraveller> = {},
): PnrTraveller {
  return {
    reference,
    surname,
    givenNames,
    kind: 'adult',
    documents: [],
    addresses: [],
    contacts: [],
    frequentFlyers: [],
    tickets: [],
    baggage: { tags: [] },
    at: {},
    ...more,
  }
}

function pnr(locator: string, travellers: readonly PnrTraveller[], more: Partial<Pnr> = {}): Pnr {
  return {
    locator,
    locators: [{ company: '0X', locator }],
    cancelled: false,
    numberOfTravellers: travellers.length,
    travellers,
    itinerary: [],
    checkIns: [],
    contacts: [],
    addresses: [],
    ssrs: [],
    remarks: [],
    splitWith: [],
    history: [],
    at: {},
    span: [0, 0],
    ...more,
  }
}

const empty = (): LegState => legState(LEG, [], [])
const people = (state: LegState) => [...state.travellers.values()].filter((row) => !row.mergedInto)
const born = (date: string) => {
  const birthDate = readCivilDate(date)
  return birthDate ? { birthDate } : {}
}

describe('linking API and PNR of one traveller', () => {
  const cases: [string, ApiTraveller, PnrTraveller, readonly string[] | undefined][] = [
    [
      'same document and name',
      person('ALMAZOVA', 'NIGAR', { documents: [passport('C1')] }),
      booked('1', 'ALMAZOVA', 'NIGARMS', { documents: [passport('C1')] }),
      ['document'],
    ],
    [
      'same locator and name',
      person('ALMAZOVA', 'NIGAR', { locator: 'AAA111' }),
      booked('1', 'ALMAZOVA', 'NIGARMS'),
      ['locator+name'],
    ],
    [
      'same name and date of birth',
      person('ALMAZOVA', 'NIGAR', born('1990-02-03')),
      booked('1', 'ALMAZOVA', 'NIGAR', born('1990-02-03')),
      ['name+birth-date'],
    ],
    ['a name alone', person('ALMAZOVA', 'NIGAR'), booked('1', 'ALMAZOVA', 'NIGAR'), undefined],
    [
      'another passport under the very same name and date of birth',
      person('ALMAZOVA', 'NIGAR', { documents: [passport('C1')], ...born('1990-02-03') }),
      booked('1', 'ALMAZOVA', 'NIGAR', { documents: [passport('C2')], ...born('1990-02-03') }),
      ['name+birth-date'],
    ],
    [
      'twins of one booking, told apart by their passports alone',
      person('MAMMADOVA', 'ELNURA', { documents: [passport('C1')], locator: 'AAA111', ...born('1990-02-03') }),
      booked('1', 'MAMMADOV', 'ELNUR', { documents: [passport('C2')], ...born('1990-02-03') }),
      undefined,
    ],
    [
      'mother and infant on one document',
      person('ALMAZOVA', 'NIGAR', { documents: [passport('C1')], ...born('1990-02-03') }),
      booked('1', 'ALMAZOVA', 'NIGAR', { documents: [passport('C1')], ...born('2026-01-03') }),
      undefined,
    ],
  ]
  test.each(cases)('%s', (_name, api, fromPnr, evidence) => {
    const state = empty()
    applyPnrs(state, [pnr('AAA111', [fromPnr])], sent(1), noChanges())
    applyApi(state, [api], sent(2), noChanges())
    const rows = people(state)
    expect(rows).toHaveLength(evidence ? 1 : 2)
    if (evidence) expect(rows[0]?.link).toEqual(evidence)
  })

  test('twins who are told of one by one are two', () => {
    const state = empty()
    const twin = (given: string, surname: string, number: string) =>
      person(surname, given, { documents: [passport(number)], ...born('1990-02-03') })
    applyApi(state, [twin('ELNUR', 'MAMMADOV', 'C1')], sent(1), noChanges())
    applyApi(state, [twin('ELNURA', 'MAMMADOVA', 'C2')], sent(2), noChanges())
    applyApi(state, [twin('ELNUR', 'MAMMADOV', 'C1')], sent(3), noChanges())
    expect(people(state).map((row) => row.api?.content.givenNames)).toEqual(['ELNUR', 'ELNURA'])
  })

  test('evidence that comes later joins two rows, and the row of the PNR carries on', () => {
    const state = empty()
    applyPnrs(state, [pnr('AAA111', [booked('1', 'ALMAZOVA', 'NIGAR')])], sent(1), noChanges())
    applyApi(state, [person('ALMAZOVA', 'NIGAR', { documents: [passport('C1')] })], sent(2), noChanges())
    expect(people(state)).toHaveLength(2)
    const changes = noChanges()
    applyPnrs(
      state,
      [pnr('AAA111', [booked('1', 'ALMAZOVA', 'NIGAR', { documents: [passport('C1')] })])],
      sent(3),
      changes,
    )
    const [row] = people(state)
    expect(people(state)).toHaveLength(1)
    expect(row?.api?.content.documents[0]?.number).toBe('C1')
    expect(changes.travellers.size).toBe(2)
  })
})

describe('versions', () => {
  test('the same again changes nothing', () => {
    const state = empty()
    const push = [pnr('AAA111', [booked('1', 'ALMAZOV', 'ELVIN')])]
    applyPnrs(state, push, sent(1), noChanges())
    const changes = noChanges()
    applyPnrs(state, push, sent(1), changes)
    applyApi(state, [], sent(1), changes)
    expect(changes.travellers.size + changes.pnrs.size + changes.parts.length).toBe(0)
  })

  test('an older push that arrives late is kept, and changes nothing in force', () => {
    const state = empty()
    applyPnrs(state, [pnr('AAA111', [booked('1', 'ALMAZOV', 'ELVIN', { seat: '12A' })])], sent(9), noChanges())
    const changes = noChanges()
    applyPnrs(state, [pnr('AAA111', [booked('1', 'ALMAZOV', 'ELVIN', { seat: '3C' })])], sent(1), changes)
    expect(people(state)[0]?.pnr?.content.seat).toBe('12A')
    expect(changes.pnrVersions).toHaveLength(1)
    expect(changes.travellers.size).toBe(0)
  })

  test('whatever the order of arrival, the newest push is in force', () => {
    const seats = ['1A', '2B', '3C', '4D', '5E']
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (order) => {
        const state = empty()
        for (const minute of order) {
          applyPnrs(
            state,
            [pnr('AAA111', [booked('1', 'ALMAZOV', 'ELVIN', { seat: seats[minute] ?? '' })])],
            sent(minute),
            noChanges(),
          )
          applyApi(
            state,
            [person('ALMAZOV', 'ELVIN', { passengerReference: 'R1', locator: 'AAA111', seat: seats[minute] ?? '' })],
            sent(minute),
            noChanges(),
          )
        }
        const rows = people(state)
        expect(rows).toHaveLength(1)
        expect([rows[0]?.pnr?.content.seat, rows[0]?.api?.content.seat]).toEqual(['5E', '5E'])
      }),
    )
  })

  test('a traveller whom the new version no longer names is cancelled, and comes back when it does', () => {
    const state = empty()
    const both = [booked('1', 'ALMAZOV', 'ELVIN'), booked('2', 'BAHAROV', 'TURAL')]
    applyPnrs(state, [pnr('AAA111', both)], sent(1), noChanges())
    applyPnrs(state, [pnr('AAA111', both.slice(0, 1))], sent(2), noChanges())
    expect(people(state).map((row) => row.status)).toEqual(['booked', 'cancelled'])
    applyPnrs(state, [pnr('AAA111', both)], sent(3), noChanges())
    expect(people(state).map((row) => row.status)).toEqual(['booked', 'booked'])
  })
})

describe('cancellation', () => {
  test('an empty PNR cancels, unless it is older than what is known', () => {
    const state = empty()
    applyPnrs(state, [pnr('AAA111', [booked('1', 'ALMAZOV', 'ELVIN')])], sent(5), noChanges())
    applyPnrs(state, [pnr('AAA111', [], { cancelled: true })], sent(4), noChanges())
    expect(people(state)[0]?.status).toBe('booked')
    applyPnrs(state, [pnr('AAA111', [], { cancelled: true })], sent(6), noChanges())
    expect(people(state)[0]?.status).toBe('cancelled')
  })

  test('a complete full push ends what it leaves out', () => {
    const state = empty()
    applyPnrs(
      state,
      [pnr('AAA111', [booked('1', 'ALMAZOV', 'ELVIN')]), pnr('BBB222', [booked('1', 'BAHAROV', 'TURAL')])],
      sent(1),
      noChanges(),
    )
    cancelAbsent(state, new Set(['AAA111']), sent(2), noChanges())
    expect(people(state).map((row) => row.status)).toEqual(['booked', 'cancelled'])
  })
})

describe('close-out', () => {
  const cleared = [
    person('ALMAZOV', 'ELVIN', { passengerReference: 'R1' }),
    person('BAHAROV', 'TURAL', { passengerReference: 'R2' }),
  ]
  const listed = [person('', '', { passengerReference: 'R1' })].map(({ surname: _s, givenNames: _g, ...rest }) => rest)
  test.each([
    ['close-on-board', ['boarded', 'not-boarded']],
    ['close-not-on-board', ['not-boarded', 'boarded']],
    ['cancel', ['cancelled', 'checked-in']],
    ['reduce', ['cancelled', 'checked-in']],
    ['cancel-flight', ['checked-in', 'checked-in']],
  ] as const)('%s', (fn, statuses) => {
    const state = empty()
    applyApi(state, cleared, sent(1), noChanges())
    applyReferences(state, fn, listed, noChanges())
    expect(people(state).map((row) => row.status)).toEqual(statuses)
  })
})

test('no traveller is dropped, and none is made twice, by any mix of repeated reports', () => {
  const names = ['ALMAZOV', 'BAHAROV', 'CINAROV', 'DURNAYEV']
  fc.assert(
    fc.property(
      fc.array(fc.record({ who: fc.nat(3), minute: fc.nat(20), source: fc.constantFrom('api', 'pnr') }), {
        maxLength: 20,
      }),
      (reports) => {
        const state = empty()
        const seen = new Set<number>()
        for (const [index, { who, minute, source }] of reports.entries()) {
          const name = names[who] ?? ''
          seen.add(who)
          if (source === 'api')
            applyApi(
              state,
              [person(name, 'TEST', { locator: `LOC${who}`, ...born(`199${who}-01-01`) })],
              sent(minute, `t${index}`),
              noChanges(),
            )
          else applyPnrs(state, [pnr(`LOC${who}`, [booked('1', name, 'TEST')])], sent(minute, `t${index}`), noChanges())
        }
        expect(people(state)).toHaveLength(seen.size)
      },
    ),
  )
})

test('where a value stood in the message makes no other content', () => {
  const one = booked('1', 'ALMAZOV', 'ELVIN', { at: { surname: [3, 9] } })
  const other = booked('1', 'ALMAZOV', 'ELVIN', { at: { surname: [30, 36] } })
  expect(sameContent(one, other)).toBe(true)
})
