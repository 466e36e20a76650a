/**
 * Screening, one core: travellers a second and percentiles against 100,000 and a million listed names, memory a name,
 * and rules: microseconds a traveller for 500 of them.
 */
import type { Movement } from '#domain/movement.ts'
import type { Watchlist } from '#domain/watchlist.ts'
import type { Instant } from '#lib/time.ts'
import { ruleSet, screenAgainstRules } from '#screening/rules.ts'
import { buildIndex } from '#screening/watchlist-index.ts'
import { screenAgainstLists } from '#screening/watchlists.ts'
import { type BenchResult, percentile, print } from './report.ts'
import { listedNames, someone, someRules } from './take-in/reference.ts'

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
  const index = buildIndex([LIST], listedNames(LIST.id, 0, size))
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

function rules(travellers: readonly Movement[]): BenchResult {
  const set = ruleSet(someRules(500))
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
