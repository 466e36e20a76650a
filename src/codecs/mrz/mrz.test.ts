import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { parse } from 'mrz'
import { describe, expect, test } from 'vitest'
import type { CivilDate } from '#lib/time.ts'
import { MRZ_FINDINGS } from './catalogue.ts'
import { checkDigit } from './check-digit.ts'
import { LAYOUTS } from './layouts.ts'
import { readMrz } from './read.ts'
import { formsOf, transliterated } from './transliterate.ts'
import { type MrzDocument, writeMrz } from './write.ts'

const FOLDER = new URL('../../../fixtures/mrz/', import.meta.url)
const today = '2026-06-12' as CivilDate
const CASES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.slice(0, -4))
const sent = (name: string): string => readFileSync(new URL(`${name}.txt`, FOLDER), 'utf8')
const read = (text: string) => readMrz(text, { today })
const zone = (text: string) => {
  const { mrz } = read(text)
  if (!mrz) throw new Error('not read')
  return mrz
}

test.each(CASES)('%s is read as its golden file says', (name) => {
  const text = `${JSON.stringify(read(sent(name)), undefined, 2)}\n`
  const golden = new URL(`${name}.json`, FOLDER)
  if (process.env.PRECLEAR_GOLDEN === 'write') writeFileSync(golden, text)
  expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(golden, 'utf8')))
})

test('every finding has a fixture', () => {
  const seen = new Set(CASES.flatMap((name) => read(sent(name)).findings.map(({ code }) => code)))
  expect(Object.keys(MRZ_FINDINGS).filter((code) => !seen.has(code))).toEqual([])
})

test.each([
  ['K7X04219P', '7'],
  ['840229', '7'],
  ['310714', '0'],
  ['L898902C3', '6'],
  ['740812', '2'],
  ['120415', '9'],
  ['D23145890', '7'],
  ['<<<<<<', '0'],
])('the check digit of %s is %s', (field, digit) => expect(checkDigit(field)).toBe(digit))

describe('what a check digit cannot tell', () => {
  test.each(['0AKU', '1BLV', '2CMW', '3DNX', '4EOY', '5FPZ', '6GQ', '7HR', '8IS', '9JT'])('%s', (alike) => {
    expect(new Set([...alike].map(checkDigit)).size).toBe(1)
  })
})

test('a wrong digit is told, and readings that would be right are suggested, never applied', () => {
  const wrong = zone('P<AZEMERIDIAN<<ALBA<NOOR<<<<<<<<<<<<<<<<<<<<\nK7XO4219P7AZE8402297F3107140ZQ55<<<<<<<<<<38')
  expect(wrong.number).toBe('K7XO4219P')
  expect(wrong.checks.number).toBe('bad')
  expect(wrong.accepted).toBe(false)
  expect(wrong.suggestions.find(({ field }) => field === 'number')?.readings).toContain('K7X04219P')
  const dated = zone('P<AZEMERIDIAN<<ALBA<NOOR<<<<<<<<<<<<<<<<<<<<\nK7X04219P7AZE84O2297F3107140ZQ55<<<<<<<<<<38')
  expect(dated.suggestions).toEqual([{ field: 'birthDate', sent: '84O229', readings: ['840229'] }])
})

test('a long document number is read with either way of making its digit', () => {
  const lines = (digit: string) =>
    `I<AZEXK9081726<3549${digit}<<<<<<<<<<\n8402297F3107140AZE<<<<<<<<<<<0\nMERIDIAN<<ALBA<NOOR<<<<<<<<<<<`
  for (const digit of ['9', '5'])
    expect(zone(lines(digit))).toMatchObject({ number: 'XK90817263549', checks: { number: 'ok' } })
  expect(zone(lines('1')).checks.number).toBe('bad')
})

