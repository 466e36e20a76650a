/**
 * The field catalogue: everything that a rule may ask about a movement. What the law forbids to profile by (ethnicity,
 * religion, politics, health, union, sexual life) has no field, so no rule can be written about it; neither have
 * meal and assistance codes, which would betray it.
 */
import type { Movement } from '#domain/movement.ts'
import type { Pnr, Segment } from '#domain/pnr.ts'
import type { TravelDocument } from '#domain/traveller.ts'
import { hoursBetween, type Instant } from '#lib/time.ts'

export type FieldValue = string | number | boolean | readonly string[] | undefined
export type FieldType = 'text' | 'number' | 'boolean' | 'list'

export interface Field {
  readonly id: string
  readonly type: FieldType
  readonly unit?: 'h' | 'days' | 'kg' | 'years'
  /** Where it comes from: said beside the value in an explanation. */
  readonly source: 'leg' | 'api' | 'pnr' | 'both'
  /** A trait of birth: never the only ground of a rule. */
  readonly trait?: true
  readonly label: { readonly en: string; readonly az: string }
  readonly read: (movement: Movement, now: Instant) => FieldValue
}

type Read = Field['read']

const field = (
  id: string,
  type: FieldType,
  source: Field['source'],
  en: string,
  az: string,
  read: Read,
  more: Pick<Field, 'unit' | 'trait'> = {},
): Field => ({ id, type, source, label: { en, az }, read: (movement, now) => present(read(movement, now)), ...more })

/** Empty is missing; a list without items too. */
function present(value: FieldValue): FieldValue {
  if (value === '' || (typeof value === 'number' && !Number.isFinite(value))) return undefined
  return Array.isArray(value) && value.length === 0 ? undefined : value
}

