import type { Entry } from '#domain/watchlist.ts'
import { type CivilDate, civilDate, daysInMonth } from '#lib/time.ts'
import { demoEntries } from './demo-lists.ts'
import { remember } from './memo.ts'
import { respell } from './names/habits.ts'
import { nationIssuing } from './nations.ts'
import { document, type Person } from './people.ts'
import { type Random, randomOf } from './random.ts'
import { reportedLegs, type Timetable } from './timetable.ts'

/** How a planted traveller differs from the entry that he was made from. */
export const CORRUPTIONS = [
  'exact',
  'transliterated',
  'swapped',
  'dropped-middle',
  'glued-title',
  'typo',
  'birth-day-month-swapped',
  'birth-one-digit',
  'birth-missing',
  'document-reissued',
  'document-exact',
  'document-ocr',
] as const
export type Corruption = (typeof CORRUPTIONS)[number]

/** What a planted booking does that a rule should notice. */
export const RULE_TARGETS = ['late-cash-one-way', 'many-bags', 'document-expiring', 'broken-route'] as const
export type RuleTarget = (typeof RULE_TARGETS)[number]

export interface Target {
  readonly entry?: Entry
  readonly rule?: RuleTarget
  readonly corruption: Corruption | 'behaviour'
}

/** Planted travellers of one day at scale 1. */
const ENTRIES_A_DAY = 24
const RULES_A_DAY = 12

const perTimetable = new WeakMap<Timetable, (day: string) => ReadonlyMap<string, readonly Target[]>>()

/** The planted travellers of a day, by flight. */
export function targetsOfDay(timetable: Timetable, day: string): ReadonlyMap<string, readonly Target[]> {
  const known = perTimetable.get(timetable) ?? remember(60, (key) => plant(timetable, key))
  perTimetable.set(timetable, known)
  return known(day)
}

function plant(timetable: Timetable, day: string): ReadonlyMap<string, readonly Target[]> {
  const flights = timetable.ofDay(day).filter((flight) => reportedLegs(flight).length > 0)
  const planted = new Map<string, Target[]>()
  if (flights.length === 0) return planted
  const chance = timetable.random.split(`targets ${day}`)
  const { entries } = demoEntries(timetable.seed)
  const wanted = Math.max(1, Math.round((ENTRIES_A_DAY + RULES_A_DAY) * Math.min(1, timetable.scale)))
  for (let count = 0; count < wanted; count++) {
    const flight = chance.pick(flights)
    const target = count % 3 === 2 ? ruleTarget(chance) : entryTarget(chance.pick(entries), chance)
    planted.set(flight.id, [...(planted.get(flight.id) ?? []), target])
  }
  return planted
}

const ruleTarget = (chance: Random): Target => ({ rule: chance.pick(RULE_TARGETS), corruption: 'behaviour' })

function entryTarget(entry: Entry, chance: Random): Target {
  const possible = CORRUPTIONS.filter((corruption) => fits(corruption, entry))
  return { entry, corruption: chance.pick(possible) }
}

function fits(corruption: Corruption, entry: Entry): boolean {
  const name = entry.names[0]
  const born = entry.birthDates[0]
  const full = born?.length === 10
  if (corruption === 'document-exact' || corruption === 'document-ocr') return entry.documents.length > 0
  if (!name) return false
  switch (corruption) {
    case 'transliterated':
      return respell(name.surname, randomOf(0).split(entry.id)) !== name.surname
    case 'swapped':
    case 'glued-title':
      return Boolean(name.givenNames)
    case 'dropped-middle':
      return (name.givenNames ?? '').includes(' ')
    case 'birth-day-month-swapped':
      return full && Number(born.slice(8)) <= 12 && born.slice(5, 7) !== born.slice(8)
    case 'birth-one-digit':
    case 'birth-missing':
      return full
    case 'document-reissued':
      return entry.documents.length > 0 && full
    default:
      return true
  }
}

