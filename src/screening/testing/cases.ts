/** Fictional entries and travellers for tests of screening. */
import type { Movement } from '#domain/movement.ts'
import type { Entry, Watchlist } from '#domain/watchlist.ts'
import type { CivilDate, Instant, LocalDateTime } from '#lib/time.ts'

export interface Person {
  readonly id: string
  readonly surname: string
  readonly given: string | undefined
  readonly born: string | undefined
  readonly documents: readonly { readonly number: string; readonly issuer?: string }[]
}

export const list = (id = 'list'): Watchlist => ({
  id,
  name: 'Test list',
  owner: 'unit',
  purpose: 'serious-crime',
  legalBasis: 'none',
  severity: 'high',
  action: 'interview',
  thresholds: { document: 0.9, 'full-date': 0.8, 'partial-date': 0.8, 'no-date': 0.5 },
  version: 3,
})

export function entry(given: Partial<Person> & { readonly list?: string; readonly version?: number }): Entry {
  const born = 'born' in given ? given.born : '1985-04-12'
  return {
    id: given.id ?? 'wanted',
    list: given.list ?? 'list',
    version: given.version ?? 1,
    names: given.surname ? [{ surname: given.surname, ...(given.given && { givenNames: given.given }) }] : [],
    birthDates: born && given.surname ? [born as CivilDate] : [],
    nationalities: [],
    documents: given.documents ?? [],
  }
}

export const NOW = '2026-06-11T06:00:00.000Z' as Instant

export function movement(given: Partial<Person> = {}): Movement {
  const { surname = 'NOBODY', documents = [] } = given
  const born = 'born' in given ? given.born : '1985-04-12'
  return {
    travellerId: 'traveller-1',
    leg: {
      id: '202606-0000000000000001',
      month: '2026-06-01',
      carrier: 'Q0',
      number: '812',
      suffix: '',
      from: 'IST',
      to: 'GYD',
      date: '2026-06-11',
      direction: 'in',
      departs: '2026-06-11T10:15' as LocalDateTime,
      departsAt: '2026-06-11T07:15:00.000Z' as Instant,
    },
    role: 'passenger',
    api: {
      role: 'passenger',
      surname,
      ...(given.given && { givenNames: given.given }),
      ...(born && { birthDate: born as CivilDate }),
      sex: 'U',
      nationalities: [],
      addresses: [],
      documents: documents.map(({ number, issuer }) => ({
        kind: 'passport',
        type: 'P',
        number,
        numberAsSent: number,
        ...(issuer && { issuer }),
      })),
      contacts: [],
      baggage: { tags: [] },
      at: {},
    },
  }
}
