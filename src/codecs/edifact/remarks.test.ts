import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mayPassAsRemark, passesAsRemark, passesByType } from './remarks.ts'

const looked = (text: string): boolean => {
  const bytes = Buffer.from(`(${text})`)
  return mayPassAsRemark(bytes, 1, bytes.length - 1)
}

test.each([
  'CTCM 994500000001',
  'ZX CTC B 4700000001',
  'PCTC ALMAZ 4700000001',
  'ctce nergiz//example.com',
  'MAIL NERGIZ@EXAMPLE.COM',
  'GYD/APM-4700000001',
  'UMNR 8 YRS',
  'CHILD UM08',
  'UNACC. MINOR',
  'TKTL 10JUN',
  'TKNE 9012000741976C1',
  'E-TKT ISSUED',
  'SEE ETICKET',
  'NUMBER 9012000741976.',
  'FARE 100',
  'FOP INVOICE',
  'FP CASH',
  'PAYER ALMAZ',
  'PAID BY COMPANY',
  'NON-REF',
  'NONEND',
  'SPLIT PTY 2 TO SPL778',
  'SPLIT PTY FROM ABC123',
  'ZX NO SHOW',
  'NOSHOW',
  'GO SHO',
])('"%s" passes', (text) => {
  expect(passesAsRemark(text)).toBe(true)
  expect(looked(text)).toBe(true)
})

test.each([
  'SEATS TOGETHER PLS',
  'HONEYMOON',
  'CALL CTCM 1',
  'PAX ONLINE',
  'NO SMOKING',
  'FPX',
  'SPLIT PTY 2 TO LONDON BRIDGE',
  '90120007419761',
  'WELFARE',
  'STICKET',
  'A_TKT',
  '',
])('"%s" does not', (text) => expect(passesAsRemark(text)).toBe(false))

test('a remark that passes does so in small letters, and behind other words where it may stand there', () => {
  const word = fc.constantFrom('PAX', 'ZX', 'GYD', 'TK', 'NO', 'é', '12', '-', 'E-', 'UM', '(')
  const core = fc.constantFrom('TKNE', 'TKTL', 'E-TKT', 'TICKET', 'FARE', 'FOP', 'FP', 'PAYER', 'UMNR', 'UM08', 'A@B.C')
  fc.assert(
    fc.property(fc.array(word, { maxLength: 4 }), core, (before, text) => {
      const whole = [...before, text].join(' ')
      return [whole, whole.toLowerCase()].every((one) => passesAsRemark(one) && looked(one))
    }),
  )
})

test('texts of a type that is no remark pass', () => {
  expect(passesByType('43')).toBe(true)
  expect(passesByType('28')).toBe(false)
})

test('the look at bytes lets through whatever the pattern does', () => {
  const piece = fc.constantFrom(
    ...'CTC P TK T NE TKT NO SHO W GO FP FOP E- TICKET UM NR 08 / AP E @ A.B // UNACC . MINOR 9012000741976 1 _ é'.split(
      ' ',
    ),
    ' ',
    ' ',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('')
      return !passesAsRemark(text) || looked(text)
    }),
    { numRuns: 3_000 },
  )
})
