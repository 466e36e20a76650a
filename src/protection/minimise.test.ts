import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ActionCode } from '#domain/hit.ts'
import type { PnrTraveller } from '#domain/pnr.ts'
import type { ApiTraveller } from '#domain/traveller.ts'
import { civilDate } from '#lib/time.ts'
import { FIELDS } from './fields.ts'
import { minimise } from './minimise.ts'

const birthDate = civilDate(1988, 2, 29)
const api: ApiTraveller = {
  role: 'passenger',
  surname: 'TORVALDSEN',
  givenNames: 'ISKRA',
  ...(birthDate && { birthDate }),
  sex: 'F',
  nationality: 'XXA',
  nationalities: ['XXA'],
  addresses: [{ kind: 'destination', street: '1 HOTEL STREET' }],
  documents: [{ kind: 'passport', type: 'P', number: 'N77', numberAsSent: 'N77', issuer: 'XXA' }],
  contacts: [{ kind: 'phone', value: '+000' }],
  baggage: { tags: [] },
  at: {},
}
const pnr: PnrTraveller = {
  reference: '1',
  surname: 'TORVALDSEN',
  givenNames: 'ISKRAMRS',
  kind: 'adult',
  documents: [],
  addresses: [],
  contacts: [],
  frequentFlyers: [],
  tickets: [],
  seat: '14C',
  baggage: { count: 2, tags: [] },
  at: {},
}
const told = (action: ActionCode, readsPnr = true) => Object.keys(minimise({ api, pnr }, { readsPnr }, action))

test.each([
  ['check-document', ['surname', 'givenNames', 'birthDate', 'sex', 'nationality', 'document']],
  ['interview', ['surname', 'givenNames', 'birthDate', 'sex', 'nationality', 'document', 'seat']],
  ['search-baggage', ['surname', 'givenNames', 'seat', 'bags']],
  ['inform-owner', ['surname', 'givenNames', 'birthDate', 'nationality', 'document']],
  ['observe', ['surname', 'givenNames', 'sex', 'seat']],
] as const)('%s is told %j', (action, fields) => {
  expect(told(action)).toEqual(fields)
})

test('who may not read PNR is told nothing that only the booking gave', () => {
  expect(told('search-baggage', false)).toEqual(['surname', 'givenNames'])
  expect(minimise({ pnr }, { readsPnr: false }, 'interview')).toEqual({})
})

test('no way to reach, and nothing about payment, booking or remarks is ever referred', () => {
  const actions = fc.constantFrom<ActionCode>(
    'check-document',
    'interview',
    'search-baggage',
    'inform-owner',
    'observe',
  )
  fc.assert(
    fc.property(actions, fc.boolean(), (action, readsPnr) => {
      expect(JSON.stringify(minimise({ api, pnr }, { readsPnr }, action))).not.toMatch(/\+000|HOTEL/)
    }),
  )
  const outside = Object.values(FIELDS).filter((field) => field.referredFor.length > 0)
  expect(new Set(outside.map((field) => field.sensitivity))).toEqual(new Set(['identity', 'document', 'journey']))
})

test('names, documents, contacts, payments, frequent flyer and remarks are masked (EU 2016/681 Art. 12(2))', () => {
  for (const field of Object.values(FIELDS)) {
    if (
      [4, 5, 6, 8, 12, 17, 18].includes(field.annex) &&
      ['identity', 'contact', 'payment', 'remark'].includes(field.sensitivity)
    ) {
      expect(field.mask).not.toBe('keep')
    }
  }
})
