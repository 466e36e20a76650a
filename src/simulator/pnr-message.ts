import type { PnrgovMessage } from '#domain/message.ts'
import type { CheckIn, Payment, Pnr, PnrTraveller, Segment, Ssr, Ticket } from '#domain/pnr.ts'
import type { Baggage, Contact } from '#domain/traveller.ts'
import { type Instant, instant } from '#lib/time.ts'
import type { Booking } from './bookings.ts'
import { type PnrState, type StatedTraveller, statesAt } from './changes.ts'
import { sentLeg } from './envelope.ts'
import type { Stretch } from './journey.ts'
import type { Attendance, Manifest, OnLeg } from './manifest.ts'
import type { Timetable } from './timetable.ts'

const MINUTE = 60_000
const NO_BYTES = [0, 0] as const

const minute = (at: number): Instant => instant(Math.floor(at / MINUTE) * MINUTE)

/** The PNRs of a leg as a push at some moment carries them; with `since`, only those that changed after it. */
export function pnrsAt(manifest: Manifest, at: number, timetable: Timetable, since?: number): readonly Pnr[] {
  return manifest.bookings.flatMap((one) =>
    statesAt(one.booking, at, timetable)
      .filter((state) => (since === undefined ? !state.cancelled : state.changedAt > since))
      .map((state) => makePnr(state, one, manifest, at, timetable)),
  )
}

export function pnrgovMessage(
  manifest: Manifest,
  pnrs: readonly Pnr[],
  kind: PnrgovMessage['function'],
  envelope: PnrgovMessage['envelope'],
  version: string,
  declaredTotal: number,
): PnrgovMessage {
  const { carrier, number } = manifest.flight
  const leg = { ...sentLeg(manifest.flight, manifest.legIndex), flightAsSent: `${carrier}${number.padStart(4, '0')}` }
  return { type: 'PNRGOV', version, envelope, function: kind, leg, declaredTotal, pnrs, span: NO_BYTES }
}

function makePnr(state: PnrState, on: OnLeg, manifest: Manifest, at: number, timetable: Timetable): Pnr {
  const { booking } = on
  const { airline, agency } = booking
  const own = { company: airline.code, locator: state.locator, created: minute(state.createdAt) }
  const base = {
    locator: state.locator,
    cancelled: state.cancelled,
    at: {},
    span: NO_BYTES,
    checkIns: [],
    contacts: [],
    addresses: [],
    ssrs: [],
    remarks: [],
    splitWith: [],
    history: [],
    itinerary: [],
  }
  if (state.cancelled) return { ...base, locators: [own], created: own.created, travellers: [], numberOfTravellers: 0 }
  const checkIns = state.travellers.flatMap((one) => checkInOf(one, on, manifest, at))
  const travellers = state.travellers.map((one) => travellerOf(one, on, at))
  const first = booking.travellers[0]?.person
  return {
    ...base,
    locators: agency.travelAgency ? [own, { company: '1X', locator: agency.locator }] : [own],
    created: minute(state.createdAt),
    changed: minute(Math.max(state.changedAt, state.createdAt)),
    ticketed: minute(state.createdAt + 20 * MINUTE),
    ...(booking.groupName && { groupName: booking.groupName }),
    numberOfTravellers: travellers.length,
    travellers,
    itinerary: booking.journey.flatMap(legByLeg).map((stretch) => segmentOf(stretch, travellers)),
    checkIns,
    contacts: contactsOf(booking),
    addresses: first && !agency.travelAgency ? [{ ...first.address, kind: 'contact' }] : [],
    agency: {
      kind: agency.travelAgency ? 'travel-agency' : 'airline',
      system: agency.travelAgency ? '1X' : airline.code,
      iataNumber: agency.number,
      office: agency.office,
      city: agency.city,
      country: agency.country,
      currency: booking.currency,
      agent: agency.agent,
    },
    ssrs: ssrsOf(state, on, manifest, timetable),
    remarks: remarksOf(booking, timetable),
    splitWith: state.splitWith ? [state.splitWith] : [],
    history: state.history.map((entry) => ({
      at: minute(entry.at),
      agent: agency.agent,
      action: entry.action,
      text: entry.text,
    })),
  }
}

function travellerOf(one: StatedTraveller, on: OnLeg, at: number): PnrTraveller {
  const attendance = on.attendance.get(one.reference)
  const { person } = one
  const checkedIn = hasCheckedIn(attendance, at)
  const identity = one.documentsKnown || checkedIn
  const seat = attendance?.seat && (attendance.seatChosen || checkedIn) ? { seat: attendance.seat.number } : {}
  return {
    reference: one.reference,
    surname: one.booked.surname,
    givenNames: one.booked.givenNames,
    ...(identity && {
      documentSurname: person.surname,
      ...(person.givenNames && { documentGivenNames: person.givenNames }),
      ...(!person.withholdsBirthDate && { birthDate: person.birthDate }),
      sex: person.sex,
      nationality: person.nation.alpha3,
    }),
    kind: one.kind,
    ...(one.infantOf && { infantOf: one.infantOf }),
    documents: identity ? person.documents.slice(0, 1) : [],
    addresses: [],
    contacts: [],
    frequentFlyers: one.frequentFlyer ? [{ carrier: on.booking.airline.code, ...one.frequentFlyer }] : [],
    tickets: [ticketOf(one, on.booking)],
    ...seat,
    baggage: checkedIn && one.kind !== 'infant' ? bagsOf(attendance) : { tags: [] },
    ...(checkedIn && one.kind !== 'infant' && { checkedIn: true }),
    carrierReference: one.carrierReference,
    at: {},
  }
}

export const hasCheckedIn = (attendance: Attendance | undefined, at: number): attendance is Attendance =>
  attendance?.checkInAt !== undefined && attendance.checkInAt <= at

