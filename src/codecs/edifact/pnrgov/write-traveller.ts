import type { Fare, FrequentFlyer, Payment, Pnr, PnrTraveller, Pricing, Taxes, Ticket } from '#domain/pnr.ts'
import type { PnrAsSent } from '#domain/pnr-as-sent.ts'
import { stamp, writeDate, writeTime } from './dates.ts'
import { segment } from './segments.ts'
import { writeAdds, writePrepaid, writeSsrs, writeTexts } from './write-parts.ts'

/** 6353 of a kind; a code as sent before the usual one. */
const KINDS = { adult: 'A', child: 'C', infant: 'IN', 'unaccompanied-minor': 'UM', unknown: undefined } as const

/** Adds GR2 of one traveller, with tickets and payments (GR3, GR4). Whom no TIF names has only what hangs on a TKT. */
export function writeTraveller(out: string[], traveller: PnrTraveller, pnr: Pnr, sent: PnrAsSent): void {
  const place = { traveller: traveller.reference }
  if (!traveller.fromElsewhere) {
    out.push(writeTif(traveller, pnr))
    const programmes = traveller.frequentFlyers.filter(({ fromSsr }) => !fromSsr).map(writeProgramme)
    if (programmes.length > 0) out.push(segment('FTI', ...programmes))
    writeTexts(out, sent, place)
    const references = [traveller.carrierReference, ...(traveller.furtherReferences ?? [])]
    if (traveller.carrierReference) out.push(segment('REF', ...references.map((one) => ['', one])))
    if (traveller.baggagePrepaid) out.push(writePrepaid(traveller.baggagePrepaid))
    for (const fare of traveller.fares ?? faresOf(traveller)) out.push(writeFar(fare))
    writeSsrs(out, sent, place)
    writeAdds(out, sent, place)
  }
  for (const [ticket, one] of traveller.tickets.entries()) {
    if (!one.fromSsr) writeTicket(out, one, { traveller: traveller.reference, ticket }, sent, pnr.sent !== undefined)
  }
}

function writeTif(traveller: PnrTraveller, pnr: Pnr): string {
  const { surname, givenNames, reference, referenceMade, kind, kindAsSent, accompanied } = traveller
  const made = pnr.sent === undefined
  const infant = made && pnr.travellers.some(({ infantOf }) => infantOf === reference) ? '1' : undefined
  return segment('TIF', surname, [
    givenNames,
    made ? (kindAsSent ?? KINDS[kind]) : kindAsSent,
    referenceMade ? undefined : reference,
    accompanied ?? infant,
  ])
}

const writeProgramme = (one: FrequentFlyer): (string | undefined)[] => [
  one.carrier,
  one.number,
  one.traveller,
  one.status,
  one.level,
  one.hierarchy,
  one.tier,
  one.alliance,
  one.priority,
]

/** Fare bases of the traveller (GR2): the tree has no place for those of a ticket. */
function faresOf({ tickets }: PnrTraveller): readonly Fare[] {
  const basis = tickets.find(({ fareBasis }) => fareBasis)?.fareBasis
  return basis ? [{ type: 'A', bases: basis.split(' ') }] : []
}

function writeFar({
  type,
  age,
  discount,
  percentage,
  country,
  discountedClass,
  account,
  groups,
  bases = [],
}: Fare): string {
  return segment('FAR', type, age, [discount, percentage, country, discountedClass], account, groups, ...bases)
}

interface TicketPlace {
  readonly traveller: string
  readonly ticket: number
}

function writeTicket(out: string[], ticket: Ticket, place: TicketPlace, sent: PnrAsSent, exact: boolean): void {
  const { number, type, booklets, indicator, action, inConnectionWith, status, total, currency, issued } = ticket
  const count = booklets === undefined ? undefined : String(booklets)
  out.push(segment('TKT', [number, type, count, indicator, action, inConnectionWith], status))
  const amounts =
    ticket.amounts ?? (total === undefined ? [] : [{ kind: 'T', amount: total, ...(currency && { currency }) }])
  if (amounts.length > 0)
    out.push(segment('MON', ...amounts.map((one) => [one.kind, one.amount, one.currency, one.place])))
  if (ticket.pricing) out.push(writePtk(ticket.pricing))
  for (const taxes of ticket.taxes ?? []) out.push(writeTxd(taxes))
  if (issued !== undefined) out.push(segment('DAT', ['710', writeDate(issued), writeTime(issued)]))
  writeTexts(out, sent, place)
  for (const [payment, forms] of fopsOf(ticket.payments, exact).entries()) {
    out.push(segment('FOP', ...forms.map(writeForm)))
    writeTexts(out, sent, { ...place, payment })
    writeAdds(out, sent, { ...place, payment })
  }
}

function writePtk({ indicators, tariff, deadline, carrier, accountingCodes, soldIn, soldInCountry }: Pricing): string {
  const limit = deadline && stamp(deadline)
  return segment('PTK', indicators, tariff, limit, carrier, accountingCodes, [soldIn, soldInCountry])
}

const writeTxd = ({ category, taxes }: Taxes): string =>
  segment('TXD', category, ...taxes.map(({ amount, country, currency, code }) => [amount, country, currency, code]))

const writeForm = (one: Payment): (string | undefined)[] => [
  one.formAsSent,
  one.indicator,
  one.amount,
  one.cardVendor,
  one.cardMasked,
  one.cardExpires,
  one.approval,
  one.approvalSource,
  undefined,
  undefined,
  one.holder,
]

/** The payments of each FOP. In a model that was not read, those of one payer share one. */
export function fopsOf(payments: readonly Payment[], exact: boolean): readonly (readonly Payment[])[] {
  const [first] = payments
  if (!first) return []
  if (!exact && payments.every((payment) => samePayer(payment, first))) return [payments]
  const fops: Payment[][] = []
  for (const payment of payments) {
    const last = fops.at(-1)
    if (payment.together && last) last.push(payment)
    else fops.push([payment])
  }
  return fops
}

const samePayer = (one: Payment, other: Payment): boolean =>
  one.payer === other.payer && JSON.stringify(one.billing) === JSON.stringify(other.billing)
