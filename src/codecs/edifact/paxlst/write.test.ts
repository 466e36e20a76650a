import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPaxlst, type PaxlstMessage } from '#domain/message.ts'
import type { ApiTraveller, TravelDocument } from '#domain/traveller.ts'
import { type CivilDate, civilDate, type Instant, type LocalDateTime } from '#lib/time.ts'
import { decode } from '../../decode.ts'
import { documentKind } from './doc.ts'
import { paxlstProfile } from './profile.ts'
import { writePaxlst } from './write.ts'

const receivedAt = '2026-03-02T07:00:00.000Z' as Instant
const context = { receivedAt }

/** A model without provenance, which a writer does not have. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, one) => (key === 'at' || key === 'span' ? undefined : one)))
}

const letters = (max: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'), minLength: 1, maxLength: max })
    .filter((one) => one !== '')
const name = fc
  .array(fc.string({ unit: fc.constantFrom(..."ABEILMNORSÜƏ'?+:-’"), minLength: 1, maxLength: 9 }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((words) => words.join(' '))
const code = fc.string({ unit: fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'), minLength: 5, maxLength: 12 })
const date = (from: string, to: string): fc.Arbitrary<CivilDate> =>
  fc
    .tuple(
      fc.date({ min: new Date(from), max: new Date(to), noInvalidDate: true }),
      fc.constantFrom(10, 10, 10, 10, 7, 4),
    )
    .map(([day, length]) => day.toISOString().slice(0, length) as CivilDate)
const country = fc.constantFrom('AZE', 'TUR', 'DEU', 'GEO', 'XXB', 'GBD')
const airport = fc.constantFrom('GYD', 'VIE', 'IST', 'TBS')
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined })

/** Without the keys whose value is undefined. */
const compact = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T

const document: fc.Arbitrary<TravelDocument> = fc
  .record({
    type: fc.constantFrom('P', 'PD', 'V', 'I', 'AC', 'IP', 'L', 'T', ''),
    numberAsSent: code,
    issuer: optional(country),
    expires: optional(date('1996-01-01', '2060-01-01')),
    issued: optional(date('1996-01-01', '2026-01-01')),
  })
  .map(
    (one) =>
      compact({ ...one, kind: documentKind(one.type, paxlstProfile()), number: one.numberAsSent }) as TravelDocument,
  )

/** The flight is in 2026: who is born in 2006 or later might as well be a hundred years older. */
function otherCentury(date: CivilDate | undefined): { readonly birthDateAlternative?: CivilDate | undefined } {
  if (date?.length !== 10 || date < '2006') return {}
  return {
    birthDateAlternative: civilDate(Number(date.slice(0, 4)) - 100, Number(date.slice(5, 7)), Number(date.slice(8))),
  }
}

const traveller: fc.Arbitrary<ApiTraveller> = fc
  .record({
    role: fc.constantFrom('passenger', 'crew', 'transit-passenger', 'transit-crew'),
    surname: name,
    givenNames: optional(name),
    birthDate: optional(date('1907-01-01', '2026-03-01')),
    sex: fc.constantFrom('M', 'F', 'X', 'U'),
    nationalities: fc.uniqueArray(country, { maxLength: 2 }),
    residence: optional(country),
    birthPlace: optional(fc.constantFrom({ country: 'DEU', city: 'JENA' }, { text: 'AMBER QUAY' }, { country: 'AZE' })),
    addresses: fc.constantFrom(
      [],
      [{ kind: 'destination', street: '1 ANY ROAD', city: 'BAKU', state: 'BA', postcode: 'AZ1000', country: 'AZE' }],
      [{ kind: 'destination', city: 'BAKU', state: 'OLD TOWN' }],
    ),
    documents: fc.array(document, { maxLength: 3 }),
    contacts: fc.array(fc.record({ kind: fc.constantFrom('phone', 'email', 'fax', 'other'), value: code }), {
      maxLength: 4,
    }),
    embark: optional(airport),
    disembark: optional(airport),
    clearance: optional(airport),
    seat: optional(fc.constantFrom('14C', '2A', 'INF', 'JMP')),
    baggage: fc
      .record({
        count: optional(fc.nat(9)),
        weightKg: optional(fc.constantFrom(0, 8, 23.5, 31)),
        tags: fc.constantFrom([], ['0L441020'], ['0L441020', '0L441021', '0L441022'], ['0L9', '0L10', 'A', 'B']),
      })
      .map(compact),
    crewDuty: optional(fc.constantFrom('cockpit', 'cabin', 'operations', 'cargo', 'off-duty-pilot')),
    verified: optional(fc.boolean()),
    locator: optional(code),
    passengerReference: optional(code),
    agencyReference: optional(code),
    frequentFlyer: optional(code),
    ticket: optional(code),
  })
  .map(
    (one) =>
      compact({
        ...one,
        ...otherCentury(one.birthDate),
        nationality: one.nationalities[0],
        at: {},
      }) as unknown as ApiTraveller,
  )

