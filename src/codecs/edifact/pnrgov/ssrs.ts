import type { Span } from '#domain/finding.ts'
import type { Ssr } from '#domain/pnr.ts'
import type { Tape } from '../tape.ts'
import { trimmed } from '../trimmed.ts'
import { applyDoca, applyDoco, applyDocs, applyFoid } from './documents.ts'
import { applyInft, infantsOf } from './infants.ts'
import { airportsShifted, spanOf, textOf } from './ssr-parts.ts'
import { readChld, readContact, readFqtv, readSeat, readSeats, readTicketNumber } from './ssr-texts.ts'
import { addFrequentFlyer } from './travellers.ts'
import {
  addContact,
  isBlanked,
  MOST_COMPARED,
  note,
  type Open,
  type OpenSegment,
  type OpenTraveller,
  type PendingSsr,
  readCount,
  type Work,
  withOne,
} from './work.ts'

/** Puts an SSR aside until the whole PNR is known. One whose code redaction has blanked is as if it were not there. */
export function putAside(work: Work, segment: number): void {
  const code = work.tape.text(segment, 1)?.toUpperCase()
  if (code === undefined) {
    note(work, 'pnrgov.ssr-code', segment)
    return
  }
  if (isBlanked(code)) return
  const owner = work.group >= 2 && work.group <= 4 ? work.traveller : undefined
  const flight = work.group >= 5 && work.group <= 7 ? work.flight : undefined
  work.ssrs.push({ segment, code, owner, flight })
}

/**
 * Gives each SSR to the travellers that it is about: by reference (9944), else those of the TIF that it stands under,
 * else by the name in its text, else all. Infants first: DOCS may be theirs.
 */
export function applySsrs(work: Work, pushed: readonly OpenSegment[]): void {
  for (const ssr of work.ssrs) if (ssr.code === 'INFT') applyInft(work, ssr, textOf(work, ssr), travellerOf(work, ssr))
  for (const ssr of work.ssrs) applySsr(work, ssr, pushed)
}

function applySsr(work: Work, ssr: PendingSsr, pushed: readonly OpenSegment[]): void {
  switch (ssr.code) {
    case 'INFT':
      return
    case 'DOCS':
      applyDocs(work, ssr, textOf(work, ssr), travellerOf(work, ssr))
      return
    case 'DOCA':
      applyDoca(work, textOf(work, ssr), travellerOf(work, ssr))
      return
    case 'DOCO':
      applyDoco(work, ssr, textOf(work, ssr), travellerOf(work, ssr))
      return
    case 'FOID':
      applyFoid(work, ssr, textOf(work, ssr), travellerOf(work, ssr))
      return
    case 'SEAT':
      applySeat(work, ssr, pushed)
      return
    case 'CHLD':
      applyChild(work, ssr)
      return
    case 'FQTV':
    case 'FQTU':
    case 'FQTR':
    case 'FQTS':
      applyFrequentFlyer(work, ssr)
      return
    case 'TKNE':
    case 'TKNA':
    case 'TKNM':
    case 'TKNR':
      applyTicket(work, ssr)
      return
    case 'CTCR':
      return
    case 'UMNR': {
      const minor = travellerOf(work, ssr)
      if (minor) minor.kind = 'unaccompanied-minor'
      keep(work, ssr)
      return
    }
    default:
      if (ssr.code.startsWith('CTC') || ssr.code === 'PCTC') {
        applyContact(work, ssr)
        return
      }
      keep(work, ssr)
  }
}

/** The first traveller that an SSR names by reference, else the one it stands under. */
function travellerOf(work: Work, ssr: PendingSsr): OpenTraveller | undefined {
  const { tape } = work
  const count = tape.elements(ssr.segment)
  for (let element = 2; element <= count; element++) {
    const reference = tape.text(ssr.segment, element, 3)
    if (reference === undefined) continue
    const traveller = work.byReference.get(reference)
    if (traveller) return traveller
    note(work, 'pnrgov.reference-unknown', ssr.segment, ssr.code)
  }
  return ssr.owner
}

/** Reads `SSR+SEAT:HK:3:ZX:::LHR:OSL+21D::1:A+21E::2`: a seat for each, on the pushed flight or another. */
function applySeat(work: Work, ssr: PendingSsr, pushed: readonly OpenSegment[]): void {
  const { tape, pnr } = work
  const { segment } = ssr
  const here = ssr.flight ? pushed.includes(ssr.flight) : onPushed(work, segment, pushed)
  const count = tape.elements(segment)
  let seated = false
  let unassigned: Ssr | undefined
  for (let element = 2; element <= count; element++) {
    const seat = readSeat(tape.text(segment, element))
    if (seat === undefined) continue
    seated = true
    const reference = tape.text(segment, element, 3)
    const named = reference === undefined ? ssr.owner : work.byReference.get(reference)
    const traveller = named ?? (pnr.travellers.length === 1 ? pnr.travellers[0] : undefined)
    if (!takeSeat(traveller, here, seat, tape.span(segment, element, 1))) {
      const travellers = traveller ? [traveller.reference] : reference === undefined ? [] : [reference]
      unassigned = unassigned ? { ...unassigned, text: seat, travellers } : ssrOf(work, ssr, seat, travellers)
      keepOne(work, unassigned)
    }
  }
  if (seated) return
  const text = textOf(work, ssr)
  const seats = readSeats(text)
  const alone = ssr.owner ?? (pnr.travellers.length === 1 ? pnr.travellers[0] : undefined)
  if (seats.length !== 1 || !takeSeat(alone, here, seats[0] ?? '', spanOf(work, ssr))) keep(work, ssr)
}

