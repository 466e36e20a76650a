import type { Fare, Pnr, PnrTraveller } from '#domain/pnr.ts'
import type { TravelDocument } from '#domain/traveller.ts'
import { element, type Node, textElement } from './markup.ts'
import { contactElements, DOCA, prepaidElement, ssrElement } from './write-parts.ts'
import { ticketElement } from './write-ticket.ts'

const PTC = { adult: 'ADT', child: 'CHD', infant: 'INF', 'unaccompanied-minor': 'UNN', unknown: undefined } as const

export function passengerElement(traveller: PnrTraveller, pnr: Pnr): Node {
  const { surname, givenNames, reference, kind, tickets } = traveller
  const infants = pnr.travellers.filter(({ infantOf }) => infantOf === reference)
  const basis = tickets.find(({ fareBasis }) => fareBasis)?.fareBasis
  const calculation = tickets.find(({ fareCalculation }) => fareCalculation)?.fareCalculation
  const ptc = PTC[kind]
  const simple: readonly Fare[] = (ptc ?? basis ?? calculation) ? [basis ? { bases: basis.split(' ') } : {}] : []
  const fares = traveller.fares ?? simple
  return element(
    'Passenger',
    {
      RPH: reference,
      SurnameRefNumber: traveller.carrierReference,
      AccompaniedByInfantInd: infants.length > 0 ? true : undefined,
    },
    [
      textElement('GivenName', givenNames),
      textElement('Surname', surname),
      ...traveller.frequentFlyers.map((one) =>
        element('CustLoyalty', {
          ProgramID: one.carrier,
          MembershipID: one.number,
          LoyalLevel: one.level,
          RPH: one.traveller,
          Status: one.status,
          Hierarchy: one.hierarchy,
          LevelName: one.tier,
          Alliance: one.alliance,
          Priority: one.priority,
        }),
      ),
      ...fares.map((fare, index) =>
        fareElement(fare, index === 0 ? ptc : undefined, index === 0 ? calculation : undefined),
      ),
      prepaidElement('ExcessBaggage', traveller.baggagePrepaid),
      ...identity(traveller),
      ...infants.map((infant) => ssrElement({ code: 'INFT', travellers: [], text: inft(infant) })),
      ...contactElements(traveller.addresses, traveller.contacts, false),
      ...tickets.map(ticketElement),
    ],
  )
}

function fareElement(fare: Fare, ptc: string | undefined, calculation: string | undefined): Node {
  const attributes = {
    PTC_Code: ptc,
    FareType: fare.type,
    Age: fare.age,
    DiscountedFareType: fare.discount,
    DiscountPercent: fare.percentage,
    ISOCountry: fare.country,
    DiscountedClass: fare.discountedClass,
    AccountCode: fare.account,
    Groups: fare.groups?.join(' '),
    FareBasis: fare.bases?.join(' '),
  }
  return element('FareInfo', attributes, [textElement('FareCalculation', calculation)])
}

const MONTHS = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC'

function inft({ surname, givenNames, birthDate }: PnrTraveller): string {
  const name = givenNames ? `${surname}/${givenNames}` : surname
  if (birthDate?.length !== 10) return name
  const month = (Number(birthDate.slice(5, 7)) - 1) * 3
  return `${name} ${birthDate.slice(8, 10)}${MONTHS.slice(month, month + 3)}${birthDate.slice(2, 4)}`
}

const docSsr = (code: string, child: Node): Node =>
  element('DOC_SSR', { SSRCode: code, ServiceQuantity: '1', Status: 'HK' }, [child])

const isVisa = ({ type, expires }: TravelDocument): boolean => ['V', 'K', 'R'].includes(type) && !expires

const isIdentification = ({ type }: TravelDocument): boolean => ['PP', 'NI', 'DL', 'ID', 'CI', 'IR'].includes(type)

/** Who he is by his documents: DOCS for each, DOCO for visas, DOCA for where he lives and will stay. */
function identity(traveller: PnrTraveller): Node[] {
  const { documents, birthDate, sex, nationality, documentSurname, addresses } = traveller
  const passports = documents.filter((one) => !isVisa(one) && !isIdentification(one))
  const out = passports.map((document) => docSsr('DOCS', docs(traveller, document)))
  if (passports.length === 0 && (birthDate || sex || nationality || documentSurname))
    out.push(docSsr('DOCS', docs(traveller, undefined)))
  for (const document of documents) {
    if (isIdentification(document))
      out.push(ssrElement({ code: 'FOID', travellers: [], text: `${document.type}${document.numberAsSent}` }))
    else if (isVisa(document))
      out.push(
        docSsr(
          'DOCO',
          element('DOCO', {
            TravelDocType: document.type,
            TravelDocNbr: document.numberAsSent,
            PlaceOfIssue: document.issuedAt,
            DateOfIssue: document.issued,
            CountryState: document.issuer,
          }),
        ),
      )
  }
  for (const { kind, country, street, city, state, postcode } of addresses) {
    if (!DOCA.has(kind)) continue
    out.push(
      docSsr(
        'DOCA',
        element('DOCA', {
          AddressType: kind === 'residence' ? 'R' : 'D',
          Country: country,
          Address: street,
          CityName: city,
          StateProvCounty: state,
          PostalCode: postcode,
        }),
      ),
    )
  }
  return out
}

function docs(traveller: PnrTraveller, document: TravelDocument | undefined): Node {
  const { birthDate, sex, nationality, documentSurname, documentGivenNames, kind } = traveller
  return element('DOCS', {
    TravelDocType: document?.type,
    TravelDocNbr: document?.numberAsSent,
    IssuingLoc: document?.issuer,
    PaxNationality: nationality,
    DateOfBirth: birthDate,
    Gender: sex && (kind === 'infant' ? `${sex}I` : sex),
    ExpiryDate: document?.expires,
    Surname: documentSurname,
    FirstGivenName: documentGivenNames,
  })
}
