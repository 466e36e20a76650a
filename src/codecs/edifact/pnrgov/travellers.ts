import { isPlaceholderName } from '#domain/name-as-sent.ts'
import type { Fare, FrequentFlyer } from '#domain/pnr.ts'
import type { Tape } from '../tape.ts'
import { keep, keepWhole } from './kept.ts'
import { sameName } from './names.ts'
import {
  isBlanked,
  MOST_COMPARED,
  note,
  type Open,
  type OpenTraveller,
  readCount,
  textFrom,
  type Work,
  withOne,
} from './work.ts'

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
    const size = tape.text(segment, 1, 3)
    if (work.groupSizeSent !== undefined) keep(work, segment)
    else {
      if (tape.elements(segment) > 1) keepWhole(work, segment)
      work.groupSizeSent = size ?? ''
      if (name && !isBlanked(name)) pnr.groupName = name
      if (qualifier === 'C') pnr.corporate = true
    }
    work.groupSize = Math.max(work.groupSize, readCount(size) ?? 0)
    work.traveller = undefined
    work.group = 2
    return
  }
  const sent = tape.text(segment, 1)
  const given = tape.text(segment, 2)
  const surname = sent ?? given ?? ''
  const givenNames = sent === undefined ? undefined : given
  if (sent === undefined) note(work, 'pnrgov.name-missing', segment)
  else if (isPlaceholderName(sent) || (given !== undefined && isPlaceholderName(given)))
    note(work, 'pnrgov.placeholder', segment)

  const reference = tape.text(segment, 2, 3)
  if (reference !== undefined) {
    const known = work.byReference.get(reference)
    if (known && known.surname === surname && known.givenNames === givenNames) {
      note(work, 'pnrgov.traveller-repeated', segment)
      keep(work, segment)
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
  const accompanied = tape.text(segment, 2, 4)
  if (accompanied !== undefined) {
    traveller.accompanied = accompanied
    work.withInfant.push(traveller)
  }
  if (qualifier !== undefined || tape.text(segment, 1, 3) !== undefined) keepWhole(work, segment)
  if (tape.elements(segment) > 2) readCompanions(work, segment, surname)
  work.traveller = traveller
  work.group = 2
}

/** Further given names (C324) under one surname: the guide has a TIF for each traveller, and lets C324 repeat. */
function readCompanions(work: Work, segment: number, surname: string): void {
  const { tape } = work
  const elements = tape.elements(segment)
  for (let element = 3; element <= elements; element++) {
    const given = tape.text(segment, element)
    if (given === undefined) continue
    const type = tape.text(segment, element, 2)
    const companion = newTraveller(work, surname, given, type, tape.text(segment, element, 3))
    companion.at.givenNames = tape.span(segment, element, 1)
  }
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
    kind: (type !== undefined && work.profile.travellers.get(type)) || 'unknown',
    documents: [],
    addresses: [],
    contacts: [],
    frequentFlyers: [],
    tickets: [],
    baggage: NO_BAGGAGE,
    at: {},
  }
  if (givenNames !== undefined) traveller.givenNames = givenNames
  if (type !== undefined) traveller.kindAsSent = type
  if (type === 'M' || type === 'IM') traveller.sex = 'M'
  else if (type === 'F' || type === 'IF') traveller.sex = 'F'
  if (reference !== undefined && !work.byReference.has(reference)) {
    traveller.reference = reference
    work.byReference.set(reference, traveller)
  }
  if (work.pnr.travellers.length < work.limits.persons) work.pnr.travellers = withOne(work.pnr.travellers, traveller)
  else if (!work.tooMany) {
    work.tooMany = true
    work.sink.add('input.too-many', work.tape.place(work.segment), `${work.limits.persons} travellers`)
  }
  return traveller
}

export const NO_BAGGAGE = { tags: [] }

