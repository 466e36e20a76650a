import type { Amount, Pricing, Taxes } from '#domain/pnr.ts'
import type { Tape } from '../tape.ts'
import { addAddress } from './addresses.ts'
import { readLocal, readUtc } from './dates.ts'
import { keep } from './kept.ts'
import { maskCard } from './mask-card.ts'
import { putTextAside } from './sent.ts'
import { newTraveller } from './travellers.ts'
import {
  addContact,
  isBlanked,
  note,
  type Open,
  type OpenPayment,
  type OpenTicket,
  readCount,
  type Work,
  withOne,
} from './work.ts'

/**
 * Reads `TKT+9990000000024:T:2'`: number, type, booklets (GR3). `TKT+:1'` is a journey without a ticket, kept for what
 * was paid.
 */
export function readTkt(work: Work, segment: number): void {
  const { tape } = work
  const ticket: OpenTicket = { number: tape.text(segment, 1) ?? '', payments: [], at: tape.span(segment) }
  const type = tape.text(segment, 1, 2)
  const booklets = readCount(tape.text(segment, 1, 3))
  if (type !== undefined) ticket.type = type
  if (booklets !== undefined) ticket.booklets = booklets
  if (tape.components(segment, 1) > 3) readIndicators(ticket, tape, segment)
  const status = tape.text(segment, 2)
  if (status !== undefined) ticket.status = status
  if (work.fareBasis !== undefined) ticket.fareBasis = work.fareBasis
  if (work.fareCalculation !== undefined) ticket.fareCalculation = work.fareCalculation
  openTicket(work, segment, ticket)
}

function readIndicators(ticket: OpenTicket, tape: Tape, segment: number): void {
  const indicator = tape.text(segment, 1, 4)
  const action = tape.text(segment, 1, 5)
  const other = tape.text(segment, 1, 6)
  if (indicator !== undefined) ticket.indicator = indicator
  if (action !== undefined) ticket.action = action
  if (other !== undefined) ticket.inConnectionWith = other
}

function openTicket(work: Work, segment: number, ticket: OpenTicket): void {
  const traveller = work.traveller ?? work.pnr.travellers.at(-1)
  if (!traveller) {
    note(work, 'pnrgov.misplaced', segment, work.tape.tag(segment))
    work.traveller = newTraveller(work, '', undefined, undefined, undefined)
    work.traveller.fromElsewhere = true
    work.traveller.tickets = withOne(work.traveller.tickets, ticket)
  } else {
    work.traveller = traveller
    traveller.tickets = withOne(traveller.tickets, ticket)
  }
  work.ticket = ticket
  work.payments = ticket.payments
  work.fops = 0
  if (work.group <= 4) work.group = 3
}

/** Reads the amounts of `MON+B:1450.00:NOK+T:1893.00:NOK'`; the total is the one that the profile ranks first. */
export function readMon(work: Work, segment: number): void {
  const { tape, ticket } = work
  if (!ticket) {
    note(work, 'pnrgov.misplaced', segment, 'MON')
    return
  }
  const { totals } = work.profile
  if (ticket.amounts) keep(work, segment)
  ticket.amounts ??= []
  let best = totals.length
  const count = tape.elements(segment)
  for (let element = 1; element <= count; element++) {
    const kind = tape.text(segment, element)
    const amount = tape.text(segment, element, 2)
    const currency = tape.text(segment, element, 3)
    const place = tape.text(segment, element, 4)
    ticket.amounts = withOne(ticket.amounts, amountOf(kind ?? '', amount, currency, place))
    const rank = totals.indexOf(kind ?? '')
    if (rank < 0 || rank >= best || amount === undefined) continue
    best = rank
    ticket.total = amount
    if (currency !== undefined) ticket.currency = currency
  }
}

function amountOf(
  kind: string,
  amount: string | undefined,
  currency: string | undefined,
  place: string | undefined,
): Amount {
  if (amount !== undefined && currency !== undefined && place === undefined) return { kind, amount, currency }
  const entry: Open<Amount> = { kind }
  if (amount !== undefined) entry.amount = amount
  if (currency !== undefined) entry.currency = currency
  if (place !== undefined) entry.place = place
  return entry
}

/** Reads `PTK+NR:NE++210126:2359+0X+771+IST:TR'`: conditions, tariff, deadline, validating carrier, place of sale. */
export function readPtk(work: Work, segment: number): void {
  const { tape, ticket, today } = work
  if (!ticket || ticket.pricing) {
    if (!ticket) note(work, 'pnrgov.misplaced', segment, 'PTK')
    keep(work, segment)
    return
  }
  const pricing: Open<Pricing> = {}
  const indicators = list(tape, segment, 1)
  const tariff = tape.text(segment, 2)
  const deadline = readLocal(tape.text(segment, 3), tape.text(segment, 3, 2), today)
  const carrier = tape.text(segment, 4)
  const accountingCodes = list(tape, segment, 5)
  const soldIn = tape.text(segment, 6)
  const soldInCountry = tape.text(segment, 6, 2)
  if (indicators) pricing.indicators = indicators
  if (tariff !== undefined) pricing.tariff = tariff
  if (deadline !== undefined) pricing.deadline = deadline
  if (carrier !== undefined) pricing.carrier = carrier
  if (accountingCodes) pricing.accountingCodes = accountingCodes
  if (soldIn !== undefined) pricing.soldIn = soldIn
  if (soldInCountry !== undefined) pricing.soldInCountry = soldInCountry
  ticket.pricing = pricing
}

