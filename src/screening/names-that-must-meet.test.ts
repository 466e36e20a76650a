import { describe, expect, test } from 'vitest'
import type { WatchlistWhy } from '#domain/hit.ts'
import { entry, list, movement, type Person } from './testing/cases.ts'
import { buildIndex } from './watchlist-index.ts'
import { screenAgainstLists } from './watchlists.ts'

/** So many others that one name is neither rare nor common. */
const CROWD = Array.from({ length: 120 }, (_, n) =>
  entry({
    id: `crowd-${n}`,
    surname: ['TARLAVI', 'QORESHKI', 'BENDULA', 'MIROSTAN', 'ZELIMKIN', 'OSTRAVEL'][n % 6] ?? '',
    given: ['PELIN', 'ARKADY', 'SORAYA', 'TIBOR', 'NINO'][n % 5] ?? '',
    born: `19${50 + (n % 45)}-0${1 + (n % 9)}-1${n % 10}`,
  }),
)

const found = (listed: Partial<Person>, traveller: Partial<Person>) => {
  const index = buildIndex([list()], [...CROWD, entry({ id: 'wanted', ...listed })])
  return screenAgainstLists(movement(traveller), index).find((one) => one.entry === 'wanted')
}

describe('spelled otherwise, the same person', () => {
  test.each([
    ['Mohammed, Muhammad', { surname: 'ALKASHIDI', given: 'MOHAMMED' }, { surname: 'ALKASHIDI', given: 'MUHAMMAD' }],
    ['Yusuf, Youssef', { surname: 'TABRALI', given: 'YUSUF' }, { surname: 'TABRALI', given: 'YOUSSEF' }],
    ['two words, one word', { surname: 'ABDUL RAHMAN', given: 'KENZI' }, { surname: 'ABDULRAHMAN', given: 'KENZI' }],
    ['one word, two words', { surname: 'ABDULRAHMAN', given: 'KENZI' }, { surname: 'ABDUL RAHMAN', given: 'KENZI' }],
    ['names swapped', { surname: 'VESTERHOLT', given: 'ILMARA' }, { surname: 'ILMARA', given: 'VESTERHOLT' }],
    ['a middle name more', { surname: 'VESTERHOLT', given: 'ILMARA' }, { surname: 'VESTERHOLT', given: 'ILMARA JUNE' }],
    ['a middle name less', { surname: 'VESTERHOLT', given: 'ILMARA JUNE' }, { surname: 'VESTERHOLT', given: 'ILMARA' }],
    ['Ü written U', { surname: 'MÜNZLER', given: 'TORBEN' }, { surname: 'MUNZLER', given: 'TORBEN' }],
    ['Ü written UE', { surname: 'MÜNZLER', given: 'TORBEN' }, { surname: 'MUENZLER', given: 'TORBEN' }],
    ['Katherine, Catherine', { surname: 'SMYTHEN', given: 'KATHERINE' }, { surname: 'SMITHEN', given: 'CATHERINE' }],
    ['Aleksandr, Alexander', { surname: 'PETROVIK', given: 'ALEKSANDR' }, { surname: 'PETROVIK', given: 'ALEXANDER' }],
    ['Cyrillic on the list', { surname: 'ЖУКАРИН', given: 'АЛЕКСЕЙ' }, { surname: 'ZHUKARIN', given: 'ALEKSEI' }],
    ['a title at the end', { surname: 'VESTERHOLT', given: 'ILMARA' }, { surname: 'VESTERHOLT', given: 'ILMARAMRS' }],
    ['a hyphen', { surname: 'AL-KASHIDI', given: 'RAMZY' }, { surname: 'ALKASHIDI', given: 'RAMZY' }],
    ['one letter wrong', { surname: 'VESTERHOLT', given: 'ILMARA' }, { surname: 'VESTERHOLD', given: 'ILMARA' }],
    ['cut off', { surname: 'VESTERHOLTINGER', given: 'ILMARA' }, { surname: 'VESTERHOLT', given: 'ILMARA' }],
    ['an initial', { surname: 'VESTERHOLT', given: 'ILMARA' }, { surname: 'VESTERHOLT', given: 'I' }],
    ['Azerbaijani letters', { surname: 'ƏLƏKBƏRZADƏ', given: 'ŞƏMSİ' }, { surname: 'ALAKBARZADA', given: 'SHAMSI' }],
  ])('%s', (_what, listed, traveller) => {
    const hit = found(listed, traveller)
    expect(hit?.score ?? 0).toBeGreaterThan(0.8)
    expect(hit?.why).toMatchObject({ evidence: 'full-date' })
  })
})

