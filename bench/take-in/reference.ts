/** Lists and rules of any size: made-up names, and rules of two to five conditions. */
import type { Expression, Rule } from '#domain/rule.ts'
import type { Entry } from '#domain/watchlist.ts'
import { civilDate } from '#lib/time.ts'
import { NATIONS } from '#simulator/nations.ts'
import { household, person } from '#simulator/people.ts'
import { randomOf } from '#simulator/random.ts'

const TODAY = civilDate(2026, 6, 1)

export function someone(seed: string) {
  const random = randomOf(11).split(seed)
  return person(
    household(random.pick(NATIONS), random),
    { least: 18, most: 70 },
    TODAY ?? ('2026-06-01' as never),
    random,
  )
}

/** Entries `from` up to, and without, `to`: the same whoever asks for which part. */
export function* listedNames(list: string, from: number, to: number): Generator<Entry> {
  for (let at = from; at < to; at++) {
    const { surname, givenNames, birthDate, sex, nation, documents } = someone(`entry ${at}`)
    yield {
      id: String(at),
      list,
      version: 1,
      names: [{ surname, ...(givenNames && { givenNames }) }],
      birthDates: [birthDate],
      sex,
      nationalities: [nation.alpha3],
      documents: documents.slice(0, 1).map(({ number, issuer }) => ({ number, ...(issuer && { issuer }) })),
    }
  }
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
    title: { en: `Rule ${at}`, az: `Qayda ${at}` },
    when: { op: 'and', args: [...args, { op: 'or', args: [leaf(), leaf()] }] },
    severity: 'low',
    action: 'observe',
    purpose: '',
    validFrom: '2026-01-01',
    validTo: '2030-01-01',
  }
}

export const someRules = (count: number): readonly Rule[] => Array.from({ length: count }, (_, at) => rule(at))
