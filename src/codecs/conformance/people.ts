import type { Span } from '#domain/finding.ts'
import type { Message } from '#domain/message.ts'
import { isPaxlst, isPnrgov } from '#domain/message.ts'
import type { PnrTraveller } from '#domain/pnr.ts'
import type { ApiTraveller, TravelDocument } from '#domain/traveller.ts'
import type { CivilDate } from '#lib/time.ts'
import { borderLeg } from './elements.ts'

/** One person of a message, in whatever message he stands: what can be checked of him, and where he stands. */
export interface Person {
  readonly surname?: string
  readonly givenNames?: string
  readonly birthDate?: CivilDate
  readonly sex?: string
  readonly documents: readonly TravelDocument[]
  /** Locator of his booking. */
  readonly locator?: string
  /** An infant may travel on a parent's document. */
  readonly infant: boolean
  readonly at: Readonly<Record<string, Span>>
}

/** Those of whom a message says who they are. */
export function peopleOf(message: Message): readonly Person[] {
  if (isPnrgov(message)) {
    return message.pnrs.flatMap(({ travellers, locator, noLocator }) =>
      travellers.map((traveller) => booked(traveller, noLocator ? undefined : locator)),
    )
  }
  return isPaxlst(message) ? message.travellers.filter(({ surname }) => surname !== undefined).map(listed) : []
}

function booked(traveller: PnrTraveller, locator: string | undefined): Person {
  const { documentSurname, documentGivenNames, surname, givenNames, birthDate, sex, documents, kind, at } = traveller
  const name = documentSurname ?? surname
  const given = documentSurname === undefined ? givenNames : documentGivenNames
  return {
    ...(name && { surname: name }),
    ...(given && { givenNames: given }),
    ...(birthDate && { birthDate }),
    ...(sex && { sex }),
    ...(locator && { locator }),
    documents,
    infant: kind === 'infant' || traveller.infantOf !== undefined,
    at,
  }
}

function listed({ surname, givenNames, birthDate, sex, locator, documents, at }: ApiTraveller): Person {
  return {
    ...(surname && { surname }),
    ...(givenNames && { givenNames }),
    ...(birthDate && { birthDate }),
    ...(locator && { locator }),
    sex,
    documents,
    infant: false,
    at,
  }
}

/** Where a person begins, for what is said of him as a whole. */
export const placeOf = ({ at, documents }: Person): Span | undefined =>
  at.surname ?? at.documentSurname ?? Object.values(at)[0] ?? documents[0]?.at

/** The local day of departure. */
export function flightDay(message: Message): string | undefined {
  const leg = isPnrgov(message) ? message.leg : isPaxlst(message) ? borderLeg(message) : undefined
  return leg?.departs?.slice(0, 10)
}