export const FIELDS: readonly Field[] = [
  field('leg.carrier', 'text', 'leg', 'carrier', 'daşıyıcı', ({ leg }) => leg.carrier),
  field('leg.flight', 'text', 'leg', 'flight', 'reys', ({ leg }) => `${leg.carrier}${leg.number}`),
  field('leg.from', 'text', 'leg', 'airport of departure', 'uçuş limanı', ({ leg }) => leg.from),
  field('leg.to', 'text', 'leg', 'airport of arrival', 'eniş limanı', ({ leg }) => leg.to),
  field('leg.direction', 'text', 'leg', 'direction', 'istiqamət', ({ leg }) => leg.direction),
  field('leg.departureHour', 'number', 'leg', 'hour of departure (local)', 'uçuş saatı (yerli)', ({ leg }) =>
    hourOf(leg.departs),
  ),
  field('leg.arrivalHour', 'number', 'leg', 'hour of arrival (local)', 'eniş saatı (yerli)', ({ leg }) =>
    hourOf(leg.arrives),
  ),
  field(
    'leg.hoursToDeparture',
    'number',
    'leg',
    'hours to departure',
    'uçuşa qalan saat',
    ({ leg }, now) => leg.departsAt && hoursBetween(now, leg.departsAt),
    { unit: 'h' },
  ),
  field(
    'leg.durationHours',
    'number',
    'leg',
    'duration of the flight',
    'uçuşun müddəti',
    ({ leg }) => leg.departsAt && leg.arrivesAt && hoursBetween(leg.departsAt, leg.arrivesAt),
    { unit: 'h' },
  ),

  field('traveller.role', 'text', 'both', 'role', 'rolu', ({ role }) => role),
  field(
    'traveller.kind',
    'text',
    'pnr',
    'kind of traveller',
    'sərnişinin növü',
    ({ pnrTraveller }) => pnrTraveller?.kind,
  ),
  field('traveller.ageYears', 'number', 'both', 'age', 'yaş', (movement) => ageOf(movement), {
    unit: 'years',
    trait: true,
  }),
  field(
    'traveller.sex',
    'text',
    'both',
    'sex',
    'cins',
    ({ api, pnrTraveller }) => (api && api.sex !== 'U' ? api.sex : pnrTraveller?.sex),
    { trait: true },
  ),
  field(
    'traveller.nationality',
    'text',
    'both',
    'nationality',
    'vətəndaşlıq',
    ({ api, pnrTraveller }) => api?.nationality ?? pnrTraveller?.nationality,
    { trait: true },
  ),
  field(
    'traveller.nationalityCount',
    'number',
    'api',
    'number of nationalities',
    'vətəndaşlıqların sayı',
    ({ api }) => api?.nationalities.length,
  ),
  field('traveller.residence', 'text', 'api', 'country of residence', 'yaşadığı ölkə', ({ api }) => api?.residence, {
    trait: true,
  }),
  field(
    'traveller.birthCountry',
    'text',
    'api',
    'country of birth',
    'doğulduğu ölkə',
    ({ api }) => api?.birthPlace?.country,
    { trait: true },
  ),
  field(
    'traveller.embark',
    'text',
    'api',
    'where the journey began',
    'səfərin başladığı yer',
    ({ api }) => api?.embark,
  ),
  field(
    'traveller.disembark',
    'text',
    'api',
    'where the journey ends',
    'səfərin bitdiyi yer',
    ({ api }) => api?.disembark,
  ),
  field(
    'traveller.verified',
    'boolean',
    'api',
    'document read by machine',
    'sənəd cihazla oxunub',
    ({ api }) => api?.verified,
  ),
  field('traveller.crewDuty', 'text', 'api', 'duty on board', 'bortda vəzifəsi', ({ api }) => api?.crewDuty),
  field(
    'traveller.seat',
    'text',
    'both',
    'seat',
    'oturacaq',
    ({ api, pnrTraveller }) => api?.seat ?? pnrTraveller?.seat,
  ),
  field('traveller.hasApi', 'boolean', 'both', 'API was received', 'API alınıb', ({ api }) => api !== undefined),
  field(
    'traveller.hasPnr',
    'boolean',
    'both',
    'PNR was received',
    'PNR alınıb',
    ({ pnrTraveller }) => pnrTraveller !== undefined,
  ),

  field(
    'document.type',
    'text',
    'both',
    'type of document',
    'sənədin növü',
    (movement) => mainDocument(movement)?.kind,
  ),
  field(
    'document.issuer',
    'text',
    'both',
    'issuing State',
    'sənədi verən dövlət',
    (movement) => mainDocument(movement)?.issuer,
    { trait: true },
  ),
  field(
    'document.issuerDiffersFromNationality',
    'boolean',
    'both',
    'issuer differs from nationality',
    'sənədi verən dövlət vətəndaşlıqdan fərqlidir',
    issuerDiffers,
  ),
  field(
    'document.expiresInDays',
    'number',
    'both',
    'days until the document expires',
    'sənədin bitməsinə qalan gün',
    (movement) => expiresIn(movement),
    { unit: 'days' },
  ),
  field(
    'document.count',
    'number',
    'both',
    'number of documents',
    'sənədlərin sayı',
    (movement) => documentsOf(movement).length,
  ),
  field('document.hasVisa', 'boolean', 'both', 'a visa was reported', 'viza bildirilib', (movement) =>
    documentsOf(movement).some((one) => one.kind === 'visa'),
  ),
  field(
    'document.numbersDiffer',
    'boolean',
    'both',
    'API and PNR name different documents',
    'API və PNR-də sənədlər fərqlidir',
    numbersDiffer,
  ),

  field(
    'pnr.leadTimeHours',
    'number',
    'pnr',
    'hours between booking and departure',
    'bron ilə uçuş arasındakı saat',
    ({ pnr, leg }) => pnr?.created && leg.departsAt && hoursBetween(pnr.created, leg.departsAt),
    { unit: 'h' },
  ),
  field(
    'pnr.hoursFromTicketToDeparture',
    'number',
    'pnr',
    'hours between ticketing and departure',
    'biletlə uçuş arasındakı saat',
    ({ pnr, leg }) => pnr?.ticketed && leg.departsAt && hoursBetween(pnr.ticketed, leg.departsAt),
    { unit: 'h' },
  ),
  field(
    'pnr.hoursSinceChange',
    'number',
    'pnr',
    'hours between the last change and departure',
    'son dəyişikliklə uçuş arasındakı saat',
    ({ pnr, leg }) => pnr?.changed && leg.departsAt && hoursBetween(pnr.changed, leg.departsAt),
    { unit: 'h' },
  ),
  field(
    'pnr.oneWay',
    'boolean',
    'pnr',
    'no way back is booked',
    'geri dönüş bron edilməyib',
    ({ pnr }) => pnr && isOneWay(pnr),
  ),
  field(
    'pnr.brokenRoute',
    'boolean',
    'pnr',
    'a flight begins elsewhere than the one before ended',
    'növbəti uçuş əvvəlkinin bitdiyi yerdən başlamır',
    ({ pnr }) => pnr && isBroken(flights(pnr)),
  ),
  field(
    'pnr.airports',
    'list',
    'pnr',
    'airports of the itinerary',
    'marşrutun limanları',
    ({ pnr }) => pnr && airports(flights(pnr)),
  ),
  field(
    'pnr.segmentCount',
    'number',
    'pnr',
    'number of flights booked',
    'bron edilmiş reyslərin sayı',
    ({ pnr }) => pnr && flights(pnr).length,
  ),
  field(
    'pnr.numberOfTravellers',
    'number',
    'pnr',
    'number of travellers',
    'sərnişinlərin sayı',
    ({ pnr }) => pnr?.numberOfTravellers,
  ),
  field('pnr.group', 'boolean', 'pnr', 'group booking', 'qrup bronu', ({ pnr }) => pnr && pnr.groupName !== undefined),
  field(
    'pnr.split',
    'boolean',
    'pnr',
    'divided from another PNR',
    'başqa PNR-dan ayrılıb',
    ({ pnr }) => pnr && pnr.splitWith.length > 0,
  ),
  field('pnr.cash', 'boolean', 'pnr', 'paid in cash', 'nağd ödənilib', (movement) => forms(movement)?.includes('cash')),
  field('pnr.paymentForms', 'list', 'pnr', 'forms of payment', 'ödəniş formaları', (movement) => forms(movement)),
  field('pnr.payerDiffers', 'boolean', 'pnr', 'somebody else pays', 'başqası ödəyir', payerDiffers),
  field('pnr.amount', 'number', 'pnr', 'price of the tickets', 'biletlərin qiyməti', ({ pnrTraveller }) =>
    sum(pnrTraveller?.tickets.map((one) => Number(one.total))),
  ),
  field(
    'pnr.currency',
    'text',
    'pnr',
    'currency',
    'valyuta',
    ({ pnrTraveller }) => pnrTraveller?.tickets.find((one) => one.currency)?.currency,
  ),
  field(
    'pnr.ticketCount',
    'number',
    'pnr',
    'number of tickets',
    'biletlərin sayı',
    ({ pnrTraveller }) => pnrTraveller?.tickets.length,
  ),
  field(
    'pnr.agencyNumber',
    'text',
    'pnr',
    'IATA number of the agency',
    'agentliyin IATA nömrəsi',
    ({ pnr }) => pnr?.agency?.iataNumber,
  ),
  field('pnr.office', 'text', 'pnr', 'booking office', 'bron ofisi', ({ pnr }) => pnr?.agency?.office),
  field('pnr.agencyKind', 'text', 'pnr', 'who booked', 'kim bron edib', ({ pnr }) => pnr?.agency?.kind),
  field(
    'pnr.bookingCountry',
    'text',
    'pnr',
    'country of booking',
    'bron edilən ölkə',
    ({ pnr }) => pnr?.agency?.country,
  ),
  field('pnr.phones', 'list', 'pnr', 'telephone numbers', 'telefon nömrələri', (movement) =>
    contacts(movement, 'phone'),
  ),
  field('pnr.emails', 'list', 'pnr', 'e-mail addresses', 'e-poçt ünvanları', (movement) => contacts(movement, 'email')),
  field('pnr.emailDomains', 'list', 'pnr', 'domains of e-mail addresses', 'e-poçt domenləri', (movement) =>
    contacts(movement, 'email')?.flatMap((one) => one.split('@')[1] ?? []),
  ),
  field(
    'pnr.hasContact',
    'boolean',
    'pnr',
    'a way to reach the traveller is known',
    'əlaqə vasitəsi məlumdur',
    ({ pnr, pnrTraveller }) => pnr && pnr.contacts.length + (pnrTraveller?.contacts.length ?? 0) > 0,
  ),
  field(
    'pnr.frequentFlyer',
    'boolean',
    'pnr',
    'frequent flyer',
    'daimi sərnişin',
    ({ pnrTraveller }) => pnrTraveller && pnrTraveller.frequentFlyers.length > 0,
  ),
  field(
    'pnr.historyEntries',
    'number',
    'pnr',
    'changes in the PNR history',
    'PNR tarixçəsində dəyişikliklər',
    ({ pnr }) => pnr?.history.length,
  ),

  field(
    'baggage.count',
    'number',
    'both',
    'pieces of baggage',
    'baqaj sayı',
    ({ api, pnrTraveller }) => api?.baggage.count ?? pnrTraveller?.baggage.count,
  ),
  field(
    'baggage.weightKg',
    'number',
    'both',
    'weight of baggage',
    'baqajın çəkisi',
    ({ api, pnrTraveller }) => api?.baggage.weightKg ?? pnrTraveller?.baggage.weightKg,
    { unit: 'kg' },
  ),
  field(
    'baggage.tagCount',
    'number',
    'both',
    'number of bag tags',
    'baqaj birkalarının sayı',
    ({ api, pnrTraveller }) => (api ?? pnrTraveller)?.baggage.tags.length,
  ),
  field(
    'baggage.prepaidCount',
    'number',
    'pnr',
    'prepaid extra baggage',
    'əvvəlcədən ödənilmiş əlavə baqaj',
    ({ pnr }) => pnr?.baggagePrepaid?.count,
  ),
]

