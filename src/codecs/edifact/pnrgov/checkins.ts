import { readWeight } from './booking.ts'
import { readTextInstant, readUtc } from './dates.ts'
import { readSeat } from './ssr-texts.ts'
import { NO_BAGGAGE } from './travellers.ts'
import {
  isBlanked,
  note,
  type OpenBaggage,
  type OpenCheckIn,
  type PendingCheckIn,
  readCount,
  type Work,
} from './work.ts'

/** Reads `DAT+2:100426:1540'`, a check-in transaction (GR6); empty, or with free text (3), it opens one all the same. */
export function readCheckInDate(work: Work, segment: number): void {
  const { tape, flight, today } = work
  const transaction: OpenCheckIn = { baggage: NO_BAGGAGE }
  const at =
    tape.text(segment, 1) === '3'
      ? readTextInstant(tape.joined(segment, 1) ?? '', today)
      : readUtc(tape.text(segment, 1, 2), tape.text(segment, 1, 3), today)
  if (at !== undefined) transaction.at = at
  if (flight?.from !== undefined) transaction.from = flight.from
  if (flight?.to !== undefined) transaction.to = flight.to
  work.transaction = transaction
  work.checkIn = undefined
  work.group = 6
}

/** Reads `ORG+ZX:DOH++++A'` of a check-in: who checked in. */
export function readCheckInAgent(work: Work, segment: number): void {
  const carrier = work.tape.text(segment, 1)
  if (work.transaction && carrier !== undefined) work.transaction.carrier = carrier
}

/** Reads `TRI++DOH-112::24A:1'` (GR7): boarding sequence, seat, reference of the traveller. */
export function readTri(work: Work, segment: number): void {
  const { tape, flight } = work
  if (!flight) {
    note(work, 'pnrgov.misplaced', segment, 'TRI')
    return
  }
  const checkIn: OpenCheckIn = { ...(work.transaction ?? { baggage: NO_BAGGAGE }) }
  const sequence = tape.text(segment, 2)
  const seat = readSeat(tape.text(segment, 2, 3))
  if (sequence !== undefined) checkIn.sequence = sequence
  if (seat !== undefined) checkIn.seat = seat
  const pending: PendingCheckIn = { checkIn, flight, reference: tape.text(segment, 2, 4), at: tape.span(segment) }
  work.checkIn = pending
  work.pendingCheckIns.push(pending)
  work.group = 7
}

/** Reads the TIF of GR7; the traveller himself was read in GR2. */
export function readCheckInTif(work: Work, segment: number): void {
  const { tape, checkIn } = work
  if (!checkIn) return
  checkIn.surname = tape.text(segment, 1)
  checkIn.givenNames = tape.text(segment, 2)
  checkIn.reference = tape.text(segment, 2, 3) ?? checkIn.reference
}

/** Reads `SSD+24A++++Y'`: seat and cabin. */
export function readSsd(work: Work, segment: number): void {
  const { tape, checkIn } = work
  if (!checkIn) {
    note(work, 'pnrgov.misplaced', segment, 'SSD')
    return
  }
  const seat = readSeat(tape.text(segment, 1))
  const cabin = tape.text(segment, 5) ?? tape.text(segment, 6)
  if (seat !== undefined) {
    checkIn.checkIn.seat = seat
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
  const weightKg = readWeight(tape.text(segment, 2, 2), tape.text(segment, 2, 3), tape.text(segment, 2, 4))
  const tags = readTags(work, segment, count)
  const baggage: OpenBaggage = { tags }
  if (count !== undefined) baggage.count = count
  else if (tags.length > 0) baggage.count = tags.length
  if (weightKg !== undefined) baggage.weightKg = weightKg
  checkIn.checkIn.baggage = baggage
  checkIn.bagAt = tape.span(segment)
}

function readTags(work: Work, segment: number, bags: number | undefined): string[] {
  const { tape } = work
  const tags: string[] = []
  const count = tape.elements(segment)
  let total = 0
  for (let element = 5; element <= count; element++) total += readCount(tape.text(segment, element, 3)) ?? 1
  const consecutive = total === bags
  for (let element = 5; element <= count; element++) {
    const first = tape.text(segment, element, 2)?.trim()
    if (!first || isBlanked(first)) continue
    tags.push(first)
    const further = consecutive ? (readCount(tape.text(segment, element, 3)) ?? 1) : 1
    if (further > 1 && further < 100 && /^\d{4,15}$/.test(first)) {
      const next = BigInt(first)
      for (let at = 1; at < further; at++) tags.push(String(next + BigInt(at)).padStart(first.length, '0'))
    }
  }
  return tags
}
