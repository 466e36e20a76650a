import type { SentLeg } from '#domain/leg.ts'
import type { Envelope, PnrgovMessage } from '#domain/message.ts'
import type { HistoryEntry, Pnr, Remark, Segment } from '#domain/pnr.ts'
import { DEFAULT_PNRGOV_PROFILE } from '../edifact/pnrgov/profile.ts'
import { element, lines, type Node, type Value } from './markup.ts'
import { XML_NAMES, type XmlNames } from './names.ts'
import { flightElement } from './write-flight.ts'
import { withKept } from './write-kept.ts'
import { airports, company, contactElements, prepaidElement, seconds, ssrElement } from './write-parts.ts'
import { passengerElement } from './write-passenger.ts'

export interface XmlWriteOptions {
  readonly names?: XmlNames
}

/**
 * Writes a PNRGOV as XML, well-formed, in one order, two blanks a level:
 *
 *     <IATA_PNRGOV_NotifRQ xmlns="…" Version="13.1"> Originator, FlightLeg, PNRs > PNR …
 *
 * What `readPnrgovXml` reads from it is the message again, what it kept included, but for what XML has no place for: parts
 * of a push, interchange qualifiers, fare calculations of a ticket beside those of a traveller, who did what in a history,
 * segments that EDIFACT kept, and SSR texts of tickets and seats, which come back as tickets and seats.
 * Source: PNRGOV XML 13.1 and 14.1; names that are unsure stand in `names.ts`.
 */
