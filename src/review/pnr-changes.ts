/**
 * What changed between two versions of a PNR, as keys of the console's catalogue with counts: `seat`, `tickets+:1`.
 * A key ends in `+` (added), `-` (gone) or nothing (changed); after a colon stands how many. No free text, no value.
 */
import type { Pnr, PnrTraveller } from '#domain/pnr.ts'

/** A PNR version as it is kept: itself, with the travellers that were in it. */
export interface PnrVersion {
  readonly content: Omit<Pnr, 'travellers'>
  readonly travellers: readonly Pick<PnrTraveller, 'reference'>[]
}

const LISTS = [
  'locators',
  'itinerary',
  'checkIns',
  'contacts',
  'addresses',
  'ssrs',
  'remarks',
  'splitWith',
] as const satisfies readonly (keyof Pnr)[]

const VALUES = [
  'ticketed',
  'groupName',
  'numberOfTravellers',
  'agency',
  'baggagePrepaid',
] as const satisfies readonly (keyof Pnr)[]

export function pnrChanges(before: PnrVersion, now: PnrVersion): readonly string[] {
  const changes: string[] = []
  if (before.content.cancelled !== now.content.cancelled)
    changes.push(now.content.cancelled ? 'cancelled' : 'reinstated')
  changes.push(...listChanges('travellers', before.travellers.map(reference), now.travellers.map(reference)))
  for (const field of LISTS) {
    changes.push(...listChanges(field, keys(before.content[field]), keys(now.content[field])))
  }
  for (const field of VALUES) {
    const was = valueKey(before.content[field])
    const is = valueKey(now.content[field])
    if (was === is) continue
    changes.push(was === undefined ? `${field}+` : is === undefined ? `${field}-` : field)
  }
  return changes
}

const reference = (traveller: Pick<PnrTraveller, 'reference'>): string => traveller.reference

const keys = (list: readonly object[]): readonly string[] => list.map(contentKey)

const valueKey = (value: Pnr[(typeof VALUES)[number]]): string | undefined =>
  value === undefined ? undefined : JSON.stringify(value)

/** As many gone as came is a change of that many; what is left over was added or dropped. */
function listChanges(field: string, before: readonly string[], now: readonly string[]): readonly string[] {
  const gone = before.filter((one) => !now.includes(one)).length
  const came = now.filter((one) => !before.includes(one)).length
  const changed = Math.min(gone, came)
  return [
    ...(changed > 0 ? [`${field}:${changed}`] : []),
    ...(came > changed ? [`${field}+:${came - changed}`] : []),
    ...(gone > changed ? [`${field}-:${gone - changed}`] : []),
  ]
}

/** The same for equal contents out of the database, wherever their bytes stood in the message. */
function contentKey(content: object): string {
  return JSON.stringify(content, (key, value: unknown) =>
    key === 'span' || (key === 'at' && typeof value === 'object') ? undefined : value,
  )
}