const byId = new Map(FIELDS.map((one) => [one.id, one]))

export const fieldById = (id: string): Field | undefined => byId.get(id)

function hourOf(local: string | undefined): number | undefined {
  return local && local.length >= 16 ? Number(local.slice(11, 13)) : undefined
}

/** Whole years on the day of departure; from a partial date only where the year alone decides nothing wrong. */
function ageOf({ api, pnrTraveller, leg }: Movement): number | undefined {
  const born = api?.birthDate ?? pnrTraveller?.birthDate
  if (born?.length !== 10) return undefined
  const years = Number(leg.date.slice(0, 4)) - Number(born.slice(0, 4))
  return leg.date.slice(5) < born.slice(5) ? years - 1 : years
}

const documentsOf = ({ api, pnrTraveller }: Movement): readonly TravelDocument[] => [
  ...(api?.documents ?? []),
  ...(pnrTraveller?.documents ?? []),
]

function mainDocument(movement: Movement): TravelDocument | undefined {
  const documents = documentsOf(movement)
  return documents.find((one) => one.kind === 'passport') ?? documents.find((one) => one.kind !== 'visa')
}

function issuerDiffers(movement: Movement): boolean | undefined {
  const issuer = mainDocument(movement)?.issuer
  const nationality = movement.api?.nationality ?? movement.pnrTraveller?.nationality
  return issuer && nationality ? issuer !== nationality : undefined
}