export const bagsOf = (attendance: Attendance): Baggage =>
  attendance.bags.count > 0 ? { ...attendance.bags, tags: attendance.bags.tags } : { count: 0, tags: [] }

function checkInOf(one: StatedTraveller, on: OnLeg, manifest: Manifest, at: number): readonly CheckIn[] {
  const attendance = on.attendance.get(one.reference)
  if (!hasCheckedIn(attendance, at) || attendance.checkInAt === undefined || one.kind === 'infant') return []
  return [
    {
      traveller: one.reference,
      sequence: attendance.sequence,
      ...(attendance.seat && { seat: attendance.seat.number, cabin: attendance.seat.cabin }),
      baggage: bagsOf(attendance),
      at: minute(attendance.checkInAt),
      carrier: manifest.flight.carrier,
      from: manifest.leg.from,
      to: manifest.leg.to,
    },
  ]
}

function ticketOf(one: StatedTraveller, booking: Booking): Ticket {
  const infant = one.kind === 'infant'
  const total = infant ? booking.fare * 0.1 : one.kind === 'child' ? booking.fare * 0.75 : booking.fare
  return {
    number: one.ticket,
    type: 'T',
    booklets: 1,
    issued: minute(booking.createdAt + 20 * MINUTE),
    total: total.toFixed(2),
    currency: booking.currency,
    payments: [paymentOf(booking, total.toFixed(2))],
  }
}

function paymentOf({ payment, currency }: Booking, amount: string): Payment {
  const codes = { card: 'CC', cash: 'CA', invoice: 'IN', miscellaneous: 'MS' } as const
  return {
    form: payment.form,
    formAsSent: codes[payment.form],
    amount,
    currency,
    ...(payment.vendor && { cardVendor: payment.vendor }),
    ...(payment.card && { cardMasked: payment.card }),
    ...(payment.expires && { cardExpires: payment.expires }),
  }
}

/** A flight with a call on the way stands leg by leg: the pushed leg has its own place in the itinerary. */
const legByLeg = (stretch: Stretch): readonly Stretch[] =>
  stretch.flight && stretch.off - stretch.board > 1
    ? stretch.flight.legs.slice(stretch.board, stretch.off).map((leg) => ({ ...stretch, ...leg }))
    : [stretch]

function segmentOf(stretch: Stretch, travellers: readonly PnrTraveller[]): Segment {
  return {
    kind: 'flight',
    carrier: stretch.carrier,
    number: stretch.number,
    ...(stretch.operating && {
      operatingCarrier: stretch.operating.carrier,
      operatingNumber: stretch.operating.number,
    }),
    bookingClass: stretch.bookingClass,
    from: stretch.from,
    to: stretch.to,
    departs: stretch.departs,
    arrives: stretch.arrives,
    status: 'HK',
    quantity: travellers.filter(({ kind }) => kind !== 'infant').length,
    ...(stretch.flight && { aircraft: stretch.flight.aircraft }),
  }
}

function contactsOf(booking: Booking): readonly Contact[] {
  const first = booking.travellers[0]?.person
  if (!first) return []
  const contacts: Contact[] = [{ kind: 'phone', value: first.phone }]
  if (!booking.agency.travelAgency || booking.fare % 2 === 0) contacts.push({ kind: 'email', value: first.email })
  return contacts
}

const SENSITIVE = [
  'KOSHER KITCHEN AT HOTEL PLS',
  'PAX AFTER SURGERY NEEDS HELP',
  'GROUP OF PILGRIMS',
  'DIABETIC CARRIES INSULIN',
]
const HARMLESS = ['SEATS TOGETHER PLS', 'TICKETS BY MAIL', 'FIRST FLIGHT OF CHILD']

/** Free text: most of it harmless, some of it sensitive. */
function remarksOf(booking: Booking, timetable: Timetable): Pnr['remarks'] {
  const chance = timetable.random.split(`remarks ${booking.plan.id}`)
  if (!chance.chance(0.06)) return []
  return [{ kind: 'osi', text: chance.pick(chance.chance(0.3) ? SENSITIVE : HARMLESS) }]
}

const MEALS = ['KSML', 'MOML', 'HNML', 'VGML', 'DBML', 'GFML', 'AVML', 'VJML']

/** Harmless requests, and a share of sensitive ones that a receiver has to drop. */
function ssrsOf(state: PnrState, on: OnLeg, manifest: Manifest, timetable: Timetable): readonly Ssr[] {
  const { carrier } = manifest.flight
  const place = { status: 'HK', quantity: 1, carrier, from: on.stretch.from, to: on.stretch.to }
  return state.travellers.flatMap((one) => {
    const chance = timetable.random.split(`ssr ${on.booking.plan.id} ${one.reference}`)
    const travellers = [one.reference]
    const found: Ssr[] = []
    if (one.kind === 'unaccompanied-minor') {
      const age = String(Math.floor(one.age)).padStart(2, '0')
      found.push({ code: 'UMNR', ...place, text: `UM${age}`, travellers })
    }
    if (one.kind === 'infant') return found
    if (chance.chance(0.05)) found.push({ code: chance.pick(MEALS), ...place, travellers })
    if (chance.chance(0.012))
      found.push({ code: chance.pick(['WCHR', 'WCHS', 'WCHC', 'BLND', 'DEAF', 'MEDA']), ...place, travellers })
    if (chance.chance(0.01))
      found.push({ code: chance.pick(['XBAG', 'BIKE', 'SPEQ']), ...place, text: '1PC', travellers })
    if (chance.chance(0.006))
      found.push({ code: chance.pick(['PETC', 'AVIH']), ...place, text: 'CAT IN CAGE 05KG', travellers })
    return found
  })
}
