import { expect, test } from 'vitest'
import { keysOf } from './seal.ts'
import { FORMS, searchKeysOf } from './search-keys.ts'
import { apiOf, NOW } from './testing/scene.ts'

const site = (byte: number) => searchKeysOf(keysOf(new Uint8Array(32).fill(byte)))
const inForce = { version: 1, sentAt: NOW, transmission: '', content: apiOf('VALEDOVA') }

test('a key is 64 bits, the same for the same site only', () => {
  expect(site(7).keyOf('phone 500000001')).toBe(site(7).keyOf('phone 500000001'))
  expect(site(7).keyOf('phone 500000001')).not.toBe(site(8).keyOf('phone 500000001'))
  expect(site(7).keyOf('phone 500000001')).toMatch(/^-?\d{15,19}$/)
})

test('no term can be read in the keys of a traveller', () => {
  const keys = site(7).of({ api: inForce }, undefined).api ?? []
  expect(keys.length).toBeGreaterThan(2)
  for (const key of keys) expect(BigInt(key)).toBeTypeOf('bigint')
  expect(keys).toEqual(keys.toSorted())
})

const meet = (one: readonly [string, string?], other: readonly [string, string?]): boolean => {
  const forms = FORMS.name(other[0], other[1])
  return FORMS.name(one[0], one[1]).some((form) => forms.includes(form))
}

test.each([
  [['ƏLİYEV'], ['ALIYEV']],
  [['ELIEV'], ['ALIYEV']],
  [['ALI ZADE'], ['ALIZADE']],
  [
    ['', 'MIRAYMRS'],
    ['', 'MIRAY'],
  ],
  [['LI'], ['LI']],
] as const)('%s and %s meet', (one, other) => expect(meet(one, other)).toBe(true))

test.each([
  [['ALIYEV'], ['HASANOV']],
  [['LI'], ['LEE']],
] as const)('%s and %s do not', (one, other) => expect(meet(one, other)).toBe(false))

test('letters and figures of a document number that look alike are one', () => {
  expect(FORMS.document('C0I817Z63')).toBe(FORMS.document('C01817263'))
  expect(FORMS.document('A1')).toBeUndefined()
})
