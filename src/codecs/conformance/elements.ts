import type { SentLeg } from '#domain/leg.ts'
import type { PaxlstMessage } from '#domain/message.ts'
import type { Pnr } from '#domain/pnr.ts'
import type { ApiTraveller, TravelDocument } from '#domain/traveller.ts'
import type { Obligation } from './profile.ts'

/** One thing that a State may ask for: whether a subject has it; nothing where it need not have it. */
export interface Element<Subject> {
  /** As the guideline numbers it. */
  readonly id: string
  readonly place: string
  readonly en: string
  readonly az: string
  readonly obligation: Obligation
  readonly has: (subject: Subject) => boolean | undefined
}

const hasTime = (local: string | undefined): boolean => local !== undefined && local.length >= 16

/** The leg that crosses the border; the first where none is marked. */
export const borderLeg = ({ legs }: PaxlstMessage): SentLeg | undefined =>
  legs.find(({ place }) => place === 'border') ?? legs[0]

/** A list says whom it holds; changes and close-outs say so of few. */
const isList = ({ function: kind }: PaxlstMessage): boolean => kind === 'list' || kind === 'master-crew'

/** WCO/IATA/ICAO API guideline, group A and D: once in a message. */
export const FLIGHT_ELEMENTS: readonly Element<PaxlstMessage>[] = [
  {
    id: 'A1',
    place: 'TDT 8028',
    en: 'carrier and flight number',
    az: 'daşıyıcı və reys nömrəsi',
    obligation: 'required',
    has: (message) => Boolean(borderLeg(message)?.carrier && borderLeg(message)?.number),
  },
  {
    id: 'A2',
    place: 'DTM 189',
    en: 'scheduled departure, date and time',
    az: 'planlaşdırılan çıxış tarixi və saatı',
    obligation: 'required',
    has: (message) => hasTime(borderLeg(message)?.departs),
  },
  {
    id: 'A3',
    place: 'DTM 232',
    en: 'scheduled arrival, date and time',
    az: 'planlaşdırılan eniş tarixi və saatı',
    obligation: 'required',
    has: (message) => hasTime(borderLeg(message)?.arrives),
  },
  {
    id: 'A4',
    place: 'LOC 125',
    en: 'last airport before the border',
    az: 'sərhəddən əvvəlki son hava limanı',
    obligation: 'required',
    has: (message) => Boolean(borderLeg(message)?.from),
  },
  {
    id: 'A5',
    place: 'LOC 87',
    en: 'first airport behind the border',
    az: 'sərhəddən sonrakı ilk hava limanı',
    obligation: 'required',
    has: (message) => Boolean(borderLeg(message)?.to),
  },
  {
    id: 'A6',
    place: 'LOC 92, 130',
    en: 'further airports in the country',
    az: 'ölkə daxilində növbəti hava limanları',
    obligation: 'if-used',
    has: ({ legs }) => (legs.length > 1 ? legs.some(({ place }) => place === 'after') : undefined),
  },
  {
    id: 'A7',
    place: 'CNT 42, 41',
    en: 'number of persons',
    az: 'şəxslərin sayı',
    obligation: 'required',
    has: (message) => (isList(message) ? message.declaredTotal !== undefined : undefined),
  },
  {
    id: 'D1',
    place: 'NAD MS, COM',
    en: 'who reports, and how to reach him',
    az: 'məlumat verən və onunla əlaqə',
    obligation: 'required',
    has: ({ contact }) => Boolean(contact && (contact.name || contact.phones.length > 0 || contact.emails.length > 0)),
  },
]

/** The document that identifies: a visa does not. */
export const identityDocument = (documents: readonly TravelDocument[]): TravelDocument | undefined =>
  documents.find(({ kind }) => kind !== 'visa')