/** A traveller made from an ordinary one and a target: he has the entry's identity, corrupted in the one way. */
export function disguise(
  ordinary: Person,
  { entry, corruption, rule }: Target,
  today: CivilDate,
  chance: Random,
): Person {
  if (rule === 'document-expiring') return withExpiry(ordinary, today, chance)
  if (!entry) return ordinary
  const listed = entry.documents[0]
  if (corruption === 'document-exact' && listed) return withNumber(ordinary, listed.number, listed.issuer)
  if (corruption === 'document-ocr' && listed)
    return withNumber(ordinary, misread(listed.number, chance), listed.issuer)
  const name = entry.names[0]
  if (!name) return ordinary
  const born = entry.birthDates[0]
  const known = born ? bornOn(born, chance) : ordinary.birthDate
  const sex = entry.sex === 'F' || entry.sex === 'M' ? entry.sex : ordinary.sex
  const givenNames = name.givenNames ?? ''
  const same = {
    ...ordinary,
    sex,
    surname: name.surname,
    givenNames,
    calledBy: givenNames.split(' ')[0] || name.surname,
    birthDate: known,
  }
  const nation = nationIssuing(entry.nationalities[0] ?? '') ?? ordinary.nation
  const reissued = { ...withNumber(same, chance.pattern(nation.passport), nation.alpha3), nation }
  const keepsDocument = corruption !== 'document-reissued' && chance.chance(0.3)
  const identified = listed && keepsDocument ? withNumber(reissued, listed.number, listed.issuer) : reissued
  return corrupted(identified, corruption, entry, chance)
}

function corrupted(person: Person, corruption: Corruption | 'behaviour', entry: Entry, chance: Random): Person {
  const first = person.givenNames.split(' ')[0] ?? ''
  switch (corruption) {
    case 'transliterated':
      return {
        ...person,
        surname: respell(person.surname, randomOf(0).split(entry.id)),
        givenNames: respell(person.givenNames, chance),
      }
    case 'swapped':
      return { ...person, surname: person.givenNames, givenNames: person.surname, calledBy: person.surname }
    case 'dropped-middle':
      return { ...person, givenNames: first }
    case 'glued-title':
      return { ...person, givenNames: `${person.givenNames}${person.sex === 'M' ? 'MR' : 'MRS'}` }
    case 'typo':
      return { ...person, surname: mistyped(person.surname, chance) }
    case 'birth-day-month-swapped': {
      const [year = '', month = '', day = ''] = person.birthDate.split('-')
      return { ...person, birthDate: civilDate(Number(year), Number(day), Number(month)) ?? person.birthDate }
    }
    case 'birth-one-digit':
      return { ...person, birthDate: oneDigitOff(person.birthDate, chance) }
    case 'birth-missing':
      return { ...person, withholdsBirthDate: true }
    default:
      return person
  }
}

const withNumber = (person: Person, number: string, issuer: string | undefined): Person => ({
  ...person,
  documents: person.documents.map((one, index) =>
    index === 0 ? document('passport', 'P', number, issuer ?? one.issuer ?? '', one.expires ?? person.birthDate) : one,
  ),
})

function withExpiry(person: Person, today: CivilDate, chance: Random): Person {
  const soon = new Date(Date.parse(today) + chance.int(4, 25) * 86_400_000).toISOString().slice(0, 10)
  const [year = '', month = '', day = ''] = soon.split('-')
  const expires = civilDate(Number(year), Number(month), Number(day)) ?? today
  return { ...person, documents: person.documents.map((one, index) => (index === 0 ? { ...one, expires } : one)) }
}

/** A whole date that agrees with what an entry knows of it. */
function bornOn(known: CivilDate, chance: Random): CivilDate {
  const [year = '', month, day] = known.split('-')
  const inMonth = month ? Number(month) : chance.int(1, 12)
  return (
    civilDate(Number(year), inMonth, day ? Number(day) : chance.int(1, daysInMonth(Number(year), inMonth))) ?? known
  )
}

function mistyped(name: string, chance: Random): string {
  const at = chance.int(1, Math.max(1, name.length - 2))
  const how = chance.int(0, 2)
  if (how === 0 && name.length > 5) return name.slice(0, at) + name.slice(at + 1)
  if (how === 1) return name.slice(0, at) + name.charAt(at) + name.slice(at)
  return name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2)
}

function oneDigitOff(date: CivilDate, chance: Random): CivilDate {
  const [year = '', month = '', day = ''] = date.split('-')
  const other = Number(year) + chance.pick([-10, -1, 1, 10])
  return civilDate(other, Number(month), Math.min(Number(day), 28)) ?? date
}

/** One character read as another that looks like it. */
function misread(number: string, chance: Random): string {
  const pairs: Readonly<Record<string, string>> = {
    '0': 'O',
    O: '0',
    '1': 'I',
    I: '1',
    '8': 'B',
    B: '8',
    '5': 'S',
    S: '5',
    '2': 'Z',
    Z: '2',
    '6': 'G',
    G: '6',
  }
  const places = [...number].flatMap((sign, at) => (pairs[sign] ? [at] : []))
  if (places.length === 0) return `${number.slice(0, -1)}${number.endsWith('7') ? '1' : '7'}`
  const at = chance.pick(places)
  return `${number.slice(0, at)}${pairs[number.charAt(at)] ?? ''}${number.slice(at + 1)}`
}
