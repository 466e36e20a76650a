import type { XmlElement, XmlValue } from './elements.ts'
import { contact, documents, prepaid, ssrSegment } from './services.ts'
import { composite, segmentOf, segmentWith, type XmlSegment } from './tape.ts'
import { ticketSegments } from './ticket.ts'
import { append, attribute, child, childrenOf, said, textIn } from './values.ts'

/** PTC of a fare, as TIF has it. */
const PTC: Readonly<Record<string, string>> = { ADT: 'A', CHD: 'C', CNN: 'C', INF: 'IN', INS: 'IN', UNN: 'UM' }

export function passengerSegments(passenger: XmlElement): XmlSegment[] {
  const fares = childrenOf(passenger, 'FareInfo')
  const ptc = attribute(passenger, 'PassengerTypeCode', 'PTC_Code') ?? attribute(fares[0], 'PTC_Code')
  const kind = ptc && { ...ptc, text: PTC[ptc.text] ?? ptc.text }
  const withInfant = attribute(passenger, 'AccompaniedByInfantInd')
  const surname = textIn(child(passenger, 'Surname')) ?? attribute(passenger, 'Surname')
  const given = textIn(child(passenger, 'GivenName')) ?? attribute(passenger, 'GivenName')
  const infant = withInfant && /^(true|1|y)/i.test(withInfant.text) ? said('1') : undefined
  const out = [segmentOf('TIF', passenger, surname, composite(given, kind, attribute(passenger, 'RPH'), infant))]
  const programmes = childrenOf(passenger, 'CustLoyalty').map((one) =>
    composite(
      attribute(one, 'ProgramID'),
      attribute(one, 'MembershipID'),
      attribute(one, 'RPH'),
      attribute(one, 'Status'),
      attribute(one, 'LoyalLevel', 'Tier'),
      attribute(one, 'Hierarchy'),
      attribute(one, 'LevelName'),
      attribute(one, 'Alliance'),
      attribute(one, 'Priority'),
    ),
  )
  if (programmes.length > 0) out.push(segmentWith('FTI', passenger, programmes))
  const reference = attribute(passenger, 'SurnameRefNumber')
  if (reference) out.push(segmentOf('REF', passenger, composite(undefined, reference)))
  for (const bag of childrenOf(passenger, 'ExcessBaggage')) out.push(prepaid(bag))
  for (const fare of fares) append(out, fareSegments(fare))
  for (const ssr of childrenOf(passenger, 'SSR')) out.push(ssrSegment(ssr))
  for (const docs of childrenOf(passenger, 'DOC_SSR')) append(out, documents(docs))
  for (const info of childrenOf(passenger, 'ContactInfo')) append(out, contact(info))
  for (const ticket of childrenOf(passenger, 'TicketDocument')) append(out, ticketSegments(ticket))
  return out
}

/** FAR, where a fare says more than whom it is for, and its calculation. */
function fareSegments(fare: XmlElement): XmlSegment[] {
  attribute(fare, 'PTC_Code') // of the first it is the traveller's
  const bases = attribute(fare, 'FareBasis')
  const groups = attribute(fare, 'Groups')
  const told = [
    attribute(fare, 'FareType'),
    attribute(fare, 'Age'),
    attribute(fare, 'DiscountedFareType'),
    attribute(fare, 'DiscountPercent'),
    attribute(fare, 'ISOCountry'),
    attribute(fare, 'DiscountedClass'),
    attribute(fare, 'AccountCode'),
  ] as const
  const [type, age, discount, percent, country, discountedClass, account] = told
  const out: XmlSegment[] = []
  if (bases || groups || told.some((one) => one !== undefined)) {
    const discounted = composite(discount, percent, country, discountedClass)
    out.push(
      segmentWith('FAR', fare, [
        type ?? said('A'),
        age,
        discounted,
        account,
        composite(...parts(groups)),
        ...parts(bases),
      ]),
    )
  }
  const calculation = textIn(child(fare, 'FareCalculation')) ?? attribute(fare, 'FareCalculation')
  if (calculation) out.push(segmentOf('IFT', fare, composite(said('4'), said('15')), calculation))
  return out
}

const parts = (list: XmlValue | undefined): XmlValue[] =>
  list?.text.split(' ').map((text) => ({ text, at: list.at })) ?? []
