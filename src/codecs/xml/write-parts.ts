import type { PrepaidBaggage, Ssr } from '#domain/pnr.ts'
import type { Address, Contact } from '#domain/traveller.ts'
import { element, type Node, textElement } from './markup.ts'

export const seconds = (time: string | undefined): string | undefined =>
  time === undefined || time.length === 10 ? time : `${time.slice(0, 16)}${time.slice(16, 19) || ':00'}`

export const airports = (from: string | undefined, to: string | undefined): (Node | undefined)[] => [
  from ? element('DepartureAirport', { LocationCode: from }) : undefined,
  to ? element('ArrivalAirport', { LocationCode: to }) : undefined,
]

export const company = (code: string | undefined): Node | undefined =>
  code ? element('CompanyName', { Code: code }) : undefined

export const ssrElement = (ssr: Ssr): Node =>
  element(
    'SSR',
    {
      SSRCode: ssr.code,
      ServiceQuantity: ssr.quantity,
      Status: ssr.status,
      BoardPoint: ssr.from,
      OffPoint: ssr.to,
      RPH: ssr.travellers.length === 1 ? ssr.travellers[0] : undefined,
    },
    [ssr.carrier ? element('Airline', { Code: ssr.carrier }) : undefined, textElement('Text', ssr.text)],
  )

const PHONE_TYPES: Readonly<Partial<Record<Contact['kind'], string>>> = {
  phone: '',
  'agency-phone': 'Agency',
  fax: 'Fax',
}

export function contactElements(addresses: readonly Address[], contacts: readonly Contact[], billing: boolean): Node[] {
  return [
    ...addresses.filter(({ kind }) => billing === (kind === 'billing') && !DOCA.has(kind)).map(addressElement),
    ...contacts.map(({ kind, value }) => {
      if (kind === 'email') return element('ContactInfo', { EmailAddress: value })
      const type = PHONE_TYPES[kind]
      if (type !== undefined) return element('ContactInfo', { PhoneNumber: value, PhoneType: type })
      return element('ContactInfo', {}, [], value)
    }),
  ]
}

export const DOCA: ReadonlySet<Address['kind']> = new Set(['residence', 'destination'])

export const addressElement = ({ street, city, state, postcode, country }: Address): Node =>
  element('ContactInfo', {}, [
    textElement('AddressLine', street),
    textElement('CityName', city),
    textElement('PostalCode', postcode),
    textElement('StateProv', state),
    textElement('CountryName', country),
  ])

export function prepaidElement(name: string, bags: PrepaidBaggage | undefined): Node | undefined {
  if (!bags) return undefined
  const { count, weightKg, amount, currency } = bags
  return element(name, {
    UnitOfMeasureQuantity: weightKg ?? count,
    UnitOfMeasureCode: weightKg === undefined ? undefined : 'K',
    Pieces: weightKg === undefined ? undefined : count,
    Amount: amount,
    CurrencyCode: currency,
  })
}
