import type { XmlElement } from './elements.ts'
import { flightSegments } from './flight.ts'
import type { XmlNames } from './names.ts'
import { passengerSegments } from './passenger.ts'
import { contact, documents, prepaid, rci, ssrSegment } from './services.ts'
import { composite, segmentOf, segmentWith, type XmlSegment } from './tape.ts'
import { append, attribute, child, childrenOf, companyOf, dayAndTime, said, textIn } from './values.ts'

/** The segments of one `PNR` element, in the order of the guide's groups. */
export function pnrSegments(pnr: XmlElement, names: XmlNames): XmlSegment[] {
  attribute(pnr, 'NumberOfPassengers') // counted, not believed
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
  for (const one of childrenOf(pnr, ...names.hotel, ...names.car, ...names.otherProduct))
    append(out, product(one, names))
  for (const history of childrenOf(pnr, ...names.history)) {
    for (const entry of childrenOf(history, ...names.historyEntry)) append(out, historyEntry(entry))
  }
  const last = out.at(-1)
  if (last) last.at = [last.at[0], Math.max(last.at[1], pnr.at[1])]
  return out
}

function freeText(element: XmlElement, type: string): XmlSegment {
  const text = textIn(element) ?? textIn(child(element, 'Text')) ?? attribute(element, 'Text')
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

const groupName = (group: XmlElement): XmlSegment =>
  segmentOf(
    'TIF',
    group,
    composite(textIn(group) ?? attribute(group, 'Name'), said('G'), attribute(group, 'NumberInParty')),
  )

function splitSegments(split: XmlElement): XmlSegment[] {
  return [
    segmentOf('EQN', split, attribute(split, 'NumberInParty')),
    segmentOf('RCI', split, composite(companyOf(split), attribute(split, 'ID'))),
  ]
}

/** Hotels, cars and other things on the way. */
function product(element: XmlElement, names: XmlNames): XmlSegment[] {
  const code = names.hotel.includes(element.name) ? '8' : names.car.includes(element.name) ? '9' : '32'
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
  const text = textIn(entry)
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
