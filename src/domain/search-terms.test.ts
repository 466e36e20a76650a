import fc from 'fast-check'
import { expect, test } from 'vitest'
import { given } from '#lib/given.ts'
import { civilDate } from '#lib/time.ts'
import {
  apiTerms,
  bookingTerms,
  cardTerm,
  emailTerm,
  type Forms,
  locatorTerm,
  phoneTerm,
  pnrTerms,
  ticketTerm,
} from './search-terms.ts'

const PLAIN: Forms = {
  name: (surname, given) => [surname, given].filter((part) => part !== undefined),
  slips: () => [],
  document: (number) => number,
}

test.each([
  ['+994 50 000-00-01', 'phone 500000001'],
  ['00994500000001', 'phone 500000001'],
  ['GYD 994 50 0000001-M', 'phone 500000001'],
  ['0000001', 'phone 0000001'],
  ['123456', undefined],
  ['ANNA01234567//EXAMPLE.COM', undefined],
])('phone %s', (sent, term) => expect(phoneTerm(sent)).toBe(term))

test.each([
  [' Anna.Berg@Example.com ', 'email anna.berg@example.com'],
  ['ANNA..BERG//EXAMPLE.COM', 'email anna_berg@example.com'],
  ['ANNA./BERG//EXAMPLE.COM', 'email anna-berg@example.com'],
  ['ANNA', undefined],
  ['A@B', undefined],
])('e-mail %s', (sent, term) => expect(emailTerm(sent)).toBe(term))

test.each([
  ['411111XXXXXX1234', 'card 4111111234'],
  ['4111 1100 0000 1234', 'card 4111111234'],
  ['VI411111XXXXXX1234', undefined],
  ['XXXXXXXXXXXX1234', undefined],
])('card %s', (sent, term) => expect(cardTerm(sent)).toBe(term))

test.each([
  ['1712412345678', 'ticket 1712412345678'],
  ['171-2412345678', 'ticket 1712412345678'],
  ['17124123456784', 'ticket 1712412345678'],
  ['1712412345678C1', 'ticket 1712412345678'],
  ['241234', undefined],
])('ticket %s', (sent, term) => expect(ticketTerm(sent)).toBe(term))

test.each([
  ['qxaaaa', 'locator QXAAAA'],
  ['Q1', undefined],
])('locator %s', (sent, term) => expect(locatorTerm(sent)).toBe(term))

test('a term, asked for as it is found, is itself', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 20 })
  for (const term of [phoneTerm, ticketTerm])
    fc.assert(
      fc.property(digits, (sent) => {
        const found = term(sent)
        if (found) expect(term(found.split(' ')[1] ?? '')).toBe(found)
      }),
    )
})

test('a person is found by everything that was said of him, and by what was said of his booking', () => {
  const contacts = [{ kind: 'phone', value: '+994500000001' }] as const
  const nothing = { contacts: [], addresses: [], baggage: { tags: [] }, at: {} } as const
  expect(
    apiTerms(
      {
        ...nothing,
        role: 'passenger',
        surname: 'BERG',
        ...given({ birthDate: civilDate(1985, 4, 12) }),
        sex: 'U',
        nationalities: [],
        contacts,
        documents: [{ kind: 'passport', type: 'P', number: 'U1234567', numberAsSent: 'U1234567' }],
        locator: 'QXAAAA',
        ticket: '1712412345678',
      },
      PLAIN,
    ),
  ).toEqual([
    'name BERG',
    'born 1985-04-12',
    'document U1234567',
    'phone 500000001',
    'locator QXAAAA',
    'ticket 1712412345678',
  ])
  const ticket = {
    number: '1712412345678',
    payments: [{ form: 'card', formAsSent: 'CC', cardMasked: '411111XXXXXX1234' }],
  } as const
  expect(
    pnrTerms(
      {
        ...nothing,
        reference: '1',
        surname: 'BERG',
        documentSurname: 'VON BERG',
        kind: 'adult',
        documents: [],
        frequentFlyers: [],
        tickets: [ticket],
      },
      PLAIN,
    ),
  ).toEqual(['name BERG', 'name VON BERG', 'ticket 1712412345678', 'card 4111111234'])
  expect(
    bookingTerms({
      ...nothing,
      locators: [{ company: 'Q1', locator: 'QXBBBB' }],
      locator: 'QXAAAA',
      cancelled: false,
      numberOfTravellers: 1,
      travellers: [],
      itinerary: [],
      checkIns: [],
      contacts: [...contacts, { kind: 'other', value: 'anna@example.com' }],
      ssrs: [],
      remarks: [],
      splitWith: [],
      history: [],
      span: [0, 1],
    }),
  ).toEqual(['phone 500000001', 'email anna@example.com', 'locator QXBBBB', 'locator QXAAAA'])
})
