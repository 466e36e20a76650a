import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPlaceholderName, suffixIn, titleIn } from './name-as-sent.ts'

test.each([
  ['ANNAMRS', { given: 'ANNA', title: 'MRS' }],
  ['ANNA MRS', { given: 'ANNA', title: 'MRS' }],
  ['ANNA LOUISEMISS', { given: 'ANNA LOUISE', title: 'MISS' }],
  ['EMILMSTR', { given: 'EMIL', title: 'MSTR' }],
  ['AMIR MR', { given: 'AMIR', title: 'MR' }],
  ['AMIRMR', { given: 'AMIR', title: 'MR' }],
  ['JOHN JR', { given: 'JOHN', suffix: 'JR' }],
  ['JOHN JR MR', { given: 'JOHN', title: 'MR', suffix: 'JR' }],
  ['JOHNMR JR', { given: 'JOHN', title: 'MR', suffix: 'JR' }],
  ['DR RENA', { given: 'RENA', title: 'DR' }],
  ['A MR', { given: 'A', title: 'MR' }],
  // These may be names to the end: a second reading stands beside the first
  ['ADAMS', { given: 'ADA', title: 'MS' }],
  ['WILLIAMS', { given: 'WILLIA', title: 'MS' }],
])('%s may also be read as %j', (given, reading) => {
  expect(titleIn(given)).toEqual(reading)
})

test.each(['SIRAJ', 'MRSIC', 'SAMIR', 'YASSER', 'AMIR', 'DRAGAN', 'REVAN', 'MR', 'MRS', 'JR', 'IMR', 'ANNA', ''])(
  '%s has no other reading',
  (given) => {
    expect(titleIn(given)).toBeUndefined()
  },
)

test('what is left of a name is a piece of it, and what was taken off stood there', () => {
  const word = fc.stringMatching(/^[A-Z]{1,8}$/)
  const end = fc.constantFrom('MR', 'MRS', 'MS', 'JR', 'DR', 'III', '')
  fc.assert(
    fc.property(fc.array(word, { maxLength: 3 }), end, fc.boolean(), (words, title, glued) => {
      const sent = [words.join(' '), title].join(glued ? '' : ' ')
      const reading = titleIn(sent)
      if (!reading) return
      expect(sent).toContain(reading.given)
      expect(reading.given.trim()).toBe(reading.given)
      expect(reading.given.length).toBeGreaterThan(0)
      expect(sent).toContain(reading.title ?? '')
      expect(sent).toContain(reading.suffix ?? '')
    }),
  )
})

test.each([
  ['KING JR', { surname: 'KING', suffix: 'JR' }],
  ['KING, III', { surname: 'KING', suffix: 'III' }],
  ['JR', undefined],
  ['KINGSR', undefined],
])('the surname %s may also be read as %j', (surname, reading) => {
  expect(suffixIn(surname)).toEqual(reading)
})

test.each([
  ['FNU', true],
  ['tba', true],
  ['TO BE ADVISED', true],
  ['FNUR', false],
  ['TBILISI', false],
])('%s is a placeholder: %s', (name, is) => {
  expect(isPlaceholderName(name)).toBe(is)
})
