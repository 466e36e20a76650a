import type { CheckIn, Pnr, PnrTraveller, Segment } from '#domain/pnr.ts'
import { element, type Node } from './markup.ts'
import type { XmlNames } from './names.ts'
import { airports, seconds, ssrElement } from './write-parts.ts'

/** `seats`: whether travellers' seats are those on this flight, the one that the push is about. */
export function flightElement(flight: Segment, pnr: Pnr, names: XmlNames, seats: boolean): Node {
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
        ? element('OperatingAirline', {
            Code: operatingCarrier,
            FlightNumber: operatingNumber,
            ResBookDesigCode: flight.operatingClass,
          })
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