export function writePnrgovXml(message: PnrgovMessage, { names = XML_NAMES }: XmlWriteOptions = {}): Uint8Array {
  const { envelope, leg, pnrs, version } = message
  const root = element('IATA_PNRGOV_NotifRQ', rootAttributes(envelope, version, message.function, names), [
    element('Originator', { AirlineCode: leg.carrier, SystemCode: envelope.sender }),
    legElement(leg),
    element(
      'PNRs',
      { NumberOfPnrs: message.declaredTotal ?? pnrs.length },
      pnrs.map((pnr) => withKept(pnrElement(pnr, leg, names), pnr.kept)),
    ),
  ])
  const whole = withKept(root, message.kept)
  return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${lines(whole, '')}`)
}

function rootAttributes(
  envelope: Envelope,
  version: string,
  kind: PnrgovMessage['function'],
  names: XmlNames,
): Record<string, Value> {
  return {
    xmlns: 'http://www.iata.org/IATA/2007/00',
    Version: version.includes('.') ? version : '13.1',
    TimeStamp: envelope.prepared && `${envelope.prepared.slice(0, 19)}Z`,
    Target: envelope.test ? 'Test' : undefined,
    TransactionIdentifier: envelope.interchange,
    SequenceNmbr: envelope.reference,
    CorrelationID: envelope.access,
    ...(kind === 'update' && { [names.function[0] ?? '']: names.updates[0] }),
  }
}

const legElement = (leg: SentLeg): Node =>
  element(
    'FlightLeg',
    {
      CarrierCode: leg.carrier,
      FlightNumber: leg.number.padStart(4, '0'),
      OperationalSuffix: leg.suffix,
      DepartureDateTime: seconds(leg.departs),
      ArrivalDateTime: seconds(leg.arrives),
    },
    airports(leg.from, leg.to),
  )

function pnrElement(pnr: Pnr, leg: SentLeg, names: XmlNames): Node {
  const { locators, cancelled } = pnr
  const head = locators.map(({ company: code, locator, created, checkInOnly }, index) =>
    element(
      'BookingRefID',
      { ID: locator, Type: checkInOnly ? 'C' : undefined, DateTime: index === 0 ? undefined : seconds(created) },
      [company(code)],
    ),
  )
  const attributes = {
    NumberOfPassengers: pnr.numberOfTravellers || undefined,
    PNR_TransDate: seconds(pnr.changed),
    PNR_CreationDate: seconds(locators[0]?.created),
    LastTktDate: seconds(pnr.ticketed),
  }
  if (cancelled) return element('PNR', attributes, head)
  const products = pnr.itinerary.filter(({ kind }) => PRODUCTS.has(kind))
  const flights = pnr.itinerary.filter(({ kind }) => !PRODUCTS.has(kind))
  const seatedOn = flights.find(({ from, to }) => from === leg.from && to === leg.to) ?? flights[0]
  return element('PNR', attributes, [
    ...head,
    ...pnr.ssrs.map(ssrElement),
    ...pnr.remarks.map((remark) => remarkElement(remark, names)),
    agencyElement(pnr),
    ...contactElements(pnr.addresses, pnr.contacts, false),
    prepaidElement('PrepaidBag', pnr.baggagePrepaid),
    (pnr.groupName ?? groupSize(pnr))
      ? element(names.groupName[0] ?? '', { NumberInParty: groupSize(pnr) }, [], pnr.groupName)
      : undefined,
    ...pnr.travellers.map((traveller) => passengerElement(traveller, pnr)),
    ...flights.map((flight) => flightElement(flight, pnr, names, flight === seatedOn)),
    ...products.map((product) => productElement(product, names)),
    ...pnr.splitWith.map(({ locator, quantity }) =>
      element(names.split[0] ?? '', { ID: locator, NumberInParty: quantity }, [company(locators[0]?.company)]),
    ),
    historyElement(pnr.history, names),
  ])
}

const PRODUCTS: ReadonlySet<Segment['kind']> = new Set(['hotel', 'car', 'other'])

const groupSize = (pnr: Pnr): number | undefined =>
  pnr.numberOfTravellers > pnr.travellers.length ? pnr.numberOfTravellers : undefined

const REMARK_TYPES = new Map([...DEFAULT_PNRGOV_PROFILE.remarks].map(([type, kind]) => [kind, type]))

/** OSI and general remarks have elements of their own; other texts say which they are (9980). */
function remarkElement({ kind, text }: Remark, names: XmlNames): Node {
  if (kind === 'osi') return element(names.osi[0] ?? '', {}, [], text)
  const type = REMARK_TYPES.get(kind) ?? kind.replace(/^text-/, '')
  return element(names.remark[0] ?? '', { Type: kind === 'remark' ? undefined : type }, [], text)
}

function agencyElement({ agency }: Pnr): Node | undefined {
  if (!agency) return undefined
  const { kind, system, iataNumber, office, city, country, currency, agent } = agency
  const type = kind === 'travel-agency' ? '5' : kind === 'airline' ? '1' : kind === 'other' ? 'N' : undefined
  const source = element(
    'Source',
    {
      AgentSine: agent,
      PseudoCityCode: office,
      ISOCountry: country,
      ISOCurrency: currency,
      AirlineVendorID: system,
      AirportCode: city,
    },
    [(type ?? iataNumber) ? element('RequestorID', { Type: type, ID: iataNumber }) : undefined],
  )
  return element('POS', {}, [source])
}

function productElement(product: Segment, names: XmlNames): Node {
  const name = product.kind === 'hotel' ? names.hotel[0] : product.kind === 'car' ? names.car[0] : names.otherProduct[0]
  return element(name ?? '', {
    StartDateTime: seconds(product.departs),
    EndDateTime: seconds(product.arrives),
    LocationCode: product.from,
    EndLocationCode: product.to,
    VendorCode: product.carrier,
    Name: product.text,
  })
}

function historyElement(history: readonly HistoryEntry[], names: XmlNames): Node | undefined {
  if (history.length === 0) return undefined
  const entries = history.map(({ at, agent, action, text }) =>
    element(
      names.historyEntry[0] ?? '',
      {
        DateTime: seconds(at),
        Agent: agent,
        Action: action === 'other' ? ((at ?? agent) ? 'other' : undefined) : action,
      },
      [],
      text,
    ),
  )
  return element(names.history[0] ?? '', {}, entries)
}
