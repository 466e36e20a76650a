import type { BagTags, CheckIn, CheckInEvent } from '#domain/pnr.ts'
import { readOrg } from './agency.ts'
import { readWeight } from './booking.ts'
import { readTextInstant, readUtc } from './dates.ts'
import { keep, keepWhole } from './kept.ts'
import { readSeat } from './ssr-texts.ts'
import { NO_BAGGAGE } from './travellers.ts'
import {
  isBlanked,
  note,
  type Open,
  type OpenBaggage,
  type OpenCheckIn,
  type OpenSegment,
  type PendingCheckIn,
  readCount,
  type Work,
  withOne,
} from './work.ts'

/** Reads `DAT+2:100426:1540'`, a check-in transaction (GR6); empty, or with free text (3), it opens one all the same. */
export function readCheckInDate(work: Work, segment: number): void {
  const { tape, flight, today, pnr } = work
  const transaction: OpenCheckIn = { baggage: NO_BAGGAGE }
  const qualifier = tape.text(segment, 1)
  const at =
    qualifier === '3'
      ? readTextInstant(tape.joined(segment, 1) ?? '', today)
      : readUtc(tape.text(segment, 1, 2), tape.text(segment, 1, 3), today)
  if (at !== undefined) transaction.at = at
  if (flight?.from !== undefined) transaction.from = flight.from
  if (flight?.to !== undefined) transaction.to = flight.to
  if (flight) {
    const event: Open<CheckInEvent> = { flight: pnr.itinerary.lastIndexOf(flight) }
    const text = qualifier === '3' ? tape.text(segment, 1, 2) : undefined
    if (qualifier !== undefined) event.qualifier = qualifier
    if (at !== undefined) event.at = at
    if (text !== undefined) event.text = text
    transaction.event = pnr.checkInEvents?.length ?? 0
    pnr.checkInEvents = withOne(pnr.checkInEvents, event)
    work.event = event
  }
  work.transaction = transaction
  work.checkIn = undefined
  work.group = 6
}

/** Reads `ORG+ZX:DOH++++A'` of a check-in: who checked in. */
export function readCheckInAgent(work: Work, segment: number): void {
  const by = readOrg(work.tape, segment, work.profile)
  if (work.event?.by || by === undefined) keep(work, segment)
  else if (work.event) work.event.by = by
  if (work.transaction && by?.system !== undefined) work.transaction.carrier = by.system
}

/** A check-in without its DAT: one whose time nobody says. */
function begun(work: Work, flight: OpenSegment): OpenCheckIn {
  const { pnr } = work
  pnr.checkInEvents ??= []
  const transaction: OpenCheckIn = { baggage: NO_BAGGAGE, event: pnr.checkInEvents.length }
  if (flight.from !== undefined) transaction.from = flight.from
  if (flight.to !== undefined) transaction.to = flight.to
  const event: Open<CheckInEvent> = { flight: pnr.itinerary.lastIndexOf(flight) }
  pnr.checkInEvents.push(event)
  work.event = event
  work.transaction = transaction
  return transaction
}

/** Reads `TRI++DOH-112::24A:1'` (GR7): boarding sequence, seat, reference of the traveller. */
export function readTri(work: Work, segment: number): void {
  const { tape, flight } = work
  if (!flight) {
    note(work, 'pnrgov.misplaced', segment, 'TRI')
    return
  }
  const transaction = work.transaction ?? begun(work, flight)
  const checkIn: OpenCheckIn = { ...transaction }
  const sequence = tape.text(segment, 2)
  const seat = readSeat(tape.text(segment, 2, 3))
  if (sequence !== undefined) checkIn.sequence = sequence
  if (seat !== undefined) checkIn.seat = seat
  const reference = tape.text(segment, 2, 4)
  if (reference !== undefined) checkIn.reference = reference
  const pending: PendingCheckIn = { checkIn, flight, reference, at: tape.span(segment) }
  work.checkIn = pending
  work.pendingCheckIns = withOne(work.pendingCheckIns, pending)
  work.group = 7
}

/** Reads the TIF of GR7; the traveller himself was read in GR2. */
export function readCheckInTif(work: Work, segment: number): void {
  const { tape, checkIn } = work
  if (!checkIn) return
  checkIn.surname = tape.text(segment, 1)
  checkIn.givenNames = tape.text(segment, 2)
  const reference = tape.text(segment, 2, 3)
  const type = tape.text(segment, 2, 2)
  const named: Open<NonNullable<CheckIn['named']>> = {}
  if (checkIn.surname !== undefined) named.surname = checkIn.surname
  if (checkIn.givenNames !== undefined) named.givenNames = checkIn.givenNames
  if (type !== undefined) named.type = type
  if (reference !== undefined) {
    named.reference = reference
    checkIn.reference = reference
  }
  checkIn.checkIn.named = named
}