/** WCO/IATA/ICAO API guideline, groups B and C: of each person. */
export const PERSON_ELEMENTS: readonly Element<ApiTraveller>[] = [
  {
    id: 'B1',
    place: 'DOC 1004',
    en: 'document number',
    az: 'sənədin nömrəsi',
    obligation: 'required',
    has: ({ documents }) => Boolean(identityDocument(documents)?.number),
  },
  {
    id: 'B2',
    place: 'LOC 91',
    en: 'issuing State or organisation',
    az: 'sənədi verən dövlət və ya təşkilat',
    obligation: 'required',
    has: ({ documents }) => Boolean(identityDocument(documents)?.issuer),
  },
  {
    id: 'B3',
    place: 'DOC 1001',
    en: 'document type',
    az: 'sənədin növü',
    obligation: 'required',
    has: ({ documents }) => Boolean(identityDocument(documents)?.type),
  },
  {
    id: 'B4',
    place: 'DTM 36',
    en: 'document expiry',
    az: 'sənədin etibarlılıq tarixi',
    obligation: 'required',
    // Identity cards of some States never expire
    has: ({ documents }) => {
      const document = identityDocument(documents)
      return document && document.kind !== 'passport' ? document.expires && true : Boolean(document?.expires)
    },
  },
  {
    id: 'B5',
    place: 'NAD C080',
    en: 'names',
    az: 'ad və soyad',
    obligation: 'required',
    has: ({ surname }) => Boolean(surname),
  },
  {
    id: 'B6',
    place: 'NAT',
    en: 'nationality',
    az: 'vətəndaşlıq',
    obligation: 'required',
    has: ({ nationality }) => Boolean(nationality),
  },
  {
    id: 'B7',
    place: 'DTM 329',
    en: 'date of birth',
    az: 'doğum tarixi',
    obligation: 'required',
    has: ({ birthDate }) => Boolean(birthDate),
  },
  {
    id: 'B8',
    place: 'ATT',
    en: 'sex',
    az: 'cins',
    obligation: 'required',
    has: ({ sex }) => sex !== 'U',
  },
  {
    id: 'C1',
    place: 'RFF SEA',
    en: 'seat',
    az: 'oturacaq yeri',
    obligation: 'if-used',
    has: ({ seat }) => Boolean(seat),
  },
  {
    id: 'C2',
    place: 'MEA, FTX BAG',
    en: 'baggage: number, weight, tags',
    az: 'baqaj: say, çəki, birkalar',
    obligation: 'if-used',
    has: ({ baggage }) => baggage.count !== undefined || baggage.weightKg !== undefined || baggage.tags.length > 0,
  },
  {
    id: 'C3',
    place: 'NAD 3035',
    en: 'passenger, crew or transit',
    az: 'sərnişin, heyət və ya tranzit',
    obligation: 'required',
    has: () => true,
  },
  {
    id: 'C4',
    place: 'DOC V',
    en: 'visa',
    az: 'viza',
    obligation: 'option',
    has: ({ documents }) => documents.some(({ kind }) => kind === 'visa'),
  },
  {
    id: 'C5',
    place: 'DOC, second group',
    en: 'other document',
    az: 'digər sənəd',
    obligation: 'option',
    has: ({ documents }) => documents.filter(({ kind }) => kind !== 'visa').length > 1,
  },
  {
    id: 'C6',
    place: 'LOC 174, NAD',
    en: 'residence',
    az: 'yaşayış yeri',
    obligation: 'option',
    has: ({ residence, addresses }) => Boolean(residence) || addresses.some(({ kind }) => kind === 'residence'),
  },
  {
    id: 'C7',
    place: 'NAD C059',
    en: 'address at the destination',
    az: 'təyinat yerindəki ünvan',
    obligation: 'option',
    has: ({ addresses }) => addresses.some(({ kind }) => kind === 'destination'),
  },
  {
    id: 'C8',
    place: 'LOC 180',
    en: 'place of birth',
    az: 'doğum yeri',
    obligation: 'option',
    has: ({ birthPlace }) => birthPlace !== undefined,
  },
  {
    id: 'C9',
    place: 'LOC 178, 179',
    en: 'where the journey begins and ends',
    az: 'səfərin başlanğıcı və sonu',
    obligation: 'option',
    has: ({ embark, disembark }) => Boolean(embark && disembark),
  },
  {
    id: 'C10',
    place: 'LOC 22',
    en: 'airport of clearance',
    az: 'yoxlanış hava limanı',
    obligation: 'option',
    has: ({ clearance }) => Boolean(clearance),
  },
  {
    id: 'C11',
    place: 'RFF AVF, ABO',
    en: 'locator, or unique passenger reference',
    az: 'bron kodu və ya sərnişinin istinadı',
    obligation: 'if-used',
    has: ({ locator, passengerReference }) => Boolean(locator || passengerReference),
  },
  {
    id: 'C12',
    place: 'GEI 173, 174',
    en: 'whether the document was read by machine',
    az: 'sənədin maşınla oxunub-oxunmaması',
    obligation: 'option',
    has: ({ verified }) => verified !== undefined,
  },
]

