import type { PnrTraveller } from './pnr.ts'
import type { ApiTraveller, Role, Sex, TravelDocument } from './traveller.ts'

/** One line about a traveller: what the travel document says before what the booking says. */
export interface TravellerSummary {
  readonly role: Role
  readonly kind: PnrTraveller['kind']
  readonly surname?: string | undefined
  readonly givenNames?: string | undefined
  readonly birthDate?: string | undefined
  readonly sex?: Sex | undefined
  readonly nationality?: string | undefined
  readonly document?:
    | { readonly type: string; readonly number: string; readonly issuer?: string; readonly expires?: string }
    | undefined
  readonly seat?: string | undefined
  readonly bags?: number | undefined
  readonly locator?: string | undefined
  readonly passengerReference?: string | undefined
}

export function summarise(api: ApiTraveller | undefined, pnr: PnrTraveller | undefined): TravellerSummary {
  const sex = api && api.sex !== 'U' ? api.sex : (pnr?.sex ?? api?.sex)
  return {
    role: api?.role ?? 'passenger',
    kind: pnr?.kind ?? (api?.seat === 'INF' ? 'infant' : 'unknown'),
    surname: api?.surname ?? pnr?.documentSurname ?? pnr?.surname,
    givenNames: api?.surname ? api.givenNames : pnr?.documentSurname ? pnr.documentGivenNames : pnr?.givenNames,
    birthDate: api?.birthDate ?? pnr?.birthDate,
    sex,
    nationality: api?.nationality ?? pnr?.nationality,
    document: mainDocument([...(api?.documents ?? []), ...(pnr?.documents ?? [])]),
    seat: api?.seat ?? pnr?.seat,
    bags: api?.baggage.count ?? pnr?.baggage.count,
    locator: api?.locator,
    passengerReference: api?.passengerReference,
  }
}

/** The passport before other documents, and any before a visa. */
export function mainDocument(documents: readonly TravelDocument[]): TravellerSummary['document'] {
  const main =
    documents.find((one) => one.kind === 'passport') ?? documents.find((one) => one.kind !== 'visa') ?? documents[0]
  if (!main) return undefined
  return {
    type: main.type,
    number: main.number,
    ...(main.issuer && { issuer: main.issuer }),
    ...(main.expires && { expires: main.expires }),
  }
}
