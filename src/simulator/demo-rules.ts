import type { Rule } from '#domain/rule.ts'

const VALID = {
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2030-01-01T00:00:00.000Z',
  version: 1,
  owner: 'unit',
} as const

/** The rules of the demo site; the planted bookings of `targets.ts` are made to meet the first four. */
export const demoRules = (): readonly Rule[] => [
  {
    ...VALID,
    id: 'late-cash-one-way',
    title: { en: 'Late booking, one way, cash', az: 'Gec bron, tək istiqamət, nağd' },
    when: {
      op: 'and',
      args: [
        { op: 'lt', left: { field: 'pnr.leadTimeHours' }, right: { value: 24 } },
        { op: 'eq', left: { field: 'pnr.oneWay' }, right: { value: true } },
        { op: 'eq', left: { field: 'pnr.cash' }, right: { value: true } },
        { op: 'not', arg: { op: 'eq', left: { field: 'traveller.kind' }, right: { value: 'infant' } } },
      ],
    },
    severity: 'medium',
    action: 'interview',
    purpose: 'Trafficking in human beings (Annex II, 2)',
  },
  {
    ...VALID,
    id: 'many-bags',
    title: { en: 'Much baggage for one traveller', az: 'Bir sərnişin üçün çox baqaj' },
    when: {
      op: 'and',
      args: [
        { op: 'gte', left: { field: 'baggage.count' }, right: { value: 4 } },
        { op: 'lte', left: { field: 'pnr.numberOfTravellers' }, right: { value: 2 } },
      ],
    },
    severity: 'low',
    action: 'search-baggage',
    purpose: 'Illicit trade in cultural goods (Annex II, 16)',
  },
  {
    ...VALID,
    id: 'document-expiring',
    title: { en: 'Document expires within a month', az: 'Sənədin müddəti bir ay ərzində bitir' },
    when: {
      op: 'and',
      args: [
        { op: 'between', field: 'document.expiresInDays', lo: 0, hi: 30 },
        { op: 'eq', left: { field: 'leg.direction' }, right: { value: 'in' } },
        { op: 'not', arg: { op: 'in', field: 'traveller.role', values: ['crew', 'transit-crew'] } },
      ],
    },
    severity: 'low',
    action: 'check-document',
    purpose: 'Forgery of administrative documents (Annex II, 18)',
  },
  {
    ...VALID,
    id: 'broken-route',
    title: { en: 'Route with a gap', az: 'Qırıq marşrut' },
    when: {
      op: 'and',
      args: [
        { op: 'eq', left: { field: 'pnr.brokenRoute' }, right: { value: true } },
        { op: 'gte', left: { field: 'pnr.segmentCount' }, right: { value: 2 } },
      ],
    },
    severity: 'low',
    action: 'interview',
    purpose: 'Trafficking in drugs (Annex II, 4)',
  },
  {
    ...VALID,
    id: 'documents-differ',
    title: { en: 'Another passport at check-in than in the booking', az: 'Qeydiyyatda bronda olandan fərqli pasport' },
    when: {
      op: 'and',
      args: [
        { op: 'eq', left: { field: 'document.numbersDiffer' }, right: { value: true } },
        { op: 'eq', left: { field: 'document.issuerDiffersFromNationality' }, right: { value: true } },
      ],
    },
    severity: 'medium',
    action: 'check-document',
    purpose: 'Facilitation of unauthorised entry (Annex II, 11)',
  },
]
