import { spanOf } from './ssr-parts.ts'
import { readInft } from './ssr-texts.ts'
import { addTraveller, findByName } from './travellers.ts'
import { MOST_COMPARED, note, type OpenTraveller, type PendingSsr, type Work } from './work.ts'

/** Reads an SSR INFT: the infant becomes a traveller of the PNR, if no TIF has named it. */
export function applyInft(work: Work, ssr: PendingSsr, text: string, adult: OpenTraveller | undefined): void {
  const read = readInft(text, work.today)
  if (!read) {
    if (adult && !work.withInfant.includes(adult)) work.withInfant.push(adult)
    return
  }
  const infant = infantNamed(work, adult, read.surname, read.givenNames)
  if (infant.at.surname === undefined) infant.at.surname = spanOf(work, ssr)
  if (read.birthDate !== undefined && infant.birthDate === undefined) {
    infant.birthDate = read.birthDate
    infant.at.birthDate = spanOf(work, ssr)
  }
}

/** The infant of that name; made a traveller if the PNR has none. */
export function infantNamed(
  work: Work,
  adult: OpenTraveller | undefined,
  surname: string | undefined,
  givenNames: string | undefined,
): OpenTraveller {
  const infants = work.pnr.travellers.slice(0, MOST_COMPARED).filter((traveller) => traveller.kind === 'infant')
  const unnamed =
    surname === undefined
      ? infants.find((infant) => !infant.infantOf || infant.infantOf === adult?.reference)
      : undefined
  const known = unnamed ?? findByName(infants, surname, givenNames) ?? unsorted(work, adult, surname, givenNames)
  const infant = known ?? addTraveller(work, surname ?? adult?.surname ?? '', givenNames, 'IN')
  infant.kind = 'infant'
  if (adult && adult !== infant && infant.infantOf === undefined) infant.infantOf = adult.reference
  return infant
}

/** A traveller of the infant's very names whose TIF does not say what he is. */
function unsorted(
  work: Work,
  adult: OpenTraveller | undefined,
  surname: string | undefined,
  givenNames: string | undefined,
) {
  if (givenNames === undefined) return undefined
  const others = work.pnr.travellers
    .slice(0, MOST_COMPARED)
    .filter((traveller) => traveller.kind === 'unknown' && traveller !== adult)
  return findByName(others, surname, givenNames)
}

export const infantsOf = (work: Work, adult: OpenTraveller): OpenTraveller[] =>
  work.pnr.travellers.filter((traveller) => traveller.infantOf === adult.reference)

/** Infants that no SSR has given to an adult go to those whose TIF announces one (9946), else to the only adult. */
export function pairInfants(work: Work): void {
  const { travellers } = work.pnr
  if (work.withInfant.length === 0 && !travellers.some((traveller) => traveller.kind === 'infant')) return
  const served = new Set(travellers.map(({ infantOf }) => infantOf))
  const waiting = work.withInfant.filter((adult) => !served.has(adult.reference))
  const adults = travellers.filter((traveller) => traveller.kind === 'adult')
  for (const infant of travellers) {
    if (infant.kind !== 'infant' || infant.infantOf !== undefined) continue
    const adult = waiting.shift() ?? (adults.length === 1 ? adults[0] : undefined)
    if (adult) infant.infantOf = adult.reference
  }
  for (const _ of waiting) note(work, 'pnrgov.infant-unnamed', work.segment)
}
