import { attributeKey, type XmlElement, type XmlValue } from './elements.ts'
import type { XmlNames } from './names.ts'
import { type Component, type Composite, composite, segmentOf, segmentWith, type XmlSegment } from './tape.ts'

const key = attributeKey

/** An attribute by the first of its names that is there and says something. */
export function attribute(element: XmlElement | undefined, ...names: readonly string[]): XmlValue | undefined {
  for (const name of names) {
    const value = element?.attributes.get(key(name))
    if (value && value.text.trim() !== '') return value
  }
  return undefined
}

export const child = (element: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined =>
  element?.children.find((one) => names.includes(one.name))

export const childrenOf = (element: XmlElement, ...names: readonly string[]): readonly XmlElement[] =>
  element.children.filter((one) => names.includes(one.name))

/** A value that nobody sent: a code of the segment, or punctuation of a text. */
export const said = (text: string): XmlValue => ({ text, at: [0, 0] })

const companyOf = (element: XmlElement | undefined): XmlValue | undefined =>
  attribute(child(element, 'CompanyName', 'Airline'), 'Code', 'CompanyShortName') ?? attribute(element, 'CompanyCode')

/** `2026-03-03T08:15:00` as the day and time of a segment, the year in full: `03032026`, `0815`. */
export function dayAndTime(value: XmlValue | undefined): [Component, Component] {
  const match = value && /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?/.exec(value.text.trim())
  if (!value || !match) return [value, undefined]
  const [, year, month, day, hour, minute, second] = match
  const { at } = value
  return [
    { text: `${day}${month}${year}`, at },
    hour ? { text: `${hour}${minute}${second && second !== '00' ? second : ''}`, at } : undefined,
  ]
}

const MONTHS = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC'

/** `1988-04-14` as an SSR text has it, the year in full: `14APR1988`; anything else as it is. */
function textDate(value: XmlValue | undefined): XmlValue | undefined {
  const match = value && /^(\d{4})-(\d{2})-(\d{2})$/.exec(value.text.trim())
  if (!value || !match) return value
  const month = (Number(match[2]) - 1) * 3
  return { text: `${match[3]}${MONTHS.slice(month, month + 3)}${match[1]}`, at: value.at }
}

/** `/P/NOR/N01234567/…`: fields with slashes between. */
const slashed = (fields: readonly (XmlValue | undefined)[]): readonly XmlValue[] =>
  fields.flatMap((field) => [said('/'), ...(field ? [{ ...field, text: field.text.replaceAll('/', ' ') }] : [])])

/** However many there are: a call takes only so many arguments. */
const append = (out: XmlSegment[], more: readonly XmlSegment[]): void => {
  for (const one of more) out.push(one)
}

/** The segments of one `PNR` element, in the order of the guide's groups. */
export function pnrSegments(pnr: XmlElement, names: XmlNames): XmlSegment[] {
  const out: XmlSegment[] = [{ ...segmentOf('SRC', pnr), at: [pnr.at[0], pnr.at[0] + 1] }]
  const locators = childrenOf(pnr, 'BookingRefID')
  const created = attribute(pnr, 'PNR_CreationDate', 'CreationDate')
  for (const locator of locators) out.push(rci(locator, locator === locators[0] ? created : undefined))
  const dates = [
    ['700', attribute(pnr, 'PNR_TransDate', 'TransDate')],
    ['710', attribute(pnr, 'LastTktDate')],
  ] as const
  const sentDates = dates.flatMap(([code, at]) => (at ? [composite(said(code), ...dayAndTime(at))] : []))
  if (sentDates.length > 0) out.push(segmentWith('DAT', pnr, sentDates))
  for (const ssr of childrenOf(pnr, 'SSR')) out.push(ssrSegment(ssr))
  for (const text of childrenOf(pnr, ...names.osi)) out.push(freeText(text, '28'))
  for (const text of childrenOf(pnr, ...names.remark)) out.push(freeText(text, '7'))
  const passengers = childrenOf(pnr, 'Passenger')
  const flights = childrenOf(pnr, 'Flight')
  const source = child(child(pnr, 'POS'), 'Source') ?? child(pnr, 'Source')
  if (source) out.push(agency(source))
  else if (passengers.length === 0 && flights.length === 0) out.push(segmentOf('ORG', pnr))
  for (const info of childrenOf(pnr, 'ContactInfo')) append(out, contact(info))
  for (const bag of childrenOf(pnr, 'PrepaidBag')) out.push(prepaid(bag))
  for (const group of childrenOf(pnr, ...names.groupName)) out.push(groupName(group))
  for (const passenger of passengers) append(out, passengerSegments(passenger))
  for (const docs of childrenOf(pnr, 'DOC_SSR')) append(out, documents(docs))
  for (const flight of flights) append(out, flightSegments(flight, names))
  for (const split of childrenOf(pnr, ...names.split)) append(out, splitSegments(split))
  for (const one of pnr.children) append(out, product(one, names))
  for (const history of childrenOf(pnr, ...names.history)) {
    for (const entry of childrenOf(history, ...names.historyEntry)) append(out, historyEntry(entry))
  }
  const last = out.at(-1)
  if (last) last.at = [last.at[0], Math.max(last.at[1], pnr.at[1])]
  return out
}

function rci(locator: XmlElement, created: XmlValue | undefined): XmlSegment {
  const own = attribute(locator, 'DateTime', 'CreationDate') ?? created
  return segmentOf(
    'RCI',
    locator,
    composite(companyOf(locator), attribute(locator, 'ID'), attribute(locator, 'Type'), ...dayAndTime(own)),
  )
}

/** `SSRCode` and what goes with it; whom it is about by RPH, and where. */
function ssrSegment(ssr: XmlElement): XmlSegment {
  const text = child(ssr, 'Text')?.text ?? attribute(ssr, 'Text') ?? ssr.text
  const code = attribute(ssr, 'SSRCode')
  const reference = attribute(ssr, 'RPH', 'SurnameRefNumber')
  const seat = code?.text === 'SEAT' || code?.text === 'RQST' ? text : undefined
  const head = composite(
    code,
    attribute(ssr, 'Status'),
    attribute(ssr, 'ServiceQuantity'),
    companyOf(ssr),
    undefined,
    undefined,
    attribute(ssr, 'BoardPoint'),
    attribute(ssr, 'OffPoint'),
    seat ? undefined : text,
  )
  const about = (seat ?? reference) ? [composite(seat, undefined, reference)] : []
  return segmentOf('SSR', ssr, head, ...about)
}

function freeText(element: XmlElement, type: string): XmlSegment {
  const text = element.text ?? child(element, 'Text')?.text ?? attribute(element, 'Text')
  const kind = attribute(element, 'Type') ?? said(type)
  return segmentOf('IFT', element, composite(said('4'), kind, undefined, companyOf(element)), text)
}

const KIND_OF_ORIGINATOR: Readonly<Record<string, string>> = { '5': 'T', '1': 'A', A: 'A', T: 'T', N: 'N' }

function agency(source: XmlElement): XmlSegment {
  const requestor = child(source, 'RequestorID')
  const type = attribute(requestor, 'Type')
  const kind = type && { ...type, text: KIND_OF_ORIGINATOR[type.text] ?? type.text }
  return segmentOf(
    'ORG',
    source,
    composite(attribute(source, 'AirlineVendorID') ?? companyOf(source) ?? companyOf(requestor)),
    composite(attribute(requestor, 'ID'), attribute(source, 'PseudoCityCode')),
    attribute(source, 'AirportCode'),
    undefined,
    kind,
    composite(attribute(source, 'ISOCountry'), attribute(source, 'ISOCurrency')),
    attribute(source, 'AgentSine'),
    attribute(source, 'AgentDutyCode'),
  )
}

const PHONES: Readonly<Record<string, string>> = { mobile: 'M', home: 'H', office: 'O' }

/** Address, phone and e-mail of one `ContactInfo`. */
function contact(info: XmlElement): XmlSegment[] {
  const phone = attribute(info, 'PhoneNumber')
  const email = attribute(info, 'EmailAddress')
  const text = (...names: string[]): XmlValue | undefined => child(info, ...names)?.text ?? attribute(info, ...names)
  const street = text('StreetNmbr')
  const line = text('AddressLine')
  const road = street && line ? [street, said(' '), line] : (street ?? line)
  const country = attribute(child(info, 'CountryName'), 'Code') ?? text('CountryName')
  const place = [road, text('CityName'), undefined, text('StateProv'), country, text('PostalCode')]
  const elements: Composite[] = []
  if (place.some((one) => one !== undefined)) elements.push(composite(said('700'), ...place))
  const kind = attribute(info, 'PhoneType')?.text.toLowerCase() ?? ''
  const out: XmlSegment[] = []
  if (phone && kind === 'agency') out.push(segmentOf('IFT', info, composite(said('4'), said('6')), phone))
  else if (phone && kind === 'fax')
    out.push(segmentOf('IFT', info, composite(said('4'), said('28')), [said('CTCF '), phone]))
  else if (phone) elements.push(composite(said(PHONES[kind] ?? 'M'), phone))
  if (email) elements.push(composite(said('E'), email))
  const other = info.text
  if (other)
    elements.push(composite(said('700'), undefined, undefined, undefined, undefined, undefined, undefined, other))
  if (elements.length > 0) out.push(segmentWith('ADD', info, [undefined, ...elements]))
  return out
}

function prepaid(bag: XmlElement): XmlSegment {
  const unit = attribute(bag, 'UnitOfMeasureCode')
  const quantity = attribute(bag, 'UnitOfMeasureQuantity')
  const weighed = unit !== undefined && /^(K|KG|KGM|L|LB|LBR)/i.test(unit.text)
  const code = weighed ? said(/^L/i.test(unit.text) ? 'L' : 'K') : undefined
  return segmentOf(
    'EBD',
    bag,
    composite(attribute(bag, 'CurrencyCode'), attribute(bag, 'Amount')),
    weighed
      ? composite(attribute(bag, 'Pieces'), quantity, said('W'), code)
      : composite(quantity ?? attribute(bag, 'Pieces'), undefined, said('N')),
  )
}

const groupName = (group: XmlElement): XmlSegment =>
  segmentOf(
    'TIF',
    group,
    composite(group.text ?? attribute(group, 'Name'), said('G'), attribute(group, 'NumberInParty')),
  )

/** PTC of a fare, as TIF has it. */
const PTC: Readonly<Record<string, string>> = { ADT: 'A', CHD: 'C', CNN: 'C', INF: 'IN', INS: 'IN', UNN: 'UM' }

function passengerSegments(passenger: XmlElement): XmlSegment[] {
  const fares = childrenOf(passenger, 'FareInfo')
  const ptc = attribute(passenger, 'PassengerTypeCode', 'PTC_Code') ?? attribute(fares[0], 'PTC_Code')
  const kind = ptc && { ...ptc, text: PTC[ptc.text] ?? ptc.text }
  const withInfant = attribute(passenger, 'AccompaniedByInfantInd')
  const surname = child(passenger, 'Surname')?.text ?? attribute(passenger, 'Surname')
  const given = child(passenger, 'GivenName')?.text ?? attribute(passenger, 'GivenName')
  const infant = withInfant && /^(true|1|y)/i.test(withInfant.text) ? said('1') : undefined
  const out = [segmentOf('TIF', passenger, surname, composite(given, kind, attribute(passenger, 'RPH'), infant))]
  const programmes = childrenOf(passenger, 'CustLoyalty').map((one) =>
    composite(
      attribute(one, 'ProgramID'),
      attribute(one, 'MembershipID'),
      undefined,
      undefined,
      attribute(one, 'LoyalLevel', 'Tier'),
    ),
  )
  if (programmes.length > 0) out.push(segmentWith('FTI', passenger, programmes))
  const reference = attribute(passenger, 'SurnameRefNumber')
  if (reference) out.push(segmentOf('REF', passenger, composite(undefined, reference)))
  for (const fare of fares) {
    const basis = attribute(fare, 'FareBasis')
    if (basis) out.push(segmentOf('FAR', fare, said('A'), undefined, undefined, undefined, undefined, basis))
    const calculation = child(fare, 'FareCalculation')?.text ?? attribute(fare, 'FareCalculation')
    if (calculation) out.push(segmentOf('IFT', fare, composite(said('4'), said('15')), calculation))
  }
  for (const ssr of childrenOf(passenger, 'SSR')) out.push(ssrSegment(ssr))
  for (const docs of childrenOf(passenger, 'DOC_SSR')) append(out, documents(docs))
  for (const info of childrenOf(passenger, 'ContactInfo')) append(out, contact(info))
  for (const ticket of childrenOf(passenger, 'TicketDocument')) append(out, ticketSegments(ticket))
  return out
}

function ssrText(docs: XmlElement, code: string, text: readonly XmlValue[]): XmlSegment {
  const reference = attribute(docs, 'RPH')
  const carrier = attribute(child(docs, 'FlightInfo'), 'Code') ?? companyOf(docs)
  const head = composite(
    said(code),
    attribute(docs, 'Status') ?? said('HK'),
    attribute(docs, 'ServiceQuantity') ?? said('1'),
    carrier,
    undefined,
    undefined,
    undefined,
    undefined,
    text,
  )
  return segmentOf('SSR', docs, head, ...(reference ? [composite(undefined, undefined, reference)] : []))
}

/** DOCS, DOCA and DOCO of one `DOC_SSR`, as the texts that an SSR has. */
function documents(sent: XmlElement): XmlSegment[] {
  return sent.children.flatMap((one) => {
    switch (one.name) {
      case 'DOCS':
        return [
          ssrText(
            sent,
            'DOCS',
            slashed([
              attribute(one, 'TravelDocType', 'DocType', 'Type'),
              attribute(one, 'IssuingLoc'),
              attribute(one, 'TravelDocNbr', 'DocNumber', 'Number'),
              attribute(one, 'PaxNationality'),
              textDate(attribute(one, 'DateOfBirth')),
              attribute(one, 'Gender'),
              textDate(attribute(one, 'ExpiryDate')),
              attribute(one, 'Surname'),
              attribute(one, 'FirstGivenName'),
              attribute(one, 'SecondGivenName'),
            ]),
          ),
        ]
      case 'DOCA':
        return [
          ssrText(
            sent,
            'DOCA',
            slashed([
              attribute(one, 'AddressType'),
              attribute(one, 'Country'),
              attribute(one, 'Address'),
              attribute(one, 'CityName'),
              attribute(one, 'StateProvCounty'),
              attribute(one, 'PostalCode'),
            ]),
          ),
        ]
      case 'DOCO':
        return [
          ssrText(
            sent,
            'DOCO',
            slashed([
              attribute(one, 'BirthLocation'),
              attribute(one, 'TravelDocType'),
              attribute(one, 'TravelDocNbr'),
              attribute(one, 'PlaceOfIssue'),
              textDate(attribute(one, 'DateOfIssue')),
              attribute(one, 'CountryState'),
            ]),
          ),
        ]
      default:
        return []
    }
  })
}

function ticketSegments(ticket: XmlElement): XmlSegment[] {
  const number = attribute(ticket, 'TicketDocumentNbr')
  const out = [
    segmentOf('TKT', ticket, composite(number, attribute(ticket, 'Type'), attribute(ticket, 'NumberOfBooklets'))),
  ]
  const total = child(ticket, 'TotalFare')
  const amount = attribute(total, 'Amount')
  if (total && amount) out.push(segmentOf('MON', total, composite(said('T'), amount, attribute(total, 'CurrencyCode'))))
  const issued = attribute(ticket, 'DateOfIssue')
  if (issued) out.push(segmentOf('DAT', ticket, composite(said('710'), ...dayAndTime(issued))))
  const calculation = child(ticket, 'FareCalculation')?.text
  if (calculation) out.push(segmentOf('IFT', ticket, composite(said('4'), said('15')), calculation))
  const payments = childrenOf(ticket, 'PaymentInfo')
  for (const payment of payments) {
    out.push(
      segmentOf(
        'FOP',
        payment,
        composite(
          attribute(payment, 'PaymentType'),
          attribute(payment, 'PaymentUse'),
          attribute(payment, 'PaymentAmount'),
          attribute(payment, 'VendorCode'),
          attribute(payment, 'AccountNbr'),
          attribute(payment, 'ExpiryDate'),
        ),
      ),
    )
    const payer = attribute(payment, 'CardHolderName')
    if (payer) out.push(segmentOf('IFT', payment, composite(said('4'), said('43')), payer))
    for (const info of childrenOf(payment, 'ContactInfo')) append(out, contact(info))
  }
  return out
}

function flightSegments(flight: XmlElement, names: XmlNames): XmlSegment[] {
  const from = attribute(child(flight, 'DepartureAirport'), 'LocationCode')
  const to = attribute(child(flight, 'ArrivalAirport'), 'LocationCode')
  const operating = child(flight, 'OperatingAirline')
  const marketing = attribute(child(flight, 'MarketingAirline'), 'Code') ?? attribute(flight, 'CarrierCode')
  const departs = dayAndTime(attribute(flight, 'DepartureDateTime'))
  const arrives = dayAndTime(attribute(flight, 'ArrivalDateTime'))
  const out = [
    segmentOf(
      'TVL',
      flight,
      composite(...departs, ...arrives),
      from,
      to,
      composite(marketing ?? attribute(operating, 'Code'), attribute(operating, 'Code')),
      composite(
        attribute(flight, 'FlightNumber'),
        attribute(flight, 'ResBookDesigCode'),
        attribute(flight, 'OperationalSuffix', 'Suffix'),
      ),
    ),
  ]
  const number = attribute(operating, 'FlightNumber')
  if (operating && number) out.push(segmentOf('TRA', operating, attribute(operating, 'Code'), number))
  const quantity = attribute(flight, 'NumberInParty')
  const status = attribute(flight, 'Status')
  if (quantity ?? status) out.push(segmentOf('RPI', flight, quantity, status))
  const aircraft = child(flight, 'Equipment')
  if (aircraft) out.push(segmentOf('APD', aircraft, attribute(aircraft, 'AirEquipType')))
  for (const ssr of childrenOf(flight, 'SSR')) out.push(ssrSegment(ssr))
  for (const docs of childrenOf(flight, 'DOC_SSR')) append(out, documents(docs))
  for (const locator of childrenOf(flight, 'BookingRefID')) out.push(rci(locator, undefined))
  for (const info of childrenOf(flight, 'CheckInInfo')) append(out, checkIn(info, names))
  return out
}

/** One traveller's check-in: when, by whom, sequence, seat, bags. */
function checkIn(info: XmlElement, names: XmlNames): XmlSegment[] {
  const out = [segmentOf('DAT', info, composite(said('2'), ...dayAndTime(attribute(info, 'Time', 'DateTime'))))]
  const agent = attribute(info, 'AirlineVendorID') ?? companyOf(info)
  if (agent) out.push(segmentOf('ORG', info, composite(agent)))
  const boarding = child(info, 'BoardingNumber')
  const seat = child(info, 'SeatNumber')
  const passenger = child(info, 'Passenger')
  const reference = attribute(boarding, 'RPH') ?? attribute(passenger, 'RPH')
  out.push(
    segmentOf(
      'TRI',
      boarding ?? info,
      undefined,
      composite(attribute(boarding, 'Number'), undefined, undefined, reference),
    ),
  )
  if (passenger) {
    const surname = child(passenger, 'Surname')?.text
    if (surname) out.push(segmentOf('TIF', passenger, surname, composite(child(passenger, 'GivenName')?.text)))
  }
  if (seat) out.push(segmentOf('SSD', seat, seat.text, undefined, undefined, undefined, attribute(seat, 'CabinClass')))
  for (const bags of childrenOf(info, ...names.checkedBags)) {
    const tags = childrenOf(bags, 'BagTag').map((tag) =>
      composite(
        companyOf(tag) ?? attribute(tag, 'IssuerCode'),
        attribute(tag, 'SerialNumber') ?? tag.text,
        attribute(tag, 'SequenceCount'),
      ),
    )
    out.push(
      segmentWith('TBD', bags, [
        undefined,
        composite(
          attribute(bags, 'NumberOfPieces'),
          attribute(bags, 'Weight'),
          weightCode(attribute(bags, 'UnitOfMeasureCode')),
        ),
        undefined,
        attribute(bags, 'BaggagePool'),
        ...tags,
      ]),
    )
  }
  return out
}

const weightCode = (unit: XmlValue | undefined): XmlValue | undefined =>
  unit && { ...unit, text: /^(L|701)/i.test(unit.text) ? '701' : '700' }

function splitSegments(split: XmlElement): XmlSegment[] {
  return [
    segmentOf('EQN', split, attribute(split, 'NumberInParty')),
    segmentOf('RCI', split, composite(companyOf(split), attribute(split, 'ID'))),
  ]
}

/** Hotels, cars and other things on the way; anything else gives nothing. */
function product(element: XmlElement, names: XmlNames): XmlSegment[] {
  const code = names.hotel.includes(element.name)
    ? '8'
    : names.car.includes(element.name)
      ? '9'
      : names.otherProduct.includes(element.name)
        ? '32'
        : undefined
  if (code === undefined) return []
  return [
    segmentOf('MSG', element, composite(said(code))),
    segmentOf(
      'TVL',
      element,
      composite(...dayAndTime(attribute(element, 'StartDateTime')), ...dayAndTime(attribute(element, 'EndDateTime'))),
      composite(attribute(element, 'LocationCode', 'CityCode'), attribute(element, 'Name')),
      attribute(element, 'EndLocationCode'),
      attribute(element, 'VendorCode', 'Code'),
    ),
  ]
}

const ACTIONS: Readonly<Record<string, string>> = { added: 'A', cancelled: 'X' }

function historyEntry(entry: XmlElement): XmlSegment[] {
  const action = attribute(entry, 'Action')
  const at = attribute(entry, 'DateTime')
  const agent = attribute(entry, 'Agent', 'AgentSine')
  const { text } = entry
  if (!action && !at && !agent) return text ? [segmentOf('LTS', entry, text)] : []
  const [sine, office] = agent?.text.split(':') ?? []
  const out = [
    segmentOf(
      'ABI',
      entry,
      said('4'),
      agent && composite({ ...agent, text: sine ?? '' }, office ? { ...agent, text: office } : undefined),
    ),
  ]
  if (at) out.push(segmentOf('DAT', entry, composite(said('T'), ...dayAndTime(at))))
  out.push(
    segmentOf('SAC', entry, undefined, undefined, action && { ...action, text: ACTIONS[action.text] ?? action.text }),
  )
  if (text) out.push(segmentOf('IFT', entry, composite(said('4'), said('19')), text))
  return out
}