/** Gives a traveller without one a reference: his place in the PNR, or the next number that is free. */
export function giveReference(work: Work, traveller: OpenTraveller, place: number): void {
  if (traveller.reference) return
  traveller.referenceMade = true
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
  traveller.fromElsewhere = true
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

/** Reads `FTI+ZX:700012345:::GOLD'`: programmes, one a composite (carrier, number, …, level and its name, alliance). */
export function readFti(work: Work, segment: number): void {
  const { tape, traveller } = work
  if (!traveller || traveller.frequentFlyers.length > 0) keep(work, segment)
  if (!traveller) return
  const count = tape.elements(segment)
  for (let element = 1; element <= count; element++) {
    const carrier = tape.text(segment, element)
    const number = tape.text(segment, element, 2)
    if (!carrier || !number) {
      keepWhole(work, segment)
      continue
    }
    const entry: Open<FrequentFlyer> = { carrier, number }
    const level = tape.text(segment, element, 5)
    const tier = tape.text(segment, element, 7)
    if (level !== undefined) entry.level = level
    else if (tier !== undefined) entry.level = tier
    if (tape.components(segment, element) > 2) {
      const reference = tape.text(segment, element, 3)
      const status = tape.text(segment, element, 4)
      const hierarchy = tape.text(segment, element, 6)
      const alliance = tape.text(segment, element, 8)
      const priority = tape.text(segment, element, 9)
      if (reference !== undefined) entry.traveller = reference
      if (status !== undefined) entry.status = status
      if (hierarchy !== undefined) entry.hierarchy = hierarchy
      if (tier !== undefined) entry.tier = tier
      if (alliance !== undefined) entry.alliance = alliance
      if (priority !== undefined) entry.priority = priority
      if (level === undefined && tier !== undefined) keepWhole(work, segment)
    }
    if (!hasProgramme(traveller, carrier, number)) traveller.frequentFlyers = withOne(traveller.frequentFlyers, entry)
  }
}

const hasProgramme = (traveller: OpenTraveller, carrier: string, number: string): boolean => {
  const count = Math.min(traveller.frequentFlyers.length, MOST_COMPARED)
  for (let at = 0; at < count; at++) {
    const known = traveller.frequentFlyers[at]
    if (known?.number === number && known.carrier === carrier) return true
  }
  return false
}

/** A programme that an SSR names. */
export function addFrequentFlyer(traveller: OpenTraveller, carrier: string, number: string, level?: string): void {
  if (hasProgramme(traveller, carrier, number)) return
  traveller.frequentFlyers.push({ carrier, number, ...(level !== undefined && { level }), fromSsr: true })
}

/** Reads `REF+:0001A2B3C4D50001`: the carrier's unique passenger reference. */
export function readRef(work: Work, segment: number): void {
  const { tape, traveller } = work
  const reference = tape.text(segment, 1, 2) ?? tape.text(segment, 1)
  if (!traveller || reference === undefined || traveller.carrierReference !== undefined) {
    keep(work, segment)
    return
  }
  traveller.carrierReference = reference
  if (tape.components(segment, 1) < 2 || tape.text(segment, 1) !== undefined) keepWhole(work, segment)
  const count = tape.elements(segment)
  if (count < 2) return
  const further: string[] = []
  for (let element = 2; element <= count; element++) further.push(tape.text(segment, element, 2) ?? '')
  traveller.furtherReferences = further
}

/**
 * Reads `FAR+C+9+1:20:US+++YEE3M+MLE3M'`: passenger type, age, discount (kind, percentage, country, class), account, fare
 * groups, and from element 6 on the fare bases, which go to the tickets as well.
 */
export function readFar(work: Work, segment: number): void {
  const { tape, traveller } = work
  if (!traveller) {
    keep(work, segment)
    return
  }
  const fare: Open<Fare> = {}
  const type = tape.text(segment, 1)
  const age = tape.text(segment, 2)
  if (type !== undefined) fare.type = type
  if (age !== undefined) fare.age = age
  readDiscount(fare, tape, segment)
  const account = tape.text(segment, 4)
  if (account !== undefined) fare.account = account
  const groups = tape.elements(segment) > 4 ? groupsOf(tape, segment) : undefined
  if (groups) fare.groups = groups
  let bases: string[] | undefined
  const count = tape.elements(segment)
  for (let element = 6; element <= count; element++) bases = withOne(bases, tape.joined(segment, element) ?? '')
  if (bases?.some((one) => one !== '')) fare.bases = bases
  traveller.fares = withOne(traveller.fares, fare)
  const basis = count === 6 ? bases?.[0] || undefined : textFrom(tape, segment, 6)
  if (basis === undefined || isBlanked(basis)) return
  work.fareBasis = basis
  for (const ticket of traveller.tickets) ticket.fareBasis ??= basis
}

function groupsOf(tape: Tape, segment: number): string[] | undefined {
  const count = tape.components(segment, 5)
  if (count < 2 && tape.text(segment, 5) === undefined) return undefined
  const groups: string[] = []
  let said = false
  for (let component = 1; component <= count; component++) {
    const group = tape.text(segment, 5, component) ?? ''
    if (group !== '') said = true
    groups.push(group)
  }
  return said ? groups : undefined
}

function readDiscount(fare: Open<Fare>, tape: Tape, segment: number): void {
  const discount = tape.text(segment, 3)
  const percentage = tape.text(segment, 3, 2)
  const country = tape.text(segment, 3, 3)
  const discountedClass = tape.text(segment, 3, 4)
  if (discount !== undefined) fare.discount = discount
  if (percentage !== undefined) fare.percentage = percentage
  if (country !== undefined) fare.country = country
  if (discountedClass !== undefined) fare.discountedClass = discountedClass
}
