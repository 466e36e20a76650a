import type { Entry, Watchlist } from '#domain/watchlist.ts'
import { type CivilDate, civilDate } from '#lib/time.ts'
import { remember } from './memo.ts'
import { respell } from './names/habits.ts'
import { NATIONS, type Nation } from './nations.ts'
import { household, type Person, person } from './people.ts'
import { type Random, randomOf } from './random.ts'

/** The lists of the demo site and everybody on them: nobody exists, and the planted travellers are made from them. */
export interface DemoLists {
  readonly lists: readonly Watchlist[]
  readonly entries: readonly Entry[]
}

const TODAY = '2026-01-01'

/** The same seed always gives the same entries, with the same ids. */
export function demoEntries(seed: number): DemoLists {
  return made(String(seed))
}

const made = remember(2, (seed) => ({
  lists: LISTS.map(({ list }) => list),
  entries: LISTS.flatMap(({ list, prefix, size, documentsOnly }) =>
    Array.from({ length: size }, (_, index) => {
      const id = `${prefix}-${String(index + 1).padStart(4, '0')}`
      return makeEntry(id, list.id, documentsOnly, randomOf(Number(seed)).split(`entry ${id}`))
    }),
  ),
}))

function makeEntry(id: string, list: string, documentsOnly: boolean, random: Random): Entry {
  const home = household(nationFor(random), random)
  const listed = person(
    home,
    list === 'missing-children' ? { least: 4, most: 16 } : { least: 19, most: 68 },
    today(),
    random,
  )
  const documents = listed.documents.map(({ type, number, issuer }) => ({ type, number, ...(issuer && { issuer }) }))
  if (documentsOnly) {
    return {
      id,
      list,
      version: 1,
      names: [],
      birthDates: [],
      nationalities: [],
      documents,
      reason: 'Document reported lost or stolen',
    }
  }
  return {
    id,
    list,
    version: 1,
    names: namesOf(listed, random),
    birthDates: knownBirth(listed.birthDate, random),
    sex: listed.sex,
    nationalities: [listed.nation.alpha3],
    documents: random.chance(0.45) ? documents : [],
    reason: REASONS[list] ?? 'Fictional entry for demonstration',
  }
}

function namesOf(listed: Person, random: Random): Entry['names'] {
  const main = { surname: listed.surname, ...(listed.givenNames && { givenNames: listed.givenNames }) }
  if (!random.chance(0.3)) return [main]
  return [main, { ...main, surname: respell(listed.surname, random) }]
}

/** Nine lists in ten know the whole date; some only the year, a few nothing. */
function knownBirth(date: CivilDate, random: Random): readonly CivilDate[] {
  const year = civilDate(Number(date.slice(0, 4)))
  const known = random.weighted<readonly CivilDate[]>([
    [[date], 88],
    [year ? [year] : [], 9],
    [[], 3],
  ])
  return known
}

const nationFor = (random: Random): Nation =>
  random.weighted(NATIONS.map((nation) => [nation, nation.alpha2 === 'AZ' ? 20 : nation.visa ? 3 : 6] as const))

function today(): CivilDate {
  const [year, month, day] = TODAY.split('-').map(Number)
  const found = civilDate(year ?? 2026, month, day)
  if (!found) throw new RangeError('the demo lists have no date')
  return found
}

const REASONS: Readonly<Record<string, string>> = {
  'persons-sought': 'Sought in proceedings (fictional)',
  'entry-bans': 'Entry ban in force (fictional)',
  'smuggling-suspects': 'Earlier seizure (fictional)',
  'missing-children': 'Missing, welfare check (fictional)',
}

const THRESHOLDS = { document: 0.9, 'full-date': 0.8, 'partial-date': 0.85, 'no-date': 0.86 }

const LISTS: readonly { list: Watchlist; prefix: string; size: number; documentsOnly: boolean }[] = [
  {
    list: {
      id: 'lost-documents',
      name: 'Lost and stolen documents',
      owner: 'border',
      purpose: 'Finding documents that are used by somebody else',
      legalBasis: 'Fictional Border Act, section 12',
      severity: 'medium',
      action: 'check-document',
      thresholds: THRESHOLDS,
      version: 1,
    },
    prefix: 'doc',
    size: 800,
    documentsOnly: true,
  },
  {
    list: {
      id: 'entry-bans',
      name: 'Entry bans',
      owner: 'border',
      purpose: 'Persons who may not enter for a time',
      legalBasis: 'Fictional Border Act, section 31',
      severity: 'medium',
      action: 'interview',
      thresholds: THRESHOLDS,
      version: 1,
    },
    prefix: 'ban',
    size: 240,
    documentsOnly: false,
  },
  {
    list: {
      id: 'persons-sought',
      name: 'Persons sought',
      owner: 'unit',
      purpose: 'Serious crime: persons whom the security service seeks',
      legalBasis: 'Fictional Security Act, section 7',
      severity: 'high',
      action: 'inform-owner',
      thresholds: THRESHOLDS,
      version: 1,
    },
    prefix: 'sought',
    size: 620,
    documentsOnly: false,
  },
  {
    list: {
      id: 'smuggling-suspects',
      name: 'Smuggling suspects',
      owner: 'customs',
      purpose: 'Persons whose baggage is searched',
      legalBasis: 'Fictional Customs Code, article 88',
      severity: 'medium',
      action: 'search-baggage',
      thresholds: THRESHOLDS,
      version: 1,
    },
    prefix: 'smug',
    size: 330,
    documentsOnly: false,
  },
  {
    list: {
      id: 'missing-children',
      name: 'Missing children',
      owner: 'unit',
      purpose: 'Children reported missing to the interior ministry',
      legalBasis: 'Fictional Child Protection Act, section 3',
      severity: 'high',
      action: 'inform-owner',
      thresholds: THRESHOLDS,
      version: 1,
    },
    prefix: 'child',
    size: 14,
    documentsOnly: false,
  },
  {
    list: {
      id: 'fallow-deer',
      name: 'Operation Fallow Deer',
      owner: 'unit',
      purpose: 'A short list of one customs investigation',
      legalBasis: 'Fictional Customs Code, article 91',
      severity: 'high',
      action: 'observe',
      thresholds: THRESHOLDS,
      version: 1,
    },
    prefix: 'deer',
    size: 9,
    documentsOnly: false,
  },
]
