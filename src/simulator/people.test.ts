import { expect, test } from 'vitest'
import { readCivilDate } from '#lib/time.ts'
import { CULTURES, makeFamily, makeName } from './names/compose.ts'
import { bookedName, respell } from './names/habits.ts'
import { NATIONS } from './nations.ts'
import { crewMember, household, person } from './people.ts'
import { randomOf } from './random.ts'

const today = readCivilDate('2026-06-11')
if (!today) throw new Error('a date')

test.each(CULTURES)('names of the %s custom are Latin capitals of a sensible length', (culture) => {
  const random = randomOf(1).split(culture)
  const names = Array.from({ length: 300 }, () => {
    const sex = random.chance(0.5) ? 'M' : 'F'
    return makeName(culture, sex, makeFamily(culture, random), random)
  })
  for (const { surname, givenNames } of names) {
    expect(surname).toMatch(/^[A-Z][A-Z -]+$/)
    expect(givenNames).toMatch(/^([A-Z][A-Z -]*)?$/)
    expect(surname.length + givenNames.length).toBeLessThanOrEqual(60)
  }
  expect(new Set(names.map((name) => `${name.surname} ${name.givenNames}`)).size).toBeGreaterThan(
    culture === 'indonesian' ? 180 : 270,
  )
})

test('a million people are hardly ever namesakes: in a sample of 20,000 nearly all names differ', () => {
  const seen = new Set<string>()
  for (let at = 0; at < 20_000; at++) {
    const random = randomOf(2).split(String(at))
    const culture = random.pick(CULTURES)
    const { surname, givenNames } = makeName(
      culture,
      random.chance(0.5) ? 'M' : 'F',
      makeFamily(culture, random),
      random,
    )
    seen.add(`${surname}/${givenNames}`)
  }
  expect(seen.size).toBeGreaterThan(18_800)
})

test('people have dates that exist, in order, and addresses that nobody has', () => {
  for (let at = 0; at < 2000; at++) {
    const random = randomOf(3).split(String(at))
    const made = person(household(random.pick(NATIONS), random), { least: 0.1, most: 80 }, today, random)
    expect(readCivilDate(made.birthDate)).toBe(made.birthDate)
    expect(made.birthDate < today).toBe(true)
    expect(made.birthDate > '1944').toBe(true)
    expect(made.documents[0]?.expires && made.documents[0].expires > '2026-09-11').toBe(true)
    expect(made.email).toMatch(/^[a-z0-9.]+@example\.(com|net|org)$/)
    expect(made.documents[0]?.number).toMatch(/^[A-Z0-9]{6,9}$/)
  }
})

test('members of a household share name and address; crew hold a certificate', () => {
  const [first] = NATIONS
  if (!first) throw new Error('a nation')
  const home = household(first, randomOf(4))
  const one = person(home, { least: 30, most: 40, sex: 'M' }, today, randomOf(5))
  const two = person(home, { least: 2, most: 9, sex: 'M' }, today, randomOf(6))
  expect(two.surname).toBe(one.surname)
  expect(two.address).toEqual(one.address)
  expect(crewMember(first, true, today, randomOf(7)).documents.map(({ kind }) => kind)).toEqual([
    'passport',
    'crew-certificate',
  ])
})

test('habits change the spelling and glue titles on', () => {
  expect(respell('ALIYEV', randomOf(1))).not.toBe('ALIYEV')
  const booked = bookedName({ surname: 'PLANETREE', givenNames: 'ANNA LOUISE', calledBy: 'ANNA' }, 'MRS', randomOf(2))
  expect(booked.givenNames).toMatch(/MRS$/)
})
