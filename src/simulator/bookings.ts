import { airport } from '#domain/airports.ts'
import type { PnrTraveller } from '#domain/pnr.ts'
import { type CivilDate, localDate } from '#lib/time.ts'
import { type Airline, airlineOf } from './airlines.ts'
import { journeyOf, type Stretch } from './journey.ts'
import { bookedName, type Title, titleOf } from './names/habits.ts'
import { type Nation, nationOf } from './nations.ts'
import { type Ages, household, mixOf, type Person, person, visa } from './people.ts'
import type { Plan } from './plans.ts'
import type { Random } from './random.ts'
import { disguise } from './targets.ts'
import { firstLeg, inState, type Timetable } from './timetable.ts'

export interface BookedTraveller {
  readonly reference: string
  readonly person: Person
  readonly kind: PnrTraveller['kind']
  readonly infantOf?: string
  readonly title: Title
  readonly booked: { readonly surname: string; readonly givenNames: string }
  readonly ticket: string
  readonly frequentFlyer?: { readonly number: string; readonly level?: string }
  readonly carrierReference: string
  readonly age: number
}

export interface Payment {
  readonly form: 'card' | 'cash' | 'invoice' | 'miscellaneous'
  readonly vendor?: string
  readonly card?: string
  readonly expires?: string
}

/** A booking with its people, as its maker sees it; what happens to it later is in `changes.ts`. */
export interface Booking {
  readonly plan: Plan
  readonly airline: Airline
  readonly locator: string
  readonly createdAt: number
  readonly groupName?: string
  readonly travellers: readonly BookedTraveller[]
  readonly journey: readonly Stretch[]
  readonly agency: {
    readonly travelAgency: boolean
    readonly number: string
    readonly office: string
    readonly city: string
    readonly country: string
    readonly agent: string
    readonly locator: string
  }
  readonly payment: Payment
  readonly fare: number
  readonly currency: string
}

const HOUR = 3_600_000
const MINUTE = 60_000
const LOCATOR = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

export function makeBooking(plan: Plan, timetable: Timetable): Booking {
  const chance = timetable.random.split(`booking ${plan.id}`)
  const airline = airlineOf(plan.home.carrier)
  const createdAt = Math.floor(plan.createdAt / MINUTE) * MINUTE
  const today = localDate((plan.home.legs[plan.board] ?? firstLeg(plan.home)).departs)
  const journey = journeyOf(plan, chance)
  const abroad = journey.map(({ from, to }) => (inState(from) ? to : from)).find((code) => !inState(code)) ?? 'GYD'
  const mix = mixOf(airport(abroad)?.country ?? 'AZ')
  const people = peopleOf(plan, mix, today, chance)
  const travellers = people.map((one, index) => booked(one, index, airline, today, chance.split(`t${index}`)))
  const groupName =
    plan.party === 'group' ? { groupName: `${chance.pick(GROUPS)} ${chance.pick(['TOUR', 'CLUB', 'SEMINAR'])}` } : {}
  const nation = people[0]?.person.nation ?? mix[0]?.[0] ?? nationOf('AZ')
  if (!nation) throw new RangeError('a booking without a nation')
  const oneWayLate = !plan.returns && plan.home.legs.every(({ departsAt }) => departsAt - createdAt < 96 * HOUR)
  return {
    plan,
    airline,
    locator: letters(6, chance),
    createdAt,
    ...groupName,
    travellers,
    journey,
    agency: agencyOf(airline, nation, chance),
    payment: paymentOf(plan, oneWayLate, chance),
    fare: chance.int(60, 900) + (airline.budget ? 0 : 80),
    currency: chance.chance(0.5) ? nation.currency : 'USD',
  }
}

type Someone = { readonly person: Person; readonly kind: BookedTraveller['kind']; readonly infantOf?: string }

function peopleOf(
  plan: Plan,
  mix: readonly (readonly [Nation, number])[],
  today: CivilDate,
  chance: Random,
): readonly Someone[] {
  const nation = chance.weighted(mix)
  const home = household(nation, chance.split('home'))
  const someone = (label: string, ages: Ages, related = true): Person => {
    const part = chance.split(label)
    const made = person(
      related ? home : household(chance.chance(0.85) ? nation : part.weighted(mix), part),
      ages,
      today,
      part,
    )
    return made.nation.visa && part.chance(0.8) ? { ...made, documents: [...made.documents, visa(today, part)] } : made
  }
  const adults = (count: number, related: boolean): Someone[] =>
    Array.from({ length: count }, (_, at) => ({
      person: someone(`adult ${at}`, { least: 18, most: 74 }, related),
      kind: 'adult',
    }))
  switch (plan.party) {
    case 'couple': {
      const related = chance.chance(0.75)
      const one = someone('he', { least: 22, most: 75, sex: 'M' })
      const two = someone('she', { least: 20, most: 73, sex: 'F' }, related)
      return [
        { person: one, kind: 'adult' },
        { person: two, kind: 'adult' },
      ]
    }
    case 'family':
      return family(plan.seats, someone, chance)
    case 'friends':
    case 'group':
      return adults(plan.seats, false)
    case 'minor':
      return [{ person: someone('minor', { least: 6, most: 15 }), kind: 'unaccompanied-minor' }]
    default: {
      const ordinary = adults(1, true)[0]
      if (!ordinary || !plan.target) return ordinary ? [ordinary] : []
      const planted = disguise(ordinary.person, plan.target, today, chance.split('target'))
      const child = Date.parse(today) - Date.parse(planted.birthDate) < 12 * 365.25 * 24 * HOUR
      return [{ person: planted, kind: child ? 'child' : 'adult' }]
    }
  }
}

