import type { Address, TravelDocument } from '#domain/traveller.ts'
import { type CivilDate, civilDate } from '#lib/time.ts'
import { type Culture, makeFamily, makeName } from './names/compose.ts'
import { NATIONS, type Nation } from './nations.ts'
import type { Random } from './random.ts'

/** Somebody who does not exist. */
export interface Person {
  readonly culture: Culture
  readonly nation: Nation
  readonly sex: 'M' | 'F'
  readonly surname: string
  /** Empty for a person of one name. */
  readonly givenNames: string
  readonly calledBy: string
  readonly birthDate: CivilDate
  /** The carrier does not know the date of birth. */
  readonly withholdsBirthDate?: boolean
  readonly birthPlace: string
  /** Passport first; a second document (visa, crew certificate) where there is one. */
  readonly documents: readonly TravelDocument[]
  readonly phone: string
  readonly email: string
  readonly address: Address
}

export interface Household {
  readonly nation: Nation
  readonly culture: Culture
  readonly family: string
  readonly address: Address
}

/** People who live together: one family name, one address. */
export function household(nation: Nation, random: Random): Household {
  const culture = random.weighted(nation.cultures)
  const city = random.pick(nation.cities)
  return {
    nation,
    culture,
    family: makeFamily(culture, random),
    address: {
      kind: 'residence',
      street: `${random.int(1, 180)} ${random.pick(STREETS)} STREET`,
      city,
      postcode: String(random.int(10000, 99999)),
      country: nation.alpha3,
    },
  }
}

export interface Ages {
  readonly least: number
  readonly most: number
  readonly sex?: 'M' | 'F'
  /** What the father is called, for names that say so. */
  readonly father?: string
}

/** A member of a household, of an age on `today`; passports are valid for the journey unless `expiresInDays` says else. */
export function person(home: Household, ages: Ages, today: CivilDate, random: Random): Person {
  const sex = ages.sex ?? (random.chance(0.56) ? 'M' : 'F')
  const name = makeName(home.culture, sex, home.family, random, ages.father)
  const bornDaysAgo = Math.floor((ages.least + random.next() * (ages.most - ages.least)) * 365.25) + 1
  const age = bornDaysAgo / 365.25
  const number = random.int(1, 99)
  return {
    culture: home.culture,
    nation: home.nation,
    sex,
    ...name,
    birthDate: addDays(today, -bornDaysAgo),
    birthPlace: random.chance(0.7) ? (home.address.city ?? '') : random.pick(home.nation.cities),
    documents: [passport(home.nation, age, today, random)],
    phone: `+${home.nation.dialling}${String(random.int(0, 9_999_999)).padStart(7, '0')}`,
    email: `${name.calledBy}.${home.family}${number}@example.${random.pick(['com', 'net', 'org'])}`
      .toLowerCase()
      .replaceAll(/[^a-z0-9.@]/g, ''),
    address: home.address,
  }
}

function passport(nation: Nation, age: number, today: CivilDate, random: Random): TravelDocument {
  const validDays = Math.floor((age < 18 ? 5 : nation.validYears) * 365.25)
  const oldest = Math.min(validDays - 200, Math.max(5, Math.floor(age * 365.25) - 3))
  const issued = addDays(today, -random.int(2, oldest))
  return document('passport', 'P', random.pattern(nation.passport), nation.alpha3, addDays(issued, validDays))
}

/** An electronic visa for the State, as its holders show it. */
export const visa = (today: CivilDate, random: Random): TravelDocument =>
  document('visa', 'V', random.pattern('E@#######'), 'AZE', addDays(today, random.int(30, 90)))

export function document(
  kind: TravelDocument['kind'],
  type: string,
  number: string,
  issuer: string,
  expires: CivilDate,
): TravelDocument {
  return { kind, type, number, numberAsSent: number, issuer, expires }
}

/** Pilots and cabin crew of a carrier's home country, with passport and crew member certificate. */
export function crewMember(nation: Nation, cockpit: boolean, today: CivilDate, random: Random): Person {
  const sex = random.chance(cockpit ? 0.92 : 0.3) ? 'M' : 'F'
  const member = person(
    household(nation, random),
    { least: cockpit ? 27 : 21, most: cockpit ? 63 : 45, sex },
    today,
    random,
  )
  const certificate = document(
    'crew-certificate',
    'AC',
    random.pattern(`${nation.alpha2}C######`),
    nation.alpha3,
    addDays(today, random.int(60, 1500)),
  )
  return { ...member, documents: [...member.documents, certificate] }
}

/** Where the people on a route to or from a country come from. */
export function mixOf(alpha2: string): readonly (readonly [Nation, number])[] {
  const domestic = alpha2 === 'AZ'
  return NATIONS.map((nation) => {
    if (nation.alpha2 === 'AZ') return [nation, domestic ? 1500 : 700] as const
    if (nation.alpha2 === alpha2) return [nation, 900] as const
    return [nation, domestic ? 4 : COMMON.has(nation.alpha2) ? 22 : 8] as const
  })
}

/** Days on the calendar, by whole days. */
export function addDays(date: CivilDate, days: number): CivilDate {
  const moved = new Date(Date.parse(date) + days * 86_400_000)
  const found = civilDate(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate())
  if (!found) throw new RangeError(`${days} days from a date leave the calendar`)
  return found
}

const COMMON = new Set(['TR', 'RU', 'GE', 'IR', 'KZ', 'PK', 'IN', 'IL', 'SA', 'AE'])
const STREETS =
  'ALMOND ANEMONE APRICOT ASPEN BARLEY BASIL BEECH CEDAR CLOVER CYPRESS FENNEL HAZEL JASMINE JUNIPER LARCH LAUREL MAPLE MINT MULBERRY OLIVE PLANE POMEGRANATE POPLAR QUINCE ROSE SAFFRON SAGE TAMARISK THYME TULIP VINE WALNUT WILLOW'.split(
    ' ',
  )
