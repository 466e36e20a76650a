import type { Payment } from '#domain/pnr.ts'
import { addAddress } from './addresses.ts'
import { readUtc } from './dates.ts'
import { newTraveller } from './travellers.ts'
import { addContact, isBlanked, note, type OpenPayment, type OpenTicket, readCount, type Work } from './work.ts'

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
  if (work.fareBasis !== undefined) ticket.fareBasis = work.fareBasis
  if (work.fareCalculation !== undefined) ticket.fareCalculation = work.fareCalculation
  openTicket(work, segment, ticket)
}

function openTicket(work: Work, segment: number, ticket: OpenTicket): void {
  const traveller = work.traveller ?? work.pnr.travellers.at(-1)
  if (!traveller) {
    note(work, 'pnrgov.misplaced', segment, work.tape.tag(segment))
    work.traveller = newTraveller(work, '', undefined, undefined, undefined)
    work.traveller.tickets.push(ticket)
  } else {
    work.traveller = traveller
    traveller.tickets.push(ticket)
  }
  work.ticket = ticket
  work.payments = ticket.payments
  if (work.group <= 4) work.group = 3
}

/** 5025, what an amount is: the total before what stands in for it. */
const TOTALS = ['T', 'M', 'I', 'E', 'B']

/** Reads the total of `MON+B:1450.00:NOK+T:1893.00:NOK'`. */
export function readMon(work: Work, segment: number): void {
  const { tape, ticket } = work
  if (!ticket) {
    note(work, 'pnrgov.misplaced', segment, 'MON')
    return
  }
  let best = TOTALS.length
  const count = tape.elements(segment)
  for (let element = 1; element <= count; element++) {
    const rank = TOTALS.indexOf(tape.text(segment, element) ?? '')
    if (rank < 0 || rank >= best) continue
    const amount = tape.text(segment, element, 2)
    if (amount === undefined) continue
    best = rank
    ticket.total = amount
    const currency = tape.text(segment, element, 3)
    if (currency !== undefined) ticket.currency = currency
  }
}

/** Reads `DAT+710:210126:0800'` of a ticket: when it was issued. */
export function readTicketDate(work: Work, segment: number): void {
  const { tape, ticket, today } = work
  const issued = readUtc(tape.text(segment, 1, 2), tape.text(segment, 1, 3), today)
  if (ticket && issued !== undefined) ticket.issued = issued
}

/** 9888 */
const FORMS: ReadonlyMap<string, Payment['form']> = new Map(
  Object.entries({
    CC: 'card',
    DC: 'card',
    CA: 'cash',
    CK: 'cheque',
    IN: 'invoice',
    MS: 'miscellaneous',
  } as const),
)

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
  const payments: OpenPayment[] = []
  const count = tape.elements(segment)
  for (let element = 1; element <= count; element++) {
    const sent = tape.text(segment, element)
    if (sent === undefined) continue
    const payment: OpenPayment = { form: FORMS.get(sent) ?? 'other', formAsSent: sent, at: tape.span(segment, element) }
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
    payments.push(payment)
    work.ticket?.payments.push(payment)
  }
  work.payments = payments
  if (work.group <= 4) work.group = 4
}

/** At most the first six and the last four digits of a card number. */
export function maskCard(account: string): string {
  if (account.length < 12 || account.includes('X', 6)) return account
  return account.slice(0, 6) + 'X'.repeat(account.length - 10) + account.slice(-4)
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
  addAddress(work, segment, 'billing', (address) => {
    for (const payment of work.payments) payment.billing = address
  })
}