function expiresIn(movement: Movement): number | undefined {
  const expires = mainDocument(movement)?.expires
  return expires?.length === 10
    ? Math.round((Date.parse(expires) - Date.parse(movement.leg.date)) / 86_400_000)
    : undefined
}

function numbersDiffer({ api, pnrTraveller }: Movement): boolean | undefined {
  const passports = (documents: readonly TravelDocument[] | undefined) =>
    documents?.filter((one) => one.kind === 'passport').map((one) => one.number) ?? []
  const [fromApi, fromPnr] = [passports(api?.documents), passports(pnrTraveller?.documents)]
  return fromApi.length > 0 && fromPnr.length > 0 ? !fromApi.some((one) => fromPnr.includes(one)) : undefined
}

const flights = (pnr: Pnr): readonly Segment[] => pnr.itinerary.filter((one) => one.kind === 'flight')

/** The last flight does not end where the first began. */
function isOneWay(pnr: Pnr): boolean | undefined {
  const list = flights(pnr)
  const [first, last] = [list[0], list.at(-1)]
  return first?.from && last?.to ? first.from !== last.to : undefined
}

const isBroken = (list: readonly Segment[]): boolean =>
  list.some(
    (one, index) =>
      index > 0 && one.from !== undefined && list[index - 1]?.to !== undefined && one.from !== list[index - 1]?.to,
  )

const airports = (list: readonly Segment[]): readonly string[] => [
  ...new Set(list.flatMap((one) => [one.from, one.to]).filter((one) => one !== undefined)),
]

const forms = ({ pnrTraveller }: Movement): readonly string[] | undefined =>
  pnrTraveller && [...new Set(pnrTraveller.tickets.flatMap((ticket) => ticket.payments.map((payment) => payment.form)))]

function payerDiffers({ pnrTraveller }: Movement): boolean | undefined {
  const payers =
    pnrTraveller?.tickets.flatMap((ticket) => ticket.payments.flatMap((payment) => payment.payer ?? [])) ?? []
  const surname = pnrTraveller?.surname.toUpperCase()
  return payers.length > 0 && surname ? !payers.some((payer) => payer.toUpperCase().includes(surname)) : undefined
}

const contacts = ({ pnr, pnrTraveller }: Movement, kind: 'phone' | 'email'): readonly string[] | undefined =>
  pnr &&
  [...pnr.contacts, ...(pnrTraveller?.contacts ?? [])]
    .filter((one) => one.kind === kind)
    .map((one) => one.value.toLowerCase())

function sum(values: readonly number[] | undefined): number | undefined {
  const known = values?.filter((one) => Number.isFinite(one)) ?? []
  return known.length > 0 ? known.reduce((total, one) => total + one, 0) : undefined
}
