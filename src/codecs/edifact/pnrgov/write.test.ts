import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPnrgov, type PnrgovMessage } from '#domain/message.ts'
import type { CheckIn, Payment, Pnr, PnrTraveller, Segment, Ticket } from '#domain/pnr.ts'
import type { CivilDate, Instant, LocalDateTime } from '#lib/time.ts'
import { readInterchanges } from '../interchange.ts'
import { readTape } from '../tape.ts'
import { readPnrgov } from './read.ts'
import { writePnrgov } from './write.ts'

const RECEIVED = '2026-06-11T12:00:00.000Z' as Instant
const NO_SPAN = [0, 0] as const

/** An object without the fields that a coin left out. */
const some = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }, required: (keyof T)[]) =>
  fc.record(model, { requiredKeys: required }) as fc.Arbitrary<T>

const upper = (min: number, max: number) => fc.stringMatching(new RegExp(`^[A-Z]{${min},${max}}$`))
/** Nothing but X is what redaction leaves, and is not read. */
const word = upper(2, 9).filter((letters) => !/^X+$|CTC/.test(letters))
const name = fc.oneof(
  upper(2, 12),
  fc.tuple(upper(3, 8), upper(3, 8)).map(([a, b]) => `${a} ${b}`),
  fc.constant("O'DAIR"),
)
/** Free text with every character that has to be released. */
const prose = fc
  .array(fc.oneof(word, fc.constantFrom("IT'S", 'A+B', 'A:B', 'WHY?', '5.00')), { minLength: 1, maxLength: 30 })
  .map((words) => words.join(' '))
