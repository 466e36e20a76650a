import { expect, test } from 'vitest'
import { nameLikeness } from './name-likeness.ts'

test.each([
  ['ALIYEVA', 'ALIEVA', 'transliteration'],
  ['ƏLİYEVA', 'ALIYEVA', 'transliteration'],
  ['ЖУКОВА', 'ZHUKOVA', 'transliteration'],
  ['KHALILOVA', 'XALILOVA', 'transliteration'],
  ['CONSTANTINESCU', 'CONSTANTIN', 'truncated'],
  ['BERGHOLM', 'BERGHOLN', undefined],
  ['HASAN', 'HUSEYN', undefined],
  ['ANA MARIA', 'ANA', undefined],
])('%s and %s: %s', (api, pnr, rule) => {
  expect(nameLikeness(api, pnr)).toBe(rule)
})