const letters = fc.stringMatching(/^[A-Z]{2,9}$/)
const date = fc
  .tuple(fc.integer({ min: 1928, max: 2025 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([y, m, d]) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}` as CivilDate)
const expiry = date
  .map((one) => `${Number(one.slice(0, 4)) + 45}${one.slice(4)}`)
  .map((one) => (one > '2070' ? `2030${one.slice(4)}` : one) as CivilDate)
const document: fc.Arbitrary<MrzDocument> = fc.constantFrom(...LAYOUTS).chain(({ format }) =>
  fc.record({
    format: fc.constant(format),
    code: fc.constant(format.startsWith('MRV') ? 'V' : format === 'TD3' ? 'P' : 'I'),
    issuer: fc.constantFrom('AZE', 'TUR', 'GEO', 'D'),
    surname: letters,
    givenNames: fc.array(letters, { minLength: 1, maxLength: 2 }).map((names) => names.join(' ').slice(0, 14).trim()),
    number: fc.stringMatching(format === 'TD1' ? /^[A-Z0-9]{5,14}$/ : /^[A-Z0-9]{5,9}$/),
    nationality: fc.constantFrom('AZE', 'KAZ', 'XXB'),
    birthDate: date,
    sex: fc.constantFrom('M', 'F', 'X'),
    expiryDate: expiry,
  }),
)

test('what is written is read again, digits right, whatever the format', () => {
  fc.assert(
    fc.property(document, (one) => {
      const written = writeMrz(one)
      if (!written.ok) throw new Error('not written')
      const { format, issuer, ...rest } = one
      const again = zone(written.value.join('\n'))
      expect(again).toMatchObject({
        format,
        issuer: issuer === 'D' ? 'DEU' : issuer,
        surname: rest.surname,
        givenNames: rest.givenNames,
        number: rest.number,
        nationality: rest.nationality,
        sex: rest.sex,
        accepted: true,
      })
      expect(again.birthDate.date).toBe(rest.birthDate)
      expect(again.expiryDate.date?.slice(2)).toBe(rest.expiryDate?.slice(2))
    }),
  )
})

test('another reader finds the same in what is written', () => {
  fc.assert(
    fc.property(
      document.filter(({ format, number }) => !format.startsWith('MRV') && number.length <= 9),
      (one) => {
        const written = writeMrz(one)
        if (!written.ok) throw new Error('not written')
        const theirs = parse([...written.value])
        expect(theirs.details.filter(({ valid, field }) => !valid && field !== 'nationality')).toEqual([])
        expect(theirs).toMatchObject({
          format: one.format,
          fields: { documentNumber: one.number, lastName: one.surname, firstName: one.givenNames },
        })
      },
    ),
  )
})

test('no bytes make it throw, and places lie in what was given', () => {
  const text = fc.string({ maxLength: 200, unit: fc.constantFrom(...'P<AZE0123456789XYZ\n« -aü') })
  fc.assert(
    fc.property(text, (junk) => {
      for (const { at } of read(junk).findings) expect(at.byte).toBeLessThanOrEqual(junk.length)
    }),
  )
})

describe('names', () => {
  test.each([
    ['ƏLİYEV', 'ALIYEV'],
    ['QULİYEVA-ŞƏRİFLİ', 'QULIYEVA<SARIFLI'],
    ["O'NEİLL", 'ONEILL'],
    ['МАМЕДОВ', 'MAMEDOV'],
    ['Щукина', 'SHCHUKINA'],
    ['Müller', 'MUELLER'],
    ['ÅSE MARIE', 'AASE<MARIE'],
    ['محمد', 'MXHMD'],
  ])('%s is written %s', (name, zoned) => expect(transliterated(name)).toBe(zoned))

  test('all forms that are met are given, the recommended one first', () => {
    expect(formsOf('ƏSGƏR').slice(0, 1)).toEqual(['ASGAR'])
    expect(formsOf('ƏSGƏR')).toEqual(expect.arrayContaining(['ESGER', 'ASGER']))
    expect(formsOf('Жуков')).toEqual(['ZHUKOV', 'ZUKOV'])
  })

  test('a name that is too long keeps the beginning of its given name', () => {
    const written = writeMrz({
      format: 'TD3',
      code: 'P',
      issuer: 'AZE',
      surname: 'A'.repeat(60),
      givenNames: 'NERGIZ',
      number: 'C1',
      nationality: 'AZE',
    })
    expect(written.ok && written.value[0]).toBe(`P<AZE${'A'.repeat(36)}<<N`)
    expect(written.ok && zone(written.value.join('\n')).truncated).toBe(true)
  })
})