/** All components of an element; nothing where there are none. */
function list(tape: Tape, segment: number, element: number): string[] | undefined {
  const count = tape.components(segment, element)
  if (count < 2) {
    const only = tape.text(segment, element)
    return only === undefined ? undefined : [only]
  }
  if (count === 2) return [tape.text(segment, element) ?? '', tape.text(segment, element, 2) ?? '']
  const values: string[] = []
  for (let component = 1; component <= count; component++) values.push(tape.text(segment, element, component) ?? '')
  return values
}

/** Reads `TXD+700+3.10:::YQ+8.50:GB:GBP:UB'`: category, then amount, country, currency and code of each tax. */
export function readTxd(work: Work, segment: number): void {
  const { tape, ticket } = work
  if (!ticket) {
    note(work, 'pnrgov.misplaced', segment, 'TXD')
    keep(work, segment)
    return
  }
  const count = tape.elements(segment)
  const taxes: Open<Taxes['taxes'][number]>[] = new Array(Math.max(0, count - 1))
  for (let element = 2; element <= count; element++) {
    const tax: (typeof taxes)[number] = {}
    const amount = tape.text(segment, element)
    const country = tape.text(segment, element, 2)
    const currency = tape.text(segment, element, 3)
    const code = tape.text(segment, element, 4)
    if (code !== undefined) tax.code = code
    if (amount !== undefined) tax.amount = amount
    if (currency !== undefined) tax.currency = currency
    if (country !== undefined) tax.country = country
    taxes[element - 2] = tax
  }
  const category = tape.text(segment, 1)
  ticket.taxes = withOne(ticket.taxes, category === undefined ? { taxes } : { category, taxes })
}

/** Reads `DAT+710:210126:0800'` of a ticket: when it was issued. */
export function readTicketDate(work: Work, segment: number): void {
  const { tape, ticket, today } = work
  const issued = readUtc(tape.text(segment, 1, 2), tape.text(segment, 1, 3), today)
  if (ticket && issued !== undefined && ticket.issued === undefined) ticket.issued = issued
  else keep(work, segment)
}

/**
 * Reads how a ticket was paid (GR4), one form an element:
 *
 *     FOP+CC:3:1015.30:VI:XXXXXXXXXXXX4242:0928:A12345+MS'
 *
 * form, old or new, amount, card vendor, account, expiry, approval. Of a card number at most the first six and the last
 * four digits are kept.
 */
export function readFop(work: Work, segment: number): void {
  const { tape } = work
  if (!work.ticket) openTicket(work, segment, { number: '', payments: [] })
  let payments: OpenPayment[] = NO_PAYMENTS
  const count = tape.elements(segment)
  for (let element = 1; element <= count; element++) {
    const sent = tape.text(segment, element)
    if (sent === undefined) continue
    const payment: OpenPayment = {
      form: work.profile.payments.get(sent) ?? 'other',
      formAsSent: sent,
      at: tape.span(segment, element),
    }
    const amount = tape.text(segment, element, 3)
    const vendor = tape.text(segment, element, 4)
    const account = tape.text(segment, element, 5)
    const expires = tape.text(segment, element, 6)
    if (amount !== undefined) {
      payment.amount = amount
      if (work.ticket?.currency !== undefined) payment.currency = work.ticket.currency
    }
    if (vendor !== undefined) payment.cardVendor = vendor
    if (account !== undefined) payment.cardMasked = maskCard(account)
    if (expires !== undefined) payment.cardExpires = expires
    const indicator = tape.text(segment, element, 2)
    if (indicator !== undefined) payment.indicator = indicator
    if (tape.components(segment, element) > 6) readApproval(payment, tape, segment, element)
    if (payments.length > 0) payment.together = true
    payments = withOne(payments, payment)
    if (work.ticket) work.ticket.payments = withOne(work.ticket.payments, payment)
  }
  work.payments = payments
  work.fops++
  if (work.group <= 4) work.group = 4
}

const NO_PAYMENTS: never[] = []

function readApproval(payment: OpenPayment, tape: Tape, segment: number, element: number): void {
  const approval = tape.text(segment, element, 7)
  const source = tape.text(segment, element, 8)
  const holder = tape.text(segment, element, 11)
  if (approval !== undefined) payment.approval = approval
  if (source !== undefined) payment.approvalSource = source
  if (holder !== undefined) payment.holder = holder
}

/** Reads `IFT+4:43+GRACE OKAFOR+5 HARBOUR VIEW SINGAPORE+6560000001'`: who paid, where, phone. */
export function readPayer(work: Work, segment: number): void {
  const { tape } = work
  const payer = tape.joined(segment, 2)
  const street = tape.joined(segment, 3)
  const phone = tape.joined(segment, 4)
  for (const payment of work.payments) {
    if (!isBlanked(payer) && payer !== undefined) payment.payer = payer
    if (!isBlanked(street) && street !== undefined && !payment.billing) payment.billing = { kind: 'billing', street }
  }
  if (work.payments.length === 0 && payer !== undefined && !isBlanked(payer)) {
    work.pnr.remarks.push({ kind: 'payer', text: payer, at: tape.span(segment) })
  }
  if (phone !== undefined && !isBlanked(phone)) {
    addContact(work.pnr.contacts, { kind: 'phone', value: phone, at: tape.span(segment, 4) })
  }
}

/** Reads the payer's ADD (GR4). */
export function readBilling(work: Work, segment: number): void {
  putTextAside(work, segment, 'ADD')
  addAddress(work, segment, 'billing', (address) => {
    for (const payment of work.payments) payment.billing = address
  })
}