function takeSeat(traveller: OpenTraveller | undefined, here: boolean, seat: string, at: Span): boolean {
  if (!traveller || !here) return false
  if (traveller.seat === undefined) {
    traveller.seat = seat
    traveller.at.seat = at
  }
  return traveller.seat === seat
}

function onPushed(work: Work, segment: number, pushed: readonly OpenSegment[]): boolean {
  const from = work.tape.text(segment, 1, 7)
  const to = work.tape.text(segment, 1, 8)
  return pushed.some((flight) => flight.from === from && flight.to === to)
}

function applyChild(work: Work, ssr: PendingSsr): void {
  const child = travellerOf(work, ssr)
  if (!child) {
    keep(work, ssr)
    return
  }
  if (child.kind === 'unknown' || child.kind === 'adult') child.kind = 'child'
  const text = textOf(work, ssr)
  const born = readChld(text, work.today)
  if (born === undefined || child.birthDate !== undefined) return
  child.birthDate = born
  child.at.birthDate = spanOf(work, ssr)
}

function applyFrequentFlyer(work: Work, ssr: PendingSsr): void {
  const traveller = travellerOf(work, ssr)
  const read = readFqtv(textOf(work, ssr), work.tape.text(ssr.segment, 1, 4))
  if (!traveller || !read) {
    keep(work, ssr)
    return
  }
  addFrequentFlyer(traveller, read.carrier, read.number, read.level)
}

function applyTicket(work: Work, ssr: PendingSsr): void {
  const traveller = travellerOf(work, ssr)
  const read = readTicketNumber(textOf(work, ssr))
  if (!traveller || !read) {
    keep(work, ssr)
    return
  }
  const holder = read.infant ? (infantsOf(work, traveller)[0] ?? traveller) : traveller
  const known =
    holder.tickets.length <= MOST_COMPARED &&
    holder.tickets.some(
      (ticket) => ticket.number === read.number || isBooklet(ticket.number, ticket.booklets, read.number),
    )
  if (known) return
  holder.tickets.push({ number: read.number, payments: [], fromSsr: true, at: spanOf(work, ssr) })
}

/** Further documents of a conjunction set have the numbers after the first one's. */
function isBooklet(first: string, booklets: number | undefined, number: string): boolean {
  if (booklets === undefined || booklets < 2 || first.length !== number.length) return false
  const distance = Number(number.slice(-10)) - Number(first.slice(-10))
  return distance > 0 && distance < booklets
}

function applyContact(work: Work, ssr: PendingSsr): void {
  const text = textOf(work, ssr)
  const contact = readContact(ssr.code, text)
  if (!contact) return
  const owner = travellerOf(work, ssr) ?? work.pnr
  addContact(owner.contacts, { ...contact, at: spanOf(work, ssr) })
}

/** Keeps an SSR as it is: what it asks for, where, for whom. */
function keep(work: Work, ssr: PendingSsr): void {
  const { tape } = work
  let travellers = referencesIn(tape, ssr.segment)
  let data = ''
  const count = tape.elements(ssr.segment)
  for (let element = 2; element <= count; element++) {
    const value = tape.text(ssr.segment, element)
    if (value !== undefined && !isBlanked(value)) data += data ? ` ${value}` : value
  }
  if (travellers.length === 0 && ssr.owner) travellers = [ssr.owner.reference]
  keepOne(work, ssrOf(work, ssr, trimmed(textOf(work, ssr)) || data, travellers))
}

/** The travellers that an SSR refers to, each once. */
function referencesIn(tape: Tape, segment: number): string[] {
  const count = tape.elements(segment)
  const known = count > FEW ? new Set<string>() : undefined
  let found: string[] = []
  for (let element = 2; element <= count; element++) {
    const reference = tape.text(segment, element, 3)
    if (reference === undefined || (known ? known.has(reference) : found.includes(reference))) continue
    known?.add(reference)
    found = withOne(found, reference)
  }
  return found
}

const FEW = 16

function keepOne({ pnr }: Work, kept: Ssr): void {
  if (!isRepeated(pnr.ssrs, kept)) pnr.ssrs.push(kept)
}

function isRepeated(ssrs: readonly Ssr[], kept: Ssr): boolean {
  if (ssrs.length > MOST_COMPARED) return false
  for (const other of ssrs) if (sameSsr(other, kept)) return true
  return false
}

/** What an SSR asks for, where and of whom. */
function ssrOf({ tape }: Work, { segment, code, flight }: PendingSsr, text: string, travellers: string[]): Ssr {
  const kept: Open<Ssr> = { code, travellers }
  const status = tape.text(segment, 1, 2)
  const quantity = readCount(tape.text(segment, 1, 3))
  const carrier = tape.text(segment, 1, 4)
  const shifted = airportsShifted(tape, segment) ? 1 : 0
  const from = tape.text(segment, 1, 7 + shifted) ?? flight?.from
  const to = tape.text(segment, 1, 8 + shifted) ?? flight?.to
  if (status !== undefined) kept.status = status
  if (quantity !== undefined) kept.quantity = quantity
  if (carrier !== undefined) kept.carrier = carrier
  if (from !== undefined) kept.from = from
  if (to !== undefined) kept.to = to
  if (text) kept.text = text
  kept.at = tape.span(segment)
  return kept
}

const sameSsr = (one: Ssr, other: Ssr): boolean =>
  one.code === other.code &&
  one.text === other.text &&
  one.from === other.from &&
  one.to === other.to &&
  one.status === other.status &&
  (one.travellers.length > 1 || other.travellers.length > 1
    ? one.travellers.join() === other.travellers.join()
    : (one.travellers[0] ?? '') === (other.travellers[0] ?? ''))
