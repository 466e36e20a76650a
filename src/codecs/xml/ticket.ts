import type { XmlElement } from './elements.ts'
import { contact } from './services.ts'
import { type Composite, composite, segmentOf, segmentWith, type XmlSegment } from './tape.ts'
import { append, attribute, child, childrenOf, companyOf, dayAndTime, said, textIn } from './values.ts'

/** The amounts that have an element of their own, and their 5025; others say which they are. */
export const FARES: Readonly<Record<string, string>> = { TotalFare: 'T', BaseFare: 'B', EquivFare: 'E' }

/** TKT, MON, PTK, TXD, DAT and the forms of payment of one `TicketDocument`. */
export function ticketSegments(ticket: XmlElement): XmlSegment[] {
  const document = composite(
    attribute(ticket, 'TicketDocumentNbr'),
    attribute(ticket, 'Type'),
    attribute(ticket, 'NumberOfBooklets'),
    attribute(ticket, 'Indicator'),
    attribute(ticket, 'Action'),
    attribute(ticket, 'InConnectionWith'),
  )
  const out = [segmentOf('TKT', ticket, document, attribute(ticket, 'Status'))]
  const fares = childrenOf(ticket, ...Object.keys(FARES), 'OtherFare')
  if (fares[0]) out.push(segmentWith('MON', fares[0], fares.map(amount)))
  for (const pricing of childrenOf(ticket, 'PricingInfo')) out.push(pricingSegment(pricing))
  for (const taxes of childrenOf(ticket, 'Taxes')) out.push(taxesSegment(taxes))
  const issued = attribute(ticket, 'DateOfIssue')
  if (issued) out.push(segmentOf('DAT', ticket, composite(said('710'), ...dayAndTime(issued))))
  const calculation = textIn(child(ticket, 'FareCalculation'))
  if (calculation) out.push(segmentOf('IFT', ticket, composite(said('4'), said('15')), calculation))
  for (const payment of childrenOf(ticket, 'PaymentInfo')) append(out, paymentSegments(payment))
  return out
}

const amount = (fare: XmlElement): Composite =>
  composite(
    attribute(fare, 'Type') ?? said(FARES[fare.name] ?? ''),
    attribute(fare, 'Amount'),
    attribute(fare, 'CurrencyCode'),
    attribute(fare, 'LocationCode'),
  )

/** Conditions that have an attribute of their own, and their 5387. */
export const CONDITIONS = [
  ['NR', 'NonRefundableInd'],
  ['NE', 'NonEndorsableInd'],
  ['PE', 'PenaltyRestrictionInd'],
] as const

function pricingSegment(pricing: XmlElement): XmlSegment {
  const set = CONDITIONS.flatMap(([code, name]) => {
    const value = attribute(pricing, name)
    return value && /^(true|1|y)/i.test(value.text) ? [{ text: code, at: value.at }] : []
  })
  const listed = attribute(pricing, 'Indicators')
  const codes = listed ? listed.text.split(' ').map((text) => ({ text, at: listed.at })) : set
  const accounting = attribute(pricing, 'AccountingCodes')
  const [day, time] = dayAndTime(attribute(pricing, 'Date'))
  return segmentOf(
    'PTK',
    pricing,
    composite(...codes),
    attribute(pricing, 'Tariff'),
    composite(day, time ?? dayTime(pricing)),
    companyOf(pricing),
    composite(...(accounting?.text.split(' ').map((text) => ({ text, at: accounting.at })) ?? [])),
    composite(attribute(pricing, 'LocationCode'), attribute(pricing, 'ISOCountryCode')),
  )
}

function dayTime(pricing: XmlElement) {
  const time = attribute(pricing, 'Time')
  return time && { ...time, text: time.text.replaceAll(':', '').slice(0, 4) }
}

function taxesSegment(taxes: XmlElement): XmlSegment {
  const each = childrenOf(taxes, 'Tax').map((tax) =>
    composite(
      attribute(tax, 'Amount'),
      attribute(tax, 'ISOCountry'),
      attribute(tax, 'CurrencyCode'),
      attribute(tax, 'TaxType'),
    ),
  )
  return segmentWith('TXD', taxes, [attribute(taxes, 'Category'), ...each])
}

function paymentSegments(payment: XmlElement): XmlSegment[] {
  const form = composite(
    attribute(payment, 'PaymentType'),
    attribute(payment, 'PaymentUse'),
    attribute(payment, 'PaymentAmount'),
    attribute(payment, 'VendorCode'),
    attribute(payment, 'AccountNbr'),
    attribute(payment, 'ExpiryDate'),
    attribute(payment, 'ApprovalCode'),
    attribute(payment, 'ApprovalSource'),
    undefined,
    undefined,
    attribute(payment, 'AccountHolder'),
  )
  const out = [segmentOf('FOP', payment, form)]
  const payer = attribute(payment, 'CardHolderName')
  if (payer) out.push(segmentOf('IFT', payment, composite(said('4'), said('43')), payer))
  for (const info of childrenOf(payment, 'ContactInfo')) append(out, contact(info))
  return out
}