const legs: PaxlstMessage['legs'] = [
  {
    carrier: '0L',
    number: '214',
    flightAsSent: '0L0214',
    from: 'OSL',
    to: 'VIE',
    departs: '2026-03-02T05:30' as LocalDateTime,
    arrives: '2026-03-02T07:50' as LocalDateTime,
    place: 'before',
    overflight: false,
  },
  {
    carrier: '0L',
    number: '214',
    flightAsSent: '0L0214',
    from: 'VIE',
    to: 'GYD',
    departs: '2026-03-02T09:05' as LocalDateTime,
    arrives: '2026-03-02T16:20' as LocalDateTime,
    place: 'border',
    overflight: false,
  },
  {
    carrier: '0L',
    number: '214',
    flightAsSent: '0L0214',
    from: 'GYD',
    to: 'GNJ',
    departs: '2026-03-02' as LocalDateTime,
    place: 'after',
    overflight: false,
  },
]

const message: fc.Arbitrary<PaxlstMessage> = fc
  .record({
    crewList: fc.boolean(),
    version: fc.constantFrom('D:02B', 'D:05B', 'D:12B', 'D:15B'),
    transaction: optional(code),
    revision: fc.constantFrom(undefined, '1'),
    contact: optional(
      fc.record({
        name: letters(20),
        phones: fc.array(code, { maxLength: 4 }),
        emails: fc.array(code, { maxLength: 2 }),
      }),
    ),
    legCount: fc.constantFrom(2, 3),
    travellers: fc.array(traveller, { maxLength: 4 }),
    grouped: fc.boolean(),
    test: fc.boolean(),
    access: optional(code),
  })
  .map(({ crewList, transaction, revision, legCount, grouped, test, access, travellers, ...rest }) =>
    compact({
      ...rest,
      type: 'PAXLST' as const,
      envelope: compact({
        sender: 'LARKAIR',
        senderQualifier: 'ZZ',
        recipient: 'STATEAPI',
        interchange: 'LK0000912',
        prepared: '2026-03-02T06:40:00.000Z' as Instant,
        test,
        syntax: 'UNOA',
        syntaxVersion: '4',
        grouped,
        reference: '1',
        access,
        part: { number: 2, first: false, final: true },
      }),
      function: 'list' as const,
      crewList,
      document: crewList ? '250' : '745',
      ...(transaction && compact({ transaction, revision })),
      legs: legs.slice(0, legCount),
      travellers,
      declaredTotal: travellers.length,
      span: [0, 0] as const,
    }),
  ) as fc.Arbitrary<PaxlstMessage>

describe('writing PAXLST', () => {
  it('is undone by reading', () => {
    fc.assert(
      fc.property(message, fc.boolean(), (sent, lines) => {
        const { messages } = decode(writePaxlst(sent, { lines }), context)
        expect(messages.map(plain)).toEqual([plain(sent)])
      }),
    )
  })

  it('gives the same bytes again for what it wrote', () => {
    fc.assert(
      fc.property(message, (sent) => {
        const bytes = writePaxlst(sent)
        const again = decode(bytes, context)
          .messages.filter(isPaxlst)
          .map((one) => writePaxlst(one))
        expect(again.map((one) => Buffer.from(one).toString())).toEqual([Buffer.from(bytes).toString()])
      }),
      { numRuns: 50 },
    )
  })

  it('writes the sub-code of a close-out, and references only', () => {
    const person = {
      role: 'passenger',
      sex: 'U',
      nationalities: [],
      addresses: [],
      documents: [],
      contacts: [],
    } as const
    const sent: PaxlstMessage = {
      type: 'PAXLST',
      version: 'D:05B',
      envelope: {
        sender: 'LARKAIR',
        recipient: 'STATEAPI',
        interchange: 'LK1',
        test: false,
        syntax: 'UNOA',
        syntaxVersion: '4',
        grouped: false,
        reference: '1',
      },
      function: 'close-on-board',
      crewList: false,
      document: '266',
      legs: legs.slice(1, 2),
      travellers: [{ ...person, baggage: { tags: [] }, locator: 'HJ4KLM', passengerReference: 'R1', at: {} }],
      declaredTotal: 1,
      span: [0, 0],
    }
    const bytes = writePaxlst(sent, { una: false })
    expect(Buffer.from(bytes).toString().split("'")).toEqual([
      'UNB+UNOA:4+LARKAIR+STATEAPI++LK1',
      'UNH+1+PAXLST:D:05B:UN:IATA',
      'BGM+266+CLOB',
      'TDT+20+0L0214+++0L',
      'LOC+125+VIE',
      'DTM+189:2603020905:201',
      'LOC+87+GYD',
      'DTM+232:2603021620:201',
      'NAD+ZZZ',
      'RFF+AVF:HJ4KLM',
      'RFF+ABO:R1',
      'CNT+42:1',
      'UNT+12+1',
      'UNZ+1+LK1',
      '',
    ])
    const { messages, findings } = decode(bytes, context)
    expect(messages.map(plain)).toEqual([plain({ ...sent, documentNumber: 'CLOB', una: '' })])
    expect(findings.map((one) => one.code)).toEqual(['envelope.prepared'])
  })
})
