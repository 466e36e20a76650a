import { expect, test } from 'vitest'
import { sensitiveSsr, sensitiveText, ssrTreatment } from './sensitive.ts'
import { SENSITIVE_CODES } from './sensitive-codes.ts'

test.each([
  ['KSML', 'religion'],
  ['MOML', 'religion'],
  ['ksml', 'religion'],
  ['DBML', 'health'],
  ['QXML', 'health'],
  ['WCHR', 'health'],
  ['WCHX', 'health'],
  ['MEDA', 'health'],
  ['LANG', 'ethnicity'],
  ['JPML', 'ethnicity'],
])('the SSR code %s tells of %s', (code, category) => {
  expect(sensitiveSsr(code)).toBe(category)
})

test.each(['DOCS', 'SEAT', 'UMNR', 'CTCM', 'TKNE', 'PETC', 'XXXX', ''])('the SSR code "%s" may stay', (code) => {
  expect(sensitiveSsr(code)).toBeUndefined()
})

test('an SSR code that nobody listed keeps no text', () => {
  expect(ssrTreatment('ZZZZ')).toBe('drop')
  expect(ssrTreatment('docs')).toBe('keep')
  expect(ssrTreatment('UMNR')).toBe('screen')
  expect(ssrTreatment('OTHS')).toBe('remark')
})

test.each([
  ['SSRKSMLZXHK1', 'religion'],
  ['KSML/ ORDERED', 'religion'],
  ['ZX KSMLHK1', 'religion'],
  ['ksml', 'religion'],
  ['ADD KSML2', 'religion'],
  ['PAX WANTS HALAL FOOD', 'religion'],
  ['Umrah group 2026', 'religion'],
  ['VISITS ST MARYS CHURCH CHOIR', 'religion'],
  ['CHRISTIAN GROUP OF 12', 'religion'],
  ['müsəlman yeməyi', 'religion'],
  ['HƏCC ZİYARƏTİ', 'religion'],
  ['паломники, 12 чел', 'religion'],
  ['GRUPPA PALOMNIKOV', 'religion'],
  ['UMRE KAFILESI', 'religion'],
  ['PAX USES WHEELCHAIR', 'health'],
  ['PREGNANT 30 WKS', 'health'],
  ['DIABETIC', 'health'],
  ['əlil arabası', 'health'],
  ['инвалидная коляска', 'health'],
  ['BEREMENNAYA 7 MES', 'health'],
  ['HAMİLE YOLCU', 'health'],
  ['TEKERLEKLİ SANDALYE', 'health'],
  ['xəstə sərnişin', 'health'],
  ['PARTY DELEGATE', 'politics'],
  ['siyasi partiya', 'politics'],
  ['член партии', 'politics'],
  ['MUHALEFET LIDERI', 'politics'],
  ['UNION DELEGATE', 'union'],
  ['TRADE UNION CONGRESS', 'union'],
  ['həmkarlar ittifaqı', 'union'],
  ['PROFSOYUZ', 'union'],
  ['SENDIKA TOPLANTISI', 'union'],
  ['ETHNIC ROMA', 'ethnicity'],
  ['OF KURDISH ORIGIN', 'ethnicity'],
  ['milliyyətcə', 'ethnicity'],
  ['цыгане', 'ethnicity'],
  ['SAME SEX COUPLE', 'sexual-life'],
  ['LGBT GROUP', 'sexual-life'],
  ['трансгендер', 'sexual-life'],
])('finds what "%s" reveals', (text, category) => {
  expect(sensitiveText(text)).toBe(category)
})

test.each([...SENSITIVE_CODES])('finds the code %s bare, glued and in a sentence', (code, category) => {
  for (const text of [
    code,
    `${code}/`,
    `${code}HK1`,
    `${code}ZXHK1`,
    `SSR${code}ZXHK1`,
    `ZX ${code} REQ`,
    `SSR ${code} ZX HK1`,
    code.toLowerCase(),
  ]) {
    expect(sensitiveText(text)).toBe(category)
  }
})

/** Names, addresses and remarks that must pass untouched. */
const HARMLESS = [
  'UNION STREET 12',
  '5 CHURCH LANE',
  'CHURCH/JOHNMR',
  'JAIN/PRIYAMS',
  'CHRISTIAN BERG',
  'MUSLIM MAGOMEDOV',
  'GAY/ROBERTMR',
  'ISLAMOV RASHAD',
  'ISLAMABAD',
  'PARTY OF 4',
  'PTY 2',
  'WESTERN UNION',
  'EUROPEAN UNION',
  'UNION SQUARE HOTEL',
  'MAASTRICHT',
  'MEDALLION HOTEL',
  'INVALID TICKET NUMBER',
  'HASTA LUEGO',
  'NAMAZOV ELCHIN',
  'HAJIYEV/RUFAT',
  'HACIYEVA LEYLA',
  'IMAMVERDIYEV',
  'IMAN ALI',
  'CTCM 4790000001',
  'CTCE INGRID..SOLHEIM//EXAMPLE.COM',
  'HAMILTON ROAD 3',
  'DEAFENING',
  'HINDUSTAN ROAD',
  'BISHOP/ANNEMRS',
  'PRIESTLEY/JOHN',
  'PARISH/TOM',
  'PILGRIM/EDNA',
  'CROSS/MARY',
  'TEMPLE/SHIRLEY',
  'CANCERI/LUCA',
  'HOSPITALITY DESK',
  'BAGS TRANSFER AT DOH',
  'SPLIT PTY 2 TO SPL778',
  'FLT DATE CHANGED ZX330',
  'TKT NBR 9990000000017',
  'WELCOME',
  'HTML MAIL SENT',
  'MOSQUE STREET 4',
  'CEMAL/AYSE',
  'ŞƏKƏRLİNSKİ',
  'Слепцов Иван',
  'Глухова Анна',
  'ORUCOV SAMIR',
  'ALEVIZ/NIKOS',
  'KURDI/SAMI',
  'ARMENIAN AIRWAYS',
  'PHILADELPHIA',
  'ROMAN/IVAN',
  'EMRE/UMREK',
]
test.each(HARMLESS)('lets "%s" pass', (text) => {
  expect(sensitiveText(text)).toBeUndefined()
})