/** One or two parents, children, and in every third family an infant on a lap. */
function family(seats: number, someone: (label: string, ages: Ages) => Person, chance: Random): readonly Someone[] {
  const parents = seats > 2 ? 2 : 1
  const mother = someone('mother', { least: 23, most: 45, sex: 'F' })
  const father = someone('father', { least: 25, most: 50, sex: 'M' })
  const ofFather = { father: father.calledBy }
  const members: Someone[] = [mother, father].slice(0, parents).map((parent) => ({ person: parent, kind: 'adult' }))
  for (let child = 0; child < seats - parents; child++) {
    members.push({ person: someone(`child ${child}`, { least: 2.2, most: 11.5, ...ofFather }), kind: 'child' })
  }
  if (chance.chance(0.35)) {
    members.push({ person: someone('infant', { least: 0.1, most: 1.5, ...ofFather }), kind: 'infant', infantOf: '1' })
  }
  return members
}

function booked(one: Someone, index: number, airline: Airline, today: CivilDate, chance: Random): BookedTraveller {
  const age = (Date.parse(today) - Date.parse(one.person.birthDate)) / (365.25 * 24 * HOUR)
  const title = one.kind === 'infant' ? '' : titleOf(one.person.sex, age, chance)
  const traveller = {
    reference: String(index + 1),
    ...one,
    title,
    booked: bookedName(one.person, title, chance),
    ticket: `${airline.accounting}${chance.pattern('2#########')}`,
    carrierReference: chance.pattern('####@@##@#').toUpperCase(),
    age,
  }
  if (age < 12 || !chance.chance(airline.budget ? 0.06 : 0.28)) return traveller
  const level = chance.chance(0.25) ? { level: chance.pick(['SILVER', 'GOLD', 'PLATINUM']) } : {}
  return { ...traveller, frequentFlyer: { number: chance.pattern('7########'), ...level } }
}

function agencyOf(airline: Airline, nation: Nation, chance: Random): Booking['agency'] {
  const travelAgency = chance.chance(airline.agencies)
  const place = travelAgency ? nation : (nationOf(airline.country) ?? nation)
  const city = travelAgency ? place.cities[0]?.replaceAll(/[^A-Z]/g, '').slice(0, 3) : airline.hub
  const cityCode = city ?? airline.hub
  return {
    travelAgency,
    number: chance.pattern(travelAgency ? '99######' : '000000##'),
    office: `${cityCode}${airline.code}${chance.pattern('0##0')}`,
    city: cityCode,
    country: place.alpha2,
    agent: chance.pattern('####@@'),
    locator: letters(6, chance),
  }
}

/** Ordinary travellers never pay cash for a late one-way journey, so that a rule about it can be scored. */
function paymentOf(plan: Plan, oneWayLate: boolean, chance: Random): Payment {
  if (plan.target?.rule === 'late-cash-one-way') return { form: 'cash' }
  const form = chance.weighted<Payment['form']>([
    ['card', 76],
    ['cash', oneWayLate || plan.party === 'go-show' ? 0 : 12],
    ['invoice', 8],
    ['miscellaneous', 4],
  ])
  if (form !== 'card') return { form }
  const [vendor, start] = chance.pick([
    ['VI', '400000'],
    ['CA', '510000'],
    ['AX', '370000'],
  ] as const)
  return {
    form,
    vendor,
    card: `${start}XXXXXX${chance.pattern('####')}`,
    expires: `${chance.pattern('0')}${chance.int(1, 9)}${chance.int(27, 31)}`,
  }
}

const letters = (count: number, chance: Random): string =>
  Array.from({ length: count }, () => LOCATOR.charAt(chance.int(0, LOCATOR.length - 1))).join('')

const GROUPS = [
  'PETRIFIED FOREST',
  'MUD VOLCANO',
  'SILK ROAD',
  'SEVEN LAKES',
  'NIGHTINGALE CHOIR',
  'OLD TOWER',
  'PLANE TREE',
]
