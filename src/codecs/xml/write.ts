import type { SentLeg } from '#domain/leg.ts'
import type { Envelope, PnrgovMessage } from '#domain/message.ts'
import type { CheckIn, HistoryEntry, Payment, Pnr, PnrTraveller, Remark, Segment, Ssr, Ticket } from '#domain/pnr.ts'
import type { Address, Contact, TravelDocument } from '#domain/traveller.ts'
import { DEFAULT_PNRGOV_PROFILE } from '../edifact/pnrgov/profile.ts'
import { XML_NAMES, type XmlNames } from './names.ts'

export interface XmlWriteOptions {
  readonly names?: XmlNames
}

/**
 * Writes a PNRGOV as XML, well-formed, in one order, two blanks a level:
 *
 *     <IATA_PNRGOV_NotifRQ xmlns="…" Version="13.1"> Originator, FlightLeg, PNRs > PNR …
 *
 * What `readPnrgovXml` reads from it is the message again, but for what XML has no place for: parts of a push, interchange
 * qualifiers, fare calculations of a ticket beside those of a traveller, and SSR texts of tickets and seats, which come
 * back as tickets and seats.
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
      pnrs.map((pnr) => pnrElement(pnr, leg, names)),
    ),
  ])
  return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${lines(root, '')}`)
}

type Value = string | number | boolean | undefined

interface Node {
  readonly name: string
  readonly attributes: Readonly<Record<string, Value>>
  readonly children: readonly Node[]
  readonly text?: string | undefined
}

const element = (
  name: string,
  attributes: Readonly<Record<string, Value>> = {},
  children: readonly (Node | undefined)[] = [],
  text?: string,
): Node => ({ name, attributes, children: children.filter((one) => one !== undefined), text })

const textElement = (name: string, text: string | undefined): Node | undefined =>
  text === undefined ? undefined : element(name, {}, [], text)

/** One element a line; text stands on the line of its element, so that no blank of it is lost. */
function lines({ name, attributes, children, text }: Node, indent: string): string {
  const sent = Object.entries(attributes).filter(([, value]) => value !== undefined && value !== '')
  const head = `${indent}<${name}${sent.map(([key, value]) => ` ${key}="${escaped(String(value))}"`).join('')}`
  if (text !== undefined && text !== '') return `${head}>${escaped(text)}</${name}>\n`
  if (children.length === 0) return `${head}/>\n`
  return `${head}>\n${children.map((child) => lines(child, `${indent}  `)).join('')}${indent}</${name}>\n`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
}

/** XML 1.0 has no way to write these: control characters, halves of pairs, and two that are no characters. */
const UNWRITABLE = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu

