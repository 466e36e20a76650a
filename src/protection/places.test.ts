import { expect, test } from 'vitest'
import type { ApiTraveller } from '#domain/traveller.ts'
import { FIELDS } from './fields.ts'
import { API_PLACES, type PathsOf, PNR_PLACES, PNR_TRAVELLER_PLACES } from './places.ts'

test('an unregistered field does not compile', () => {
  const { 'documents.number': _left, ...rest } = API_PLACES
  // @ts-expect-error one path is missing
  const incomplete: Readonly<Record<PathsOf<ApiTraveller>, string>> = rest
  const whole: Readonly<Record<PathsOf<ApiTraveller>, string>> = API_PLACES
  expect(Object.keys(whole).length).toBe(Object.keys(incomplete).length + 1)
})

test('every place names an entry of the register', () => {
  for (const name of Object.values({ ...API_PLACES, ...PNR_PLACES, ...PNR_TRAVELLER_PLACES })) {
    expect(Object.keys(FIELDS)).toContain(name)
  }
})

test('what only PNR gives is not kept on the ground of API', () => {
  for (const name of Object.values(PNR_TRAVELLER_PLACES)) expect(FIELDS[name].ground).toContain('pnr')
})
