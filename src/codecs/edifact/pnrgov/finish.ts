import type { Pnr } from '#domain/pnr.ts'
import { idOf } from '#lib/ids.ts'
import { pairInfants } from './infants.ts'
import { pushedFlights } from './itinerary.ts'
import { keptFrom } from './kept.ts'
import { readLater } from './late.ts'
import { isAkin, sameName } from './names.ts'
import { applySsrs } from './ssrs.ts'
import { addTraveller, findByName, giveReference } from './travellers.ts'
import { note, type OpenSegment, type OpenTraveller, type PendingCheckIn, type Work, withOne } from './work.ts'

/** Puts together what was read of a PNR, once its last segment is known. */
export function finishPnr(work: Work, sender: string): Pnr {
  const { pnr } = work
  const pushed = pushedFlights(pnr.itinerary, work.leg)
  for (let at = 0; at < pnr.travellers.length; at++) {
    const traveller = pnr.travellers[at]
    if (traveller) giveReference(work, traveller, at + 1)
  }
  if (work.groupSizeSent !== undefined) pnr.groupSize = work.groupSizeSent
  applyCheckIns(work, pushed)
  applySsrs(work, pushed)
  pairInfants(work)
  if (work.keptSegments) pnr.kept = keptFrom(work.tape, work.first, work.keptSegments)

  pnr.cancelled = work.emptyOrg && pnr.travellers.length === 0 && pnr.itinerary.length === 0
  pnr.numberOfTravellers = size(work)
  nameLocator(work, sender)
  nameSplits(pnr)
  readLater(pnr, work)
  return pnr
}

/** Which way a PNR was divided: the one that was made later is the new one. */
function nameSplits(pnr: Work['pnr']): void {
  pnr.splitWith = pnr.splitWith.map((other) =>
    other.created === undefined || pnr.created === undefined || other.created === pnr.created
      ? other
      : { ...other, direction: other.created > pnr.created ? 'into' : 'from' },
  )
}

/** The most that TIF, the group's TIF or a flight's RPI (which leaves infants out) say. */
function size(work: Work): number {
  let size = Math.max(work.pnr.travellers.length, work.groupSize)
  for (const flight of work.pnr.itinerary)
    if (flight.quantity !== undefined && flight.quantity > size) size = flight.quantity
  return size
}

/** The first locator is the PNR's. Without any, one made of sender, flight and names tells it from others and stays the same. */
function nameLocator(work: Work, sender: string): void {
  const { pnr, leg } = work
  if (!work.ownLocator) note(work, 'pnrgov.locator-missing', work.segment)
  const first = pnr.locators[0]
  if (first) {
    pnr.locator = first.locator
    if (first.created !== undefined) pnr.created = first.created
    return
  }
  const names = pnr.travellers.map((traveller) => `${traveller.surname}/${traveller.givenNames ?? ''}`).sort()
  const flight = leg ? `${leg.carrier}${leg.number}${leg.departs?.slice(0, 10) ?? ''}` : ''
  pnr.locator = `NL${idOf(sender, [flight, ...names].join('\u001f'))
    .replaceAll('-', '')
    .slice(0, 10)
    .toUpperCase()}`
  pnr.noLocator = true
}

/** Gives each check-in to its traveller: by reference, if the name agrees, else by name. */
function applyCheckIns(work: Work, pushed: readonly OpenSegment[]): void {
  for (const pending of work.pendingCheckIns) {
    const { checkIn } = pending
    const traveller = checkedIn(work, pending)
    work.pnr.checkIns = withOne(work.pnr.checkIns, checkIn)
    if (!traveller) {
      note(work, 'pnrgov.check-in-unassigned', work.segment)
      continue
    }
    checkIn.traveller = traveller.reference
    if (checkIn.seat !== undefined && !pending.seated) checkIn.seatInTri = true
    if (pending.flight && !pushed.includes(pending.flight)) continue
    traveller.checkedIn = true
    if (checkIn.seat !== undefined) {
      traveller.seat = checkIn.seat
      if (pending.at) traveller.at.seat = pending.at
    }
    if (pending.bagAt) {
      traveller.baggage = checkIn.baggage
      traveller.at.baggage = pending.bagAt
    }
  }
}

function checkedIn(work: Work, pending: PendingCheckIn): OpenTraveller | undefined {
  const { travellers } = work.pnr
  const { reference, surname, givenNames } = pending
  const referred = reference === undefined ? undefined : work.byReference.get(reference)
  if (surname === undefined) return referred ?? (travellers.length === 1 ? travellers[0] : undefined)
  if (referred && sameName(surname, givenNames, referred.surname, referred.givenNames) > 0) return referred
  const named = findByName(travellers, surname, givenNames)
  if (named) return named
  // A reference of our own making is nobody's word for it, and one that belongs to another name altogether is a mistake
  if (referred && !referred.referenceMade && isAkin(referred, surname, givenNames)) return referred
  note(work, 'pnrgov.check-in-added', work.segment)
  return addTraveller(work, surname, givenNames, undefined, reference)
}
