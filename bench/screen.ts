/**
 * Screening, one core: travellers a second and percentiles against 100,000 and a million listed names, memory a name,
 * and rules: microseconds a traveller for 500 of them.
 */
import type { Movement } from '#domain/movement.ts'
import type { Expression, Rule } from '#domain/rule.ts'
import type { Entry, Watchlist } from '#domain/watchlist.ts'
import { civilDate, type Instant } from '#lib/time.ts'
import { ruleSet, screenAgainstRules } from '#screening/rules.ts'
import { buildIndex } from '#screening/watchlist-index.ts'
import { screenAgainstLists } from '#screening/watchlists.ts'
import { NATIONS } from '#simulator/nations.ts'
import { household, person } from '#simulator/people.ts'
import { randomOf } from '#simulator/random.ts'
import { type BenchResult, percentile, print } from './report.ts'

const TODAY = civilDate(2026, 6, 1)
const NOW = '2026-06-01T12:00:00.000Z' as Instant

const LIST: Watchlist = {
  id: 'bench',
  name: 'Bench',
  owner: 'unit',
  purpose: '',
  legalBasis: '',
  severity: 'high',
  action: 'observe',
  thresholds: { document: 0.9, 'full-date': 0.8, 'partial-date': 0.85, 'no-date': 0.92 },
  version: 1,
}

function someone(seed: string) {
  const random = randomOf(11).split(seed)
  return person(
    household(random.pick(NATIONS), random),
    { least: 18, most: 70 },
    TODAY ?? ('2026-06-01' as never),
    random,
  )
}

function* entries(count: number): Generator<Entry> {
  for (let at = 0; at < count; at++) {
    const { surname, givenNames, birthDate, sex, nation, documents } = someone(`entry ${at}`)
    yield {
      id: String(at),
      list: LIST.id,
      version: 1,
      names: [{ surname, ...(givenNames && { givenNames }) }],
      birthDates: [birthDate],
      sex,
      nationalities: [nation.alpha3],
      documents: documents.slice(0, 1).map(({ number, issuer }) => ({ number, ...(issuer && { issuer }) })),
    }
  }
}

function traveller(at: number): Movement {
  const { surname, givenNames, birthDate, sex, nation, documents } = someone(`traveller ${at}`)
  const leg = {
    id: '202606-0',
    month: '2026-06-01',
    carrier: '0X',
    number: '1',
    suffix: '',
    from: 'IST',
    to: 'GYD',
    date: '2026-06-01',
    direction: 'in',
  } as const
  return {
    travellerId: String(at),
    leg,
    role: 'passenger',
    api: {
      role: 'passenger',
      surname,
      givenNames,
      birthDate,
      sex,
      nationality: nation.alpha3,
      nationalities: [nation.alpha3],
      addresses: [],
      documents,
      contacts: [],
      baggage: { count: at % 5, tags: [] },
      at: {},
    },
  }
}

export async function bench({
  json,
  args,
}: {
  readonly json: boolean
  readonly args: readonly string[]
}): Promise<void> {
  const sizes = args.length > 0 ? args.map(Number) : [100_000, 1_000_000]
  const travellers = Array.from({ length: 4_000 }, (_, at) => traveller(at))
  const results: BenchResult[] = []
  for (const size of sizes) results.push(...names(size, travellers))
  results.push(rules(travellers))
  print(
    {
      data: [
        `${travellers.length} simulated travellers; lists of ${sizes.map((size) => size.toLocaleString('en-GB')).join(' and ')} simulated names`,
      ],
      results,
    },
    json,
  )
}

function names(size: number, travellers: readonly Movement[]): BenchResult[] {
  const label = size >= 1_000_000 ? `${size / 1_000_000}M` : `${size / 1_000}k`
  global.gc?.()
  const before = process.memoryUsage()
  const began = performance.now()
  const index = buildIndex([LIST], entries(size))
  const built = (performance.now() - began) / 1_000
  global.gc?.()
  const after = process.memoryUsage()
  const bytes = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / size
  for (const one of travellers.slice(0, 500)) screenAgainstLists(one, index)
  const times = new Float64Array(travellers.length)
  const started = performance.now()
  let hits = 0
  for (const [at, one] of travellers.entries()) {
    const from = performance.now()
    hits += screenAgainstLists(one, index).length
    times[at] = performance.now() - from
  }
  const rate = travellers.length / ((performance.now() - started) / 1_000)
  times.sort()
  const spread = `p50 ${percentile(times, 0.5).toFixed(2)} ms, p95 ${percentile(times, 0.95).toFixed(2)} ms; ${hits} hits; made and built in ${built.toFixed(1)} s`
  const big = size >= 1_000_000
  return [
    { bench: 'screen', case: label, value: rate, unit: 'travellers/s', budget: big ? 1_000 : 2_000, note: spread },
    {
      bench: 'screen',
      case: `${label} p99`,
      value: percentile(times, 0.99),
      unit: 'ms',
      ...(big && { budget: 5, atMost: true }),
    },
    { bench: 'screen', case: `${label} memory`, value: bytes, unit: 'bytes/name', budget: 500, atMost: true },
  ]
}

/** Random, but the same each time: two to five conditions, some in groups, some negated. */
function rule(at: number): Rule {
  const random = randomOf(5).split(`rule ${at}`)
  const leaf = (): Expression =>
    random.pick<() => Expression>([
      () => ({
        op: 'in',
        field: 'traveller.nationality',
        values: Array.from({ length: 3 }, () => random.pick(NATIONS).alpha3),
      }),
      () => ({ op: 'gte', left: { field: 'baggage.count' }, right: { value: random.int(1, 6) } }),
      () => ({ op: 'between', field: 'traveller.ageYears', lo: random.int(15, 40), hi: random.int(41, 80) }),
      () => ({ op: 'eq', left: { field: 'leg.from' }, right: { value: random.pick(['IST', 'DXB', 'TBS', 'ALA']) } }),
      () => ({ op: 'lt', left: { field: 'document.expiresInDays' }, right: { value: random.int(10, 2_000) } }),
      () => ({ op: 'lt', left: { field: 'pnr.leadTimeHours' }, right: { value: random.int(1, 200) } }),
      () => ({ op: 'isMissing', field: 'traveller.seat' }),
    ])()
  const args = Array.from({ length: random.int(3, 6) }, () =>
    random.chance(0.1) ? ({ op: 'not', arg: leaf() } as const) : leaf(),
  )
  return {
    id: `r${at}`,
    version: 1,
    owner: 'unit',
    title: { en: '', az: '' },
    when: { op: 'and', args: [...args, { op: 'or', args: [leaf(), leaf()] }] },
    severity: 'low',
    action: 'observe',
    purpose: '',
    validFrom: '2026-01-01',
    validTo: '2030-01-01',
  }
}

function rules(travellers: readonly Movement[]): BenchResult {
  const set = ruleSet(Array.from({ length: 500 }, (_, at) => rule(at)))
  for (const one of travellers.slice(0, 300)) screenAgainstRules(one, set, NOW)
  const started = performance.now()
  let hits = 0
  for (const one of travellers) hits += screenAgainstRules(one, set, NOW).length
  const micros = ((performance.now() - started) * 1_000) / travellers.length
  return {
    bench: 'screen',
    case: '500 rules',
    value: micros,
    unit: 'µs/traveller',
    budget: 100,
    atMost: true,
    note: `${hits} hits, each with its explanation`,
  }
}
