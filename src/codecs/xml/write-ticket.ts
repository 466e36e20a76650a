import type { Amount, Payment, Pricing, Taxes, Ticket } from '#domain/pnr.ts'
import { element, type Node, type Value } from './markup.ts'
import { CONDITIONS, FARES } from './ticket.ts'
import { addressElement, company, seconds } from './write-parts.ts'

export function ticketElement(ticket: Ticket): Node {
  const { number, type, booklets, issued, total, currency, payments, pricing, taxes = [] } = ticket
  const amounts =
    ticket.amounts ?? (total === undefined ? [] : [{ kind: 'T', amount: total, ...(currency && { currency }) }])
  const attributes = {
    TicketDocumentNbr: number,
    Type: type,
    NumberOfBooklets: booklets,
    DateOfIssue: seconds(issued),
    Indicator: ticket.indicator,
    Action: ticket.action,
    InConnectionWith: ticket.inConnectionWith,
    Status: ticket.status,
  }
  return element('TicketDocument', attributes, [
    ...amounts.map(amountElement),
    pricing && pricingElement(pricing),
    ...taxes.map(taxesElement),
    ...payments.map(paymentElement),
  ])
}

const ELEMENTS = new Map(Object.entries(FARES).map(([name, kind]) => [kind, name]))

function amountElement({ kind, amount, currency, place }: Amount): Node {
  const name = ELEMENTS.get(kind)
  const attributes = { Type: name ? undefined : kind, Amount: amount, CurrencyCode: currency, LocationCode: place }
  return element(name ?? 'OtherFare', attributes)
}

function pricingElement({ indicators = [], tariff, deadline, carrier, accountingCodes, ...sold }: Pricing): Node {
  const flags: Record<string, Value> = {}
  for (const [code, name] of CONDITIONS) if (indicators.includes(code)) flags[name] = true
  const plain = CONDITIONS.map(([code]) => code).filter((code) => indicators.includes(code))
  const attributes = {
    ...flags,
    Indicators: plain.join() === indicators.join() ? undefined : indicators.join(' '),
    Tariff: tariff,
    Date: deadline && (deadline.length === 10 ? deadline : `${deadline.slice(0, 16)}:00`),
    AccountingCodes: accountingCodes?.join(' '),
    LocationCode: sold.soldIn,
    ISOCountryCode: sold.soldInCountry,
  }
  return element('PricingInfo', attributes, [company(carrier)])
}

const taxesElement = ({ category, taxes }: Taxes): Node =>
  element(
    'Taxes',
    { Category: category },
    taxes.map(({ amount, country, currency, code }) =>
      element('Tax', { Amount: amount, ISOCountry: country, CurrencyCode: currency, TaxType: code }),
    ),
  )

const paymentElement = (one: Payment): Node =>
  element(
    'PaymentInfo',
    {
      PaymentType: one.formAsSent,
      PaymentUse: one.indicator,
      PaymentAmount: one.amount,
      VendorCode: one.cardVendor,
      AccountNbr: one.cardMasked,
      ExpiryDate: one.cardExpires,
      CardHolderName: one.payer,
      ApprovalCode: one.approval,
      ApprovalSource: one.approvalSource,
      AccountHolder: one.holder,
    },
    one.billing ? [addressElement(one.billing)] : [],
  )