const ofTravellers = (pnr: Pnr, has: (traveller: Pnr['travellers'][number]) => boolean): boolean =>
  pnr.travellers.some(has)
const ssrs = ({ ssrs: all }: Pnr, code: RegExp): boolean => all.some((one) => code.test(one.code))

/**
 * Directive (EU) 2016/681, annex I; the ICAO list maps the same way. Carriers send what they hold and no more: only what
 * every booking has is required.
 */
export const PNR_ELEMENTS: readonly Element<Pnr>[] = [
  {
    id: '1',
    place: 'RCI',
    en: 'record locator',
    az: 'bron kodu',
    obligation: 'required',
    has: ({ locator, noLocator }) => Boolean(locator) && !noLocator,
  },
  {
    id: '2',
    place: 'RCI, DAT 710',
    en: 'date of reservation or ticketing',
    az: 'bron və ya bilet tarixi',
    obligation: 'required',
    has: ({ created, ticketed, locators }) => Boolean(created ?? ticketed ?? locators.find((one) => one.created)),
  },
  {
    id: '3',
    place: 'TVL',
    en: 'dates of travel',
    az: 'səyahət tarixləri',
    obligation: 'required',
    has: ({ itinerary }) => itinerary.some(({ departs }) => departs !== undefined),
  },
  {
    id: '4',
    place: 'TIF, DOCS',
    en: 'names',
    az: 'ad və soyadlar',
    obligation: 'required',
    has: ({ travellers }) => travellers.length > 0 && travellers.every(({ surname }) => Boolean(surname)),
  },
  {
    id: '5',
    place: 'ADD, IFT CTC, SSR CTC',
    en: 'address, telephone, e-mail',
    az: 'ünvan, telefon, e-poçt',
    obligation: 'if-used',
    has: (pnr) =>
      pnr.contacts.length > 0 ||
      pnr.addresses.length > 0 ||
      ofTravellers(pnr, ({ contacts, addresses }) => contacts.length > 0 || addresses.length > 0),
  },
  {
    id: '6',
    place: 'FOP, MON',
    en: 'payment',
    az: 'ödəniş',
    obligation: 'if-used',
    has: (pnr) => ofTravellers(pnr, ({ tickets }) => tickets.some(({ payments }) => payments.length > 0)),
  },
  {
    id: '7',
    place: 'TVL, group 5',
    en: 'whole itinerary',
    az: 'tam marşrut',
    obligation: 'required',
    has: ({ itinerary }) => itinerary.length > 0,
  },
  {
    id: '8',
    place: 'FTI',
    en: 'frequent flyer',
    az: 'daimi sərnişin proqramı',
    obligation: 'if-used',
    has: (pnr) => ofTravellers(pnr, ({ frequentFlyers }) => frequentFlyers.length > 0),
  },
  {
    id: '9',
    place: 'ORG, group 1',
    en: 'agency',
    az: 'agentlik',
    obligation: 'required',
    has: ({ agency }) => agency !== undefined,
  },
  {
    id: '10',
    place: 'RPI, DAT, TRI',
    en: 'travel status and check-in',
    az: 'səyahət statusu və qeydiyyat',
    obligation: 'if-used',
    has: (pnr) => pnr.checkIns.length > 0 || pnr.itinerary.some(({ status }) => status !== undefined),
  },
  {
    id: '11',
    place: 'EQN, RCI, group 8',
    en: 'split booking',
    az: 'bölünmüş bron',
    obligation: 'option',
    has: ({ splitWith }) => splitWith.length > 0,
  },
  {
    id: '12',
    place: 'SSR UMNR, IFT',
    en: 'remarks, unaccompanied minors',
    az: 'qeydlər, müşayiətsiz uşaqlar',
    obligation: 'option',
    has: (pnr) => pnr.remarks.length > 0 || ssrs(pnr, /^UMNR$/),
  },
  {
    id: '13',
    place: 'TKT',
    en: 'ticket',
    az: 'bilet',
    obligation: 'if-used',
    has: (pnr) => ofTravellers(pnr, ({ tickets }) => tickets.length > 0),
  },
  {
    id: '14',
    place: 'SSD, SSR SEAT',
    en: 'seat',
    az: 'oturacaq yeri',
    obligation: 'if-used',
    has: (pnr) => ofTravellers(pnr, ({ seat }) => Boolean(seat)) || ssrs(pnr, /^(?:SEAT|RQST|NSS.)$/),
  },
  {
    id: '15',
    place: 'TVL C306, TRA',
    en: 'code share',
    az: 'kod paylaşımı',
    obligation: 'option',
    has: ({ itinerary }) => itinerary.some(({ operatingCarrier }) => operatingCarrier !== undefined),
  },
  {
    id: '16',
    place: 'TBD, EBD',
    en: 'baggage',
    az: 'baqaj',
    obligation: 'if-used',
    has: (pnr) =>
      pnr.baggagePrepaid !== undefined ||
      ofTravellers(pnr, ({ baggage }) => baggage.count !== undefined || baggage.tags.length > 0),
  },
  {
    id: '17',
    place: 'TIF, RPI',
    en: 'number and names of the others',
    az: 'digər sərnişinlərin sayı və adları',
    obligation: 'required',
    has: ({ numberOfTravellers }) => numberOfTravellers > 0,
  },
  {
    id: '18',
    place: 'SSR DOCS, DOCO, DOCA',
    en: 'advance passenger information',
    az: 'sərnişin haqqında ilkin məlumat',
    obligation: 'if-used',
    has: (pnr) => ofTravellers(pnr, ({ documents }) => documents.length > 0),
  },
  {
    id: '19',
    place: 'groups 10 to 12, LTS',
    en: 'history',
    az: 'dəyişikliklərin tarixçəsi',
    obligation: 'option',
    has: ({ history }) => history.length > 0,
  },
]

type Named = Pick<Element<never>, 'id' | 'place' | 'en' | 'az'>

/** Ids of the counts of those that lack nothing. */
export const SUFFICIENT = { persons: 'B–C', pnrs: '1–19' } as const

const SUFFICIENT_NAMES: readonly Named[] = [
  {
    id: SUFFICIENT.persons,
    place: 'NAD',
    en: 'persons who lack no required element',
    az: 'məcburi elementləri tam olan şəxslər',
  },
  {
    id: SUFFICIENT.pnrs,
    place: 'SRC',
    en: 'PNRs that lack no required element',
    az: 'məcburi elementləri tam olan PNR-lər',
  },
]

const byId = new Map<string, Named>([
  ...[...FLIGHT_ELEMENTS, ...PERSON_ELEMENTS, ...PNR_ELEMENTS].map(({ id, place, en, az }): [string, Named] => [
    id,
    { id, place, en, az },
  ]),
  ...SUFFICIENT_NAMES.map((one): [string, Named] => [one.id, one]),
])

/** What an element is called, and where it stands. */
export const elementOf = (id: string): Named | undefined => byId.get(id)
