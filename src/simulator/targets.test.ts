import { expect, test } from 'vitest'
import type { Entry } from '#domain/watchlist.ts'
import { readCivilDate } from '#lib/time.ts'
import { NATIONS } from './nations.ts'
import { household, person } from './people.ts'
import { randomOf } from './random.ts'
import { CORRUPTIONS, disguise, targetsOfDay } from './targets.ts'
import { makeTimetable } from './timetable.ts'

const date = (text: string): NonNullable<ReturnType<typeof readCivilDate>> => {
  const found = readCivilDate(text)
  if (!found) throw new Error('a date')
  return found
}
const [nation] = NATIONS
if (!nation) throw new Error('a nation')
const today = date('2026-06-11')
const ordinary = person(household(nation, randomOf(1)), { least: 30, most: 40, sex: 'F' }, today, randomOf(1))
const entry: Entry = {
  id: 'sought-9999',
  list: 'persons-sought',
  version: 1,
  names: [{ surname: 'PLANETREYEV', givenNames: 'ORLAN VASIM' }],
  birthDates: [date('1984-03-09')],
  sex: 'M',
  nationalities: ['KAZ'],
  documents: [{ type: 'P', number: 'N18052013', issuer: 'KAZ' }],
}
const made = (corruption: (typeof CORRUPTIONS)[number]): ReturnType<typeof disguise> =>
  disguise(ordinary, { entry, corruption }, today, randomOf(3).split(corruption))

test('an exact traveller has the name, date of birth, sex and nationality of the entry', () => {
  expect(made('exact')).toMatchObject({
    surname: 'PLANETREYEV',
    givenNames: 'ORLAN VASIM',
    birthDate: '1984-03-09',
    sex: 'M',
  })
  expect(made('exact').nation.alpha3).toBe('KAZ')
})

test('each corruption changes what it says', () => {
  expect(made('swapped')).toMatchObject({ surname: 'ORLAN VASIM', givenNames: 'PLANETREYEV' })
  expect(made('dropped-middle').givenNames).toBe('ORLAN')
  expect(made('glued-title').givenNames).toBe('ORLAN VASIMMR')
  expect(made('birth-day-month-swapped').birthDate).toBe('1984-09-03')
  expect(made('birth-one-digit').birthDate).toMatch(/-03-09$/)
  expect(made('birth-one-digit').birthDate).not.toBe('1984-03-09')
  expect(made('birth-missing').withholdsBirthDate).toBe(true)
  expect(made('transliterated').surname).not.toBe('PLANETREYEV')
  expect(made('typo').surname).not.toBe('PLANETREYEV')
  expect(made('document-reissued').documents[0]?.number).not.toBe('N18052013')
})

test('a document alone leads back to the entry: the person is somebody else', () => {
  expect(made('document-exact')).toMatchObject({ surname: ordinary.surname, birthDate: ordinary.birthDate })
  expect(made('document-exact').documents[0]).toMatchObject({ number: 'N18052013', issuer: 'KAZ' })
  expect(made('document-ocr').documents[0]?.number).not.toBe('N18052013')
  expect(made('document-ocr').documents[0]?.number).toHaveLength(9)
})

test('each day has its targets, the same for a seed, and fewer on a smaller timetable', () => {
  const day = (scale: number): number => [...targetsOfDay(makeTimetable(7, scale), '2026-06-11').values()].flat().length
  expect(day(1)).toBe(36)
  expect(day(0.25)).toBe(9)
  expect(targetsOfDay(makeTimetable(7), '2026-06-11')).toEqual(targetsOfDay(makeTimetable(7), '2026-06-11'))
})

test('over some days every corruption is planted', () => {
  const timetable = makeTimetable(7)
  const days = [
    '2026-06-08',
    '2026-06-09',
    '2026-06-10',
    '2026-06-11',
    '2026-06-12',
    '2026-06-13',
    '2026-06-14',
    '2026-06-15',
  ]
  const planted = new Set(
    days.flatMap((day) => [...targetsOfDay(timetable, day).values()].flat().map(({ corruption }) => corruption)),
  )
  expect(CORRUPTIONS.filter((corruption) => !planted.has(corruption))).toEqual([])
})
