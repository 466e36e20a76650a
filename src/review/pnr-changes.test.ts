import { expect, test } from 'vitest'
import type { Pnr } from '#domain/pnr.ts'
import { type PnrVersion, pnrChanges } from './pnr-changes.ts'

const version = (references: readonly string[], more: Partial<Pnr> = {}): PnrVersion => ({
  travellers: references.map((reference) => ({ reference })),
  content: {
    locators: [],
    locator: 'QX4TRZ',
    cancelled: false,
    numberOfTravellers: references.length,
    itinerary: [],
    checkIns: [],
    contacts: [],
    addresses: [],
    ssrs: [],
    remarks: [],
    splitWith: [],
    history: [],
    at: {},
    span: [0, 9],
    ...more,
  },
})

const leg = (number: string, at: readonly [number, number] = [0, 1]) => ({ kind: 'flight' as const, number, at })

test.each([
  ['nothing', version(['1']), version(['1']), []],
  [
    'only its place in the message',
    version(['1'], { itinerary: [leg('7')] }),
    version(['1'], { itinerary: [leg('7', [50, 60])], span: [4, 90] }),
    [],
  ],
  ['one traveller more', version(['1']), version(['1', '2']), ['travellers+:1', 'numberOfTravellers']],
  [
    'one leg for another',
    version(['1'], { itinerary: [leg('7')] }),
    version(['1'], { itinerary: [leg('8')] }),
    ['itinerary:1'],
  ],
  [
    'a leg dropped',
    version(['1'], { itinerary: [leg('7'), leg('8')] }),
    version(['1'], { itinerary: [leg('7')] }),
    ['itinerary-:1'],
  ],
  ['cancelled', version(['1']), version(['1'], { cancelled: true }), ['cancelled']],
  ['an agency', version(['1']), version(['1'], { agency: { city: 'GYD' } }), ['agency+']],
] as const)('%s', (_what, before, now, changes) => {
  expect(pnrChanges(before, now)).toEqual(changes)
})

test('never quotes what the booking says', () => {
  const before = version(['1'], { remarks: [{ kind: 'um', text: 'GUARDIAN VALEDOV' }] })
  expect(pnrChanges(before, version(['1'])).join()).not.toContain('VALEDOV')
})
