import type { XmlElement, XmlValue } from './elements.ts'
import { type Composite, composite, segmentOf, segmentWith, type XmlSegment } from './tape.ts'
import { attribute, child, childrenOf, companyOf, dayAndTime, said, slashed, textDate, textIn } from './values.ts'

export function rci(locator: XmlElement, created: XmlValue | undefined): XmlSegment {
  const own = attribute(locator, 'DateTime', 'CreationDate') ?? created
  return segmentOf(
    'RCI',
    locator,
    composite(companyOf(locator), attribute(locator, 'ID'), attribute(locator, 'Type'), ...dayAndTime(own)),
  )
}

/** `SSRCode` and what goes with it; whom it is about by RPH, and where. */
export function ssrSegment(ssr: XmlElement): XmlSegment {
  const text = textIn(child(ssr, 'Text')) ?? attribute(ssr, 'Text') ?? textIn(ssr)
  const code = attribute(ssr, 'SSRCode')
  const reference = attribute(ssr, 'RPH', 'SurnameRefNumber')
  const seat = code?.text === 'SEAT' || code?.text === 'RQST' ? text : undefined
  const head = composite(
    code,
    attribute(ssr, 'Status'),
    attribute(ssr, 'ServiceQuantity'),
    companyOf(ssr),
    undefined,
    undefined,
    attribute(ssr, 'BoardPoint'),
    attribute(ssr, 'OffPoint'),
    seat ? undefined : text,
  )
  const about = (seat ?? reference) ? [composite(seat, undefined, reference)] : []
  return segmentOf('SSR', ssr, head, ...about)
}

const PHONES: Readonly<Record<string, string>> = { mobile: 'M', home: 'H', office: 'O' }

/** Address, phone and e-mail of one `ContactInfo`. */
export function contact(info: XmlElement): XmlSegment[] {
  const phone = attribute(info, 'PhoneNumber')
  const email = attribute(info, 'EmailAddress')
  const text = (...names: string[]): XmlValue | undefined => textIn(child(info, ...names)) ?? attribute(info, ...names)
  const street = text('StreetNmbr')
  const line = text('AddressLine')
  const road = street && line ? [street, said(' '), line] : (street ?? line)
  const country = attribute(child(info, 'CountryName'), 'Code') ?? text('CountryName')
  const place = [road, text('CityName'), undefined, text('StateProv'), country, text('PostalCode')]
  const elements: Composite[] = []
  if (place.some((one) => one !== undefined)) elements.push(composite(said('700'), ...place))
  const kind = attribute(info, 'PhoneType')?.text.toLowerCase() ?? ''
  const out: XmlSegment[] = []
  if (phone && kind === 'agency') out.push(segmentOf('IFT', info, composite(said('4'), said('6')), phone))
  else if (phone && kind === 'fax')
    out.push(segmentOf('IFT', info, composite(said('4'), said('28')), [said('CTCF '), phone]))
  else if (phone) elements.push(composite(said(PHONES[kind] ?? 'M'), phone))
  if (email) elements.push(composite(said('E'), email))
  const other = textIn(info)
  if (other)
    elements.push(composite(said('700'), undefined, undefined, undefined, undefined, undefined, undefined, other))
  if (elements.length > 0) out.push(segmentWith('ADD', info, [undefined, ...elements]))
  return out
}

function ssrText(docs: XmlElement, code: string, text: readonly XmlValue[]): XmlSegment {
  const reference = attribute(docs, 'RPH')
  const carrier = attribute(child(docs, 'FlightInfo'), 'Code') ?? companyOf(docs)
  const head = composite(
    said(code),
    attribute(docs, 'Status') ?? said('HK'),
    attribute(docs, 'ServiceQuantity') ?? said('1'),
    carrier,
    undefined,
    undefined,
    undefined,
    undefined,
    text,
  )
  return segmentOf('SSR', docs, head, ...(reference ? [composite(undefined, undefined, reference)] : []))
}

/** DOCS, DOCA and DOCO of one `DOC_SSR`, as the texts that an SSR has. */
export function documents(sent: XmlElement): XmlSegment[] {
  attribute(sent, 'SSRCode') // its child says the same
  return childrenOf(sent, 'DOCS', 'DOCA', 'DOCO').flatMap((one) => {
    switch (one.name) {
      case 'DOCS':
        return [
          ssrText(
            sent,
            'DOCS',
            slashed([
              attribute(one, 'TravelDocType', 'DocType', 'Type'),
              attribute(one, 'IssuingLoc'),
              attribute(one, 'TravelDocNbr', 'DocNumber', 'Number'),
              attribute(one, 'PaxNationality'),
              textDate(attribute(one, 'DateOfBirth')),
              attribute(one, 'Gender'),
              textDate(attribute(one, 'ExpiryDate')),
              attribute(one, 'Surname'),
              attribute(one, 'FirstGivenName'),
              attribute(one, 'SecondGivenName'),
            ]),
          ),
        ]
      case 'DOCA':
        return [
          ssrText(
            sent,
            'DOCA',
            slashed([
              attribute(one, 'AddressType'),
              attribute(one, 'Country'),
              attribute(one, 'Address'),
              attribute(one, 'CityName'),
              attribute(one, 'StateProvCounty'),
              attribute(one, 'PostalCode'),
            ]),
          ),
        ]
      default:
        return [
          ssrText(
            sent,
            'DOCO',
            slashed([
              attribute(one, 'BirthLocation'),
              attribute(one, 'TravelDocType'),
              attribute(one, 'TravelDocNbr'),
              attribute(one, 'PlaceOfIssue'),
              textDate(attribute(one, 'DateOfIssue')),
              attribute(one, 'CountryState'),
            ]),
          ),
        ]
    }
  })
}

/** EBD: pieces, or a weight. */
export function prepaid(bag: XmlElement): XmlSegment {
  const unit = attribute(bag, 'UnitOfMeasureCode')
  const quantity = attribute(bag, 'UnitOfMeasureQuantity')
  const weighed = unit !== undefined && /^(K|KG|KGM|L|LB|LBR)/i.test(unit.text)
  const code = weighed ? said(/^L/i.test(unit.text) ? 'L' : 'K') : undefined
  return segmentOf(
    'EBD',
    bag,
    composite(attribute(bag, 'CurrencyCode'), attribute(bag, 'Amount')),
    weighed
      ? composite(attribute(bag, 'Pieces'), quantity, said('W'), code)
      : composite(quantity ?? attribute(bag, 'Pieces'), undefined, said('N')),
  )
}
