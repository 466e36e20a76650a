/** What the dossier shows of a traveller's PNR: the booking as it stands, and how it came to stand so. */

import type { Payment, Pnr, PnrTraveller, Segment } from '#domain/pnr.ts'
import { given } from '#lib/given.ts'
import { instantAt } from '#lib/time.ts'
import { type PnrVersion, pnrChanges } from '#review/pnr-changes.ts'
import type { BoardLeg } from '#store/board.ts'
import type { CompanionRow, PnrRow, PnrVersionRow } from '#store/dossier.ts'
import { airportView } from './flight-view.ts'
import { sourceRef } from './source-ref.ts'

export interface Booking {
  readonly pnr: PnrRow
  readonly companions: readonly CompanionRow[]
  readonly person: PnrTraveller
  readonly transmission: string
}

/** The version in force. */
export const inForce = (pnr: PnrRow): PnrVersionRow | undefined =>
  pnr.versions.find((one) => one.version === pnr.version) ?? pnr.versions[0]

export function bookingView({ pnr, companions, person, transmission }: Booking) {
  const content = inForce(pnr)?.content
  if (!content) return undefined
  const mine = (travellers: readonly string[]): boolean =>
    travellers.length === 0 || travellers.includes(person.reference)
  return {
    locator: pnr.locator,
    locators: content.locators.map(({ company, locator }) => ({ company, locator })),
    cancelled: pnr.state === 'cancelled',
    numberOfTravellers: content.numberOfTravellers,
    companions: companions.map((one) => ({
      id: one.id,
      name: [one.surname, one.given_names].filter(Boolean).join(' '),
      kind: one.kind,
    })),
    tickets: person.tickets.map((ticket) => ({
      number: ticket.number,
      ...given({
        issued: ticket.issued,
        total: money(ticket.total, ticket.currency),
        fareBasis: ticket.fareBasis,
      }),
    })),
    payments: person.tickets.flatMap((ticket) => ticket.payments.map((payment) => paymentView(payment, transmission))),
    splitWith: content.splitWith.map((one) => one.locator),
    ssrs: content.ssrs
      .filter((ssr) => mine(ssr.travellers))
      .map((ssr) => ({ code: ssr.code, ...given({ text: ssr.text, status: ssr.status }) })),
    remarks: content.remarks.map(({ kind, text }) => ({ kind, text })),
    history: content.history.map((one) => ({ action: one.action, text: one.text, ...given({ at: one.at }) })),
    versions: versionViews(pnr.versions),
    ...given({
      created: content.created,
      changed: content.changed,
      ticketed: content.ticketed,
      groupName: content.groupName,
      agency: content.agency && Object.fromEntries(Object.entries(content.agency)),
    }),
  }
}

const money = (amount: string | undefined, currency: string | undefined): string | undefined =>
  amount === undefined ? undefined : [amount, currency].filter(Boolean).join(' ')

const paymentView = (payment: Payment, transmission: string) => ({
  form: payment.form,
  ...given({
    amount: money(payment.amount, payment.currency),
    card: [payment.cardVendor, payment.cardMasked].filter(Boolean).join(' ') || undefined,
    payer: payment.payer,
    source: sourceRef(transmission, payment.at),
  }),
})

/** Newest first; the first of all has nothing before it to differ from. */
const versionViews = (versions: readonly PnrVersionRow[]) =>
  versions.map((one, index) => {
    const before = versions[index + 1]
    return {
      version: one.version,
      receivedAt: one.received_at ?? one.stored_at,
      transmission: one.transmission,
      changes: before ? pnrChanges(comparable(before), comparable(one)) : [],
    }
  })

const comparable = (row: PnrVersionRow): PnrVersion => ({
  content: row.content,
  travellers: row.content.travellers ?? (row.content.references ?? []).map((reference) => ({ reference })),
})

export function itineraryView(itinerary: Pnr['itinerary'], leg: BoardLeg) {
  return itinerary.map((segment) => {
    const from = segment.from ? airportView(segment.from) : undefined
    const to = segment.to ? airportView(segment.to) : undefined
    return {
      kind: segment.kind,
      isThisFlight: isThisFlight(segment, leg),
      ...given({
        flight: flightName(segment.carrier, segment.number, segment.suffix),
        operating: flightName(segment.operatingCarrier, segment.operatingNumber),
        from,
        to,
        departsLocal: segment.departs,
        arrivesLocal: segment.arrives,
        departsAt: segment.departs && from && instantAt(segment.departs, from.zone),
        arrivesAt: segment.arrives && to && instantAt(segment.arrives, to.zone),
        status: segment.status,
        bookingClass: segment.bookingClass,
      }),
    }
  })
}

const flightName = (carrier?: string, number?: string, suffix = ''): string | undefined =>
  carrier && number ? `${carrier} ${number}${suffix}` : undefined

/** By airports and day; the flight number of a codeshare is another one. */
function isThisFlight(segment: Segment, leg: BoardLeg): boolean {
  if (segment.kind !== 'flight' || segment.from !== leg.origin || segment.to !== leg.destination) return false
  if (segment.departs) return segment.departs.slice(0, 10) === leg.date
  return segment.carrier === leg.carrier && segment.number === leg.number
}
