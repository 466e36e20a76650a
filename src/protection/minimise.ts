/** What the recipient of a referral is told of a person: only what the asked action needs, and no PNR where he may read none. */
import type { ActionCode } from '#domain/hit.ts'
import type { PnrTraveller } from '#domain/pnr.ts'
import { summarise } from '#domain/summary.ts'
import type { ApiTraveller, Sex } from '#domain/traveller.ts'
import { type FieldName, mayBeTold } from './fields.ts'

export interface MinimisedPerson {
  readonly surname?: string
  readonly givenNames?: string
  readonly birthDate?: string
  readonly sex?: Sex
  readonly nationality?: string
  readonly document?: string
  readonly seat?: string
  readonly bags?: number
}

const REGISTERED = {
  surname: 'surname',
  givenNames: 'givenNames',
  birthDate: 'birthDate',
  sex: 'sex',
  nationality: 'nationality',
  document: 'document',
  seat: 'seat',
  bags: 'baggage',
} as const satisfies Readonly<Record<keyof MinimisedPerson, FieldName>>

/** CJ-11: an agency that may not read PNR is told only what the travel document and check-in gave (API). */
export function minimise(
  person: { readonly api?: ApiTraveller | undefined; readonly pnr?: PnrTraveller | undefined },
  recipient: { readonly readsPnr: boolean },
  action: ActionCode,
): MinimisedPerson {
  const summary = summarise(person.api, recipient.readsPnr ? person.pnr : undefined)
  const tell = <T>(name: keyof MinimisedPerson, value: T | undefined) =>
    value !== undefined && mayBeTold(REGISTERED[name], action) ? { [name]: value } : {}
  return {
    ...tell('surname', summary.surname),
    ...tell('givenNames', summary.givenNames),
    ...tell('birthDate', summary.birthDate),
    ...tell('sex', summary.sex === 'U' ? undefined : summary.sex),
    ...tell('nationality', summary.nationality),
    ...tell('document', summary.document?.number),
    ...tell('seat', summary.seat),
    ...tell('bags', summary.bags),
  }
}
