import type { Envelope, PaxlstFunction, PaxlstMessage } from '#domain/message.ts'
import type { ApiTraveller, Role } from '#domain/traveller.ts'
import type { Airline } from './airlines.ts'
import { type StatedTraveller, statesAt } from './changes.ts'
import { sentLegs } from './envelope.ts'
import type { Attendance, CrewMember, Manifest, OnLeg } from './manifest.ts'
import { bagsOf, hasCheckedIn } from './pnr-message.ts'
import { inState, type Timetable } from './timetable.ts'

/** A traveller with what is needed to choose the messages that he is in. */
export interface Present {
  readonly traveller: ApiTraveller
  readonly attendance: Attendance
  readonly checkInAt: number
  readonly target: boolean
}

/** Who has checked in for a leg by some moment (and after another), as an API list shows them. */
export function checkedInAt(manifest: Manifest, at: number, timetable: Timetable, after = 0): readonly Present[] {
  const recent = ({ checkInAt }: Attendance): boolean => checkInAt !== undefined && checkInAt <= at && checkInAt > after
  return manifest.bookings.flatMap((on) => {
    if (!on.attendance.values().some(recent)) return []
    return statesAt(on.booking, at, timetable)
      .filter(({ cancelled }) => !cancelled)
      .flatMap((state) =>
        state.travellers.flatMap((one) => {
          const attendance = on.attendance.get(one.reference)
          if (!hasCheckedIn(attendance, at) || attendance.checkInAt === undefined) return []
          if (!recent(attendance)) return []
          const traveller = apiTraveller(one, on, attendance, state.locator, manifest)
          const target = on.booking.plan.target !== undefined
          return [{ traveller, attendance, checkInAt: attendance.checkInAt, target }]
        }),
      )
  })
}

function apiTraveller(
  one: StatedTraveller,
  on: OnLeg,
  attendance: Attendance,
  locator: string,
  manifest: Manifest,
): ApiTraveller {
  const { person } = one
  const { embark, disembark } = journeyEnds(on, manifest)
  return {
    role: roleOf(on, manifest),
    surname: person.surname,
    ...(person.givenNames && { givenNames: person.givenNames }),
    ...(!person.withholdsBirthDate && { birthDate: person.birthDate }),
    sex: person.sex,
    nationality: person.nation.alpha3,
    nationalities: [person.nation.alpha3],
    residence: person.address.country ?? person.nation.alpha3,
    addresses: [],
    documents: person.documents.filter(({ kind }) => kind !== 'crew-certificate'),
    contacts: [],
    embark,
    disembark,
    ...(inState(manifest.leg.to) && { clearance: manifest.leg.to }),
    ...(one.kind === 'infant' ? { seat: 'INF' } : attendance.seat && { seat: attendance.seat.number }),
    baggage: bagsOf(attendance),
    verified: attendance.machineRead,
    locator,
    passengerReference: attendance.passengerReference,
    ...(one.frequentFlyer && { frequentFlyer: `${on.booking.airline.code}${one.frequentFlyer.number}` }),
    at: {},
  }
}

/**
 * Where the journey begins and ends, connections included; on a flight of several legs, where this flight is boarded
 * and left, because that says on which legs somebody is. A return begins a journey of its own.
 */
function journeyEnds(
  { booking, stretch }: OnLeg,
  { flight }: Manifest,
): { readonly embark: string; readonly disembark: string } {
  if (flight.legs.length > 1 || booking.plan.target) return { embark: stretch.from, disembark: stretch.to }
  if (flight === booking.plan.returns) return { embark: stretch.from, disembark: stretch.to }
  const there = booking.journey.filter((one) => one.flight === undefined || one.flight !== booking.plan.returns)
  return { embark: there[0]?.from ?? stretch.from, disembark: there.at(-1)?.to ?? stretch.to }
}

/** Who arrives only to leave the State again is in transit. */
function roleOf(on: OnLeg, manifest: Manifest): Role {
  if (!inState(manifest.leg.to) || inState(manifest.leg.from)) return 'passenger'
  const { onward } = on.booking.plan
  const connects = onward !== undefined && onward !== manifest.flight && onward.legs.some(({ to }) => !inState(to))
  return !inState(on.stretch.to) || connects ? 'transit-passenger' : 'passenger'
}

export function crewTraveller({ person, duty }: CrewMember, index: number, manifest: Manifest): ApiTraveller {
  return {
    role: 'crew',
    surname: person.surname,
    ...(person.givenNames && { givenNames: person.givenNames }),
    birthDate: person.birthDate,
    sex: person.sex,
    nationality: person.nation.alpha3,
    nationalities: [person.nation.alpha3],
    residence: person.nation.alpha3,
    addresses: [],
    documents: person.documents,
    contacts: [],
    embark: manifest.leg.from,
    disembark: manifest.leg.to,
    baggage: { tags: [] },
    crewDuty: duty,
    passengerReference: `${manifest.leg.from}CREW${String(index + 1).padStart(2, '0')}`,
    at: {},
  }
}

/** In a close-out a traveller is his references only. */
export const referenceOnly = ({ locator, passengerReference }: ApiTraveller): ApiTraveller => ({
  role: 'passenger',
  sex: 'U',
  nationalities: [],
  addresses: [],
  documents: [],
  contacts: [],
  baggage: { tags: [] },
  ...(locator && { locator }),
  ...(passengerReference && { passengerReference }),
  at: {},
})

/** BGM 1004. */
const SUB_CODES: Readonly<Partial<Record<PaxlstFunction, string>>> = {
  change: 'CP',
  'close-on-board': 'CLOB',
  'close-not-on-board': 'CLNB',
}

export function paxlstMessage(
  manifest: Manifest,
  airline: Airline,
  kind: PaxlstFunction,
  travellers: readonly ApiTraveller[],
  envelope: Envelope,
  total: number,
): PaxlstMessage {
  const crewList = kind === 'list' && travellers.length > 0 && travellers.every(({ role }) => role === 'crew')
  return {
    type: 'PAXLST',
    version: airline.paxlstVersion,
    envelope,
    function: kind,
    crewList,
    document: kind === 'list' || kind === 'change' ? (crewList ? '250' : '745') : '266',
    ...(SUB_CODES[kind] && { documentNumber: SUB_CODES[kind] }),
    ...(airline.wantsCusres && !crewList && { transaction: `${envelope.interchange}T`, revision: '1' }),
    contact: {
      name: `${airline.icao} OPERATIONS`,
      phones: ['990 12 5550100'],
      emails: [`APIS.${airline.icao}.EXAMPLE`],
    },
    legs: sentLegs(manifest.flight, manifest.legIndex),
    travellers,
    declaredTotal: total,
    span: [0, 0],
  }
}