const alnum = (length: number) => fc.stringMatching(new RegExp(`^[A-Z0-9]{${length}}$`))
const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9][0-9]{${length - 1}}$`))
const day = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([m, d]) => `${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`)
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
const instant = fc.tuple(day, clock).map(([d, t]) => `2026-${d}T${t}:00.000Z` as Instant)
const local = fc.tuple(day, clock).map(([d, t]) => `2026-${d}T${t}` as LocalDateTime)
const civil = (from: number, to: number) =>
  fc.tuple(fc.integer({ min: from, max: to }), day).map(([y, d]) => `${y}-${d}` as CivilDate)
const phone = digits(11)
const email = fc
  .tuple(upper(2, 6), fc.constantFrom('', '_'), upper(2, 6), upper(2, 6))
  .map(([a, u, b, c]) => `${a}${u}${b}@${c}.EXAMPLE`)
const country = fc.constantFrom('AZE', 'TUR', 'GEO', 'KAZ', 'DEU')

const payment = (total: string | undefined, currency: string | undefined): fc.Arbitrary<Payment> =>
  fc.constantFrom(
    { form: 'cash', formAsSent: 'CA' } as Payment,
    {
      form: 'card',
      formAsSent: 'CC',
      ...(total && { amount: total, ...(currency && { currency }) }),
      cardVendor: 'VI',
      cardMasked: '411111XXXXXX1111',
      cardExpires: '0928',
    } as Payment,
    {
      form: 'miscellaneous',
      formAsSent: 'MS',
      payer: 'MUSHFIQ ALMAZOV',
      billing: { kind: 'billing', street: 'QUM 1', city: 'BAKI', country: 'AZ' },
    } as Payment,
  )

const ticket: fc.Arbitrary<Ticket> = fc
  .record({
    number: digits(13),
    booklets: fc.integer({ min: 1, max: 4 }),
    issued: instant,
    total: fc.constantFrom(undefined, '120.50'),
    basis: fc.constantFrom(undefined, 'YLE3M', 'YLE3M MLE3M'),
    calculation: fc.option(prose, { nil: undefined }),
  })
  .chain(({ total, basis, calculation, ...rest }) =>
    fc.array(payment(total, total && 'AZN'), { maxLength: 2 }).map((payments) => ({
      ...rest,
      type: 'T',
      ...(total && { total, currency: 'AZN' }),
      ...(basis && { fareBasis: basis }),
      ...(calculation && { fareCalculation: calculation }),
      payments,
    })),
  )

const traveller = (reference: string, index: number): fc.Arbitrary<PnrTraveller> =>
  fc
    .record({
      identity: some<
        Pick<PnrTraveller, 'birthDate' | 'sex' | 'nationality' | 'documentSurname' | 'documentGivenNames'>
      >(
        {
          birthDate: civil(1930, 2022) as never,
          sex: fc.constantFrom('M', 'F', 'X', 'U') as never,
          nationality: country as never,
          documentSurname: name as never,
          documentGivenNames: name as never,
        },
        ['documentSurname'],
      ),
      known: fc.boolean(),
      passport: fc.option(fc.record({ number: alnum(9), issuer: country, expires: civil(2027, 2036) }), {
        nil: undefined,
      }),
      visa: fc.option(fc.record({ number: digits(8), issuer: country, issued: civil(2025, 2026), issuedAt: word }), {
        nil: undefined,
      }),
      base: some<Pick<PnrTraveller, 'givenNames' | 'carrierReference'>>(
        { givenNames: name as never, carrierReference: digits(8) as never },
        [],
      ),
      surname: name,
      kind: fc.constantFrom<PnrTraveller['kind']>('adult', 'child', 'unaccompanied-minor', 'unknown'),
      frequentFlyers: fc.uniqueArray(
        some<PnrTraveller['frequentFlyers'][number]>(
          { carrier: fc.constantFrom('0X', 'Q1'), number: digits(9), level: fc.constant('GOLD') as never },
          ['carrier', 'number'],
        ),
        { maxLength: 2, selector: (one) => one.number },
      ),
      tickets: fc.uniqueArray(ticket, { maxLength: 2, selector: (one) => one.number }),
      address: fc.option(
        some<PnrTraveller['addresses'][number]>(
          {
            kind: fc.constantFrom('residence', 'destination', 'contact'),
            street: word as never,
            city: word as never,
            country: fc.constant('AZE') as never,
            postcode: digits(4) as never,
          },
          ['kind', 'city'],
        ),
        { nil: undefined },
      ),
      phone: fc.option(phone, { nil: undefined }),
      email: fc.option(email, { nil: undefined }),
      seat: fc.option(
        fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom('A', 'F')).map(([row, letter]) => `${row}${letter}`),
        { nil: undefined },
      ),
    })
    .map(({ identity, known, passport, visa, base, address, ...rest }) => ({
      reference,
      surname: `${rest.surname} ${'ABCDEFGH'[index]}X`,
      ...base,
      ...(known && identity),
      kind: rest.kind,
      documents: [
        ...(passport
          ? [
              {
                kind: 'passport' as const,
                type: 'P',
                number: passport.number,
                numberAsSent: passport.number,
                issuer: passport.issuer,
                expires: passport.expires,
              },
            ]
          : []),
        ...(visa
          ? [
              {
                kind: 'visa' as const,
                type: 'V',
                number: visa.number,
                numberAsSent: visa.number,
                issuer: visa.issuer,
                issued: visa.issued,
                issuedAt: visa.issuedAt,
              },
            ]
          : []),
      ],
      addresses: address ? [address] : [],
      contacts: [
        ...(rest.phone ? [{ kind: 'phone' as const, value: rest.phone }] : []),
        ...(rest.email ? [{ kind: 'email' as const, value: rest.email }] : []),
      ],
      frequentFlyers: rest.frequentFlyers,
      // The message has one fare basis for all tickets of a traveller
      tickets: rest.tickets.map(({ fareBasis: _, ...one }) => {
        const basis = rest.tickets[0]?.fareBasis
        return basis ? { ...one, fareBasis: basis } : one
      }),
      ...(rest.seat && { seat: rest.seat }),
      baggage: { tags: [] },
      at: {},
    }))

const LEG: PnrgovMessage['leg'] = {
  carrier: '0X',
  number: '100',
  flightAsSent: '0X0100',
  from: 'GYD',
  to: 'TBS',
  departs: '2026-06-11T10:00' as LocalDateTime,
  arrives: '2026-06-11T11:30' as LocalDateTime,
  place: 'border',
  overflight: false,
}

const flight: fc.Arbitrary<Segment> = fc
  .record({
    from: upper(3, 3),
    to: upper(3, 3),
    departs: local,
    codeshare: fc.boolean(),
    status: fc.constantFrom('HK', 'TK'),
    quantity: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ codeshare, ...rest }) => ({
    kind: 'flight',
    carrier: '0X',
    number: '7',
    bookingClass: 'Y',
    ...rest,
    ...(codeshare && { operatingCarrier: 'Q1', operatingNumber: '4012' }),
    aircraft: '320',
  }))

const PUSHED: Segment = {
  kind: 'flight',
  carrier: '0X',
  number: '100',
  bookingClass: 'M',
  from: 'GYD',
  to: 'TBS',
  departs: LEG.departs as LocalDateTime,
  arrives: LEG.arrives as LocalDateTime,
  status: 'HK',
  quantity: 2,
}
const HOTEL: Segment = {
  kind: 'hotel',
  carrier: 'XH',
  from: 'TBS',
  text: 'HOTEL MTKVARI',
  departs: '2026-06-11T14:00' as LocalDateTime,
  arrives: '2026-06-13' as LocalDateTime,
}

const pnr: fc.Arbitrary<Pnr> = fc
  .record({
    locator: alnum(6),
    created: instant,
    changed: instant,
    travellers: fc
      .integer({ min: 1, max: 3 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => traveller(String(index + 1), index)))),
    infant: fc.boolean(),
    checkedIn: fc.boolean(),
    before: fc.option(flight, { nil: undefined }),
    after: fc.array(flight, { maxLength: 2 }),
    hotel: fc.boolean(),
    remarks: fc.array(fc.record({ kind: fc.constantFrom('osi', 'remark', 'ticket', 'text-41'), text: prose }), {
      maxLength: 2,
    }),
    ssrs: fc.boolean(),
    group: fc.option(word, { nil: undefined }),
    history: fc.array(
      fc.oneof(
        fc.record({
          at: instant,
          agent: fc.constantFrom('0042', '0042:GS'),
          action: fc.constantFrom('added' as const, 'cancelled' as const),
          text: prose,
        }),
        fc.record({ action: fc.constant('other' as const), text: prose }),
      ),
      { maxLength: 4 },
    ),
    split: fc.option(fc.record({ locator: alnum(6), quantity: fc.integer({ min: 1, max: 4 }) }), { nil: undefined }),
  })
  .map((made): Pnr => {
    const travellers: PnrTraveller[] = made.travellers.map((one) => ({ ...one }))
    const adult = travellers.find(({ kind }) => kind === 'adult')
    if (made.infant && adult) {
      travellers.push({
        reference: '9',
        surname: 'LAP',
        givenNames: 'KIND',
        kind: 'infant',
        infantOf: adult.reference,
        birthDate: '2025-08-01' as CivilDate,
        documents: [],
        addresses: [],
        contacts: [],
        frequentFlyers: [],
        tickets: [],
        baggage: { tags: [] },
        at: {},
      })
    }
    const checkIns: CheckIn[] = made.checkedIn
      ? made.travellers.map((one, index) => ({
          traveller: one.reference,
          sequence: `GYD-${index + 1}`,
          ...(one.seat && { seat: one.seat }),
          cabin: 'Y',
          baggage:
            index === 0 ? { count: 2, weightKg: 31.5, tags: ['0771000001', '0771000002'] } : { count: 0, tags: [] },
          at: made.changed,
          carrier: '0X',
          from: 'GYD',
          to: 'TBS',
        }))
      : []
    const present = travellers.map((one) => {
      const checkIn = checkIns.find(({ traveller: reference }) => reference === one.reference)
      return checkIn ? { ...one, checkedIn: true, baggage: checkIn.baggage } : one
    })
    const itinerary = [...(made.before ? [made.before] : []), PUSHED, ...made.after, ...(made.hotel ? [HOTEL] : [])]
    return {
      locators: [
        { company: '0X', locator: made.locator, created: made.created },
        { company: '1X', locator: 'GDS123' },
      ],
      locator: made.locator,
      created: made.created,
      changed: made.changed,
      cancelled: false,
      ...(made.group && { groupName: made.group }),
      numberOfTravellers: Math.max(present.length, ...itinerary.map(({ quantity = 0 }) => quantity)),
      travellers: present,
      itinerary,
      checkIns,
      contacts: [
        { kind: 'agency-phone', value: 'GYD 12 000 0000 A SAMPLE TRAVEL' },
        { kind: 'other', value: 'NEIGHBOUR' },
      ],
      addresses: [{ kind: 'contact', street: 'QUM KUC 5', city: 'BAKI', country: 'AZ' }],
      agency: {
        kind: 'travel-agency',
        system: '1X',
        iataNumber: '91200000',
        office: 'GYD0X',
        city: 'GYD',
        country: 'AZ',
        currency: 'AZN',
        agent: '0042AG',
      },
      ssrs: made.ssrs
        ? [
            {
              code: 'BIKE',
              status: 'HK',
              quantity: 1,
              carrier: '0X',
              from: 'GYD',
              to: 'TBS',
              text: '1PC',
              travellers: ['1'],
            },
            { code: 'XBAG', status: 'HK', travellers: [] },
          ]
        : [],
      remarks: made.remarks,
      ...(made.hotel && { baggagePrepaid: { amount: '60.00', currency: 'USD', count: 1 } }),
      splitWith: made.split ? [made.split] : [],
      history: made.history,
      at: {},
      span: NO_SPAN,
    }
  })

const CANCELLED: Pnr = {
  locators: [{ company: '0X', locator: 'GONE01' }],
  locator: 'GONE01',
  cancelled: true,
  numberOfTravellers: 0,
  travellers: [],
  itinerary: [],
  checkIns: [],
  contacts: [],
  addresses: [],
  ssrs: [],
  remarks: [],
  splitWith: [],
  history: [],
  at: {},
  span: NO_SPAN,
}

const message: fc.Arbitrary<PnrgovMessage> = fc
  .record({
    version: fc.constantFrom('11:1', '13:1', '21:1'),
    kind: fc.constantFrom('full' as const, 'update' as const),
    grouped: fc.boolean(),
    number: fc.integer({ min: 1, max: 3 }),
    final: fc.boolean(),
    pnrs: fc.array(fc.oneof({ weight: 4, arbitrary: pnr }, { weight: 1, arbitrary: fc.constant(CANCELLED) }), {
      maxLength: 3,
    }),
  })
  .map(({ version, kind, grouped, number, final, pnrs }) => ({
    type: 'PNRGOV',
    version,
    envelope: {
      sender: '0X',
      recipient: 'AZPRECLEAR',
      interchange: 'REF1',
      prepared: RECEIVED,
      test: false,
      syntax: 'IATA',
      syntaxVersion: '1',
      grouped,
      reference: '1',
      access: '0X0100/110626/1000',
      part: { number, first: number === 1, final },
    },
    function: kind,
    leg: LEG,
    declaredTotal: pnrs.length,
    pnrs,
    span: NO_SPAN,
  }))

/** Places in the sender's bytes are what a generated model cannot have. */
const withoutPlaces = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, field) =>
      key === 'span' || (key === 'at' && typeof field === 'object') ? undefined : field,
    ),
  )

interface Reread {
  readonly read: { readonly model: unknown; readonly message: PnrgovMessage | undefined }
  readonly findings: readonly string[]
}

function reread(written: PnrgovMessage): Reread {
  const findings: string[] = []
  const sink = { add: (code: string, _: unknown, detail: string) => void findings.push(`${code} ${detail}`) }
  const tape = readTape(writePnrgov(written), sink)
  const [range] = readInterchanges(tape, sink)
  if (!range) throw new Error('no message')
  const message = readPnrgov(tape, range, sink, { receivedAt: RECEIVED })
  return { read: { model: withoutPlaces(message), message: isPnrgov(message) ? message : undefined }, findings }
}

test('what was written is read again, whole and without a finding', () => {
  fc.assert(
    fc.property(message, (written) => {
      const { read, findings } = reread(written)
      // What was read says more of how it was sent
      expect(read.model).toMatchObject(Object(withoutPlaces(written)))
      expect(findings).toEqual([])
      if (!read.message) throw new Error('not read')
      expect(reread(read.message).read.model).toEqual(read.model)
    }),
    { numRuns: 150 },
  )
})
