import type { BookingAgency } from '#domain/pnr.ts'
import type { Tape } from '../tape.ts'
import type { PnrgovProfile } from './profile.ts'
import type { OpenAgency } from './work.ts'

/**
 * Reads an originator, of the push (level 0), a booking (GR1) or a check-in (GR6):
 *
 *     ORG+1X:MAD+91212345:LONEX2100+LON+ZX:LON+T+GB:GBP:EN+3311JS+A1B2C3+PARTY'
 *         1.1 1.2 2.1     2.2       3   4.1 4.2 5 6.1 6.2 6.3 7    8     9
 *
 * system and its place, IATA number and office, city, airline, kind (9972), country, currency, language, agent, terminal,
 * party. Nothing where nothing is said. Some hosts have one more empty element before the kind.
 */
export function readOrg(tape: Tape, segment: number, profile: PnrgovProfile): BookingAgency | undefined {
  const count = tape.elements(segment)
  if (count === 0) return undefined
  const agency: OpenAgency = {}
  const system = tape.text(segment, 1)
  const systemCity = tape.text(segment, 1, 2)
  if (system !== undefined) agency.system = system
  if (systemCity !== undefined) agency.systemCity = systemCity
  const city = count > 2 ? tape.text(segment, 3) : undefined
  if (city !== undefined) agency.city = city
  else if (systemCity !== undefined) {
    agency.city = systemCity
    agency.cityOfSystem = true
  }
  if (count > 1) readParty(agency, tape, segment)
  if (count > 3) readRest(agency, tape, segment, profile)
  return Object.keys(agency).length > 0 ? agency : undefined
}

function readParty(agency: OpenAgency, tape: Tape, segment: number): void {
  const iataNumber = tape.text(segment, 2)
  const office = tape.text(segment, 2, 2)
  const third = tape.text(segment, 2, 3)
  const fourth = tape.text(segment, 2, 4)
  if (iataNumber !== undefined) agency.iataNumber = iataNumber
  if (office !== undefined) agency.office = office
  if (third !== undefined || fourth !== undefined) {
    agency.furtherIds = fourth === undefined ? [third ?? ''] : [third ?? '', fourth]
  }
}

function readRest(agency: OpenAgency, tape: Tape, segment: number, profile: PnrgovProfile): void {
  const shift = tape.text(segment, 5) === undefined && tape.text(segment, 6)?.length === 1 ? 1 : 0
  const carrier = tape.text(segment, 4)
  const carrierCity = tape.text(segment, 4, 2)
  const kind = tape.text(segment, 5 + shift)
  const country = tape.text(segment, 6 + shift)
  const currency = tape.text(segment, 6 + shift, 2)
  const language = tape.text(segment, 6 + shift, 3)
  const agent = tape.text(segment, 7 + shift)
  const terminal = tape.text(segment, 8 + shift)
  const party = tape.text(segment, 9 + shift)
  if (carrier !== undefined) agency.carrier = carrier
  if (carrierCity !== undefined) agency.carrierCity = carrierCity
  if (kind !== undefined) {
    agency.kind = profile.originators.get(kind) ?? 'other'
    if (ORIGINATORS[agency.kind] !== kind) agency.kindAsSent = kind
  }
  if (country !== undefined) agency.country = country
  if (currency !== undefined) agency.currency = currency
  if (language !== undefined) agency.language = language
  if (agent !== undefined) agency.agent = agent
  if (terminal !== undefined) agency.terminal = terminal
  if (party !== undefined) agency.party = party
}

/** 9972 of what a model says; a code as sent before the usual one. */
const ORIGINATORS = { airline: 'A', 'travel-agency': 'T', other: 'N' } as const

/** The elements of ORG. */
export function writeOrg(agency: BookingAgency): (string | undefined | (string | undefined)[])[] {
  const { iataNumber, office, furtherIds = [], city, cityOfSystem, kind, kindAsSent } = agency
  return [
    [agency.system, agency.systemCity],
    [iataNumber, office, ...furtherIds],
    cityOfSystem ? undefined : city,
    [agency.carrier, agency.carrierCity],
    kindAsSent ?? (kind && ORIGINATORS[kind]),
    [agency.country, agency.currency, agency.language],
    agency.agent,
    agency.terminal,
    agency.party,
  ]
}
