import type { XmlElement, XmlValue } from './elements.ts'
import type { XmlNames } from './names.ts'
import { documents, rci, ssrSegment } from './services.ts'
import { composite, segmentOf, segmentWith, type XmlSegment } from './tape.ts'
import { append, attribute, child, childrenOf, companyOf, dayAndTime, said, textIn } from './values.ts'

export function flightSegments(flight: XmlElement, names: XmlNames): XmlSegment[] {
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
  const operatingClass = attribute(operating, 'ResBookDesigCode')
  if (operating && (number ?? operatingClass))
    out.push(segmentOf('TRA', operating, attribute(operating, 'Code'), composite(number, operatingClass)))
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
    const surname = textIn(child(passenger, 'Surname'))
    if (surname) out.push(segmentOf('TIF', passenger, surname, composite(textIn(child(passenger, 'GivenName')))))
  }
  if (seat)
    out.push(segmentOf('SSD', seat, textIn(seat), undefined, undefined, undefined, attribute(seat, 'CabinClass')))
  for (const bags of childrenOf(info, ...names.checkedBags)) {
    const tags = childrenOf(bags, 'BagTag').map((tag) =>
      composite(
        companyOf(tag) ?? attribute(tag, 'IssuerCode'),
        attribute(tag, 'SerialNumber') ?? textIn(tag),
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
