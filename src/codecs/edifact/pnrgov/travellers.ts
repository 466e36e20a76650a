import { isPlaceholderName } from '#domain/name-as-sent.ts'
import type { PnrTraveller } from '#domain/pnr.ts'
import type { Tape } from '../tape.ts'
import { sameName } from './names.ts'
import { isBlanked, MOST_COMPARED, note, type OpenTraveller, readCount, textFrom, type Work } from './work.ts'

type Kind = PnrTraveller['kind']

/** 6353 in C324. */
const KINDS: ReadonlyMap<string, Kind> = new Map(
  Object.entries({
    A: 'adult',
    C: 'child',
    CH: 'child',
    CHD: 'child',
    IN: 'infant',
    INF: 'infant',
    IS: 'infant',
    IM: 'infant',
    IF: 'infant',
    '766': 'infant',
    '767': 'infant',
    UM: 'unaccompanied-minor',
    UN: 'unaccompanied-minor',
  } as const),
)

/**
 * Reads who travels (GR2), or the name of a group:
 *
 *     TIF+MARLOWE+ANNAMRS:A:2:1'          TIF+NORDIC CHOIR TOUR:G:12'
 *         1.1     2.1     2.2 2.3 2.4         1.1               1.2 1.3
 *
 * surname, given names with title, traveller type, reference, accompanied by an infant. Names stay as sent; a single
 * name is a surname. Problems: `pnrgov.name-missing`, `pnrgov.reference-repeated`, `pnrgov.placeholder`.
 */
export function readTif(work: Work, segment: number): void {
  const { tape, pnr } = work
  const qualifier = tape.text(segment, 1, 2)
  work.ticket = undefined
  work.fareBasis = undefined
  work.fareCalculation = undefined
  work.payments = NO_PAYMENTS
  if (qualifier === 'G' || qualifier === 'C') {
    const name = tape.text(segment, 1)
    if (name && !isBlanked(name)) pnr.groupName = name
    work.groupSize = Math.max(work.groupSize, readCount(tape.text(segment, 1, 3)) ?? 0)
    work.traveller = undefined
    work.group = 2
    return
  }
  const sent = tape.text(segment, 1)
  const given = tape.text(segment, 2)
  const surname = sent ?? given ?? ''
  const givenNames = sent === undefined ? undefined : given
  if (sent === undefined) note(work, 'pnrgov.name-missing', segment)
  else if (isPlaceholderName(sent)) note(work, 'pnrgov.placeholder', segment)

  const reference = tape.text(segment, 2, 3)
  if (reference !== undefined) {
    const known = work.byReference.get(reference)
    if (known && known.surname === surname && known.givenNames === givenNames) {
      note(work, 'pnrgov.traveller-repeated', segment)
      work.traveller = known
      work.group = 2
      return
    }
    if (known) note(work, 'pnrgov.reference-repeated', segment)
  }
  const traveller = newTraveller(work, surname, givenNames, tape.text(segment, 2, 2), reference)
  if (sent !== undefined) traveller.at.surname = tape.span(segment, 1, 1)
  else if (given !== undefined) traveller.at.surname = tape.span(segment, 2, 1)
  if (givenNames !== undefined) traveller.at.givenNames = tape.span(segment, 2, 1)
  if (tape.text(segment, 2, 4) !== undefined) work.withInfant.push(traveller)
  work.traveller = traveller
  work.group = 2
}

const NO_PAYMENTS: never[] = []

