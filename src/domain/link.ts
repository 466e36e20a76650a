import type { PnrTraveller } from './pnr.ts'
import { type FoldedName, foldName, mayBeSameName } from './same-name.ts'
import type { ApiTraveller, TravelDocument } from './traveller.ts'

/** Why two parts were taken for one traveller. A name alone is never enough. */
export type LinkEvidence = 'passenger-reference' | 'document' | 'locator+name' | 'name+birth-date' | 'same-pnr'

/** What linking looks at, from either source. */
export interface Linkable {
  readonly names: readonly FoldedName[]
  readonly birthDate?: string
  readonly documents: readonly TravelDocument[]
  readonly locators: readonly string[]
  readonly passengerReference?: string
  readonly infant: boolean
}

export function linkableApi(person: ApiTraveller): Linkable {
  return {
    names: [foldName(person)],
    documents: person.documents,
    locators: person.locator ? [person.locator] : [],
    infant: person.seat === 'INF',
    ...(person.birthDate && { birthDate: person.birthDate }),
    ...(person.passengerReference && { passengerReference: person.passengerReference }),
  }
}

export function linkablePnr(person: PnrTraveller, locators: readonly string[]): Linkable {
  const document = { surname: person.documentSurname, givenNames: person.documentGivenNames }
  return {
    names: document.surname ? [foldName(document), foldName(person)] : [foldName(person)],
    documents: person.documents,
    locators,
    infant: person.kind === 'infant',
    ...(person.birthDate && { birthDate: person.birthDate }),
  }
}

/**
 * The evidence that two parts on one leg are one traveller; empty: not the same, or nothing speaks for it. Different
 * whole dates of birth, or different passenger references, part two people whatever else agrees: an infant often
 * carries its mother's document and locator.
 */
export function linkEvidence(a: Linkable, b: Linkable): readonly LinkEvidence[] {
  if (a.passengerReference && b.passengerReference) {
    return a.passengerReference === b.passengerReference ? ['passenger-reference'] : []
  }
  const wholeDates = a.birthDate?.length === 10 && b.birthDate?.length === 10
  if (wholeDates && a.birthDate !== b.birthDate) return []
  const sameName = a.names.some((name) => b.names.some((other) => mayBeSameName(name, other)))
  const evidence: LinkEvidence[] = []
  if (sharesDocument(a, b) && (sameName || wholeDates)) evidence.push('document')
  if (evidence.length === 0 && hasOtherDocument(a, b) && !haveOneName(a, b)) return []
  if (sameName && a.locators.some((locator) => b.locators.includes(locator))) evidence.push('locator+name')
  if (sameName && wholeDates) evidence.push('name+birth-date')
  return evidence
}

/** Twins share a surname, a date of birth and a booking, and one's name may be the beginning of the other's: passports part them. */
const hasOtherDocument = (a: Linkable, b: Linkable): boolean =>
  a.documents.some((one) =>
    b.documents.some((other) => one.kind === 'passport' && other.kind === 'passport' && one.issuer === other.issuer),
  )

const haveOneName = (a: Linkable, b: Linkable): boolean =>
  a.names.some((one) => b.names.some((other) => one.surname === other.surname && one.given === other.given))

function sharesDocument(a: Linkable, b: Linkable): boolean {
  return a.documents.some(
    (one) =>
      one.kind !== 'visa' &&
      b.documents.some(
        (other) => other.number === one.number && (!one.issuer || !other.issuer || one.issuer === other.issuer),
      ),
  )
}

/** More is better: what speaks most surely comes first in the comparison. */
export function linkStrength(evidence: readonly LinkEvidence[]): number {
  const worth: Readonly<Record<LinkEvidence, number>> = {
    'passenger-reference': 16,
    'same-pnr': 16,
    document: 8,
    'name+birth-date': 4,
    'locator+name': 2,
  }
  return evidence.reduce((sum, one) => sum + worth[one], 0)
}

/** Any evidence needs one of these in common: what an index over a leg's travellers is keyed by. */
export function linkKeys(one: Linkable): string[] {
  return [
    ...(one.passengerReference ? [`R${one.passengerReference}`] : []),
    ...(one.birthDate?.length === 10 ? [`B${one.birthDate}`] : []),
    ...one.documents.map((document) => `D${document.number}`),
    ...one.locators.map((locator) => `L${locator}`),
  ]
}

/** What both parts of a traveller say together. */
export function together(api: Linkable | undefined, pnr: Linkable | undefined): Linkable {
  if (!api) return pnr ?? { names: [], documents: [], locators: [], infant: false }
  if (!pnr) return api
  return {
    ...pnr,
    ...api,
    names: [...api.names, ...pnr.names],
    documents: [...api.documents, ...pnr.documents],
    locators: [...api.locators, ...pnr.locators],
  }
}
