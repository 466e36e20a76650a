import type { XmlElement } from './elements.ts'
import { contact, documents, ssrSegment } from './services.ts'
import { composite, segmentOf, segmentWith, type XmlSegment } from './tape.ts'
import { append, attribute, child, childrenOf, dayAndTime, said } from './values.ts'

/** PTC of a fare, as TIF has it. */
const PTC: Readonly<Record<string, string>> = { ADT: 'A', CHD: 'C', CNN: 'C', INF: 'IN', INS: 'IN', UNN: 'UM' }

export function passengerSegments(passenger: XmlElement): XmlSegment[] {
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
