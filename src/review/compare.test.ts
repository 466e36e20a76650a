import { expect, test } from 'vitest'
import type { PnrTraveller } from '#domain/pnr.ts'
import type { ApiTraveller, TravelDocument } from '#domain/traveller.ts'
import { civilDate } from '#lib/time.ts'
import { compareSources, type NameLikeness } from './compare.ts'

const passport: TravelDocument = {
  kind: 'passport',
  type: 'P',
  number: 'K123',
  numberAsSent: 'K123',
  issuer: 'XXA',
  at: [40, 44],
}
const api = (more: Partial<ApiTraveller> = {}): ApiTraveller => ({
  role: 'passenger',
  surname: 'VALEDOVA',
  givenNames: 'MIRAY',
  sex: 'F',
  nationalities: [],
  addresses: [],
  documents: [passport],
  contacts: [],
  baggage: { count: 1, tags: [] },
  at: { surname: [1, 9], givenNames: [10, 15], seat: [20, 23] },
  ...more,
})
const pnr = (more: Partial<PnrTraveller> = {}): PnrTraveller => ({
  reference: '1',
  surname: 'VALEDOVA',
  kind: 'adult',
  documents: [],
  addresses: [],
  contacts: [],
  frequentFlyers: [],
  tickets: [],
  baggage: { tags: [] },
  at: { surname: [100, 108] },
  ...more,
})
const verdicts = (a: ApiTraveller | undefined, b: PnrTraveller | undefined, likeness?: NameLikeness) =>
  Object.fromEntries(
    compareSources(a, b, likeness).map((row) => [row.field, row.rule ? `${row.verdict}:${row.rule}` : row.verdict]),
  )

test.each([
  ['MIRAY', 'same'],
  ['MIRAYMRS', 'spelling:title'],
  ['MIRAY MS', 'spelling:title'],
  ['Miray', 'spelling:folded'],
  ['MIRA', 'differs'],
  [undefined, 'only-api'],
] as const)('given names MIRAY against %s: %s', (givenNames, verdict) => {
  expect(verdicts(api(), pnr(givenNames ? { givenNames } : {})).givenNames).toBe(verdict)
})

test('the same words in another order are a spelling, also below a title', () => {
  const two = api({ givenNames: 'ANA MIRAY' })
  expect(verdicts(two, pnr({ givenNames: 'MIRAY ANA' })).givenNames).toBe('spelling:order')
  expect(verdicts(two, pnr({ givenNames: 'MIRAY ANAMRS' })).givenNames).toBe('spelling:order')
})

test('a name of the document decides before the booking’s, and its end is no title', () => {
  const row = compareSources(
    api({ givenNames: 'ADAM' }),
    pnr({ documentSurname: 'VALEDOVA', documentGivenNames: 'ADAMR' }),
  )[1]
  expect(row).toMatchObject({ verdict: 'differs', pnr: { value: 'ADAMR' } })
})

test('a transliteration is asked of whoever knows them', () => {
  const likeness: NameLikeness = (a, b) => (a === 'VALEDOVA' && b === 'WALEDOWA' ? 'transliteration' : undefined)
  expect(verdicts(api(), pnr({ surname: 'WALEDOWA' }), likeness).surname).toBe('spelling:transliteration')
  expect(verdicts(api(), pnr({ surname: 'BERGHOLM' }), likeness).surname).toBe('differs')
})

test('documents are paired by number before kind, and cells carry their bytes', () => {
  const other: TravelDocument = { ...passport, number: 'Z9', at: [1, 2] }
  const rows = compareSources(
    api({ documents: [other, passport] }),
    pnr({ documents: [{ ...passport, issuer: 'XXB', at: [200, 204] }] }),
  )
  const row = (field: string) => rows.find((one) => one.field === field)
  expect(row('document.number')).toEqual({
    field: 'document.number',
    api: { value: 'K123', span: [40, 44] },
    pnr: { value: 'K123', span: [200, 204] },
    verdict: 'same',
  })
  expect(row('document.issuer')?.verdict).toBe('differs')
})

test('what one side did not send is told apart from what differs', () => {
  const birthDate = civilDate(1991, 5, 7)
  const found = verdicts(api({ ...(birthDate && { birthDate }), seat: '012A' }), pnr({ seat: '12A', sex: 'U' }))
  expect(found).toMatchObject({
    birthDate: 'only-api',
    sex: 'only-api',
    seat: 'same',
    nationality: 'neither',
    bags: 'only-api',
  })
  expect(verdicts(undefined, pnr())).toMatchObject({ surname: 'only-pnr', birthDate: 'neither' })
  expect(verdicts(api(), undefined)).toMatchObject({ surname: 'only-api', 'document.number': 'only-api' })
})