describe('the date of birth, written otherwise', () => {
  const NAME = { surname: 'VESTERHOLT', given: 'ILMARA' }
  test.each([
    ['day and month swapped', '1985-12-04', 'day-month-swapped'],
    ['one digit wrong', '1985-04-17', 'one-digit'],
    ['another decade', '1975-04-12', 'one-digit'],
    ['only the year', '1985', 'same-year'],
    ['year and month', '1985-04', 'same-month'],
    ['not known', undefined, 'missing'],
  ])('%s', (_what, born, how) => {
    const hit = found({ ...NAME, born: '1985-04-12' }, { ...NAME, born })
    expect((hit?.why as WatchlistWhy | undefined)?.lines.find((line) => line.feature === 'birth-date')?.how).toBe(how)
  })

  test('exactly the same name and date always raise a hit, however common the name and whatever the threshold', () => {
    const same = { surname: 'TARLAVI', given: 'PELIN', born: '1999-09-09' }
    const strict = { ...list(), thresholds: { document: 1, 'full-date': 1, 'partial-date': 1, 'no-date': 1 } }
    const index = buildIndex([strict], [...CROWD, entry({ id: 'wanted', ...same })])
    expect(screenAgainstLists(movement(same), index).map((one) => one.entry)).toEqual(['wanted'])
  })
})

describe('not the same person', () => {
  test.each([
    ['Hassan, Hussein', { surname: 'ALKASHIDI', given: 'HASSAN' }, { surname: 'TABRALI', given: 'HUSSEIN' }],
    [
      'a namesake twenty years off',
      { surname: 'TARLAVI', given: 'PELIN' },
      { surname: 'TARLAVI', given: 'PELIN', born: '2005-09-21' },
    ],
    [
      'a namesake with a rare name',
      { surname: 'VESTERHOLT', given: 'ILMARA' },
      { surname: 'VESTERHOLT', given: 'ILMARA', born: '2005-09-21' },
    ],
    [
      'only the surname',
      { surname: 'VESTERHOLT', given: 'ILMARA' },
      { surname: 'VESTERHOLT', given: 'ODRAN', born: '1961-07-30' },
    ],
    ['only the date', { surname: 'VESTERHOLT', given: 'ILMARA' }, { surname: 'QORESHKI', given: 'NINO' }],
  ])('%s', (_what, listed, traveller) => {
    expect(found(listed, traveller)).toBeUndefined()
  })

  test.each([
    ['HASSAN', 'HUSSEIN'],
    ['HASAN', 'HOSSEIN'],
    ['MAHMUD', 'MOHAMMED'],
    ['AHMED', 'MUHAMMAD'],
    ['ABDUL', 'ABDULLAH'],
  ])('%s and %s are never taken for spellings of one name', (one, other) => {
    const hit = found({ surname: 'VESTERHOLT', given: one }, { surname: 'VESTERHOLT', given: other })
    const tokens = (hit?.why as WatchlistWhy | undefined)?.lines.flatMap((line) => line.tokens ?? []) ?? []
    expect(tokens.filter((token) => token.traveller === other && token.entry === one)).toEqual([])
  })
})

describe('documents', () => {
  const listed = { surname: '', documents: [{ number: 'C01817263', issuer: 'XXA' }] }
  const carrying = (number: string, issuer?: string) =>
    found(listed, { surname: 'OSTRAVEL', given: 'NINO', documents: [{ number, ...(issuer && { issuer }) }] })

  test('the same number raises a hit whatever the name', () => {
    expect(carrying('C01817263', 'XXA')).toMatchObject({ score: 1, why: { evidence: 'document' } })
  })

  test('what a reader takes for the same number does too, and says so', () => {
    const hit = carrying('C0I8I7Z63', 'XXA')
    expect(hit?.why).toMatchObject({ lines: [{ feature: 'document', how: 'ocr' }, {}] })
    expect(hit?.score).toBeLessThan(1)
    expect(carrying('C0I8I7Z63', 'XXB')).toBeUndefined() // read otherwise and of another State
  })

  test('the same number of another State counts less', () => {
    expect(carrying('C01817263', 'XXB')).toMatchObject({ score: 0.95 })
  })

  test('another number is none, nor are four signs', () => {
    expect(carrying('C01817264', 'XXA')).toBeUndefined()
    expect(found({ surname: '', documents: [{ number: '1234' }] }, { documents: [{ number: '1234' }] })).toBeUndefined()
  })
})