/** Characters that cannot be written are left out. */
const escaped = (text: string): string =>
  text.replace(UNWRITABLE, '').replace(/[&<>"\n\r\t]/g, (found) => ESCAPES[found] ?? found)

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

const seconds = (time: string | undefined): string | undefined =>
  time === undefined || time.length === 10 ? time : `${time.slice(0, 16)}${time.slice(16, 19) || ':00'}`

const airports = (from: string | undefined, to: string | undefined): (Node | undefined)[] => [
  from ? element('DepartureAirport', { LocationCode: from }) : undefined,
  to ? element('ArrivalAirport', { LocationCode: to }) : undefined,
]

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

const company = (code: string | undefined): Node | undefined =>
  code ? element('CompanyName', { Code: code }) : undefined

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
    prepaidElement(pnr),
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

const ssrElement = (ssr: Ssr): Node =>
  element(
    'SSR',
    {
      SSRCode: ssr.code,
      ServiceQuantity: ssr.quantity,
      Status: ssr.status,
      BoardPoint: ssr.from,
      OffPoint: ssr.to,
      RPH: ssr.travellers.length === 1 ? ssr.travellers[0] : undefined,
    },
    [ssr.carrier ? element('Airline', { Code: ssr.carrier }) : undefined, textElement('Text', ssr.text)],
  )

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

const PHONE_TYPES: Readonly<Partial<Record<Contact['kind'], string>>> = {
  phone: '',
  'agency-phone': 'Agency',
  fax: 'Fax',
}

function contactElements(addresses: readonly Address[], contacts: readonly Contact[], billing: boolean): Node[] {
  return [
    ...addresses.filter(({ kind }) => billing === (kind === 'billing') && !DOCA.has(kind)).map(addressElement),
    ...contacts.map(({ kind, value }) => {
      if (kind === 'email') return element('ContactInfo', { EmailAddress: value })
      const type = PHONE_TYPES[kind]
      if (type !== undefined) return element('ContactInfo', { PhoneNumber: value, PhoneType: type })
      return element('ContactInfo', {}, [], value)
    }),
  ]
}

const DOCA: ReadonlySet<Address['kind']> = new Set(['residence', 'destination'])

const addressElement = ({ street, city, state, postcode, country }: Address): Node =>
  element('ContactInfo', {}, [
    textElement('AddressLine', street),
    textElement('CityName', city),
    textElement('PostalCode', postcode),
    textElement('StateProv', state),
    textElement('CountryName', country),
  ])

function prepaidElement({ baggagePrepaid: bags }: Pnr): Node | undefined {
  if (!bags) return undefined
  const { count, weightKg, amount, currency } = bags
  return element('PrepaidBag', {
    UnitOfMeasureQuantity: weightKg ?? count,
    UnitOfMeasureCode: weightKg === undefined ? undefined : 'K',
    Pieces: weightKg === undefined ? undefined : count,
    Amount: amount,
    CurrencyCode: currency,
  })
}

const PTC = { adult: 'ADT', child: 'CHD', infant: 'INF', 'unaccompanied-minor': 'UNN', unknown: undefined } as const

function passengerElement(traveller: PnrTraveller, pnr: Pnr): Node {
  const { surname, givenNames, reference, kind, tickets } = traveller
  const infants = pnr.travellers.filter(({ infantOf }) => infantOf === reference)
  const basis = tickets.find(({ fareBasis }) => fareBasis)?.fareBasis
  const calculation = tickets.find(({ fareCalculation }) => fareCalculation)?.fareCalculation
  const ptc = PTC[kind]
  return element(
    'Passenger',
    {
      RPH: reference,
      SurnameRefNumber: traveller.carrierReference,
      AccompaniedByInfantInd: infants.length > 0 ? true : undefined,
    },
    [
      textElement('GivenName', givenNames),
      textElement('Surname', surname),
      ...traveller.frequentFlyers.map(({ carrier, number, level }) =>
        element('CustLoyalty', { ProgramID: carrier, MembershipID: number, LoyalLevel: level }),
      ),
      (ptc ?? basis ?? calculation)
        ? element('FareInfo', { PTC_Code: ptc, FareBasis: basis }, [textElement('FareCalculation', calculation)])
        : undefined,
      ...identity(traveller),
      ...infants.map((infant) => ssrElement({ code: 'INFT', travellers: [], text: inft(infant) })),
      ...contactElements(traveller.addresses, traveller.contacts, false),
      ...tickets.map(ticketElement),
    ],
  )
}

const MONTHS = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC'

function inft({ surname, givenNames, birthDate }: PnrTraveller): string {
  const name = givenNames ? `${surname}/${givenNames}` : surname
  if (birthDate?.length !== 10) return name
  const month = (Number(birthDate.slice(5, 7)) - 1) * 3
  return `${name} ${birthDate.slice(8, 10)}${MONTHS.slice(month, month + 3)}${birthDate.slice(2, 4)}`
}

const docSsr = (code: string, child: Node): Node =>
  element('DOC_SSR', { SSRCode: code, ServiceQuantity: '1', Status: 'HK' }, [child])

const isVisa = ({ type, expires }: TravelDocument): boolean => ['V', 'K', 'R'].includes(type) && !expires
const isIdentification = ({ type }: TravelDocument): boolean => ['PP', 'NI', 'DL', 'ID', 'CI', 'IR'].includes(type)

/** Who he is by his documents: DOCS for each, DOCO for visas, DOCA for where he lives and will stay. */
function identity(traveller: PnrTraveller): Node[] {
  const { documents, birthDate, sex, nationality, documentSurname, addresses } = traveller
  const passports = documents.filter((one) => !isVisa(one) && !isIdentification(one))
  const out = passports.map((document) => docSsr('DOCS', docs(traveller, document)))
  if (passports.length === 0 && (birthDate || sex || nationality || documentSurname))
    out.push(docSsr('DOCS', docs(traveller, undefined)))
  for (const document of documents) {
    if (isIdentification(document))
      out.push(ssrElement({ code: 'FOID', travellers: [], text: `${document.type}${document.numberAsSent}` }))
    else if (isVisa(document))
      out.push(
        docSsr(
          'DOCO',
          element('DOCO', {
            TravelDocType: document.type,
            TravelDocNbr: document.numberAsSent,
            PlaceOfIssue: document.issuedAt,
            DateOfIssue: document.issued,
            CountryState: document.issuer,
          }),
        ),
      )
  }
  for (const { kind, country, street, city, state, postcode } of addresses) {
    if (!DOCA.has(kind)) continue
    out.push(
      docSsr(
        'DOCA',
        element('DOCA', {
          AddressType: kind === 'residence' ? 'R' : 'D',
          Country: country,
          Address: street,
          CityName: city,
          StateProvCounty: state,
          PostalCode: postcode,
        }),
      ),
    )
  }
  return out
}

function docs(traveller: PnrTraveller, document: TravelDocument | undefined): Node {
  const { birthDate, sex, nationality, documentSurname, documentGivenNames, kind } = traveller
  return element('DOCS', {
    TravelDocType: document?.type,
    TravelDocNbr: document?.numberAsSent,
    IssuingLoc: document?.issuer,
    PaxNationality: nationality,
    DateOfBirth: birthDate,
    Gender: sex && (kind === 'infant' ? `${sex}I` : sex),
    ExpiryDate: document?.expires,
    Surname: documentSurname,
    FirstGivenName: documentGivenNames,
  })
}

function ticketElement(ticket: Ticket): Node {
  const { number, type, booklets, issued, total, currency, payments } = ticket
  return element(
    'TicketDocument',
    { TicketDocumentNbr: number, Type: type, NumberOfBooklets: booklets, DateOfIssue: seconds(issued) },
    [
      total === undefined ? undefined : element('TotalFare', { Amount: total, CurrencyCode: currency }),
      ...payments.map(paymentElement),
    ],
  )
}

const paymentElement = ({ formAsSent, amount, cardVendor, cardMasked, cardExpires, payer, billing }: Payment): Node =>
  element(
    'PaymentInfo',
    {
      PaymentType: formAsSent,
      PaymentAmount: amount,
      VendorCode: cardVendor,
      AccountNbr: cardMasked,
      ExpiryDate: cardExpires,
      CardHolderName: payer,
    },
    billing ? [addressElement(billing)] : [],
  )

/** `seats`: whether travellers' seats are those on this flight, the one that the push is about. */
function flightElement(flight: Segment, pnr: Pnr, names: XmlNames, seats: boolean): Node {
  const { kind, number, carrier, operatingCarrier, operatingNumber } = flight
  const name = kind === 'surface' ? 'ARNK' : kind === 'open' ? 'OPEN' : number
  const checkIns = pnr.checkIns.filter(({ from, to }) => from === flight.from && to === flight.to)
  const seated = pnr.travellers.filter(
    ({ seat, reference }) =>
      seat !== undefined && !checkIns.some((one) => one.traveller === reference && one.seat === seat),
  )
  return element(
    'Flight',
    {
      DepartureDateTime: seconds(flight.departs),
      ArrivalDateTime: seconds(flight.arrives),
      FlightNumber: name && /^\d+$/.test(name) ? name.padStart(4, '0') : name,
      OperationalSuffix: flight.suffix,
      ResBookDesigCode: flight.bookingClass,
      NumberInParty: flight.quantity,
      Status: flight.status,
    },
    [
      ...airports(flight.from, flight.to),
      operatingCarrier
        ? element('OperatingAirline', { Code: operatingCarrier, FlightNumber: operatingNumber })
        : undefined,
      carrier ? element('MarketingAirline', { Code: carrier }) : undefined,
      flight.aircraft ? element('Equipment', { AirEquipType: flight.aircraft }) : undefined,
      ...(seats ? seated.map((one) => seatElement(one, flight)) : []),
      ...checkIns.map((one) => checkInElement(one, names)),
    ],
  )
}

const seatElement = ({ seat, reference }: PnrTraveller, flight: Segment): Node =>
  ssrElement({
    code: 'SEAT',
    status: 'HK',
    quantity: 1,
    ...(flight.carrier && { carrier: flight.carrier }),
    ...(flight.from && { from: flight.from }),
    ...(flight.to && { to: flight.to }),
    text: seat ?? '',
    travellers: [reference],
  })

function checkInElement({ at, carrier, traveller, sequence, seat, cabin, baggage }: CheckIn, names: XmlNames): Node {
  const { count, weightKg, tags } = baggage
  const bags =
    count === undefined && weightKg === undefined && tags.length === 0
      ? undefined
      : element(
          names.checkedBags[0] ?? '',
          { NumberOfPieces: count, Weight: weightKg, UnitOfMeasureCode: weightKg === undefined ? undefined : 'K' },
          tags.map((tag) => element('BagTag', { SerialNumber: tag })),
        )
  return element('CheckInInfo', { Time: seconds(at), AirlineVendorID: carrier }, [
    element('BoardingNumber', { Number: sequence, RPH: traveller }),
    seat || cabin ? element('SeatNumber', { CabinClass: cabin }, [], seat) : undefined,
    bags,
  ])
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