/** Reads `SSD+24A++++Y'`: seat and cabin. */
export function readSsd(work: Work, segment: number): void {
  const { tape, checkIn } = work
  if (!checkIn) {
    note(work, 'pnrgov.misplaced', segment, 'SSD')
    return
  }
  const seat = readSeat(tape.text(segment, 1))
  const smoking = tape.text(segment, 2)
  const cabinClass = tape.text(segment, 6)
  const cabin = tape.text(segment, 5) ?? cabinClass
  const characteristics: string[] = []
  const count = tape.components(segment, 3)
  for (let at = 1; at <= count; at++) {
    const one = tape.text(segment, 3, at)
    if (one !== undefined) characteristics.push(one)
  }
  if (smoking !== undefined) checkIn.checkIn.noSmoking = smoking
  if (characteristics.length > 0) checkIn.checkIn.seatCharacteristics = characteristics
  if (cabinClass !== undefined) checkIn.checkIn.cabinClass = cabinClass
  if (seat !== undefined) {
    checkIn.checkIn.seat = seat
    checkIn.seated = true
    checkIn.at = tape.span(segment, 1)
  }
  if (cabin !== undefined) checkIn.checkIn.cabin = cabin
}

/**
 * Reads checked bags:
 *
 *     TBD++3:52:700++HP:DOH-112+ZX:0999000101:2:OSL:999+ZX:0999000103:1:OSL:999'
 *
 * number and weight (700 kg, 701 lb), pool, tags: the first of as many consecutive ones, where the numbers add up to the
 * bags that were checked. Some senders put the pool one place early.
 */
export function readTbd(work: Work, segment: number): void {
  const { tape, checkIn } = work
  if (work.group >= 10) return
  if (!checkIn) {
    note(work, 'pnrgov.misplaced', segment, 'TBD')
    return
  }
  const count = readCount(tape.text(segment, 2))
  const weight = tape.text(segment, 2, 2)
  const unit = tape.text(segment, 2, 3)
  const measure = tape.text(segment, 2, 4)
  const weightKg = readWeight(weight, unit, measure, work.profile)
  const tags = readTags(work, segment, count, checkIn.checkIn)
  const baggage: OpenBaggage = { tags }
  if (count !== undefined) baggage.count = count
  else if (tags.length > 0) baggage.count = tags.length
  if (weightKg !== undefined) baggage.weightKg = weightKg
  if (weight !== undefined && (weight !== String(weightKg) || unit !== '700' || measure !== undefined)) {
    checkIn.checkIn.bagWeight = {
      weight,
      ...(unit !== undefined && { unit }),
      ...(measure !== undefined && { measure }),
    }
  }
  readPool(work, segment, checkIn.checkIn)
  checkIn.checkIn.baggage = baggage
  checkIn.bagAt = tape.span(segment)
}

/** HP or MP and the head's number, in element 4; some senders put it in 3. */
function readPool(work: Work, segment: number, checkIn: OpenCheckIn): void {
  const { tape, profile } = work
  const early = tape.text(segment, 3)
  const element = early !== undefined && profile.pools.has(early) ? 3 : 4
  const role = tape.text(segment, element)
  const reference = tape.text(segment, element, 2)
  if (role !== undefined || reference !== undefined)
    checkIn.bagPool = reference === undefined ? { role: role ?? '' } : { role: role ?? '', reference }
  if (element === 4 && early !== undefined) keepWhole(work, segment)
}

function readTags(work: Work, segment: number, bags: number | undefined, checkIn: OpenCheckIn): string[] {
  const { tape } = work
  let tags: string[] = []
  const count = tape.elements(segment)
  let total = 0
  for (let element = 5; element <= count; element++) total += readCount(tape.text(segment, element, 3)) ?? 1
  const consecutive = total === bags
  let composites: BagTags[] | undefined
  for (let element = 5; element <= count; element++) {
    const first = tape.text(segment, element, 2)?.trim()
    if (!first || isBlanked(first)) continue
    tags = withOne(tags, first)
    composites = withOne(composites, bagTags(work, segment, element, first))
    const further = consecutive ? (readCount(tape.text(segment, element, 3)) ?? 1) : 1
    if (further > 1 && further < 100 && /^\d{4,15}$/.test(first)) {
      const next = BigInt(first)
      for (let at = 1; at < further; at++) tags.push(String(next + BigInt(at)).padStart(first.length, '0'))
    }
  }
  if (composites) checkIn.bagTags = composites
  return tags
}

function bagTags({ tape }: Work, segment: number, element: number, first: string): BagTags {
  const tags: Open<BagTags> = { first }
  const carrier = tape.text(segment, element)
  const count = tape.text(segment, element, 3)
  const to = tape.text(segment, element, 4)
  const accountingCode = tape.text(segment, element, 5)
  if (carrier !== undefined) tags.carrier = carrier
  if (count !== undefined) tags.count = count
  if (to !== undefined) tags.to = to
  if (accountingCode !== undefined) tags.accountingCode = accountingCode
  return tags
}
