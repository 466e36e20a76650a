import type { BookingAgency, HistoryEntry, Payment, PnrTraveller, Segment } from '#domain/pnr.ts'
import type { Contact, DocumentKind } from '#domain/traveller.ts'

type Table<T> = ReadonlyMap<string, T>
const table = <T>(entries: Readonly<Record<string, T>>): Table<T> => new Map(Object.entries(entries))

/**
 * What codes mean whose meaning the guide leaves to sender and receiver, or that we know from samples only: data of a
 * carrier or a State, laid over the usual ones. A code that no table has is kept as sent and means `other`.
 */
export interface PnrgovProfile {
  /** MSG 1225 */
  readonly functions: Table<'full' | 'update'>
  /** TIF 6353 of a traveller */
  readonly travellers: Table<PnrTraveller['kind']>
  /** ORG 9972 */
  readonly originators: Table<NonNullable<BookingAgency['kind']>>
  /** ADD 3299 that says what the value is, not whose address */
  readonly purposes: Table<Contact['kind']>
  /** IFT 9980 of remarks, and of contacts */
  readonly remarks: Table<string>
  readonly contacts: Table<Contact['kind']>
  /** IFT 9980 of the fare calculation, the payer, and OSI */
  readonly fareCalculation: string
  readonly payer: string
  readonly osi: string
  /** MON 5025 that may stand for the total, best first */
  readonly totals: readonly string[]
  /** FOP 9888 */
  readonly payments: Table<Payment['form']>
  /** MSG 4025 of products that are no flights */
  readonly products: Table<Segment['kind']>
  /** SAC 4405 */
  readonly actions: Table<HistoryEntry['action']>
  /** 5463 and 6411, wherever they stand */
  readonly weights: Table<'kg' | 'lb'>
  /** TBD 7365 */
  readonly pools: ReadonlySet<string>
  /** Types of DOCS, DOCO and FOID */
  readonly documents: Table<DocumentKind>
  /** A birth of a two-digit year is not longer ago than this. */
  readonly oldestYears: number
}

export const DEFAULT_PNRGOV_PROFILE: PnrgovProfile = {
  functions: table({ '22': 'full', '141': 'update' }),
  travellers: table({
    A: 'adult',
    C: 'child',
    CH: 'child',
    CHD: 'child',
    IN: 'infant',
    INF: 'infant',
    IS: 'infant',
    IM: 'infant',
    IF: 'infant',
    '766': 'infant',
    '767': 'infant',
    UM: 'unaccompanied-minor',
    UN: 'unaccompanied-minor',
  }),
  originators: table({ A: 'airline', T: 'travel-agency' }),
  purposes: table({ E: 'email', M: 'phone', H: 'phone', O: 'phone', N: 'other' }),
  remarks: table({
    '7': 'remark',
    '9': 'ticket',
    '10': 'endorsement',
    '11': 'commission',
    '12': 'tour',
    '13': 'special-remark',
    '15': 'fare-calculation',
    '16': 'payment',
    '17': 'ticketing',
    '19': 'history',
    '23': 'ticketing-remark',
    '24': 'booking-party',
    '27': 'ticketing-time-limit',
    '28': 'osi',
    '34': 'fare',
    '38': 'itinerary',
    '39': 'agency',
    '43': 'payer',
  }),
  contacts: table({ '3': 'phone', '4': 'phone', '5': 'phone', '6': 'agency-phone', '61': 'email' }),
  fareCalculation: '15',
  payer: '43',
  osi: '28',
  totals: ['T', 'M', 'I', 'E', 'B'],
  payments: table({ CC: 'card', DC: 'card', CA: 'cash', CK: 'cheque', IN: 'invoice', MS: 'miscellaneous' }),
  products: table({ '2': 'car', '3': 'hotel', '8': 'hotel', '9': 'car' }),
  actions: table({ A: 'added', X: 'cancelled' }),
  weights: table({ '700': 'kg', K: 'kg', '701': 'lb', L: 'lb' }),
  pools: new Set(['HP', 'MP']),
  documents: table({
    P: 'passport',
    PP: 'passport',
    PS: 'passport',
    IP: 'passport',
    A: 'identity-card',
    C: 'identity-card',
    I: 'identity-card',
    ID: 'identity-card',
    NI: 'identity-card',
    CI: 'identity-card',
    AC: 'crew-certificate',
    V: 'visa',
  }),
  oldestYears: 115,
}