/** Adds a traveller to the PNR, under the carrier's reference if that is still free. */
export function newTraveller(
  work: Work,
  surname: string,
  givenNames: string | undefined,
  type: string | undefined,
  reference: string | undefined,
): OpenTraveller {
  const traveller: OpenTraveller = {
    reference: '',
    surname,
    kind: (type !== undefined && KINDS.get(type)) || 'unknown',
    documents: [],
    addresses: [],
    contacts: [],
    frequentFlyers: [],
    tickets: [],
    baggage: NO_BAGGAGE,
    at: {},
  }
  if (givenNames !== undefined) traveller.givenNames = givenNames
  if (type === 'M' || type === 'IM') traveller.sex = 'M'
  else if (type === 'F' || type === 'IF') traveller.sex = 'F'
  if (reference !== undefined && !work.byReference.has(reference)) {
    traveller.reference = reference
    work.byReference.set(reference, traveller)
  }
  work.pnr.travellers.push(traveller)
  return traveller
}

export const NO_BAGGAGE = { tags: [] }

/** Gives a traveller without one a reference: his place in the PNR, or the next number that is free. */
export function giveReference(work: Work, traveller: OpenTraveller, place: number): void {
  if (traveller.reference) return
  let number = place
  while (work.byReference.has(String(number))) number += number > MOST_COMPARED ? work.pnr.travellers.length : 1
  traveller.reference = String(number)
  work.byReference.set(traveller.reference, traveller)
}

/** A traveller that only an SSR or a check-in tells of. */
export function addTraveller(
  work: Work,
  surname: string,
  givenNames?: string,
  type?: string,
  reference?: string,
): OpenTraveller {
  const traveller = newTraveller(work, surname, givenNames, type, reference)
  giveReference(work, traveller, work.pnr.travellers.length)
  return traveller
}

/** The traveller of that name: the same names before one whose given names only begin alike. */
export function findByName(
  travellers: readonly OpenTraveller[],
  surname: string | undefined,
  givenNames: string | undefined,
): OpenTraveller | undefined {
  let alike: OpenTraveller | undefined
  const count = Math.min(travellers.length, MOST_COMPARED)
  for (let at = 0; at < count; at++) {
    const traveller = travellers[at]
    if (!traveller) break
    const booked = sameName(surname, givenNames, traveller.surname, traveller.givenNames)
    if (booked === 2) return traveller
    if (booked === 1) alike ??= traveller
    if (traveller.documentSurname !== undefined) {
      if (sameName(surname, givenNames, traveller.documentSurname, traveller.documentGivenNames) === 2) return traveller
    }
  }
  return alike
}

/** Reads `FTI+ZX:700012345:::GOLD`: programmes, one a composite (carrier, number, …, level). */
export function readFti(work: Work, segment: number): void {
  const { tape, traveller } = work
  if (!traveller) return
  const count = tape.elements(segment)
  for (let element = 1; element <= count; element++) {
    const carrier = tape.text(segment, element)
    const number = tape.text(segment, element, 2)
    if (!carrier || !number) continue
    addFrequentFlyer(traveller, carrier, number, tape.text(segment, element, 5) ?? tape.text(segment, element, 7))
  }
}

export function addFrequentFlyer(traveller: OpenTraveller, carrier: string, number: string, level?: string): void {
  for (const known of traveller.frequentFlyers) {
    if (known.number === number && known.carrier === carrier) return
  }
  traveller.frequentFlyers.push(level === undefined ? { carrier, number } : { carrier, number, level })
}

/** Reads `REF+:0001A2B3C4D50001`: the carrier's unique passenger reference. */
export function readRef(work: Work, segment: number): void {
  const reference = work.tape.text(segment, 1, 2) ?? work.tape.text(segment, 1)
  if (work.traveller && reference !== undefined && work.traveller.carrierReference === undefined) {
    work.traveller.carrierReference = reference
  }
}

/** Reads the fare bases of `FAR+C+9+1:20:US+++YEE3M`: elements 6 and on. */
export function readFar(work: Work, segment: number): void {
  const basis = fareBases(work.tape, segment)
  if (basis === undefined || isBlanked(basis)) return
  work.fareBasis = basis
  for (const ticket of work.traveller?.tickets ?? NO_PAYMENTS) ticket.fareBasis ??= basis
}

const fareBases = (tape: Tape, segment: number): string | undefined => textFrom(tape, segment, 6)
