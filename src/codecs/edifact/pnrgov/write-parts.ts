import type { Segment } from '#domain/pnr.ts'
import type { Address, Contact } from '#domain/traveller.ts'
import { lines, segment } from './segments.ts'

/** C334 with its text in component 9 and on. */
export const ssrText = (code: string, text: string, carrier?: string): (string | undefined)[] => [
  code,
  'HK',
  '1',
  carrier,
  ...Array(4).fill(undefined),
  ...lines(text),
]

/** Addresses, and the contacts that no code is for. */
export function writeAddresses(out: string[], addresses: readonly Address[], contacts: readonly Contact[]): void {
  const elements = addresses.map(writeAddress)
  for (const { kind, value } of contacts) if (kind === 'other') elements.push(['N', value])
  for (let at = 0; at < elements.length; at += 9) out.push(segment('ADD', undefined, ...elements.slice(at, at + 9)))
}

export const writeAddress = ({ street, city, state, country, postcode }: Address): (string | undefined)[] => [
  '700',
  street,
  city,
  undefined,
  state,
  country,
  postcode,
]

export const onFlight = (one: { readonly from?: string; readonly to?: string }, flight: Segment): boolean =>
  one.from === flight.from && one.to === flight.to
