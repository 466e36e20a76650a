import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeFor, sensitiveJudge } from './sensitive.ts'
import { INDIRECT_CODES, SENSITIVE_CODES } from './sensitive-codes.ts'
import { SENSITIVE_WORDS } from './sensitive-words.ts'

const { ssr: sensitiveSsr, text: sensitiveText, treatment: ssrTreatment } = sensitiveJudge

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
  for (const code of ['SEAT', 'RQST', 'CHLD', 'TKTL', 'CTCR']) expect(ssrTreatment(code)).toBe('screen')
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

/** All entries, rows as they stand, beginnings with some letters behind. */
const ENTRIES_AND_CODES = [
  ...Object.values(SENSITIVE_WORDS)
    .flatMap((lists) => Object.values(lists))
    .flatMap((list) => list.split(','))
    .map((entry) =>
      entry
        .trim()
        .replace(/[*~](?= )/g, 'en')
        .replace(/ [*]$/, ' aims')
        .replace(/[*~]$/, 'en'),
    )
    .filter((entry) => entry !== ''),
  ...SENSITIVE_CODES.keys(),
]

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

test.each([
  'K.S.M.L',
  'K S M L',
  'K  S  M  L',
  'PAX 1 K S M L PLS',
  'k-s-m-l',
  'KS.ML',
  'K/SML',
  'W C H R',
  'h.a.l.a.l',
  'HA-LAL FOOD',
  'WHEEL-CHAIR',
  'WHEEL  CHAIR',
  'WHEEL\nCHAIR',
  'WHEELC\nHAIR',
  'WHEELC\r\nHAIR',
  'DIA:BETIC',
  'DI-A-BE-TIC',
  'H I V',
  '3SSRKSMLZXHK1',
  '4KSML1',
  'SRKSML',
  'SRKSMLZXHK1',
  'KSMLHK',
  'ＫＳＭＬ',
  'ＨＡＬＡＬ',
  'КSМL',
  'HА­LAL',
  'KO​SHER',
  'кошep',
])('a disguise does not help: %j', (text) => expect(sensitiveText(text)).toBeDefined())

test.each([
  ['windows-1251', 'инвалид'],
  ['iso-8859-5', 'паломники'],
  ['koi8-r', 'диабетик'],
  ['ibm866', 'мусульмане'],
  ['windows-1254', 'müşteri şeker hastası'],
  ['windows-1256', 'حلال'],
  ['iso-8859-6', 'حلال'],
])('text in %s that was read as Latin-1 is read again', (charset, text) => {
  expect(sensitiveText(asLatin1(text, charset))).toBe(sensitiveText(text))
  expect(sensitiveText(text)).toBeDefined()
})

/** What a reader of Latin-1 makes of a text in another set of eight bits. */
function asLatin1(text: string, charset: string): string {
  const decoder = new TextDecoder(charset)
  const byChar = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
  return [...text].map((char) => String.fromCharCode(byChar.get(char) ?? 63)).join('')
}

test('a policy may let codes of meals stay that only indicate something', () => {
  const lenient = judgeFor({ indirectMeals: 'keep-code' })
  for (const code of INDIRECT_CODES) {
    expect(sensitiveSsr(code)).toBeDefined()
    expect(lenient.ssr(code)).toBeUndefined()
    expect(lenient.treatment(code)).toBe('drop')
    expect(lenient.text(`SSR${code}ZXHK1`)).toBeUndefined()
  }
  expect(lenient.ssr('KSML')).toBe('religion')
  expect(lenient.ssr('QXML')).toBe('health')
})

describe('the look at bytes', () => {
  const part = fc.constantFrom(...ENTRIES_AND_CODES, 'PAX', 'K', 'S', 'M', 'L', '12', '3', 'ZX', 'HK1')
  const sign = fc.constantFrom(' ', '  ', '-', '.', ':', '\n', '\r\n', '')
  const text = fc.array(fc.tuple(part, sign), { maxLength: 6 }).map((pairs) => pairs.flat().join(''))
  test('lets nothing pass that the words would find', () => {
    fc.assert(
      fc.property(text, (some) => {
        const bytes = new TextEncoder().encode(some)
        return sensitiveText(some) === undefined || sensitiveJudge.suspects(bytes, 0, bytes.length)
      }),
      { numRuns: 3_000 },
    )
  })
  test('finds every entry in its plain form', () => {
    const lost = ENTRIES_AND_CODES.filter((entry) => sensitiveText(`PAX ${entry} PLS`) === undefined)
    expect(lost).toEqual([])
  })
})
